"""Locking an application and moving it along its table: what every verb of this room begins and ends with."""

from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import User
from applications.models import Application, SponsorAnswer
from core import audit, clock
from core.events import Event

SPONSOR_PURPOSE = "sponsor"


def locked(application: Application) -> Application:
    """The row as it is now, locked until the end of the transaction."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("applicant", "cohort", "level", "school")
        .get(pk=application.pk)
    )


def locked_with_person(application: Application) -> Application:
    """The applicant first, then the row: verbs that may take in a person or open an application again.

    In this order two of them for one person wait for each other, whatever else they lock after.
    """
    User.objects.select_for_update(no_key=True).get(pk=application.applicant_id)
    return locked(application)


def only_the_applicant(application: Application, by: User) -> None:
    """Raises PermissionDenied for anybody else."""
    if application.applicant_id != by.pk:
        raise PermissionDenied


def answer_of(application: Application, by: User) -> SponsorAnswer:
    """The answer that this sponsor is giving. Raises PermissionDenied for anybody else."""
    answer = (
        SponsorAnswer.objects.select_for_update()
        .filter(application=application, sponsor=by, declined_at=None, replaced_at=None)
        .first()
    )
    if answer is None or application.sponsor_id != by.pk:
        raise PermissionDenied
    return answer


def move(application: Application, target: str, **changes: Any) -> None:
    """Set the status and the columns that go with it; the moment of the move where the state changes."""
    if target != application.status:
        changes |= {"status": target, "moved_at": clock.now()}
    for name, value in changes.items():
        setattr(application, name, value)
    if changes:
        application.save(update_fields=list(changes))


def stands_apart(row: Application, by: User) -> None:
    """Nobody decides on themselves or on whom they sponsor (A8). Raises PermissionDenied."""
    if by.pk in (row.applicant_id, row.sponsor_id):
        raise PermissionDenied


def only_its_moderator(row: Application, by: User) -> None:
    """Raises PermissionDenied for anybody but the moderator that a locked application was given to (A8)."""
    stands_apart(row, by)
    if row.moderator_id != by.pk:
        raise PermissionDenied


def record_move(
    event: Event, by: User | None, row: Application, before: str, why: str = "", **facts: Any
) -> None:
    """Note in the audit trail that an application went from the state `before` to the one it has now (G4)."""
    audit.record(
        event,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"status": before},
        after={"status": row.status},
        why=why.strip(),
        **facts,
    )
