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


MAIL_NAMES = ("NPQ_MAIL", "NPQ_SMTP", "NPQ_NOTIFY_KEY", "NPQ_NOTIFY_TEMPLATE", "NPQ_NOTIFY_URL")
SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = {"NPQ_NOTIFY_KEY": f"portal_live-{SERVICE}-{SECRET}", "NPQ_NOTIFY_TEMPLATE": SERVICE}


@pytest.fixture
def mail_settings(monkeypatch):
    """The mail settings that an environment with only these variables gives."""

    def make(**variables):
        for name in (*MAIL_NAMES, "NPQ_NOTIFY_RECEIPT_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return environment.mail(Path("mail"))

    return make


@pytest.mark.parametrize(
    ("variables", "backend"),
    [({}, "filebased"), ({"NPQ_MAIL": "files"}, "filebased"), ({"NPQ_MAIL": "console"}, "console")],
)
def test_without_a_carrier_mails_go_to_files_or_to_the_console(mail_settings, variables, backend):
    assert mail_settings(**variables) == {
        "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend",
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
def test_a_mail_server_is_taken_apart(mail_settings, url, port, ssl, tls):
    found = mail_settings(NPQ_SMTP=url)
    assert found["EMAIL_BACKEND"] == "accounts.carriers.SmtpBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me", "p:w")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, tls)


def test_a_key_of_notify_is_taken_apart(mail_settings):
    token = "a-token-of-thirty-two-characters"
    assert mail_settings(**KEY, NPQ_NOTIFY_RECEIPT_TOKEN=token) == {
        "EMAIL_BACKEND": "accounts.carriers.NotifyBackend",
        "NOTIFY_URL": "https://api.notifications.service.gov.uk",
        "NOTIFY_SERVICE": SERVICE,
        "NOTIFY_SECRET": SECRET,
        "NOTIFY_TEMPLATE": SERVICE,
        "NOTIFY_RECEIPT_TOKEN": token,
    }


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"NPQ_SMTP": "mail.example:587"}, "must look like smtp://"),
        ({"NPQ_MAIL": "pigeon"}, "must be 'files' or 'console'"),
        ({"NPQ_SMTP": "smtp://a.example", **KEY}, "NPQ_SMTP and NPQ_NOTIFY_KEY are set, but only"),
        ({"NPQ_SMTP": "smtp://a.example", "NPQ_MAIL": "console"}, "only one can carry the mails"),
        ({"NPQ_NOTIFY_TEMPLATE": SERVICE}, "NPQ_NOTIFY_TEMPLATE is set without NPQ_NOTIFY_KEY"),
        ({"NPQ_NOTIFY_RECEIPT_TOKEN": "x" * 30}, "RECEIPT_TOKEN is set without NPQ_NOTIFY_KEY"),
        ({**KEY, "NPQ_NOTIFY_KEY": "half-a-key"}, "must be a whole API key"),
        ({**KEY, "NPQ_NOTIFY_TEMPLATE": "mine"}, "must be the number of the template"),
        ({**KEY, "NPQ_NOTIFY_URL": "ftp://x"}, "NPQ_NOTIFY_URL must look like"),
        ({**KEY, "NPQ_NOTIFY_RECEIPT_TOKEN": "short"}, "at least 24 characters"),
    ],
)
def test_mail_settings_that_contradict_each_other_stop_the_start(mail_settings, variables, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        mail_settings(**variables)


def test_a_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NPQ_VAR", str(tmp_path / "file" / "var"))
    with pytest.raises(ImproperlyConfigured, match="NPQ_VAR points at"):
        environment.folder("NPQ_VAR", tmp_path)
