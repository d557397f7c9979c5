"""Which rows: the applications chosen for one action, and what it depends on, in a few queries for all of them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count

from accounts.models import User
from applications.models import Application
from applications.policies import bulk as rules
from applications.policies import places as place_rules
from applications.queries.applications import visible_to
from applications.states import LIVE, ApplicationStatus
from programmes import queries as programmes
from programmes.models import Cohort, Enrolment
from programmes.states import LIVE as ENROLLED


def chosen(user: User, references: Sequence[str]) -> list[Application]:
    """Those of the references that this person may know of, the longest waiting first as in the list."""
    rows = visible_to(user).filter(reference__in=references[: rules.MOST])
    return list(rows.order_by("moved_at", "pk"))


def enrolled(applications: Sequence[Application]) -> set[tuple[int, int]]:
    """(applicant, level) of those who have a place on the level already."""
    rows = Enrolment.objects.filter(
        participant__in={each.applicant_id for each in applications}, status__in=ENROLLED
    )
    return set(rows.values_list("participant", "level"))


def places_for_newcomers(applications: Sequence[Application], today: date) -> dict[str, int]:
    """By the cohort's reference: the places that somebody accepted now can have at once (A11)."""
    cohorts = {each.cohort_id for each in applications}
    waiting = dict(
        Application.objects.filter(
            cohort__in=cohorts, status=ApplicationStatus.WAITING, is_late=False
        )
        .order_by()
        .values_list("cohort")
        .annotate(number=Count("pk"))
    )
    return {
        cohort.reference: place_rules.places_for_newcomers(
            places_left=programmes.places_left(cohort),
            on_time_waiting=waiting.get(cohort.pk, 0)
            if place_rules.takes_offers(today=today, starts_on=cohort.starts_on)
            else 0,
        )
        for cohort in programmes.cohorts_with_places().filter(pk__in=cohorts)
    }


def people_with_another(applications: Sequence[Application], cohort: Cohort) -> set[int]:
    """Applicants among these who have a live application for that cohort, other than the chosen."""
    return set(
        Application.objects.filter(
            cohort=cohort,
            applicant__in={each.applicant_id for each in applications},
            status__in=LIVE,
        )
        .exclude(pk__in={each.pk for each in applications})
        .values_list("applicant", flat=True)
    )
