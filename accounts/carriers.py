"""What carries mails, as Django email backends: SMTP and GOV.UK Notify, and what their answers mean.

A carrier either takes a mail, asks for patience (Later) or will never take it (Returned). Which one carries
is the settings' choice; nothing here knows what a mail is about.
"""

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

LONGEST_WORDS = 200
WAIT_SECONDS = 20


class Later(Exception):
    """The carrier cannot take it now; the words say why, without an address or a key."""


class Returned(Exception):
    """The carrier will not take it however often it is asked; `bounced` when the address is to blame."""

    def __init__(self, words: str, *, bounced: bool) -> None:
        super().__init__(words)
        self.bounced = bounced


def _words(text: object) -> str:
    said = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return " ".join(said.split())[:LONGEST_WORDS]


class SmtpBackend(EmailBackend):
    """Django's own, with an answer of 5xx about the recipient or the mail told apart from trouble that passes."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            return super().send_messages(email_messages) or 0
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise self._answer(code, said) from refused
        except smtplib.SMTPDataError as refused:
            raise self._answer(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPResponseException as refused:
            # Our own sender address or password: somebody mends it, and the mail goes then.
            raise Later(
                f"The mail server answered {refused.smtp_code} to our own address or password"
            ) from refused
        except (smtplib.SMTPException, OSError) as trouble:
            raise Later(f"The mail server could not be reached ({type(trouble).__name__})") from (
                trouble
            )

    @staticmethod
    def _answer(code: int, said: object) -> Exception:
        words = _words(f"The mail server answered {code}: {_words(said)}")
        return Returned(words, bounced=True) if code >= 500 else Later(words)


class NotifyBackend(BaseEmailBackend):
    """GOV.UK Notify, by one template of the service with ((subject)) and ((body)).

    Settings: NOTIFY_URL, NOTIFY_SERVICE, NOTIFY_SECRET, NOTIFY_TEMPLATE. The carrier's own number of each mail
    is left on it as `carrier_id`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                message.carrier_id = self._post(message, address)  # type: ignore[attr-defined]
        return len(email_messages)

    def _post(self, message: EmailMessage, address: str) -> str:
        asked = {
            "email_address": address,
            "template_id": settings.NOTIFY_TEMPLATE,
            "personalisation": {"subject": message.subject, "body": message.body},
            "reference": message.extra_headers.get("Message-ID", "").strip("<>"),
        }
        request = urllib.request.Request(
            f"{settings.NOTIFY_URL}/v2/notifications/email",
            data=json.dumps(asked).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {bearer(settings.NOTIFY_SERVICE, settings.NOTIFY_SECRET)}",
                "User-Agent": "NPQ-Portal",
            },
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:
                return _carrier_id(answer.read())
        except urllib.error.HTTPError as refused:
            raise _meaning(refused.code, _read(refused)) from refused
        except (OSError, http.client.HTTPException) as trouble:
            raise Later(f"GOV.UK Notify could not be reached ({type(trouble).__name__})") from (
                trouble
            )


def bearer(service: str, secret: str) -> str:
    """The token of one request: a JSON web token of the service, signed with its secret, good for 30 seconds."""
    head = _part({"typ": "JWT", "alg": "HS256"})
    claims = _part({"iss": service, "iat": int(time.time())})
    signed = hmac.new(secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    return f"{head}.{claims}.{_base64(signed)}"


def _part(data: dict[str, Any]) -> str:
    return _base64(json.dumps(data, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _carrier_id(body: bytes) -> str:
    """Its number; a mail that was taken is not sent again because its answer cannot be read."""
    try:
        found = json.loads(body)
        return str(found["id"])[:80]
    except (ValueError, KeyError, TypeError):
        return ""


def _read(refused: urllib.error.HTTPError) -> str:
    """What it says is wrong, in its own words."""
    try:
        errors = json.loads(refused.read())["errors"]
        return _words("; ".join(str(each["message"]) for each in errors))
    except (ValueError, KeyError, TypeError, OSError, http.client.HTTPException):
        return ""


def _meaning(code: int, said: str) -> Exception:
    if code == 400:
        bounced = said.startswith("email_address")
        words = "The address is not one that mail can go to" if bounced else said
        return Returned(_words(f"GOV.UK Notify refused it: {words or code}"), bounced=bounced)
    if code == 403:
        return Later("GOV.UK Notify does not accept our key")
    if code == 429:
        return Later("GOV.UK Notify has had too many mails from us for now")
    return Later(f"GOV.UK Notify answered {code}")
