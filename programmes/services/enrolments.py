"""The life of an enrolment (P1, A13)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from accounts.states import Role
from core import audit, clock
from core.decisions import Decision
from core.events import Event
from programmes import events, policies, queries
from programmes.models import Cohort, Enrolment, School
from programmes.services.cohorts import end_hold, lock_cohort
from programmes.states import ENROLMENT, LIVE, MAY_COME_BACK


@transaction.atomic
def enrol(
    *,
    by: User | None,
    participant: User,
    cohort: Cohort,
    school: School,
    sponsor: User | None = None,
    enrolled_on: date | None = None,
    delivery_team: bool = False,
) -> Enrolment:
    """Give somebody their place, linked to an earlier enrolment they left (A13), as a participant.

    Never more than the cohort has: a place kept for this person becomes theirs, otherwise one must be free
    (A11). The school's free school meals figure is kept as it is today (M2).
    """
    User.objects.select_for_update(no_key=True).get(pk=participant.pk)
    locked = lock_cohort(cohort)
    if not queries.holds_a_place(locked, participant):
        policies.a_place_is_free(queries.places_left(locked)).require()
    earlier = list(
        Enrolment.objects.filter(participant=participant, level__code=cohort.level.code).order_by(
            "pk"
        )
    )
    live = any(each.status in LIVE and each.level_id == cohort.level_id for each in earlier)
    policies.enrolment(has_live_enrolment=live).require()
    end_hold(cohort=locked, person=participant)
    left = [each for each in earlier if each.status in MAY_COME_BACK]
    enrolment = Enrolment.objects.create(
        participant=participant,
        level=cohort.level,
        cohort=cohort,
        school=school,
        sponsor=sponsor,
        delivery_team=delivery_team,
        previous=left[-1] if left else None,
        school_fsm_percent=school.fsm_percent,
        enrolled_at=clock.now(),
        enrolled_by=by,
        enrolled_on=enrolled_on or clock.today(),
    )
    if not participant.holds(Role.PARTICIPANT):
        accounts.grant_role(by=by, user=participant, role=Role.PARTICIPANT)
    audit.record(
        events.ENROLLED,
        by=by,
        on=enrolment,
        for_whom=participant,
        after={"status": enrolment.status},
        level=cohort.level.code,
        cohort=cohort.reference,
        school=school.urn,
    )
    return enrolment


@transaction.atomic
def cancel(*, by: User | None, enrolment: Enrolment, reason: str) -> Enrolment:
    """Take back a place given in error, before anything was done with it: it counts nowhere (P1)."""
    row = _locked(enrolment)
    target, before = ENROLMENT.target("cancel", row.status), row.status
    policies.cancellation(reason).require()
    facts = {
        "status": target,
        "cancelled_at": clock.now(),
        "cancelled_by": by,
        "cancelled_reason": reason.strip(),
    }
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    audit.record(
        events.CANCELLED,
        by=by,
        on=row,
        for_whom=row.participant,
        before={"status": before},
        after={"status": target},
        why=reason.strip(),
    )
    return row


@transaction.atomic
def commence(*, by: User | None, enrolment: Enrolment, on: date | None = None) -> Enrolment:
    """Record that they take part since that day, today unless given (P1)."""
    day = on or clock.today()
    return _change(
        "commence",
        events.COMMENCED,
        by=by,
        enrolment=enrolment,
        decide=lambda row: policies.commencement(
            day, enrolled_on=row.enrolled_on, today=clock.today()
        ),
        facts={"commenced_on": day},
        stamp="commenced",
        on=day,
    )


@transaction.atomic
def present(*, by: User | None, enrolment: Enrolment, on: date | None = None) -> Enrolment:
    """Record that every required task has been formally submitted by that day."""
    day = on or clock.today()
    return _change(
        "present",
        events.PRESENTED,
        by=by,
        enrolment=enrolment,
        decide=lambda row: policies.presentation(
            day, commenced_on=row.commenced_on or row.enrolled_on, today=clock.today()
        ),
        facts={"presented_on": day},
        stamp="presented",
        on=day,
    )


@transaction.atomic
def conclude(
    *, by: User | None, enrolment: Enrolment, passed: bool, on: date | None = None
) -> Enrolment:
    """Record the final outcome of the level."""
    day = on or clock.today()
    return _change(
        "conclude_passed" if passed else "conclude_failed",
        events.CONCLUDED,
        by=by,
        enrolment=enrolment,
        facts={"outcome_on": day},
        stamp="concluded",
        on=day,
        outcome="passed" if passed else "failed",
    )


@transaction.atomic
def withdraw(
    *, by: User | None, enrolment: Enrolment, reason: str, note: str = "", on: date | None = None
) -> Enrolment:
    """Record that they left on that day, and why (P1)."""
    day = on or clock.today()
    return _change(
        "withdraw",
        events.WITHDRAWN,
        by=by,
        enrolment=enrolment,
        decide=lambda row: policies.pause(
            day, reason=reason, note=note, enrolled_on=row.enrolled_on, today=clock.today()
        ),
        facts={"withdrawn_on": day, "withdrawn_reason": reason, "withdrawn_note": note.strip()},
        stamp="withdrawn",
        on=day,
        reason=reason,
    )


@transaction.atomic
def defer(
    *, by: User | None, enrolment: Enrolment, reason: str, note: str = "", on: date | None = None
) -> Enrolment:
    """Record that they paused on that day, and why (P1)."""
    day = on or clock.today()
    return _change(
        "defer",
        events.DEFERRED,
        by=by,
        enrolment=enrolment,
        decide=lambda row: policies.pause(
            day, reason=reason, note=note, enrolled_on=row.enrolled_on, today=clock.today()
        ),
        facts={"deferred_on": day, "deferred_reason": reason, "deferred_note": note.strip()},
        stamp="deferred",
        on=day,
        reason=reason,
    )


@transaction.atomic
def resume(*, by: User | None, enrolment: Enrolment, on: date | None = None) -> Enrolment:
    """Record that they came back to a place that is free; who paused before starting starts now (A11)."""
    day = on or clock.today()
    cohort = lock_cohort(enrolment.cohort)
    row = _locked(enrolment)
    facts: dict[str, Any] = {"resumed_on": day}
    if row.commenced_on is None:
        facts["commenced_on"] = day
    others = Enrolment.objects.filter(
        participant=row.participant, level=row.level, status__in=LIVE
    ).exclude(pk=row.pk)
    return _change(
        "resume",
        events.RESUMED,
        by=by,
        enrolment=enrolment,
        decide=lambda row: Decision(
            (
                *policies.enrolment(has_live_enrolment=others.exists()).reasons,
                *policies.a_place_is_free(queries.places_left(cohort)).reasons,
                *policies.coming_back(
                    day, deferred_on=row.deferred_on, today=clock.today()
                ).reasons,
            )
        ),
        facts=facts,
        stamp="resumed",
        on=day,
    )


def _locked(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def _change(
    verb: str,
    event: Event,
    *,
    by: User | None,
    enrolment: Enrolment,
    facts: Mapping[str, Any],
    stamp: str,
    on: date,
    decide: Callable[[Enrolment], Decision] = lambda row: Decision(),
    **recorded: Any,
) -> Enrolment:
    """One step of an enrolment's life, in the order every verb keeps: lock, table, policy, save, record."""
    row = _locked(enrolment)
    target = ENROLMENT.target(verb, row.status)
    decide(row).require()
    before = row.status
    changes = {**facts, "status": target, f"{stamp}_at": clock.now(), f"{stamp}_by": by}
    for name, value in changes.items():
        setattr(row, name, value)
        setattr(enrolment, name, value)
    row.save(update_fields=list(changes))
    audit.record(
        event,
        by=by,
        on=row,
        for_whom=row.participant,
        before={"status": before},
        after={"status": target},
        day=on.isoformat(),
        **recorded,
    )
    return row
