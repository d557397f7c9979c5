"""Decisions taken back by staff, with a reason that the applicant reads; nothing of them is lost (G4)."""

from typing import Any

from django.db import transaction

from accounts.models import User
from applications import events, policies
from applications.models import Application, Undoing
from applications.queries import decisions as queries
from applications.services import places, referral
from applications.services.rows import locked_with_person, move, record_move, stands_apart
from applications.states import APPLICATION, ApplicationStatus
from core import clock, outbox
from core.errors import WrongMoment
from programmes import services as programmes


@transaction.atomic
def undo_confirm(*, by: User, application: Application, reason: str) -> Application:
    """Take back the provider's own yes: the place is cancelled and the application can be confirmed again.

    Raises WrongMoment once the programme has begun for them (the enrolment's own rule).
    """
    return _undo("undo_confirm", by, application, reason)


@transaction.atomic
def undo_accept(*, by: User, application: Application, reason: str) -> Application:
    """Take back a moderator's yes: the place is cancelled and the moderator decides again.

    Raises WrongMoment once the programme has begun for them (the enrolment's own rule).
    """
    return _undo("undo_accept", by, application, reason)


@transaction.atomic
def undo_decline(*, by: User, application: Application, reason: str) -> Application:
    """Take back a no: a moderator decides again. Refused after an appeal was dismissed (A10)."""
    return _undo("undo_decline", by, application, reason)


def feedback_as_sent(row: Application) -> str:
    """The feedback of a decline with the areas and behaviours it named, as one text to keep."""
    if not row.feedback:
        return ""
    named = [each.name for each in row.feedback_areas.all()]
    named += [each.name for each in row.feedback_behaviours.all()]
    return "\n\n".join(
        filter(None, (row.feedback, "To develop: " * bool(named) + ", ".join(named)))
    )


def _undo(verb: str, by: User, application: Application, reason: str) -> Application:
    row = locked_with_person(application)
    target, before = APPLICATION.target(verb, row.status), row.status
    stands_apart(row, by)
    if queries.undo_verb(row) != verb:
        # How it was accepted says where it goes back to: to the provider, or to a moderator.
        raise WrongMoment("This was accepted in another way, so it is taken back in another way.")
    policies.undo(
        reason=reason,
        appeal_was_decided=before == ApplicationStatus.DECLINED and queries.was_dismissed(row),
        has_another=queries.another_live(row),
    ).require()
    enrolment = row.enrolment
    if enrolment is not None:
        programmes.cancel(by=by, enrolment=enrolment, reason=reason)
    kept = _keep(row, by, reason)
    move(row, target, **_undecided())
    row.feedback_areas.clear()
    row.feedback_behaviours.clear()
    if target == ApplicationStatus.REFERRED:
        referral.give_to_a_moderator(row)
    if enrolment is not None:
        places.ring(row)
    facts = {"enrolment": enrolment.reference} if enrolment else {}
    record_move(events.DECISION_UNDONE, by, row, before, reason, verb=verb, **facts)
    outbox.put(
        "applications.decision_undone",
        key=f"{row.reference}:{kept.pk}",
        reference=row.reference,
        undoing=kept.pk,
    )
    return row


def _keep(row: Application, by: User, reason: str) -> Undoing:
    assert row.decided_at is not None
    assert row.decided_by is not None
    return Undoing.objects.create(
        application=row,
        was_status=row.status,
        was_decided_at=row.decided_at,
        was_decided_by=row.decided_by,
        was_reason=row.decision_reason,
        was_feedback=feedback_as_sent(row),
        enrolment=row.enrolment,
        reason=reason.strip(),
        undone_at=clock.now(),
        undone_by=by,
    )


def _undecided() -> dict[str, Any]:
    return {
        "decided_at": None,
        "decided_by": None,
        "decision_reason": "",
        "feedback": "",
        "enrolment": None,
        "waiting_since": None,
        "offered_at": None,
        "offer_expires_at": None,
    }
