"""What the provider and its regional moderators decide: confirm, accept, decline (A8, A9)."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from applications import events, policies, queries
from applications.models import Application
from applications.services import places, referral
from applications.services.rows import (
    locked,
    locked_with_person,
    move,
    record_move,
    stands_apart,
)
from applications.states import APPLICATION, ApplicationStatus
from core import clock, outbox
from core.decisions import Reason
from core.errors import Refused
from core.events import Event
from programmes.models import Enrolment

# What the database says when a person would have two places on one level (A11).
ONE_PLACE = ("one_accepted_application", "one_live_enrolment_per_level")
HAS_A_PLACE = "The applicant has been accepted on this level already"


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
        **decided(by, reason),
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
    outbox.put("applications.declined", key=effect_of(row), reference=row.reference)
    return row


def take_in_or_say_why(verb: str, row: Application, by: User, **decided: Any) -> Enrolment | None:
    """Accept a locked application by `verb`: a place, or None for the waiting list (A11).

    Raises Refused when the person has been accepted for this level and cohort already, also where that
    happened at the same moment on another connection.
    """
    try:
        with transaction.atomic():
            return places.take_in(verb, row, by, **decided)
    except IntegrityError as error:
        if any(name in str(error) for name in ONE_PLACE):
            raise Refused((Reason(HAS_A_PLACE, rule="A11"),)) from error
        raise


def decided(by: User, reason: str) -> dict[str, Any]:
    """The columns that say who decided, when and why."""
    return {"decided_at": clock.now(), "decided_by": by, "decision_reason": reason.strip()}


def effect_of(row: Application) -> str:
    """Names the effects of the decision that stands: one taken again after it was undone is another."""
    return f"{row.reference}:{row.decided_at:%Y%m%d%H%M%S%f}"


def _take_in(
    verb: str, event: Event, by: User, application: Application, reason: str = ""
) -> Enrolment | None:
    """Accept, by whichever way: a place in the same transaction, or the waiting list (A11)."""
    row = locked_with_person(application)
    APPLICATION.target(verb, row.status)
    before = row.status
    stands_apart(row, by)
    if verb == "accept":
        referral.may_be_decided(row, by)
        policies.with_a_reason(reason, says="Give the reason for your decision").require()
    enrolment = take_in_or_say_why(verb, row, by, **decided(by, reason))
    if enrolment is not None:
        record_move(event, by, row, before, reason, enrolment=enrolment.reference)
        outbox.put("applications.accepted", key=effect_of(row), reference=row.reference)
    return enrolment
