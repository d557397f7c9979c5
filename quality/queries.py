"""Which rows each figure counts, and the counts of all levels at once (Q2). Nothing here writes.

The people behind a number come from the same rows as the number. A level is its code: editions of one
qualification are counted together.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from assessment.models import Outcome
from core import clock
from frameworks.models import Level
from frameworks.states import EditionStatus
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus
from quality.models import PresentingTime, Target
from quality.policies import DAYS_AHEAD, DEFINITION, LevelFigures, Period

CAN_STILL_PRESENT = (EnrolmentStatus.COMMENCED, EnrolmentStatus.DEFERRED)
# A month's end may shift a day counted backwards by up to three days; see _last_day_between().
SLACK = timedelta(days=3)
PAGE = 50


class _Months(Func):
    """A number of calendar months, as Postgres adds them: a day the month lacks becomes its last (P2)."""

    function = "make_interval"
    template = "%(function)s(months => %(expressions)s)"


class _Later(Func):
    """The day so many months after another."""

    arg_joiner = " + "
    template = "(%(expressions)s)::date"
    output_field = DateField()


class _Earlier(_Later):
    """The day so many months before another."""

    arg_joiner = " - "


def is_level(code: str) -> bool:
    """Whether a published edition has a level of that code."""
    return Level.objects.filter(code=code, edition__status=EditionStatus.PUBLISHED).exists()


def _real() -> QuerySet[Enrolment]:
    """Enrolments but those made in error and taken back, which count nowhere (P1)."""
    return Enrolment.objects.exclude(status=EnrolmentStatus.CANCELLED)


def dated_in(period: Period) -> QuerySet[Any]:
    """Enrolments whose day lies in the period, each with `came_before`: not the person's first on the level.

    An enrolment as one of the delivery team is no recruitment, so it is nobody's first (M1, A13).
    """
    first = _real().filter(
        Q(enrolled_on__lt=OuterRef("enrolled_on"))
        | Q(enrolled_on=OuterRef("enrolled_on"), pk__lt=OuterRef("pk")),
        participant=OuterRef("participant"),
        level__code=OuterRef("level__code"),
        delivery_team=False,
    )
    return (
        _real()
        .filter(enrolled_on__range=(period.first, period.last))
        .annotate(came_before=Exists(first))
    )


def recruited(period: Period) -> QuerySet[Any]:
    """M1's numerator: first enrolments dated in the period, without the delivery team."""
    return dated_in(period).filter(delivery_team=False, came_before=False)


def with_last_day() -> QuerySet[Any]:
    """Enrolments that commenced, each with `last_day`, its 18-month day (P2).

    `months` is an annotation of its own: named inside a filter, its outer join would become an inner one.
    """
    return Enrolment.objects.filter(commenced_on__isnull=False).annotate(
        months=Coalesce(
            F("level__edition__presenting_time__months"), Value(DEFINITION.months_to_present)
        ),
        last_day=_Later(F("commenced_on"), _Months(F("months"))),
    )


def presentable(period: Period) -> QuerySet[Any]:
    """M4's denominator: commenced, 18-month day in the period, withdrawn and deferred included.

    `in_time` says whether they presented on that day or before.
    """
    return _last_day_between(period.first, period.last).annotate(
        in_time=Case(
            When(presented_on__lte=F("last_day"), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    )


def due_soon(today: date) -> QuerySet[Any]:
    """Those who can still present and have not, with their last day from today to 90 days ahead, soonest first."""
    return (
        _last_day_between(today, today + timedelta(days=DAYS_AHEAD))
        .filter(presented_on__isnull=True, status__in=CAN_STILL_PRESENT)
        .order_by("last_day", "pk")
    )


def due_soon_by_level(today: date) -> list[tuple[str, int]]:
    """How many are due soon, for each level that has any."""
    rows = due_soon(today).order_by("level__code").values("level__code")
    return list(rows.annotate(people=Count("pk")).values_list("level__code", "people"))


def released(period: Period) -> QuerySet[Outcome]:
    """Task outcomes released to participants in the period, by London's days (G1)."""
    return Outcome.objects.filter(
        released_at__gte=datetime.combine(period.first, time.min, clock.LONDON),
        released_at__lte=datetime.combine(period.last, time.max, clock.LONDON),
    )


def page_of(
    rows: QuerySet[Any], day: str, reference: str, after: str = "", size: int = PAGE
) -> tuple[list[Any], str]:
    """One page of rows in the order of their day, and the reference that the next page starts after, or ''.

    `day` and `reference` are the fields they stand under. Raises LookupError for an unknown `after`.
    """
    if after:
        start = None
        if (
            after.isprintable()
        ):  # what else may come in an address is no reference, and some the driver refuses
            start = rows.filter(**{reference: after}).values_list(day, "pk").first()
        if start is None:
            raise LookupError(after)
        rows = rows.filter(Q(**{f"{day}__gt": start[0]}) | Q(**{day: start[0], "pk__gt": start[1]}))
    found = list(rows.order_by(day, "pk")[: size + 1])
    if len(found) <= size:
        return found, ""
    last: Any = found[size - 1]
    for name in reference.split("__"):
        last = getattr(last, name)
    return found[:size], str(last)


def metrics(period: Period, levels: Iterable[str] | None = None) -> list[LevelFigures]:
    """What was counted for each level, all levels at once, in the framework's order.

    The reported edition's levels always; another edition's where it has something to show. `levels` keeps
    only those codes.
    """
    shown = list(levels) if levels is not None else None
    counts: dict[str, dict[str, Any]] = {}
    for rows in (_enrolled(period), _recruited(period), _presented(period), _released(period)):
        for row in rows:
            code = row.pop("code")
            counts.setdefault(code, {}).update(row)
    figures: dict[str, LevelFigures] = {}
    for level in _levels(period):
        code, reported = level["code"], level["edition__code"] == DEFINITION.edition
        if code in figures or (shown is not None and code not in shown):
            continue
        if reported or shown is not None or any(counts.get(code, {}).values()) or level["wanted"]:
            figures[code] = LevelFigures(
                code=code,
                name=level["name"],
                recruitment_target=level["wanted"],
                **_complete(counts.get(code, {})),
            )
    return list(figures.values())


def _last_day_between(first: date, last: date) -> QuerySet[Any]:
    """Those whose last day lies between two days.

    The bounds on the day of commencing take the most and the fewest months of any edition, read once: they
    leave few rows, by an index where that helps, for the exact test.
    """
    standard = Value(DEFINITION.months_to_present)
    months = PresentingTime.objects.values("months")
    most = Coalesce(Subquery(months.order_by("-months")[:1]), standard)
    fewest = Coalesce(Subquery(months.order_by("months")[:1]), standard)
    return with_last_day().filter(
        commenced_on__gte=_Earlier(Value(first - SLACK), _Months(Greatest(most, standard))),
        commenced_on__lte=_Earlier(Value(last + SLACK), _Months(Least(fewest, standard))),
        last_day__range=(first, last),
    )


def _levels(period: Period) -> Iterable[Any]:
    """Every published level with the number `wanted`, the reported edition's first."""
    target = Target.objects.filter(
        level=OuterRef("code"), period_start=period.first, period_end=period.last
    )
    return (
        Level.objects.filter(edition__status=EditionStatus.PUBLISHED)
        .annotate(
            wanted=Subquery(target.values("recruitment_target")),
            elsewhere=Case(When(edition__code=DEFINITION.edition, then=Value(0)), default=Value(1)),
        )
        .order_by("elsewhere", "-edition__code", "position")
        .values("code", "name", "edition__code", "wanted")
    )


def _by_level(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values(code=F("level__code"))


def _enrolled(period: Period) -> Iterable[Any]:
    """Enrolments dated in the period, and those concluded in it."""
    days = (period.first, period.last)
    dated, done = Q(enrolled_on__range=days), Q(outcome_on__range=days)
    passed = done & Q(status=EnrolmentStatus.PASSED)
    return _by_level(_real().filter(dated | done)).annotate(
        dated=Count("pk", filter=dated),
        delivery_team=Count("pk", filter=dated & Q(delivery_team=True)),
        concluded=Count(
            "pk", filter=done & Q(status__in=(EnrolmentStatus.PASSED, EnrolmentStatus.FAILED))
        ),
        concluded_passed=Count("pk", filter=passed),
    )


def _recruited(period: Period) -> Iterable[Any]:
    return _by_level(recruited(period)).annotate(recruited=Count("pk"))


def _presented(period: Period) -> Iterable[Any]:
    return _by_level(presentable(period)).annotate(
        due_to_present=Count("pk"), presented_in_time=Count("pk", filter=Q(in_time=True))
    )


def _released(period: Period) -> Iterable[Any]:
    return (
        released(period)
        .order_by()
        .values(code=F("script__enrolment__level__code"))
        .annotate(tasks_released=Count("pk"), tasks_passed=Count("pk", filter=Q(passed=True)))
    )


def _complete(counted: dict[str, Any]) -> dict[str, Any]:
    """The counts of one level, with those enrolled again: dated, neither delivery team nor recruited."""
    dated = counted.get("dated", 0)
    left = dated - counted.get("delivery_team", 0) - counted.get("recruited", 0)
    return {**{name: n for name, n in counted.items() if name != "dated"}, "re_enrolled": left}
