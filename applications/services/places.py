"""Places: who gets one at once, who waits and is offered one, and what happens to an offer (A11).

Locks are taken in one order: the person, the application, its cohort, the person's other applications; who
holds a cohort waits for nobody. Places are counted, given and kept under the cohort's lock only.
"""

import logging
from typing import Any

from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from applications import events, policies
from applications.models import Application
from applications.policies import places as rules
from applications.queries import places as queries
from applications.services import funding
from applications.services.rows import (
    SPONSOR_PURPOSE,
    locked,
    locked_with_person,
    move,
    only_the_applicant,
    record_move,
)
from applications.states import APPLICATION, LIVE, ApplicationStatus
from core import audit, clock, outbox
from core.errors import Refused, WrongMoment
from programmes import queries as cohorts
from programmes import services as programmes
from programmes.models import Cohort, Enrolment
from programmes.states import LIVE as ENROLLED

logger = logging.getLogger(__name__)


def take_in(verb: str, row: Application, by: User | None, **decided: Any) -> Enrolment | None:
    """Accept a locked application by `verb`: a place at once, or the waiting list when late or full (A11).

    Those who wait already come first. `decided` are the decision's own columns. None when it waits.
    """
    target = APPLICATION.target(verb, row.status)
    policies.school_is_listed(is_listed=row.school is not None).require()
    cohort = programmes.lock_cohort(row.cohort)
    places_left = queries.places_for_newcomers(cohort, clock.today())
    if not policies.gets_a_place(is_late=row.is_late, places_left=places_left):
        _wait(row, by, **decided)
        return None
    return _give_place(target, row, by, **decided)


@transaction.atomic
def fill(*, by: User | None, cohort: Cohort) -> list[Application]:
    """Offer each free place to the next who waits, until one of the two runs out (A11).

    Done again it offers nothing twice. Nothing is offered once the cohort has started.
    """
    row = programmes.lock_cohort(cohort)
    offered: list[Application] = []
    if not rules.takes_offers(today=clock.today(), starts_on=row.starts_on):
        return offered
    while cohorts.places_left(row) > 0 and (first := queries.next_to_offer(row)):
        if not _is_free(first):
            break  # something else is done for this person now: the next sweep goes on
        application = locked(first)
        still_waits = application.status == ApplicationStatus.WAITING
        if still_waits and application.cohort_id == row.pk:
            _offer(application, by)
            offered.append(application)
    return offered


@transaction.atomic
def take_up(*, by: User, application: Application) -> Enrolment:
    """The applicant accepts the place that was offered: they are enrolled, their others closed (A11)."""
    row = locked_with_person(application)
    only_the_applicant(row, by)
    target, before = APPLICATION.target("take_up", row.status), row.status
    cohort = programmes.lock_cohort(row.cohort)
    assert row.offer_expires_at is not None
    kept = cohorts.holds_a_place(cohort, row.applicant)
    rules.take_up(
        now=clock.now(),
        expires_at=row.offer_expires_at,
        has_a_place=kept or cohorts.places_left(cohort) > 0,
    ).require()
    enrolment = _give_place(target, row, by)
    record_move(events.TAKEN_UP, by, row, before, enrolment=enrolment.reference)
    outbox.put("applications.accepted", key=_once(row), reference=row.reference)
    return enrolment


@transaction.atomic
def turn_down(*, by: User, application: Application) -> Application:
    """The applicant does not want the place that was offered: it goes to the next who waits (A11)."""
    row = locked(application)
    only_the_applicant(row, by)
    target, before = APPLICATION.target("turn_down", row.status), row.status
    move(row, target, withdrawn_at=clock.now(), withdrawn_by=by)
    record_move(events.TURNED_DOWN, by, row, before)
    let_go(row)
    return row


@transaction.atomic
def lapse(*, by: User | None, application: Application) -> Application:
    """End an offer whose last second has passed; the place goes to the next who waits (A11, G1)."""
    row = locked(application)
    target, before = APPLICATION.target("lapse", row.status), row.status
    assert row.offer_expires_at is not None
    rules.lapse(now=clock.now(), expires_at=row.offer_expires_at).require()
    move(row, target, lapsed_at=clock.now())
    record_move(events.LAPSED, by, row, before)
    outbox.put("applications.lapsed", key=_once(row), reference=row.reference)
    let_go(row)
    return row


@transaction.atomic
def undo_lapse(*, by: User, application: Application, reason: str) -> Application:
    """Put somebody whose offer lapsed back where they waited, with a reason (A11)."""
    row = locked_with_person(application)
    target, before = APPLICATION.target("undo_lapse", row.status), row.status
    rules.undo_lapse(
        reason,
        has_live=Application.objects.filter(
            applicant=row.applicant, cohort=row.cohort, status__in=LIVE
        ).exists(),
        is_enrolled=_is_enrolled(row),
    ).require()
    move(row, target, offered_at=None, offer_expires_at=None, lapsed_at=None)
    record_move(events.LAPSE_UNDONE, by, row, before, why=reason.strip())
    outbox.put("applications.waiting_again", key=_once(row), reference=row.reference)
    ring(row)
    return row


@transaction.atomic
def move_to_cohort(*, by: User, application: Application, cohort: Cohort) -> Application:
    """Let somebody who waits wait for another cohort of the level, as long as they have waited (A11).

    They are late there only if they sent their application after that cohort closed.
    """
    row = locked_with_person(application)
    target = APPLICATION.target("move_to_cohort", row.status)
    left = row.cohort
    rules.move_to_cohort(
        is_same=cohort.pk == left.pk,
        is_same_level=cohort.level_id == row.level_id,
        has_started=cohort.starts_on <= clock.today(),
        has_live=Application.objects.filter(applicant=row.applicant, cohort=cohort, status__in=LIVE)
        .exclude(pk=row.pk)
        .exists(),
    ).require()
    assert row.sent_at is not None
    sent_on = row.sent_at.astimezone(clock.LONDON).date()
    move(row, target, cohort=cohort, is_late=sent_on > cohort.applications_close_on)
    audit.record(
        events.MOVED_TO_COHORT,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"cohort": left.reference},
        after={"cohort": cohort.reference},
        cohort=cohort.reference,
        late=row.is_late,
    )
    outbox.put("applications.moved_to_cohort", key=_once(row), reference=row.reference)
    ring(row)
    return row


def sweep_places() -> tuple[int, int]:
    """End every offer that is over, let go of places kept for nobody, and offer what is free (A11).

    Each in a transaction of its own; what fails is tried again at the next sweep. How many lapsed and
    how many were offered.
    """
    lapsed = offered = 0
    for application in queries.ended_offers(clock.now()):
        lapsed += _tried(lapse, by=None, application=application) is not None
    for held in queries.holds_of_nobody().select_related("cohort", "person"):
        _tried(_end_hold_of_nobody, cohort=held.cohort, person=held.person)
    for cohort in queries.cohorts_to_fill(clock.today()):
        offered += len(_tried(fill, by=None, cohort=cohort) or ())
    return lapsed, offered


def let_go(row: Application) -> None:
    """A locked application has no claim to a place any more: what was kept for it goes to the next (A11)."""
    programmes.end_hold(cohort=row.cohort, person=row.applicant)
    ring(row)


def ring(row: Application) -> None:
    """Promise to look whether a place of the application's cohort can be offered now (A11)."""
    outbox.put("applications.place_freed", key=_once(row), cohort=row.cohort.reference)


def close_others(row: Application, by: User | None) -> None:
    """Close the person's other live applications for this cohort or level: they have their place (A11).

    A sponsor who has not answered one of those need not: the link dies.
    """
    others = (
        Application.objects.select_for_update(of=("self",))
        .select_related("applicant", "cohort")
        .filter(applicant=row.applicant, level__code=row.level.code, status__in=LIVE)
        .exclude(pk=row.pk)
        .order_by("pk")
    )
    for other in others:
        before = other.status
        target = APPLICATION.target("close", before)
        move(other, target, closed_at=clock.now(), closed_for=row)
        accounts.close_invitations(purpose=SPONSOR_PURPOSE, subject=other.reference, by=by)
        record_move(events.CLOSED, by, other, before, accepted=row.reference)
        if before == ApplicationStatus.OFFERED:
            let_go(other)


def _give_place(target: str, row: Application, by: User | None, **decided: Any) -> Enrolment:
    assert row.school is not None
    enrolment = programmes.enrol(
        by=by, participant=row.applicant, cohort=row.cohort, school=row.school, sponsor=row.sponsor
    )
    if row.trn and not row.applicant.trn:
        row.applicant.trn = row.trn
        row.applicant.save(update_fields=["trn"])
    move(row, target, enrolment=enrolment, **decided)
    funding.settle(row, by, route=row.funding_route)
    close_others(row, by)
    return enrolment


def _offer(row: Application, by: User | None) -> None:
    target, before = APPLICATION.target("offer", row.status), row.status
    ends = rules.offer_ends(clock.today(), row.cohort.starts_on)
    programmes.hold_place(cohort=row.cohort, person=row.applicant, until=ends)
    move(row, target, offered_at=clock.now(), offer_expires_at=ends)
    record_move(events.OFFERED, by, row, before, until=ends.isoformat())
    outbox.put("applications.offered", key=_once(row), reference=row.reference)


def _wait(row: Application, by: User | None, **decided: Any) -> None:
    before = row.status
    target = APPLICATION.target("put_on_waiting_list", before)
    move(row, target, waiting_since=clock.now(), **decided)
    record_move(
        events.PUT_ON_WAITING_LIST,
        by,
        row,
        before,
        cohort=row.cohort.reference,
        late=row.is_late,
    )
    outbox.put("applications.waiting", key=_once(row), reference=row.reference)


@transaction.atomic
def _end_hold_of_nobody(*, cohort: Cohort, person: User) -> None:
    """Look again under the cohort's lock, so that no offer made this moment loses its place."""
    programmes.lock_cohort(cohort)
    if queries.holds_of_nobody().filter(cohort=cohort, person=person).exists():
        programmes.end_hold(cohort=cohort, person=person)


def _tried(verb: Any, **arguments: Any) -> Any:
    """What a verb returns, or None when it cannot be done now: the next sweep looks again."""
    try:
        return verb(**arguments)
    except (Refused, WrongMoment):
        return None
    except Exception:  # one application's trouble must not keep the others from their places
        logger.exception("%s failed and is tried again at the next sweep", verb.__name__)
        return None


def _is_free(row: Application) -> bool:
    """Whether the applicant could be locked at once: nobody waits while holding a cohort."""
    people = User.objects.select_for_update(no_key=True, skip_locked=True)
    return people.filter(pk=row.applicant_id).first() is not None


def _is_enrolled(row: Application) -> bool:
    return Enrolment.objects.filter(
        participant=row.applicant, level=row.level, status__in=ENROLLED
    ).exists()


def _once(row: Application) -> str:
    """A key for something that can happen to one application more than once."""
    return f"{row.reference}:{clock.now().isoformat()}"
