"""Which cohorts, and how many places each has."""

from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programmes.models import Cohort, Enrolment, HeldPlace
from programmes.states import EnrolmentStatus

TAKES_A_PLACE = (
    EnrolmentStatus.ENROLLED,
    EnrolmentStatus.COMMENCED,
    EnrolmentStatus.PRESENTED,
    EnrolmentStatus.PASSED,
    EnrolmentStatus.FAILED,
)


def cohorts_with_places() -> QuerySet[Cohort]:
    """Cohorts, each with `taken`, the places that enrolments hold or that are kept for an offer."""
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
    return Cohort.objects.select_related("level__edition", "partner").annotate(
        taken=Coalesce(Subquery(enrolled), 0) + Coalesce(Subquery(held), 0)
    )


def open_cohorts(on: date) -> QuerySet[Cohort]:
    """Cohorts that take applications on that day, in the order of levels and starts (A11)."""
    return (
        cohorts_with_places()
        .filter(applications_close_on__gte=on, closed_at=None)
        .order_by("-level__edition__code", "level__position", "starts_on", "pk")
    )


def places_left(cohort: Cohort) -> int:
    """Places not taken by an enrolment nor kept for an offer; never below 0."""
    taken = getattr(cohort, "taken", None)
    if taken is None:
        taken = (
            cohort.enrolments.filter(status__in=TAKES_A_PLACE).count()
            + cohort.held_places.filter(ended_at=None).count()
        )
    return max(cohort.capacity - taken, 0)
