"""The administrator's list: what its filter finds, how many, and what is stuck on whom. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import WHOLE_NAME, User
from applications.models import Application, SavedFilter
from applications.states import LIVE, WAITS_FOR, ApplicationStatus, WaitsFor
from core import clock
from programmes import policies as programmes
from programmes.models import Cohort, School

_S = ApplicationStatus
# (choice) So many days in one state are too many; so much is counted before '1,000+' is said.
STUCK_AFTER = 14
MOST_COUNTED = 1000
MOST_WORDS = 6
NO_REGION = "none"

_HANDED = Q(status=_S.APPEALED, appealed__handed_to__isnull=False)
_UNCHOSEN = Q(status=_S.REFERRED, moderator__isnull=True)


def waiting_for(whom: str) -> Q:
    """Applications that wait for these: a referral nobody has waits for us, an appeal for whom it was handed to."""
    states = [status for status, waits in WAITS_FOR.items() if waits == whom]
    if whom == WaitsFor.PROVIDER:
        return (Q(status__in=states) & ~_HANDED) | _UNCHOSEN
    if whom == WaitsFor.MODERATOR:
        return (Q(status__in=states) & ~_UNCHOSEN) | _HANDED
    return Q(status__in=states)


def waits_for(application: Application) -> WaitsFor | None:
    """Whom one application waits for; the same answer as `waiting_for`, None when for nobody."""
    is_appealed = application.status == _S.APPEALED
    return whom_by_facts(
        application.status,
        has_moderator=application.moderator_id is not None,
        is_handed=is_appealed and application.appealed.handed_to_id is not None,
    )


def whom_by_facts(status: str, *, has_moderator: bool, is_handed: bool) -> WaitsFor | None:
    """Whom an application in this state waits for."""
    if status == _S.REFERRED and not has_moderator:
        return WaitsFor.PROVIDER
    if status == _S.APPEALED and is_handed:
        return WaitsFor.MODERATOR
    return WAITS_FOR.get(_S(status))


def lines() -> QuerySet[Application]:
    """Applications with what a line of the list needs of their own row; `with_names` adds the rest.

    Seven tables joined take Postgres longer to plan than to read, so a page's people are read by key.
    """
    return Application.objects.select_related("appealed", "school").only(
        "reference",
        "status",
        "moved_at",
        "school_typed",
        "applicant",
        "level",
        "cohort",
        "school__name",
        "school__region",
        "moderator",
        "appealed__handed_to_id",
    )


def with_names(page: list[Application], cohorts: Iterable[Cohort]) -> list[Application]:
    """The same applications with person, moderator, cohort and level at hand, in one query.

    `cohorts` with their levels are those read already; one that is not among them costs another.
    """
    known = {each.pk: each for each in cohorts}
    if unknown := {each.cohort_id for each in page} - known.keys():
        known |= Cohort.objects.select_related("level").in_bulk(unknown)
    people = User.objects.only("first_name", "last_name").in_bulk(
        {each.applicant_id for each in page}
        | {each.moderator_id for each in page if each.moderator_id}
    )
    for each in page:
        each.applicant = people[each.applicant_id]
        each.moderator = people[each.moderator_id] if each.moderator_id else None
        each.cohort = known[each.cohort_id]
        each.level = each.cohort.level
    return page


def filtered(
    rows: QuerySet[Application],
    *,
    status: str = "",
    waits_for: str = "",
    level: str = "",
    cohort: str = "",
    region: str = "",
    age: str = "",
    words: str = "",
) -> QuerySet[Application]:
    """The list as its address asks; without a stage those that are open."""
    if status in _S.values:
        rows = rows.filter(status=status)
    elif status != "all":
        rows = rows.filter(status__in=LIVE)
    if waits_for:
        rows = rows.filter(waiting_for(waits_for))
    if level:
        rows = rows.filter(level__code=level)
    if cohort:
        rows = rows.filter(cohort__reference=cohort)
    if region == NO_REGION:
        rows = rows.filter(Q(school__isnull=True) | Q(school__region=""))
    elif region:
        rows = rows.filter(school__region=region)
    if age:
        rows = rows.filter(status__in=LIVE, moved_at__lt=days_ago(int(age)))
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(_about(word))
    return rows


def days_ago(days: int) -> datetime:
    """The end of the day, in London, that many days ago: what moved before has waited at least as long (G1)."""
    day = clock.today() - timedelta(days=days - 1)
    return datetime.combine(day, time(), tzinfo=clock.LONDON)


def people_about(word: str) -> Q:
    """People by part of their name or address, by reference, or by teacher reference number."""
    wanted = Q(whole_name__icontains=word) | Q(email__icontains=word) | Q(reference=word.upper())
    return wanted | Q(trn=word.zfill(7)) if _is_trn(word) else wanted


def _about(word: str) -> Q:
    """One word of the search, in any of the places looked at; a merged account leads to the one kept."""
    people = (
        User.objects.annotate(whole_name=WHOLE_NAME)
        .filter(people_about(word))
        .values_list(Coalesce("merged_into_id", "pk"))
    )
    found = (
        Q(applicant__in=people)
        | Q(reference=word.upper())
        | Q(enrolment__reference=word.upper())
        | Q(school_typed__icontains=word)
    )
    if plain := programmes.plain_words(word):
        found |= Q(school__in=School.objects.filter(search__contains=plain).values("pk"))
    if word.isdigit():
        found |= Q(school__urn=word)
    return found | Q(trn=word.zfill(7)) if _is_trn(word) else found


def _is_trn(word: str) -> bool:
    return word.isascii() and word.isdigit() and 5 <= len(word) <= 7


def count(rows: QuerySet[Application]) -> tuple[int, bool]:
    """How many there are, and whether there are more than are counted."""
    found = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return min(found, MOST_COUNTED), found > MOST_COUNTED


def cohorts_to_choose() -> list[Cohort]:
    """The newest cohorts with their levels, for the filter."""
    return list(
        Cohort.objects.select_related("level")
        .only("reference", "name", "level__code")
        .order_by("-starts_on", "pk")[:200]
    )


def saved_filters(user: User) -> list[SavedFilter]:
    """What somebody keeps, by name."""
    return list(SavedFilter.objects.filter(owner=user))


@dataclass(frozen=True)
class Waiting:
    """How many wait for one of the parties, how many of them too long, and since when the first does."""

    number: int = 0
    stuck: int = 0
    oldest: datetime | None = None

    def __add__(self, other: "Waiting") -> "Waiting":
        moments = [each for each in (self.oldest, other.oldest) if each]
        return Waiting(
            self.number + other.number,
            self.stuck + other.stuck,
            min(moments) if moments else None,
        )


@dataclass(frozen=True)
class Overview:
    """Where all applications stand: how many at each stage, and whom the open ones wait for."""

    by_status: dict[str, int]
    waits: dict[WaitsFor, Waiting]
    without_moderator: int

    @property
    def open(self) -> int:
        return sum(each.number for each in self.waits.values())

    @property
    def stuck(self) -> int:
        return sum(each.stuck for each in self.waits.values())


def overview() -> Overview:
    """Where all applications stand, in one query; stuck is longer than STUCK_AFTER days in one state."""
    rows = (
        Application.objects.order_by()
        .values(
            "status",
            unchosen=ExpressionWrapper(_UNCHOSEN, BooleanField()),
            handed=ExpressionWrapper(_HANDED, BooleanField()),
        )
        .annotate(
            number=Count("pk"),
            stuck=Count("pk", filter=Q(moved_at__lt=days_ago(STUCK_AFTER + 1))),
            oldest=Min("moved_at"),
        )
    )
    by_status: dict[str, int] = {}
    waits = {whom: Waiting() for whom in WaitsFor}
    without_moderator = 0
    for row in rows:
        by_status[row["status"]] = by_status.get(row["status"], 0) + row["number"]
        if row["unchosen"]:
            without_moderator += row["number"]
        whom = whom_by_facts(
            row["status"], has_moderator=not row["unchosen"], is_handed=row["handed"]
        )
        if whom:
            waits[whom] += Waiting(row["number"], row["stuck"], row["oldest"])
    return Overview(by_status, waits, without_moderator)
