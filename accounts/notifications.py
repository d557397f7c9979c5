"""Mails: how each is rendered and sent, never twice for one effect, and what this room promises to send.

Texts live in templates/mail/. A mail's words hold one link at most and its subject says what and by when.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import invitations
from accounts.models import Invitation, InvitationCode, Notification, User
from accounts.policies import Link, link_state
from core import clock, outbox

SUBJECT = "Subject:"


@transaction.atomic
def send_mail(*, to: User | str, template: str, context: dict[str, Any], key: str) -> bool:
    """Send templates/mail/<template>.txt and .html to a person or an address; False when `key` was sent before.

    The text's first line is 'Subject: ...'. The mail leaves before the row is committed, so that a crash
    between the two sends it again rather than never.
    """
    user = to if isinstance(to, User) else None
    _, is_new = Notification.objects.get_or_create(
        key=key, defaults={"template": template, "to_user": user, "sent_at": clock.now()}
    )
    if not is_new:
        return False
    compose(to=user.email if user else str(to), template=template, context=context).send()
    return True


def compose(*, to: str, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail, unsent. No value can add a header: line breaks leave the subject and the address."""
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
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=["".join(to.split())],
    )
    html = render_to_string(f"mail/{template}.html", {**known, "subject": subject})
    mail.attach_alternative(html, "text/html")
    return mail


@outbox.handles("accounts.invitation")
def send_invitation(reference: str) -> None:
    """The link, unless the invitation ended before it could be sent."""
    invitation = Invitation.objects.get(reference=reference)
    if link_state(invitation.status, invitation.expires_at, clock.now()) is not Link.OPEN:
        return
    token = invitations.token_for(invitation.reference, invitation.serial)
    purpose = invitations.purpose(invitation.purpose).describe(invitation.subject)
    send_mail(
        to=invitation.email,
        template="accounts/invitation",
        context={
            "invitation": invitation,
            "purpose": purpose,
            "link": settings.BASE_URL + reverse("accounts:invitation", args=[token]),
        },
        key=f"invitation:{reference}",
    )


@outbox.handles("accounts.code")
def send_code(reference: str) -> None:
    """The code, unless it expired before it could be sent."""
    code = InvitationCode.objects.select_related("invitation").get(reference=reference)
    if code.expires_at <= clock.now():
        return
    send_mail(
        to=code.invitation.email,
        template="accounts/code",
        context={"invitation": code.invitation, "code": invitations.code_for(reference)},
        key=f"code:{reference}",
    )
