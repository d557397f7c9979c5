"""The pages that belong to no room: front, health, what went wrong; and the headers that every answer carries."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core import checks
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from npq_portal import errors, homes

pytestmark = pytest.mark.whole

DEAD = "redis://127.0.0.1:1/0"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def heading(response) -> str:
    """The page's h1."""
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)[1].strip()


# Front and health


def test_the_front_page_says_what_the_portal_is_and_where_to_begin(client, db, settings):
    response = client.get("/")
    page = response.content.decode()
    assert (response.status_code, heading(response)) == (
        200,
        f"National Professional Qualifications with {settings.PROVIDER_NAME}",
    )
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r'href="([^"]+)"', main) == [
        "/programmes/",
        "/accounts/login/",
        "/framework/",
    ]


def test_signed_in_it_leads_home(world):
    page = world.clients["owner"].get("/").content.decode()
    assert "Go to your home page" in page
    assert "Already with us?" not in page


def test_health_answers_for_database_and_queue(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "queue": "ok"})


def test_health_names_the_queue_that_does_not_answer(client, db, settings):
    settings.CELERY_BROKER_URL = DEAD
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        503,
        {"database": "ok", "queue": "does not answer"},
    )


def test_health_names_the_database_that_does_not_answer(client, db):
    def away(execute, sql, params, many, context):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        503,
        {"database": "does not answer", "queue": "ok"},
    )


# What went wrong


def test_an_address_that_does_not_exist(client, db):
    response = client.get("/nowhere/")
    assert (response.status_code, heading(response)) == (404, "Page not found")
    page = response.content.decode()
    assert "Some pages show only after you sign in." in page
    assert 'href="/"' in page
    assert "<title>Page not found – NPQ Portal</title>" in page


def test_a_page_that_is_not_yours_to_open(world):
    response = world.clients["outsider"].get("/applications/")
    assert (response.status_code, heading(response)) == (403, "You do not have access to this")
    page = response.content.decode()
    assert "Nothing has been changed." in page
    assert f"You are signed in as {world.outsider.email}" in page


def test_a_form_without_its_protection(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert (response.status_code, heading(response)) == (403, "This form has expired")


def test_what_cannot_be_read(db):
    request = RequestFactory().get("/")
    response = errors.bad_request(request, SuspiciousOperation())
    assert (response.status_code, heading(response)) == (400, "We could not read what was sent")


def test_a_host_that_is_not_ours_is_not_answered(client, db):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert (response.status_code, heading(response)) == (400, "We could not read what was sent")


def test_a_fault_of_ours_and_a_database_that_restarts():
    request = RequestFactory().get("/")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        fault = errors.went_wrong(request)
    try:
        raise OperationalError
    except OperationalError:
        away = errors.went_wrong(request)
    assert (fault.status_code, fault.get("Retry-After")) == (500, None)
    assert (away.status_code, away.get("Retry-After")) == (503, "5")
    assert heading(fault) != heading(away)


# Headers


def _policy(response) -> set[str]:
    return {each.strip() for each in response["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize(
    ("viewer", "method", "path", "status"),
    [
        ("anonymous", "GET", "/", 200),
        ("anonymous", "GET", "/home/", 302),
        ("anonymous", "GET", "/nowhere/", 404),
        ("anonymous", "GET", "/healthz", 200),
        ("anonymous", "POST", "/accounts/login/", 422),
        ("anonymous", "GET", "/framework/", 200),
        ("anonymous", "DELETE", "/framework/", 405),
        ("owner", "GET", "/home/", 200),
        ("owner", "GET", "/applications/", 403),
        ("owner", "GET", "/reports/REP-22222222/", 404),
        ("owner", "POST", "/home/", 405),
        ("administrator", "GET", "/home/", 200),
        ("administrator", "GET", "/scripts/", 200),
        ("administrator", "POST", "/scripts/release/", 422),
    ],
)
def test_every_answer_carries_the_headers_that_protect(world, viewer, method, path, status):
    response = world.clients[viewer].generic(method, path)
    assert response.status_code == status
    assert {name: response.get(name) for name in HEADERS} == HEADERS
    assert _policy(response) == POLICY


def test_a_fault_carries_them_too(world, monkeypatch):
    def broken(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(homes, "build", broken)
    response = world.clients["owner"].get("/home/")
    assert response.status_code == 500
    assert {name: response.get(name) for name in HEADERS} == HEADERS
    assert _policy(response) == POLICY


def test_a_file_is_sent_so_that_no_browser_runs_it(world):
    script = world.scripts["submitted"]
    response = world.clients["owner"].get(
        f"/scripts/{script.reference}/files/{script.write_up.reference}/"
    )
    assert b"".join(response).startswith(b"PK")
    assert response["Content-Disposition"].startswith("attachment; ")
    assert {name: response.get(name) for name in HEADERS} == HEADERS
    assert _policy(response) == {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"}
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path", ["/home/", "/account/", "/framework/", "/applications/", "/reports/REP-22222222/"]
)
def test_what_a_signed_in_person_sees_is_not_kept(world, path):
    response = world.clients["owner"].get(path)
    assert "no-store" in response["Cache-Control"]


def test_what_anybody_sees_may_be_kept(client, db):
    assert "no-store" not in client.get("/framework/").get("Cache-Control", "")


# Settings


def test_the_deployment_check_is_clean():
    given = {name: value for name, value in os.environ.items() if not name.startswith("NPQ_")}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=django_settings.BASE_DIR,
        env={
            **given,
            "SECRET_KEY": "".join(chr(97 + n % 26) + str(n) for n in range(40)),
            "NPQ_BASE_URL": "https://portal.example",
            "NPQ_HOSTS": "portal.example",
            "NPQ_VAR": str(django_settings.VAR),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    ), done.stderr


def test_the_deployment_check_notices_what_is_missing(settings):
    """Canary."""
    settings.SECURE_SSL_REDIRECT = False
    found = checks.run_checks(tags=["security"], include_deployment_checks=True)
    assert "security.W008" in {each.id for each in found}
