"""Which enrolments: those somebody may see, as a list asks for them."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.states import Role
from programmes.models import Enrolment


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
