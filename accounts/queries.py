"""Which people, invitations and personas: read here, changed in services."""

import functools
import json
from typing import Any

from django.conf import settings
from django.db import models

from accounts.models import EqualityAnswers, Invitation, Persona, User
from accounts.states import InvitationStatus


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
