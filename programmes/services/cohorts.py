"""The verbs about cohorts (A11)."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from core import audit, clock
from frameworks.models import Level
from programmes import events, policies, queries
from programmes.models import Cohort, HeldPlace


@transaction.atomic
def open_cohort(
    *,
    by: User | None,
    level: Level,
    name: str,
    starts_on: date,
    applications_close_on: date,
    capacity: int = 30,
    fee_pence: int = 0,
) -> Cohort:
    """Open a cohort for applications until a day (A11)."""
    policies.cohort(
        starts_on=starts_on, applications_close_on=applications_close_on, capacity=capacity
    ).require()
    cohort = Cohort.objects.create(
        level=level,
        name=name,
        starts_on=starts_on,
        applications_close_on=applications_close_on,
        capacity=capacity,
        fee_pence=fee_pence,
    )
    audit.record(events.COHORT_OPENED, by=by, on=cohort, level=level.code, capacity=capacity)
    return cohort


def lock_cohort(cohort: Cohort) -> Cohort:
    """The cohort as it is now, locked until the end of the transaction: places are counted under this lock."""
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


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
