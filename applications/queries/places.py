"""Which rows: waiting lists in their order, offers open and lapsed, cohorts with a place to offer (A11)."""

from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from applications.models import Application
from applications.policies import places as rules
from applications.queries.applications import with_facts
from applications.states import LIVE, ApplicationStatus
from programmes import queries as programmes
from programmes.models import Cohort, Enrolment, HeldPlace
from programmes.states import LIVE as ENROLLED

_S = ApplicationStatus


def waiting(cohort: Cohort) -> QuerySet[Application]:
    """A cohort's waiting list in its order: on time before late, the longest waiting first."""
    return (
        with_facts()
        .filter(cohort=cohort, status=_S.WAITING)
        .order_by("is_late", "waiting_since", "pk")
    )


def next_to_offer(cohort: Cohort) -> Application | None:
    """The first in order who has no place on the level by another way; without its facts."""
    enrolled = Enrolment.objects.filter(
        participant=OuterRef("applicant"), level=OuterRef("level"), status__in=ENROLLED
    )
    rows = Application.objects.filter(cohort=cohort, status=_S.WAITING).exclude(Exists(enrolled))
    return rows.order_by("is_late", "waiting_since", "pk").first()


def ahead_of(application: Application) -> int:
    """How many of the same waiting list come before this one."""
    mine = Q(waiting_since__lt=application.waiting_since) | Q(
        waiting_since=application.waiting_since, pk__lt=application.pk
    )
    same = Q(is_late=application.is_late) & mine
    rows = Application.objects.filter(cohort=application.cohort_id, status=_S.WAITING)
    return rows.filter(same | Q(is_late=False) if application.is_late else same).count()


def position(application: Application) -> tuple[int, int]:
    """(3, 5): number 3 of the 5 who wait; their order is the waiting list's."""
    everybody = Application.objects.filter(cohort=application.cohort_id, status=_S.WAITING).count()
    return ahead_of(application) + 1, everybody


def on_time_waiting(cohort: Cohort) -> int:
    """How many wait who applied on time."""
    return Application.objects.filter(cohort=cohort, status=_S.WAITING, is_late=False).count()


def places_for_newcomers(cohort: Cohort, today: date) -> int:
    """Places that somebody accepted now can have at once (A11). Those who wait come first while it offers."""
    offers = rules.takes_offers(today=today, starts_on=cohort.starts_on)
    return rules.places_for_newcomers(
        places_left=programmes.places_left(cohort),
        on_time_waiting=on_time_waiting(cohort) if offers else 0,
    )


def offers(cohort: Cohort) -> QuerySet[Application]:
    """Offers that nobody has answered yet, the first to end first."""
    return with_facts().filter(cohort=cohort, status=_S.OFFERED).order_by("offer_expires_at", "pk")


def lapsed(cohort: Cohort) -> QuerySet[Application]:
    """Offers that ended without an answer, the latest first."""
    return with_facts().filter(cohort=cohort, status=_S.LAPSED).order_by("-lapsed_at", "-pk")


def ended_offers(now: datetime) -> QuerySet[Application]:
    """Offers whose last second has passed, perhaps: the policy looks again."""
    return Application.objects.filter(status=_S.OFFERED, offer_expires_at__lt=now).order_by("pk")


def cohorts_to_fill(today: date) -> QuerySet[Cohort]:
    """Cohorts that have not started, with a free place and somebody who waits for one."""
    somebody = Application.objects.filter(cohort=OuterRef("pk"), status=_S.WAITING)
    return (
        programmes.cohorts_with_places()
        .filter(Exists(somebody), starts_on__gt=today)
        .filter(taken__lt=F("capacity"))  # type: ignore[misc]  # annotated
        .order_by("starts_on", "pk")
    )


def cohorts_with_lists() -> QuerySet[Cohort]:
    """Cohorts where somebody waits or has an offer open, each with `waiting` and `offered`."""
    some = Application.objects.filter(
        cohort=OuterRef("pk"), status__in=(_S.WAITING, _S.OFFERED, _S.LAPSED)
    )
    return (
        programmes.cohorts_with_places()
        .filter(Exists(some))
        .annotate(
            waiting=Count("applications", filter=Q(applications__status=_S.WAITING)),
            offered=Count("applications", filter=Q(applications__status=_S.OFFERED)),
            lapsed=Count("applications", filter=Q(applications__status=_S.LAPSED)),
        )
        .order_by("starts_on", "pk")
    )


def cohorts_to_move_to(application: Application, today: date) -> QuerySet[Cohort]:
    """Later cohorts of the same level that somebody who waits can wait for instead, the next first (A11)."""
    live = Application.objects.filter(
        applicant=application.applicant_id, cohort=OuterRef("pk"), status__in=LIVE
    )
    return (
        programmes.cohorts_with_places()
        .filter(level=application.level_id, starts_on__gt=today)
        .exclude(pk=application.cohort_id)
        .exclude(Exists(live))
        .order_by("starts_on", "pk")
    )


def holds_of_nobody() -> QuerySet[HeldPlace]:
    """Places still kept for somebody who has no offer any more."""
    offer = Application.objects.filter(
        applicant=OuterRef("person"), cohort=OuterRef("cohort"), status=_S.OFFERED
    )
    return HeldPlace.objects.filter(ended_at=None).exclude(Exists(offer)).order_by("pk")


def closed_by(application: Application) -> list[Application]:
    """The person's other applications that this one's place closed."""
    return list(
        Application.objects.filter(closed_for=application)
        .select_related("level", "cohort")
        .order_by("closed_at", "pk")
    )
