"""Which cohorts, how many places each has, and what a level's programme is like."""

from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from frameworks import queries as frameworks
from frameworks.models import Level
from programmes.models import Cohort, Enrolment, HeldPlace, Partner, Programme
from programmes.policies import Intake
from programmes.states import EnrolmentStatus

TAKES_A_PLACE = (
    EnrolmentStatus.ENROLLED,
    EnrolmentStatus.COMMENCED,
    EnrolmentStatus.PRESENTED,
    EnrolmentStatus.PASSED,
    EnrolmentStatus.FAILED,
)


def cohorts_with_places() -> QuerySet[Cohort]:
    """Cohorts, each with `enrolled` and `held`, the places had and kept for an offer, and `taken`, their sum."""
    enrolled = (
        Enrolment.objects.filter(cohort=OuterRef("pk"), status__in=TAKES_A_PLACE)
        .order_by()
        .values("cohort")
        .annotate(number=Count("pk"))
        .values("number")
    )
    held = (
        HeldPlace.objects.filter(cohort=OuterRef("pk"), ended_at=None)
        .order_by()
        .values("cohort")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Cohort.objects.select_related("level__edition", "partner")
        .annotate(enrolled=Coalesce(Subquery(enrolled), 0), held=Coalesce(Subquery(held), 0))
        .annotate(taken=F("enrolled") + F("held"))
    )


def open_cohorts(on: date) -> QuerySet[Cohort]:
    """Cohorts that take applications in time on that day, in the order of levels and starts (A11)."""
    return _in_order(cohorts_with_places().filter(_takes(on, Intake.OPEN)))


def cohorts_to_apply_for(on: date) -> QuerySet[Cohort]:
    """Those that are open, and those that a late application may still wait for (A11)."""
    return _in_order(cohorts_with_places().filter(_can_be_applied_for(on)))


def cohorts_of(
    rows: QuerySet[Cohort], *, on: date, level: str = "", intake: str = ""
) -> QuerySet[Cohort]:
    """The desk's list as its address asks: by level code, and what they take on that day."""
    if level:
        rows = rows.filter(level__code=level)
    return rows.filter(_takes(on, Intake(intake))) if intake else rows


def cohorts_page(
    rows: QuerySet[Cohort], *, after: str = "", size: int = 50
) -> tuple[list[Cohort], str]:
    """One page, the latest start first, and the reference to go on after ('' at the end)."""
    rows = rows.order_by("-starts_on", "-pk")
    last = Cohort.objects.filter(reference=after).only("starts_on").first() if after else None
    if last:
        rows = rows.filter(
            Q(starts_on__lt=last.starts_on) | Q(starts_on=last.starts_on, pk__lt=last.pk)
        )
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].reference if len(found) > size else ""


def holds_a_place(cohort: Cohort, person: User) -> bool:
    """Whether a place in the cohort is kept for this person."""
    return cohort.held_places.filter(person=person, ended_at=None).exists()


def places_left(cohort: Cohort) -> int:
    """Places not taken by an enrolment nor kept for an offer; never below 0."""
    taken = getattr(cohort, "taken", None)
    if taken is None:
        taken = (
            cohort.enrolments.filter(status__in=TAKES_A_PLACE).count()
            + cohort.held_places.filter(ended_at=None).count()
        )
    return max(cohort.capacity - taken, 0)


def programme_levels(on: date) -> list[Level]:
    """One level for each code, in the levels' order: that of the newest edition one can apply for, else the newest."""
    with_cohorts = set(
        Cohort.objects.filter(_can_be_applied_for(on)).values_list("level_id", flat=True).distinct()
    )
    chosen: dict[str, Level] = {}
    for level in frameworks.all_levels().select_related("programme"):
        known = chosen.get(level.code)
        if known is None or (known.pk not in with_cohorts and level.pk in with_cohorts):
            chosen[level.code] = level
    return list(chosen.values())


def programme_level(code: str, on: date) -> Level | None:
    """The level of that code whose programme page this is."""
    return next((each for each in programme_levels(on) if each.code == code), None)


def programme_of(level: Level) -> Programme:
    """What the level's programme is like; an empty one where nobody described it."""
    known: Programme | None = getattr(level, "programme", None)
    return known or Programme(level=level)


def partner_names() -> list[str]:
    """Every partner by name."""
    return list(Partner.objects.values_list("name", flat=True))


def _takes(on: date, intake: Intake) -> Q:
    """What policies.intake says, asked of the database."""
    if intake == Intake.STARTED:
        return Q(starts_on__lte=on)
    if intake == Intake.CLOSED:
        return Q(starts_on__gt=on, closed_at__isnull=False)
    in_time = Q(applications_close_on__gte=on)
    return Q(starts_on__gt=on, closed_at=None) & (in_time if intake == Intake.OPEN else ~in_time)


def _can_be_applied_for(on: date) -> Q:
    return Q(starts_on__gt=on, closed_at=None)


def _in_order(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    return rows.order_by("-level__edition__code", "level__position", "starts_on", "pk")
