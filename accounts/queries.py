"""Which people, invitations, personas and mails: read here, changed in services."""

import functools
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models

from accounts.models import EqualityAnswers, Invitation, Notification, Persona, User
from accounts.states import InvitationStatus, MailState
from core import clock


def personas() -> models.QuerySet[Persona]:
    """The demonstration's people with their roles, in the order of the persona page."""
    return Persona.objects.select_related("user").prefetch_related("user__memberships")


def subjects_open_to(user: User, purpose: str) -> models.QuerySet[Invitation, str]:
    """References of the subjects whose open invitation this person has come in by."""
    return Invitation.objects.filter(
        purpose=purpose, accepted_by=user, status=InvitationStatus.OPEN
    ).values_list("subject", flat=True)


def open_invitation(*, purpose: str, subject: str) -> Invitation | None:
    """The invitation that is open for a subject, expired or not."""
    return Invitation.objects.filter(
        purpose=purpose, subject=subject, status=InvitationStatus.OPEN
    ).first()


def invitation_of(token_hash: str) -> Invitation | None:
    """The invitation whose link has this hash."""
    return Invitation.objects.filter(token_hash=token_hash).first()


def can_have_fresh_link(invitation: Invitation) -> bool:
    """Whether the same request is still open at the same address."""
    standing = open_invitation(purpose=invitation.purpose, subject=invitation.subject)
    return standing is not None and standing.email == invitation.email


@functools.cache
def equality_questions() -> dict[str, list[dict[str, str]]]:
    """The equality questions with their answers, which are data: fixtures/accounts/equality.json (G5)."""
    path = settings.BASE_DIR / "fixtures" / "accounts" / "equality.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: data[name] for name in ("sex", "ethnicity", "disability")}


def own_equality_answers(person: User) -> EqualityAnswers | None:
    """What somebody told of themselves: for their own page only, never for one about them (A6, G5)."""
    return EqualityAnswers.objects.filter(person=person).first()


def has_proved_address(user: User) -> bool:
    """Whether the person has shown that the address they sign in with is theirs."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def messages() -> models.QuerySet[Notification]:
    """Every mail, the newest first, without its words."""
    return Notification.objects.defer("text").order_by("-sent_at", "-pk")


def messages_found(
    rows: models.QuerySet[Notification], *, state: str = "", words: str = ""
) -> models.QuerySet[Notification]:
    """Those of a state, and those to an address that begins so or about a reference."""
    if state in MailState.values:
        rows = rows.filter(state=state)
    if words := words.strip():
        rows = rows.filter(
            models.Q(to_email__startswith=words.lower())
            | models.Q(about=words.upper())
            | models.Q(reference=words.upper())
        )
    return rows


def page_of_messages(
    rows: models.QuerySet[Notification], *, after: str = "", size: int = 50
) -> tuple[list[Notification], str]:
    """One page, newest first, and the reference to go on after ('' at the end)."""
    last = Notification.objects.filter(reference=after).first() if after else None
    if last:
        rows = rows.filter(
            models.Q(sent_at__lt=last.sent_at) | models.Q(sent_at=last.sent_at, pk__lt=last.pk)
        )
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].reference if len(found) > size else ""


def mails_about(reference: str, most: int = 20) -> list[Notification]:
    """The newest mails about a thing, newest first."""
    return list(messages().filter(about=reference)[:most])


def newest_mail(*, about: str, addresses: Iterable[str]) -> Notification | None:
    """The last mail about a thing to any of these addresses: whether it arrived tells whether they work."""
    wanted = [address.lower() for address in addresses if address]
    return messages().filter(about=about, to_email__in=wanted).first()


def mails_in_trouble() -> int:
    """How many mails came back or failed in the last seven days, for whoever looks after them."""
    since = clock.now() - timedelta(days=7)
    bad = (MailState.BOUNCED, MailState.FAILED)
    return Notification.objects.filter(state__in=bad, state_at__gte=since).count()


def address_now(email: str) -> str:
    """The address in lower case; that of a merged account leads to the address of the account kept."""
    email = email.strip().lower()
    kept = User.objects.filter(email=email, merged_into__isnull=False).values_list(
        "merged_into__email", flat=True
    )
    return kept.first() or email
