"""The verbs about cohorts and the places in them (A11)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit, clock
from core.errors import WrongMoment
from frameworks.models import Level
from programmes import events, policies, queries
from programmes.models import Cohort, HeldPlace, Partner
from programmes.policies import Intake


@transaction.atomic
def open_cohort(
    *,
    by: User | None,
    level: Level,
    name: str,
    starts_on: date,
    applications_close_on: date | None = None,
    capacity: int = 30,
    fee_pence: int = 0,
    local_group: str = "",
    partner: str = "",
) -> Cohort:
    """Open a cohort for applications until a day, the usual one unless given (A11).

    `partner` is the name of who delivers it with the provider; one that is new is kept for the next cohort.
    """
    facts = {
        "name": name.strip(),
        "starts_on": starts_on,
        "applications_close_on": applications_close_on
        or policies.usual_closing(starts_on, clock.today()),
        "capacity": capacity,
        "fee_pence": fee_pence,
        "local_group": local_group.strip(),
    }
    _agree(facts, level=level)
    cohort = Cohort.objects.create(level=level, partner=_partner(partner), **facts)
    audit.record(events.COHORT_OPENED, by=by, on=cohort, level=level.code, capacity=capacity)
    return cohort


@transaction.atomic
def change_cohort(
    *,
    by: User | None,
    cohort: Cohort,
    name: str,
    starts_on: date,
    applications_close_on: date | None,
    capacity: int,
    fee_pence: int,
    local_group: str = "",
    partner: str = "",
) -> Cohort:
    """Change a cohort's facts; its places may not go under those taken or kept for an offer (A11)."""
    row = lock_cohort(cohort)
    facts = {
        "name": name.strip(),
        "starts_on": starts_on,
        "applications_close_on": applications_close_on
        or policies.usual_closing(starts_on, clock.today()),
        "capacity": capacity,
        "fee_pence": fee_pence,
        "local_group": local_group.strip(),
    }
    _agree(facts, level=row.level, this=row, taken=row.capacity - queries.places_left(row))
    before = _as_recorded(row)
    for field, value in facts.items():
        setattr(row, field, value)
    row.partner = _partner(partner)
    after = _as_recorded(row)
    changed = [field for field, value in after.items() if value != before[field]]
    if not changed:
        return row
    row.save(update_fields=[*facts, "partner"])
    audit.record(
        events.COHORT_CHANGED,
        by=by,
        on=row,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return row


@transaction.atomic
def close_cohort(*, by: User, cohort: Cohort) -> Cohort:
    """Take no more applications, in time or late, before the day they would close (A11)."""
    row = lock_cohort(cohort)
    if row.closed_at:
        raise WrongMoment("This cohort has been closed to applications already.")
    if _intake(row) == Intake.STARTED:
        raise WrongMoment("This cohort has started, so it takes no applications.")
    row.closed_at, row.closed_by = clock.now(), by
    row.save(update_fields=["closed_at", "closed_by"])
    audit.record(events.COHORT_CLOSED, by=by, on=row)
    return row


@transaction.atomic
def reopen_cohort(*, by: User, cohort: Cohort) -> Cohort:
    """Take applications again until the day they close (A11)."""
    row = lock_cohort(cohort)
    if not row.closed_at:
        raise WrongMoment("This cohort was not closed early.")
    row.closed_at = row.closed_by = None
    row.save(update_fields=["closed_at", "closed_by"])
    audit.record(events.COHORT_REOPENED, by=by, on=row)
    return row


def lock_cohort(cohort: Cohort) -> Cohort:
    """The cohort as it is now, locked until the end of the transaction: places are counted under this lock.

    The lock lets others refer to the cohort meanwhile, as somebody who starts an application does.
    """
    return Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


@transaction.atomic
def hold_place(*, cohort: Cohort, person: User, until: datetime) -> HeldPlace:
    """Keep a place for somebody until then. Raises Refused when the cohort is full (A11)."""
    policies.a_place_is_free(queries.places_left(lock_cohort(cohort))).require()
    return HeldPlace.objects.create(cohort=cohort, person=person, held_at=clock.now(), until=until)


@transaction.atomic
def end_hold(*, cohort: Cohort, person: User) -> bool:
    """Let go of the place kept for somebody; False when none was."""
    held = HeldPlace.objects.filter(cohort=cohort, person=person, ended_at=None)
    return bool(held.update(ended_at=clock.now()))


def _intake(cohort: Cohort) -> Intake:
    return policies.intake(
        clock.today(),
        starts_on=cohort.starts_on,
        applications_close_on=cohort.applications_close_on,
        is_closed=cohort.closed_at is not None,
    )


def _agree(
    facts: Mapping[str, Any], *, level: Level, this: Cohort | None = None, taken: int = 0
) -> None:
    """Refuses facts that contradict each other."""
    others = Cohort.objects.filter(level=level, name=facts["name"])
    if this:
        others = others.exclude(pk=this.pk)
    policies.cohort(
        starts_on=facts["starts_on"],
        applications_close_on=facts["applications_close_on"],
        capacity=facts["capacity"],
        fee_pence=facts["fee_pence"],
        name=facts["name"],
        name_is_taken=others.exists(),
        taken=taken,
    ).require()


def _partner(name: str) -> Partner | None:
    """The partner of that name, however its letters are cased, or a new one; None for no name."""
    name = " ".join(name.split())
    if not name:
        return None
    known = Partner.objects.filter(name__iexact=name).first()
    return known or Partner.objects.create(name=name)


def _as_recorded(cohort: Cohort) -> dict[str, Any]:
    return {
        "name": cohort.name,
        "starts_on": cohort.starts_on.isoformat(),
        "applications_close_on": cohort.applications_close_on.isoformat(),
        "capacity": cohort.capacity,
        "fee_pence": cohort.fee_pence,
        "local_group": cohort.local_group,
        "partner": cohort.partner.name if cohort.partner else "",
    }
