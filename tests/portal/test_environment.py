"""The environment that settings read: what is missing or malformed stops the start with a hint."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from npq_portal import environment


@pytest.mark.whole
@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_a_start_without_it_says_what_is_missing_and_what_to_do(name):
    kept = {key: value for key, value in os.environ.items() if key != name}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=kept,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert f"{name} is not set. Give" in done.stderr
    assert "`make run`" in done.stderr


@pytest.mark.parametrize("url", ["mysql://u:p@h/n", "postgres://h", "nonsense"])
def test_a_database_address_that_is_none_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="must look like postgres://"):
        environment.database(url)


def test_a_database_address_is_taken_apart():
    found = environment.database("postgres://ann:s%40t@db.example:6543/npq%20x")
    wanted = {
        "NAME": "npq x",
        "USER": "ann",
        "PASSWORD": "s@t",
        "HOST": "db.example",
        "PORT": "6543",
    }
    assert {key: found[key] for key in wanted} == wanted


def test_without_a_mail_server_mails_go_to_files():
    found = environment.mail("", Path("mail"))
    assert found == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": Path("mail"),
    }


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://me:p%3Aw@mail.example", 587, False, True),
        ("smtps://me:p%3Aw@mail.example", 465, True, False),
        ("smtp://me:p%3Aw@mail.example:2525", 2525, False, True),
    ],
)
def test_a_mail_server_is_taken_apart(url, port, ssl, tls):
    found = environment.mail(url, Path("mail"))
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me", "p:w")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, tls)


def test_a_mail_address_that_is_none_is_refused():
    with pytest.raises(ImproperlyConfigured, match="must look like smtp://"):
        environment.mail("mail.example:587", Path("mail"))


def test_a_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NPQ_VAR", str(tmp_path / "file" / "var"))
    with pytest.raises(ImproperlyConfigured, match="NPQ_VAR points at"):
        environment.folder("NPQ_VAR", tmp_path)
