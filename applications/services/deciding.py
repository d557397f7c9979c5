"""What the provider and its regional moderators do: confirm, speak with the sponsor, accept, decline (A8, A9)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from applications import events, policies, queries
from applications.models import Application, Contact, Return
from applications.services import places
from applications.services.rows import SPONSOR_PURPOSE, locked, move
from applications.states import APPLICATION, ApplicationStatus, ReturnedTo
from core import audit, clock, outbox
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
    _no_conflict(row, by)
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
    _record(
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


@transaction.atomic
def log_contact(*, by: User, application: Application, means: str, on: date, note: str) -> Contact:
    """Note a conversation with the sponsor of a referred application (A8)."""
    row = locked(application)
    target = APPLICATION.target("log_contact", row.status)
    _no_conflict(row, by)
    policies.contact(means=means, on=on, note=note, today=clock.today()).require()
    contact = Contact.objects.create(
        application=row, means=means, on=on, note=note.strip(), logged_at=clock.now(), logged_by=by
    )
    move(row, target)
    audit.record(
        events.CONTACT_LOGGED,
        by=by,
        on=row,
        for_whom=row.applicant,
        means=means,
        day=on.isoformat(),
    )
    return contact


@transaction.atomic
def return_to_sponsor(*, by: User, application: Application, reason: str) -> Application:
    """Open a signed answer again, with a reason: the only way that locked scores change (A5)."""
    row = locked(application)
    target = APPLICATION.target("return_to_sponsor", row.status)
    _no_conflict(row, by)
    policies.return_to_sponsor(reason).require()
    answer = queries.current_answer(row)
    if answer is None or row.sponsor is None:
        raise PermissionDenied
    answer.signed_at, answer.signed_name = None, ""
    answer.save(update_fields=["signed_at", "signed_name"])
    Return.objects.create(
        application=row,
        to=ReturnedTo.SPONSOR,
        reason=reason.strip(),
        returned_at=clock.now(),
        returned_by=by,
    )
    move(row, target, sponsor_asked_at=clock.now())
    accounts.invite(
        by=by,
        email=row.sponsor.email,
        first_name=row.sponsor.first_name,
        last_name=row.sponsor.last_name,
        purpose=SPONSOR_PURPOSE,
        subject=row.reference,
    )
    _record(events.RETURNED, by, row, ApplicationStatus.REFERRED, reason)
    return row


def _take_in(
    verb: str, event: Event, by: User, application: Application, reason: str = ""
) -> Enrolment | None:
    """Accept, by whichever way: a place in the same transaction, or the waiting list (A11)."""
    row = locked(application)
    APPLICATION.target(verb, row.status)
    before = row.status
    _no_conflict(row, by)
    if verb == "accept":
        policies.with_a_reason(reason, says="Give the reason for your decision").require()
    enrolment = places.take_in(verb, row, by, **_decided(by, reason))
    if enrolment is not None:
        _record(event, by, row, before, reason, enrolment=enrolment.reference)
        outbox.put("applications.accepted", key=row.reference, reference=row.reference)
    return enrolment


def _no_conflict(row: Application, by: User) -> None:
    """Nobody decides on themselves or on whom they sponsor (A8)."""
    if by.pk in (row.applicant_id, row.sponsor_id):
        raise PermissionDenied


def _decided(by: User, reason: str) -> dict[str, Any]:
    return {"decided_at": clock.now(), "decided_by": by, "decision_reason": reason.strip()}


def _record(
    event: Event, by: User, row: Application, before: str, why: str = "", **facts: Any
) -> None:
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
