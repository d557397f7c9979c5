"""Which rows: a year's rules, what was decided, and the grants that schools are due (A12)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from applications.models import Application, FundingDecision, FundingYear
from applications.policies import funding as rules
from applications.states import ApplicationStatus
from programmes.models import School
from programmes.states import EnrolmentStatus

# (choice) Due once the participant has started, whatever happens later; expected while they have a place
# and have not started. Who paused before starting, left before starting or was undone counts in neither.
DUE = Q(application__enrolment__commenced_on__isnull=False)
EXPECTED = Q(
    application__enrolment__commenced_on__isnull=True,
    application__enrolment__status=EnrolmentStatus.ENROLLED,
)
COUNTS = {"due": DUE, "expected": EXPECTED}


def years() -> QuerySet[FundingYear]:
    """Every year with its rules at hand, the latest first."""
    return FundingYear.objects.prefetch_related("workplaces", "bands").order_by("-starts_on")


def year_of(day: date) -> FundingYear | None:
    """The year whose rules hold for a cohort that starts on that day."""
    return FundingYear.objects.filter(starts_on__lte=day, ends_on__gte=day).first()


def rules_of(year: FundingYear) -> rules.Year:
    """A year's rules as the policy takes them."""
    return rules.Year(
        code=year.code,
        workplaces=frozenset(each.kind for each in year.workplaces.all()),
        bands=tuple(
            rules.Band(each.phase, each.pupils_from, each.pupils_to, each.pence)
            for each in year.bands.all()
        ),
    )


def workplace(school: School) -> rules.Workplace:
    """What funding depends on of a school."""
    return rules.Workplace(school.urn, school.kind, school.group, school.phase, school.pupils)


def current_decision(application: Application) -> FundingDecision | None:
    """What holds now; None before acceptance."""
    return application.funding_decisions.filter(replaced_at=None).select_related("year").first()


def decisions(application: Application) -> list[FundingDecision]:
    """Everything decided so far, the present one last."""
    return list(application.funding_decisions.select_related("year", "decided_by"))


def granted(year: FundingYear) -> QuerySet[FundingDecision]:
    """The decisions of a year that bring a school a grant, due or expected."""
    return FundingDecision.objects.filter(
        DUE | EXPECTED,
        year=year,
        replaced_at=None,
        support_pence__gt=0,
        application__status=ApplicationStatus.ACCEPTED,
    ).exclude(application__enrolment__status=EnrolmentStatus.CANCELLED)


def grants(year: FundingYear) -> QuerySet[FundingDecision, dict[str, Any]]:
    """A row for each school: urn, name, authority; due, expected (people); due_pence, expected_pence."""
    school = "application__school__"
    return (
        granted(year)
        .order_by()
        .values(f"{school}urn", f"{school}name", f"{school}local_authority")
        .annotate(**_sums())
        .order_by(f"{school}name", f"{school}urn")
    )


def totals(year: FundingYear) -> dict[str, int]:
    """The same sums over every school."""
    return granted(year).aggregate(**_sums())


def page_of_grants(
    year: FundingYear, *, after: str = "", size: int = 50
) -> tuple[list[dict[str, Any]], str]:
    """One page of schools by name, and the URN to go on after ('' at the end)."""
    rows = grants(year)
    last = School.objects.filter(urn=after).first() if after else None
    if last:
        rows = rows.filter(
            Q(application__school__name__gt=last.name)
            | Q(application__school__name=last.name, application__school__urn__gt=last.urn)
        )
    found = list(rows[: size + 1])
    more = found[size - 1]["application__school__urn"] if len(found) > size else ""
    return found[:size], more


@dataclass(frozen=True)
class Behind:
    """Somebody behind a number of the report."""

    decision: FundingDecision
    is_due: bool


def people(year: FundingYear, *, urn: str = "", counts: str = "", limit: int = 500) -> list[Behind]:
    """Who is behind the numbers, of one school or of all, 'due' or 'expected' or both, those due first."""
    rows = granted(year)
    if counts in COUNTS:
        rows = rows.filter(COUNTS[counts])
    if urn:
        rows = rows.filter(application__school__urn=urn)
    rows = rows.select_related(
        "application__applicant",
        "application__level",
        "application__cohort",
        "application__school",
        "application__enrolment",
    ).order_by("application__enrolment__commenced_on", "application__applicant__last_name", "pk")
    return [
        Behind(each, each.application.enrolment.commenced_on is not None)  # type: ignore[union-attr]
        for each in rows[:limit]
    ]


def _sums() -> dict[str, Any]:
    return {
        "due": Count("pk", filter=DUE),
        "expected": Count("pk", filter=EXPECTED),
        "due_pence": Coalesce(Sum("support_pence", filter=DUE), 0),
        "expected_pence": Coalesce(Sum("support_pence", filter=EXPECTED), 0),
    }
