"""Reads the process environment for settings; a missing or malformed value stops the start with a hint."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def required(name: str, hint: str) -> str:
    """The value of an environment variable. Raises ImproperlyConfigured with what to do."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. {hint} `make run` and `python3 dev.py manage` set it for you."
        )
    return value


def setting(name: str) -> str:
    """The value of an environment variable that may be missing."""
    return os.environ.get(name, "").strip()


def flag(name: str) -> bool:
    """True when the variable is 1, true, yes or on."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """A comma-separated list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute folder, made when missing. Raises ImproperlyConfigured where it cannot be made."""
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} points at {path}, which cannot be made ({error.strerror}). "
            "Choose a folder that this user may write to."
        ) from error
    return path


def database(url: str) -> dict[str, object]:
    """Django's database settings from postgres://user:password@host:port/name."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.hostname or not name:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:5432/name; "
            "the portal runs on PostgreSQL only."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"connect_timeout": 5},
    }


FILES = "django.core.mail.backends.filebased.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
NOTIFY = "https://api.notifications.service.gov.uk"
NOTIFY_KEY = re.compile(rf"(?:.+-)?({_UUID})-({_UUID})")
SHORTEST_TOKEN = 24


def mail(folder: Path) -> dict[str, object]:
    """Django's mail settings: by GOV.UK Notify, by SMTP, on the console, else in files in `folder`.

    Raises ImproperlyConfigured where two are asked for at once, or half of one.
    """
    asked = [name for name in ("NPQ_SMTP", "NPQ_NOTIFY_KEY", "NPQ_MAIL") if setting(name)]
    if len(asked) > 1:
        raise ImproperlyConfigured(
            f"{' and '.join(asked)} are set, but only one can carry the mails. Unset all but one."
        )
    for name in ("NPQ_NOTIFY_TEMPLATE", "NPQ_NOTIFY_RECEIPT_TOKEN", "NPQ_NOTIFY_URL"):
        if setting(name) and not setting("NPQ_NOTIFY_KEY"):
            raise ImproperlyConfigured(f"{name} is set without NPQ_NOTIFY_KEY, so it does nothing.")
    if setting("NPQ_NOTIFY_KEY"):
        return notify()
    if setting("NPQ_SMTP"):
        return {**smtp(setting("NPQ_SMTP")), "EMAIL_FILE_PATH": folder}
    if setting("NPQ_MAIL") not in {"", "files", "console"}:
        raise ImproperlyConfigured("NPQ_MAIL must be 'files' or 'console', or be unset.")
    backend = CONSOLE if setting("NPQ_MAIL") == "console" else FILES
    return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": folder}


def smtp(url: str) -> dict[str, object]:
    """Mail settings from smtp://user:password@host:587, or smtps:// for TLS from the start."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("NPQ_SMTP must look like smtp://user:password@host:587.")
    whole = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "accounts.carriers.SmtpBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if whole else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": whole,
        "EMAIL_USE_TLS": not whole and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


def notify() -> dict[str, object]:
    """Mail settings of GOV.UK Notify: its API key holds the service's number and a secret."""
    key = NOTIFY_KEY.fullmatch(setting("NPQ_NOTIFY_KEY"))
    if not key:
        raise ImproperlyConfigured(
            "NPQ_NOTIFY_KEY must be a whole API key of GOV.UK Notify: a name, the service's number "
            "and a secret with hyphens between."
        )
    template = setting("NPQ_NOTIFY_TEMPLATE")
    if not re.fullmatch(_UUID, template):
        raise ImproperlyConfigured(
            "NPQ_NOTIFY_TEMPLATE must be the number of the template in GOV.UK Notify whose subject is "
            "((subject)) and whose message is ((body))."
        )
    url = setting("NPQ_NOTIFY_URL") or NOTIFY
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ImproperlyConfigured(f"NPQ_NOTIFY_URL must look like {NOTIFY}.")
    token = setting("NPQ_NOTIFY_RECEIPT_TOKEN")
    if token and len(token) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(
            f"NPQ_NOTIFY_RECEIPT_TOKEN must have at least {SHORTEST_TOKEN} characters."
        )
    return {
        "EMAIL_BACKEND": "accounts.carriers.NotifyBackend",
        "NOTIFY_URL": url.rstrip("/"),
        "NOTIFY_SERVICE": key.group(1),
        "NOTIFY_SECRET": key.group(2),
        "NOTIFY_TEMPLATE": template,
        "NOTIFY_RECEIPT_TOKEN": token,
    }
