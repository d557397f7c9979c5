"""What the provider and its regional moderators decide: confirm, accept, decline (A8, A9)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from accounts.models import User
from applications import events, policies, queries
from applications.models import Application
from applications.services import places, referral
from applications.services.rows import locked, move, record_move, stands_apart
from applications.states import APPLICATION, ApplicationStatus
from core import clock, outbox
from core.events import Event
from programmes.models import Enrolment


@transaction.atomic
def confirm(*, by: User, application: Application) -> Enrolment | None:
    """The provider confirms a ready application: a place, or the waiting list without one (A8, A11)."""
    return _take_in("confirm", events.CONFIRMED, by, application)


@transaction.atomic
def accept(*, by: User, application: Application, reason: str) -> Enrolment | None:
    """A regional moderator accepts a referred application, with a reason (A8)."""
    return _take_in("accept", events.ACCEPTED, by, application, reason)


@transaction.atomic
def decline(
    *,
    by: User,
    application: Application,
    reason: str,
    feedback: str,
    areas: Collection[int] = (),
    behaviours: Collection[int] = (),
) -> Application:
    """A regional moderator declines, with a reason and feedback naming areas or behaviours by number (A9)."""
    row = locked(application)
    target = APPLICATION.target("decline", row.status)
    referral.may_be_decided(row, by)
    known_areas = queries.areas_of(row.level)
    known_behaviours = queries.behaviours_of(row.level)
    policies.decline(
        reason=reason,
        feedback=feedback,
        areas=areas,
        behaviours=behaviours,
        known_areas=known_areas,
        known_behaviours=known_behaviours,
    ).require()
    move(
        row,
        target,
        feedback=feedback.strip(),
        **_decided(by, reason),
    )
    row.feedback_areas.set([known_areas[number] for number in areas])
    row.feedback_behaviours.set([known_behaviours[position] for position in behaviours])
    record_move(
        events.DECLINED,
        by,
        row,
        ApplicationStatus.REFERRED,
        reason,
        areas=sorted(areas),
        behaviours=sorted(behaviours),
    )
    outbox.put("applications.declined", key=row.reference, reference=row.reference)
    return row


def _take_in(
    verb: str, event: Event, by: User, application: Application, reason: str = ""
) -> Enrolment | None:
    """Accept, by whichever way: a place in the same transaction, or the waiting list (A11)."""
    row = locked(application)
    APPLICATION.target(verb, row.status)
    before = row.status
    stands_apart(row, by)
    if verb == "accept":
        referral.may_be_decided(row, by)
        policies.with_a_reason(reason, says="Give the reason for your decision").require()
    enrolment = places.take_in(verb, row, by, **_decided(by, reason))
    if enrolment is not None:
        record_move(event, by, row, before, reason, enrolment=enrolment.reference)
        outbox.put("applications.accepted", key=row.reference, reference=row.reference)
    return enrolment


def _decided(by: User, reason: str) -> dict[str, Any]:
    return {"decided_at": clock.now(), "decided_by": by, "decision_reason": reason.strip()}
