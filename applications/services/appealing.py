"""Appeals: the applicant asks once, somebody who was not involved before decides (A10)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.states import Role
from applications import events, policies
from applications.models import Appeal, Application, Undoing
from applications.queries import decisions as queries
from applications.services.deciding import decided, take_in_or_say_why
from applications.services.rows import (
    locked,
    locked_with_person,
    move,
    only_the_applicant,
    record_move,
    stands_apart,
)
from applications.services.undoing import feedback_as_sent
from applications.states import APPLICATION, AppealOutcome
from core import audit, clock, outbox
from programmes.models import Enrolment


@transaction.atomic
def appeal(*, by: User, application: Application, grounds: str) -> Appeal:
    """The applicant asks for a decline to be looked at again: once, within the working days given (A10)."""
    row = locked_with_person(application)
    only_the_applicant(row, by)
    target, before = APPLICATION.target("appeal", row.status), row.status
    until = queries.appeal_until(row)
    assert until is not None
    policies.appeal(
        grounds=grounds,
        today=clock.today(),
        until=until,
        has_appealed=queries.appeal_of(row) is not None,
        has_another=queries.another_live(row),
    ).require()
    made = Appeal.objects.create(application=row, grounds=grounds.strip(), made_at=clock.now())
    move(row, target)
    record_move(events.APPEALED, by, row, before)
    outbox.put("applications.appealed", key=row.reference, reference=row.reference)
    return made


@transaction.atomic
def hand_appeal(*, by: User, application: Application, moderator: User) -> Appeal:
    """An administrator gives an appeal to a regional moderator who was not involved before (A10)."""
    row = locked(application)
    target = APPLICATION.target("hand_appeal", row.status)
    stands_apart(row, by)
    found = queries.involved_people(row).get(moderator.pk, set())
    policies.uninvolved(found, oneself=False).require()
    if not moderator.holds(Role.REGIONAL_MODERATOR):
        raise PermissionDenied
    made = _open_appeal(row)
    before = made.handed_to.reference if made.handed_to else ""
    made.handed_to = moderator
    made.save(update_fields=["handed_to"])
    move(row, target)
    audit.record(
        events.APPEAL_HANDED,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"handed_to": before},
        after={"handed_to": moderator.reference},
        moderator=moderator.reference,
    )
    outbox.put(
        "applications.appeal_handed",
        key=f"{row.reference}:{moderator.reference}",
        reference=row.reference,
    )
    return made


@transaction.atomic
def uphold(*, by: User, application: Application, reason: str) -> Enrolment | None:
    """The appeal was right: the applicant is accepted, with a place or on the waiting list (A10, A11).

    The decline is kept among the decisions that were taken back.
    """
    row = locked_with_person(application)
    APPLICATION.target("uphold", row.status)
    made = _decided_by_somebody_new(row, by, reason)
    before = row.status
    assert row.decided_at is not None
    assert row.decided_by is not None
    Undoing.objects.create(
        application=row,
        was_status="declined",
        was_decided_at=row.decided_at,
        was_decided_by=row.decided_by,
        was_reason=row.decision_reason,
        was_feedback=feedback_as_sent(row),
        reason=reason.strip(),
        undone_at=clock.now(),
        undone_by=by,
    )
    enrolment = take_in_or_say_why("uphold", row, by, **decided(by, reason), feedback="")
    row.feedback_areas.clear()
    row.feedback_behaviours.clear()
    _close(made, AppealOutcome.UPHELD, by, reason, row)
    if enrolment is not None:
        record_move(events.APPEAL_UPHELD, by, row, before, reason, enrolment=enrolment.reference)
    else:
        _record_outcome(row, by, reason)
    outbox.put("applications.appeal_upheld", key=row.reference, reference=row.reference)
    return enrolment


@transaction.atomic
def dismiss(*, by: User, application: Application, reason: str) -> Application:
    """The decision stands, for a reason that the applicant reads (A10)."""
    row = locked(application)
    target, before = APPLICATION.target("dismiss", row.status), row.status
    made = _decided_by_somebody_new(row, by, reason)
    _close(made, AppealOutcome.DISMISSED, by, reason, row)
    move(row, target)
    record_move(events.APPEAL_DISMISSED, by, row, before, reason)
    outbox.put("applications.appeal_dismissed", key=row.reference, reference=row.reference)
    return row


def _open_appeal(row: Application) -> Appeal:
    return Appeal.objects.select_for_update(of=("self",)).get(application=row, outcome="")


def _decided_by_somebody_new(row: Application, by: User, reason: str) -> Appeal:
    """The open appeal, where this person may decide it. Raises PermissionDenied or Refused (A10)."""
    made = _open_appeal(row)
    handed = made.handed_to_id == by.pk and by.holds(Role.REGIONAL_MODERATOR)
    if not (by.holds(Role.ADMINISTRATOR) or handed):
        raise PermissionDenied
    stands_apart(row, by)
    policies.uninvolved(queries.involved_people(row).get(by.pk, set())).require()
    policies.with_a_reason(reason, says="Give the reason for your decision").require()
    return made


def _close(made: Appeal, outcome: AppealOutcome, by: User, reason: str, row: Application) -> None:
    # An upheld appeal is the decision that stands: one moment for both.
    at = row.decided_at if outcome == AppealOutcome.UPHELD else clock.now()
    made.outcome, made.reason = outcome, reason.strip()
    made.decided_at, made.decided_by = at, by
    made.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])


def _record_outcome(row: Application, by: User, reason: str) -> None:
    audit.record(
        events.APPEAL_UPHELD,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"appeal": ""},
        after={"appeal": AppealOutcome.UPHELD},
        why=reason.strip(),
    )
