"""Which rows: schools looked for, cohorts that are open, enrolments somebody may see. Nothing here writes."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from accounts.models import User
from accounts.states import Role
from programmes import policies
from programmes.models import Cohort, Enrolment, School
from programmes.states import EnrolmentStatus

TAKES_A_PLACE = (
    EnrolmentStatus.ENROLLED,
    EnrolmentStatus.COMMENCED,
    EnrolmentStatus.PRESENTED,
    EnrolmentStatus.PASSED,
    EnrolmentStatus.FAILED,
)


def enrolments_visible_to(user: User) -> QuerySet[Enrolment]:
    """A participant's own; every one for the provider's administrators. The quality agent reads counts."""
    rows = Enrolment.objects.select_related(
        "participant", "level__edition", "cohort", "school", "sponsor"
    )
    return rows if user.holds(Role.ADMINISTRATOR) else rows.filter(participant=user)


def enrolments_of(user: User) -> QuerySet[Enrolment]:
    """Somebody's own enrolments, newest first."""
    return (
        Enrolment.objects.filter(participant=user)
        .select_related("level__edition", "cohort", "school", "sponsor")
        .order_by("-enrolled_on", "-pk")
    )


def find_schools(words: str, limit: int = 20) -> list[School]:
    """Open schools by URN, by postcode, or by words of their name or place, those that begin so first."""
    words = " ".join(words.split())
    if not words:
        return []
    rows = School.objects.exclude(status__startswith="Closed")
    digits = words.replace(" ", "")
    if digits.isascii() and digits.isdigit() and len(digits) in (6, 7):
        return list(rows.filter(urn=digits)[:limit])
    if postcode := policies.clean_postcode(words):
        return list(rows.filter(postcode=postcode)[:limit])
    wanted = Q()
    for word in words.split()[:8]:
        wanted &= (
            Q(name__icontains=word)
            | Q(district__icontains=word)
            | Q(local_authority__icontains=word)
        )
    starts = Q(name__istartswith=words)
    found = rows.filter(wanted).annotate(begins=starts).order_by(F("begins").desc(), "name", "urn")
    return list(found[:limit])


def cohorts_with_places() -> QuerySet[Cohort]:
    """Cohorts, each with `taken`, the places that enrolments hold."""
    return Cohort.objects.select_related("level__edition").annotate(
        taken=Count("enrolments", filter=Q(enrolments__status__in=TAKES_A_PLACE))
    )


def open_cohorts(on: date) -> QuerySet[Cohort]:
    """Cohorts that take applications on that day, in the order of levels and starts (A11)."""
    return (
        cohorts_with_places()
        .filter(applications_close_on__gte=on)
        .order_by("-level__edition__code", "level__position", "starts_on", "pk")
    )


def places_left(cohort: Cohort) -> int:
    """Places not held by an enrolment; never below 0."""
    taken = getattr(cohort, "taken", None)
    if taken is None:
        taken = cohort.enrolments.filter(status__in=TAKES_A_PLACE).count()
    return max(cohort.capacity - taken, 0)


def filtered(
    rows: QuerySet[Enrolment], *, level: str = "", status: str = ""
) -> QuerySet[Enrolment]:
    """The list as its address asks: by level code and status."""
    if level:
        rows = rows.filter(level__code=level)
    if status:
        rows = rows.filter(status=status)
    return rows


def page_of(
    rows: QuerySet[Enrolment], *, after: str = "", size: int = 50
) -> tuple[list[Enrolment], str]:
    """One page, newest first, and the reference to go on after ('' at the end)."""
    rows = rows.order_by("-enrolled_on", "-pk")
    last = Enrolment.objects.filter(reference=after).only("enrolled_on").first() if after else None
    if last:
        rows = rows.filter(
            Q(enrolled_on__lt=last.enrolled_on) | Q(enrolled_on=last.enrolled_on, pk__lt=last.pk)
        )
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].reference if len(found) > size else ""
