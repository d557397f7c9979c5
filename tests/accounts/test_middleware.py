"""Sessions that end by themselves, and staff who need a second factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from accounts import middleware, services
from accounts.models import User
from accounts.states import STAFF, Role
from core import clock
from tests.accounts.conftest import MOMENT, PASSWORD, heading
from tests.accounts.test_sign_in import sign_in

pytestmark = pytest.mark.django_db
SET_UP = "/accounts/2fa/totp/activate/"
MINUTE = timedelta(minutes=1)


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


# Sessions


def test_a_session_ends_after_thirty_idle_minutes(client, person):
    client.force_login(person())
    with clock.travel(MOMENT):
        assert client.get("/account/").status_code == 200
    with clock.travel(MOMENT + 29 * MINUTE):
        assert client.get("/account/").status_code == 200
    with clock.travel(MOMENT + 58 * MINUTE):
        assert client.get("/account/").status_code == 200
    with clock.travel(MOMENT + 88 * MINUTE):
        response = client.get("/account/", follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=/account/", 302)]
    assert "nothing here for 30 minutes" in response.content.decode()


def test_a_session_ends_after_twelve_hours_however_busy(client, person):
    client.force_login(person())
    for count in range(36):
        with clock.travel(MOMENT + count * 20 * MINUTE):
            assert client.get("/account/").status_code == 200
    with clock.travel(MOMENT + 12 * 60 * MINUTE):
        response = client.get("/account/", follow=True)
    assert "12 hours had passed" in response.content.decode()


def test_use_is_noted_once_a_minute_at_most(client, person):
    client.force_login(person())
    with clock.travel(MOMENT):
        client.get("/account/")
    writes = []
    for seconds in (1, 59, 60, 61):
        with (
            clock.travel(MOMENT + timedelta(seconds=seconds)),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            client.get("/account/")
        writes.append(any("UPDATE" in query["sql"] for query in queries))
    assert writes == [False, False, True, False]


# Second factor


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_password_leaves_staff_nowhere_but_at_the_set_up(client, person, role):
    person("ada@school.example", role)
    assert sign_in(client)["Location"] == "/home/"
    for path in (
        "/",
        "/home/",
        "/account/",
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/accounts/email/",
    ):
        for response in (client.get(path), client.post(path)):
            assert (response.status_code, response["Location"]) == (302, SET_UP), path
    assert heading(client.get(SET_UP)) == "Set up a second step"
    assert client.post("/accounts/logout/")["Location"] == "/"


def test_no_page_without_arguments_is_open_to_a_staff_password(client, person):
    person("ada@school.example", Role.ADMINISTRATOR)
    sign_in(client)
    open_pages = set()
    for pattern in _plain_paths():
        response = client.get(pattern)
        if response.get("Location") != SET_UP:
            open_pages.add(pattern)
    assert open_pages == {SET_UP, "/accounts/reauthenticate/", "/accounts/logout/"}


def _plain_paths() -> list[str]:
    """The address of every named page that takes no argument."""
    found = []

    def walk(resolver, prefix):
        for each in resolver.url_patterns:
            route = prefix + str(each.pattern)
            if hasattr(each, "url_patterns"):
                walk(each, route)
            elif "<" not in route and "(" not in route:
                found.append("/" + route.replace("^", "").replace("$", ""))

    walk(get_resolver(), "")
    return found


def test_the_guard_can_fail(client, person, monkeypatch):
    """Canary: with the guard off, the same session reaches its account."""
    person("ada@school.example", Role.ASSESSOR)
    sign_in(client)
    assert client.get("/account/").status_code == 302
    monkeypatch.setattr(middleware, "has_second_factor", lambda request: True)
    assert client.get("/account/").status_code == 200


def test_setting_one_up_opens_the_portal_and_shows_recovery_codes(client, person):
    person("ada@school.example", Role.ASSESSOR)
    sign_in(client)
    page = client.get(SET_UP)
    secret = page.context["form"].secret
    wrong = client.post(SET_UP, {"code": "12"})
    assert "Enter the code that your app shows now" in wrong.content.decode()
    response = client.post(SET_UP, {"code": code_now(secret)})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    assert heading(client.get(response["Location"])) == "Your recovery codes"
    assert client.get("/account/").status_code == 200


def test_later_sign_ins_ask_for_the_second_factor(client, person):
    user = person("ada@school.example", Role.ASSESSOR)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert sign_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/account/").status_code == 302
    page = client.post("/accounts/2fa/authenticate/", {"code": "1"})
    assert "Enter the code that your app shows now" in page.content.decode()
    response = client.post("/accounts/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert response["Location"] == "/home/"
    assert client.get("/account/").status_code == 200


def test_staff_cannot_turn_it_off_and_others_can(client, person):
    for role, left in ((Role.ASSESSOR, 1), (Role.PARTICIPANT, 0)):
        user = person(f"{role}@school.example", role)
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        sign_in(client, user.email)
        client.post("/accounts/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
        client.post("/accounts/2fa/totp/deactivate/", {})
        assert Authenticator.objects.filter(user=user).count() == left
        client.post("/accounts/logout/")


def test_participants_and_sponsors_need_none(client, person):
    person("ada@school.example", Role.PARTICIPANT, Role.SPONSOR)
    sign_in(client)
    assert client.get("/account/").status_code == 200


def test_passing_costs_no_query(client, person, django_assert_num_queries):
    """The guard reads the session that is loaded anyway: this redirect asks for session and person only."""
    user = person("ada@school.example", Role.ASSESSOR)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    client.get("/account/")
    with django_assert_num_queries(2):
        client.get("/accounts/2fa/recovery-codes/download/none/") if False else client.get(
            "/accounts/login/"
        )


def test_a_role_granted_later_is_guarded_at_once(client, person):
    user = person("ada@school.example", Role.PARTICIPANT)
    sign_in(client)
    services.grant_role(by=None, user=user, role=Role.MODERATOR)
    assert client.get("/account/")["Location"].startswith("/accounts/login/")
    assert sign_in(client)["Location"] == "/home/"
    assert client.get("/account/")["Location"] == SET_UP
    assert User.objects.get().check_password(PASSWORD)
