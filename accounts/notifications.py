"""Mails: how each is rendered and sent, never twice for one effect, and what this room promises to send.

Texts live in templates/mail/. A mail's words hold one link at most and its subject says what and by when.
What became of each stands in its Notification row, with its words but without their secrets.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts import events, invitations
from accounts.carriers import Later, Returned
from accounts.models import Invitation, InvitationCode, Notification, User
from accounts.policies import Link, link_state
from accounts.states import MAIL, MailState
from core import audit, clock, outbox

SUBJECT = "Subject:"
# Any address with so long a word in it lets somebody in: a link by invitation, a link to reset a password.
SECRET_LINK = re.compile(r"https?://\S*[A-Za-z0-9_-]{32,}\S*")
EVENTS = {
    "deliver": events.MAIL_DELIVERED,
    "bounce": events.MAIL_BOUNCED,
    "fail": events.MAIL_FAILED,
}

Callback = Callable[[Notification], None]
_when_bounced: list[Callback] = []


def when_bounced(callback: Callback) -> None:
    """Call this, in the same transaction, whenever a mail came back or could not be sent.

    An upper room registers it in its AppConfig.ready and finds its own mails by `about` and `template`.
    """
    _when_bounced.append(callback)


@transaction.atomic
def send_mail(
    *,
    to: User | str,
    template: str,
    context: dict[str, Any],
    key: str,
    about: str = "",
    secrets: Mapping[str, str] | None = None,
) -> bool:
    """Send templates/mail/<template>.txt and .html to a person or an address; True when it is sent now.

    False when `key` was sent before, or when the carrier refused it for good: then its row says why. `about`
    is the reference of what it is about. `secrets` are words by name that the kept text says as '[name]'.
    The mail leaves before the row is committed, so that a crash between the two sends it again rather than
    never. Raises outbox.StillToDo, which keeps the row as waiting, when the carrier has no time now.
    """
    user = to if isinstance(to, User) else None
    mail = compose(to=user.email if user else str(to), template=template, context=context, key=key)
    known = {
        "template": template,
        "to_user": user,
        "to_email": mail.to[0].lower(),
        "subject": without_secrets(str(mail.subject), secrets)[:250],
        "about": about,
        "text": without_secrets(str(mail.body), secrets),
        "promise": outbox.carried(),
    }
    row = _waiting(key, known)
    if row is None:
        return False
    try:
        mail.send()
    except Returned as refusal:
        move_mail(row, "bounce" if refusal.bounced else "fail", str(refusal))
        return False
    except Later as trouble:
        words = str(trouble)
        raise outbox.StillToDo(words, partial(_put_off, key, known, words)) from trouble
    row.carrier_id = getattr(mail, "carrier_id", "")
    row.sent_at = clock.now()
    row.save(update_fields=["carrier_id", "sent_at"])
    move_mail(row, "send")
    return True


def compose(
    *, to: str, template: str, context: dict[str, Any], key: str = ""
) -> EmailMultiAlternatives:
    """The mail, unsent. No value can add a header: line breaks leave the subject and the address.

    With a `key` its number is always the same, so that one sent again after a crash can be known as the same.
    """
    known = {
        "provider_name": settings.PROVIDER_NAME,
        "service_name": settings.SERVICE_NAME,
        "base_url": settings.BASE_URL,
        **context,
    }
    words = Engine.get_default().get_template(f"mail/{template}.txt")
    first, _, text = words.render(Context(known, autoescape=False)).lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"mail/{template}.txt does not begin with '{SUBJECT}'")
    subject = " ".join(first.removeprefix(SUBJECT).split())
    headers = {"Auto-Submitted": "auto-generated"}
    if key:
        number = salted_hmac("accounts.mail", key, algorithm="sha256").hexdigest()[:32]
        headers["Message-ID"] = f"<{number}@{urlsplit(settings.BASE_URL).hostname}>"
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=["".join(to.split())],
        headers=headers,
    )
    html = render_to_string(f"mail/{template}.html", {**known, "subject": subject})
    mail.attach_alternative(html, "text/html")
    return mail


def without_secrets(text: str, secrets: Mapping[str, str] | None = None) -> str:
    """The words as staff may read them: each secret by its name, each link that lets somebody in as '[link]'."""
    for name, secret in (secrets or {}).items():
        text = text.replace(secret, f"[{name}]") if secret else text
    return SECRET_LINK.sub("[link]", text)


def move_mail(row: Notification, verb: str, detail: str = "") -> None:
    """Take a mail along its table of states; whoever waits for mails that came back is told."""
    before = row.state
    row.state = MAIL.target(verb, before)
    row.state_at, row.detail = clock.now(), detail[:200]
    row.save(update_fields=["state", "state_at", "detail"])
    if verb in EVENTS:
        audit.record(
            EVENTS[verb],
            by=None,
            on=row,
            before={"state": before},
            after={"state": row.state},
            about=row.about,
        )
    if row.state in (MailState.BOUNCED, MailState.FAILED):
        for callback in _when_bounced:
            callback(row)


def _waiting(key: str, known: dict[str, Any]) -> Notification | None:
    """The row of this effect, locked, with what the mail says now; None when it has gone out or come back."""
    row, is_new = Notification.objects.get_or_create(
        key=key, defaults={**known, "state": MailState.WAITING, "state_at": clock.now()}
    )
    if is_new:
        return row
    row = Notification.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state != MailState.WAITING:
        return None
    for name, value in known.items():
        setattr(row, name, value)
    row.save(update_fields=list(known))
    return row


def _put_off(key: str, known: dict[str, Any], words: str, was_last: bool) -> None:
    """What stays of an attempt that was undone: a mail that waits, or has failed when nobody tries again."""
    row = _waiting(key, known)
    if row is not None:
        move_mail(row, "fail" if was_last else "put_off", words)


# What each template says, with made-up words: for whoever wants to read what the portal writes.

_samples: dict[str, Callable[[], dict[str, Any]]] = {}


def register_sample(template: str, make_context: Callable[[], dict[str, Any]]) -> None:
    """Make templates/mail/<template> readable in the portal; every template has one, a test proves it."""
    if template in _samples:
        raise ValueError(f"two samples of {template}")
    _samples[template] = make_context


def sampled() -> list[str]:
    """The templates that can be shown, by name."""
    return sorted(_samples)


def compose_sample(template: str) -> EmailMultiAlternatives:
    """The mail as a made-up person would get it. Raises LookupError for an unknown template."""
    return compose(to="asha.bello@school.example", template=template, context=_samples[template]())


def link_of(invitation: Invitation) -> str:
    """The address that lets the invited person in; to be mailed, never shown or kept."""
    token = invitations.token_for(invitation.reference, invitation.serial)
    return settings.BASE_URL + reverse("accounts:invitation", args=[token])


@outbox.handles("accounts.invitation")
def send_invitation(reference: str) -> None:
    """The link, unless the invitation ended before it could be sent."""
    invitation = Invitation.objects.get(reference=reference)
    if link_state(invitation.status, invitation.expires_at, clock.now()) is not Link.OPEN:
        return
    purpose = invitations.purpose(invitation.purpose).describe(invitation.subject)
    link = link_of(invitation)
    send_mail(
        to=invitation.email,
        template="accounts/invitation",
        context={"invitation": invitation, "purpose": purpose, "link": link},
        key=f"invitation:{reference}",
        about=invitation.subject,
        secrets={"link": link},
    )


@outbox.handles("accounts.code")
def send_code(reference: str) -> None:
    """The code, unless it expired before it could be sent."""
    code = InvitationCode.objects.select_related("invitation").get(reference=reference)
    if code.expires_at <= clock.now():
        return
    number = invitations.code_for(reference)
    send_mail(
        to=code.invitation.email,
        template="accounts/code",
        context={"invitation": code.invitation, "code": number},
        key=f"code:{reference}",
        about=code.invitation.subject,
        secrets={"code": number},
    )
