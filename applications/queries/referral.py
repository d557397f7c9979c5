"""Which moderators may have an application, what waits for each of them, and how long (A8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    Count,
    Exists,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.functions import Lower

from accounts.models import Membership, User
from accounts.states import Role
from applications import policies
from applications.models import (
    Application,
    Contact,
    ReadinessResult,
    RegionModerator,
    Return,
    SchoolInterest,
    Undoing,
)
from applications.queries.applications import current_answer, with_facts
from applications.queries.working_days import bank_holidays
from applications.states import ApplicationStatus
from core import clock

_S = ApplicationStatus
# Where an application is while its moderator waits for an answer.
AWAY = (_S.WITH_SPONSOR, _S.SPONSOR_NEEDED, _S.RETURNED)
# What somebody holds as its moderator: theirs to decide now, or later.
HELD = (_S.REFERRED, *AWAY)
LATELY = timedelta(days=28)
SHOWN_LATELY = 10


@dataclass(frozen=True)
class Candidate:
    """Somebody with the role, and whether they may decide one application."""

    user: User
    regions: frozenset[str]
    load: int
    oldest: datetime | None
    conflicts: tuple[str, ...]

    @property
    def may_decide(self) -> bool:
        return not self.conflicts


def regional_moderators() -> QuerySet[Any]:
    """Everybody with the role: `load`, the referrals that wait for them, and `oldest`, when the first came."""
    waits = Q(applications_moderated__status=_S.REFERRED)
    return (
        User.objects.filter(memberships__role=Role.REGIONAL_MODERATOR, is_active=True)
        .annotate(
            load=Count("applications_moderated", filter=waits, distinct=True),
            oldest=Min("applications_moderated__referred_at", filter=waits),
        )
        .prefetch_related(
            "memberships",
            "moderated_regions",
            Prefetch("school_interests", SchoolInterest.objects.select_related("school")),
        )
        .order_by(Lower("last_name"), Lower("first_name"), "pk")
    )


def candidates(application: Application) -> list[Candidate]:
    """Every regional moderator by name, each with why they may not decide this application, if so (A8)."""
    return [
        Candidate(
            user=each,
            regions=frozenset(row.region for row in each.moderated_regions.all()),
            load=each.load,
            oldest=each.oldest,
            conflicts=_conflicts(application, each, each.school_interests.all()),
        )
        for each in regional_moderators()
    ]


def conflicts(application: Application, user: User) -> tuple[str, ...]:
    """Why this person may not decide an application, each reason in words; none is none (A8)."""
    return _conflicts(application, user, user.school_interests.all())


def _conflicts(
    application: Application, user: User, interests: Iterable[SchoolInterest]
) -> tuple[str, ...]:
    schools = {each.school_id for each in interests}
    return policies.conflicts(
        is_applicant=application.applicant_id == user.pk,
        is_sponsor=application.sponsor_id == user.pk
        or policies.same_mailbox(application.sponsor_email, user.email),
        has_interest=application.school_id in schools,
        has_left=not (user.is_active and user.holds(Role.REGIONAL_MODERATOR)),
    )


def free_moderators(application: Application) -> list[User]:
    """Those of the school's region without a conflict, the least busy first."""
    region = application.school.region if application.school else ""
    free = [each for each in candidates(application) if each.may_decide and region in each.regions]
    return [each.user for each in sorted(free, key=lambda each: (each.load, each.user.pk))]


def by_region(people: Iterable[User]) -> dict[str, list[User]]:
    """The nine regions, each with who of these decides for it; one without anybody has an empty list."""
    found: dict[str, list[User]] = {region: [] for region in policies.REGIONS}
    for user in people:
        for row in user.moderated_regions.all():
            found.setdefault(row.region, []).append(user)
    return found


def regions_of(user: User) -> list[str]:
    """The regions that somebody decides for, by name."""
    rows = RegionModerator.objects.filter(moderator=user)
    return list(rows.order_by("region").values_list("region", flat=True))


def held_in(user: User, region: str) -> int:
    """How many applications of that region somebody holds as their moderator."""
    rows = Application.objects.filter(moderator=user, status__in=HELD, school__region=region)
    return rows.count()


def interests_of(user: User) -> QuerySet[SchoolInterest]:
    """The schools whose applicants this moderator does not judge, by name."""
    rows = SchoolInterest.objects.filter(moderator=user).select_related("school", "moderator")
    return rows.order_by("school__name", "pk")


# Worklists


def to_decide(user: User) -> QuerySet[Application]:
    """What waits for this moderator's decision, the longest referred first; never one in conflict (A8)."""
    return _with_story(
        with_facts()
        .filter(status=_S.REFERRED, moderator=user)
        .exclude(applicant=user)
        .exclude(sponsor_id=user.pk)
    )


def away_from(user: User) -> QuerySet[Application]:
    """What this moderator asked more about and is with the sponsor or the applicant."""
    return _with_story(
        with_facts().filter(status__in=AWAY, moderator=user, referred_at__isnull=False)
    )


def decided_lately_by(user: User) -> list[Application]:
    """The last decisions of four weeks, newest first (choice)."""
    rows = with_facts().filter(
        moderator=user, decided_by=user, decided_at__gte=clock.now() - LATELY
    )
    return list(rows.order_by("-decided_at", "-pk")[:SHOWN_LATELY])


def without_moderator() -> QuerySet[Application]:
    """Referred applications that nobody was given, or somebody who has left: an administrator chooses."""
    holds_the_role = Membership.objects.filter(
        user=OuterRef("moderator"), user__is_active=True, role=Role.REGIONAL_MODERATOR
    )
    rows = with_facts().filter(status=_S.REFERRED)
    return _with_story(rows.filter(Q(moderator=None) | ~Exists(holds_the_role)))


def overdue(limit: int = 100) -> list[Application]:
    """Referrals past their last day, the longest referred first."""
    # Working days are never more than days, so nothing newer can be overdue.
    before = clock.now() - timedelta(days=settings.REFERRAL_WORKING_DAYS)
    old = with_facts().filter(status=_S.REFERRED, moderator__isnull=False, referred_at__lt=before)
    return [each for each in _with_story(old)[: limit * 5] if clock_of(each).is_overdue][:limit]


def page_of_referrals(
    rows: QuerySet[Application], *, after: str = "", size: int = 50
) -> tuple[list[Application], str]:
    """One page, the longest referred first, and the reference to go on after ('' at the end)."""
    last = (
        Application.objects.filter(reference=after).only("referred_at").first() if after else None
    )
    if last and last.referred_at:
        rows = rows.filter(
            Q(referred_at__gt=last.referred_at) | Q(referred_at=last.referred_at, pk__gt=last.pk)
        )
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].reference if len(found) > size else ""


def _with_story(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With all that the clock and a line of the list tell: four more queries, however many rows."""
    found = ReadinessResult.objects.order_by("pk")
    return rows.prefetch_related(*_story(), Prefetch("readiness_results", found)).order_by(
        "referred_at", "pk"
    )


def _story() -> tuple[Prefetch, ...]:
    return (
        Prefetch("contacts", Contact.objects.select_related("logged_by")),
        Prefetch("returns", Return.objects.select_related("returned_by")),
        with_who_undid(),
    )


# One application


def with_who_undid() -> Prefetch:
    """Undoings with the people they name, for `prefetch_related`."""
    return Prefetch(
        "undoings", Undoing.objects.select_related("was_decided_by", "undone_by", "enrolment")
    )


def bring_story(application: Application) -> None:
    """Let its conversations, returns and undoings be at hand, in three queries."""
    prefetch_related_objects([application], *_story())


def clock_of(application: Application) -> policies.ReferralClock:
    """The moderator's time for a referred application: to this day, or to its decision (A8)."""
    pauses = [(each.returned_at, each.came_back_at) for each in application.returns.all()]
    pauses += [(each.was_decided_at, each.undone_at) for each in application.undoings.all()]
    ended = application.decided_at if application.status not in HELD else None
    return policies.referral_clock(
        referred_on=_day(application.referred_at or application.moved_at),
        pauses=[
            (_day(start), _day(end) if end else _day(ended) if ended else None)
            for start, end in pauses
        ],
        today=_day(ended) if ended else clock.today(),
        holidays=bank_holidays(),
        allowed=settings.REFERRAL_WORKING_DAYS,
    )


def contact_needed_since(application: Application) -> date:
    """From which day on a conversation counts: the referral, or when the present sponsor came if later."""
    answer = current_answer(application)
    moments = [application.referred_at, answer.begun_at if answer else None]
    return max((_day(each) for each in moments if each), default=clock.today())


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.LONDON).date()
