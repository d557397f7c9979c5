"""Which rows: the applications somebody may know of, the worklists, and what a decision needs. Writes nothing."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.states import Role
from applications import policies
from applications.models import (
    Application,
    AreaEndorsement,
    BehaviourScore,
    ReadinessResult,
    ReadinessRule,
    SponsorAnswer,
    Strength,
)
from applications.states import LIVE, ApplicationStatus
from core import clock
from frameworks.models import Area, Behaviour, Level
from programmes.models import Cohort, School

_S = ApplicationStatus


def with_facts() -> QuerySet[Application]:
    """Applications with what every page and mail names at hand."""
    return Application.objects.select_related(
        "applicant",
        "level__edition",
        "cohort",
        "school",
        "sponsor",
        "enrolment",
        "decided_by",
        "moderator",
        "appealed",
    )


def visible_to(user: User) -> QuerySet[Application]:
    """One's own, those one sponsors, those a regional moderator was given, all for an administrator."""
    rows = with_facts()
    if user.holds(Role.ADMINISTRATOR):
        return rows
    mine = Q(applicant=user) | Q(sponsor=user)
    if user.holds(Role.REGIONAL_MODERATOR):
        mine |= Q(moderator=user) | Q(appealed__handed_to=user, status=_S.APPEALED)
    return rows.filter(mine)


def applied_by(user: User) -> QuerySet[Application]:
    """Somebody's own applications, newest first."""
    return with_facts().filter(applicant=user).order_by("-started_at", "-pk")


def sponsored_by(user: User) -> QuerySet[Application]:
    """Applications that this person came to sponsor and still does."""
    return with_facts().filter(sponsor=user)


def waiting_for_sponsor(user: User) -> QuerySet[Application]:
    """Applications whose answer this sponsor has not signed."""
    return sponsored_by(user).filter(status=_S.WITH_SPONSOR).order_by("moved_at", "pk")


def waiting_for_provider() -> QuerySet[Application]:
    """Ready applications that an administrator can confirm, the longest waiting first."""
    return with_facts().filter(status=_S.READY).order_by("moved_at", "pk")


def referred_to(user: User) -> QuerySet[Application]:
    """Referred applications that this moderator decides: not their own, not one they sponsor (A8)."""
    return (
        with_facts()
        .filter(status=_S.REFERRED, moderator=user)
        .exclude(applicant=user)
        .exclude(sponsor_id=user.pk)
        .order_by("moved_at", "pk")
    )


def live_application(user: User, cohort: Cohort) -> Application | None:
    """The person's live application for a cohort, if there is one (A11)."""
    return Application.objects.filter(
        applicant=user, cohort=cohort, level=cohort.level, status__in=LIVE
    ).first()


def current_answer(application: Application) -> SponsorAnswer | None:
    """The answer being given, or given, by the present sponsor; without a query where answers are at hand."""
    if "answers" in getattr(application, "_prefetched_objects_cache", {}):
        known = application.answers.all()
        return next((each for each in known if not (each.declined_at or each.replaced_at)), None)
    return application.answers.filter(declined_at=None, replaced_at=None).first()


def latest_readiness(application: Application) -> ReadinessResult | None:
    """What the rule found at the last signing."""
    return application.readiness_results.order_by("-pk").first()


def rule_in_force(level: Level) -> policies.Rule:
    """The newest version of the level's readiness rule, or the default (A7)."""
    row = ReadinessRule.objects.filter(level=level).order_by("-version").first()
    if row is None:
        return policies.DEFAULT_RULE
    return policies.Rule(**{each.name: getattr(row, each.name) for each in fields(policies.Rule)})


def areas_of(level: Level) -> dict[int, Area]:
    """The level's areas by number."""
    return {area.number: area for area in level.areas.all()}


def behaviours_of(level: Level) -> dict[int, Behaviour]:
    """The edition's behaviours by position."""
    return {each.position: each for each in Behaviour.objects.filter(edition_id=level.edition_id)}


def page_of(
    rows: QuerySet[Application], *, after: str = "", size: int = 50
) -> tuple[list[Application], str]:
    """One page, longest waiting first, and the reference to go on after ('' at the end)."""
    rows = rows.order_by("moved_at", "pk")
    last = Application.objects.filter(reference=after).only("moved_at").first() if after else None
    if last:
        rows = rows.filter(
            Q(moved_at__gt=last.moved_at) | Q(moved_at=last.moved_at, pk__gt=last.pk)
        )
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].reference if len(found) > size else ""


def days_waiting(application: Application, today: date | None = None) -> int:
    """Whole days in the present state."""
    since = application.moved_at.astimezone(clock.LONDON).date()
    return max(((today or clock.today()) - since).days, 0)


def school(urn: str) -> School | None:
    """The school of that URN."""
    return School.objects.filter(urn=urn).first()


def counts_by_status() -> dict[str, int]:
    """How many applications are in each state that has any."""
    rows = Application.objects.order_by().values_list("status").annotate(number=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class Written:
    """What an applicant has written so far: the level's areas, own scores by number, strengths in order."""

    areas: list[Area]
    scores: dict[int, int]
    strengths: list[Strength]

    @property
    def unscored(self) -> list[Area]:
        return [area for area in self.areas if area.number not in self.scores]


def written(application: Application) -> Written:
    """The applicant's side in three queries."""
    return Written(
        areas=list(application.level.areas.all()),
        scores={
            each.area.number: each.score for each in application.area_scores.select_related("area")
        },
        strengths=list(application.strengths.select_related("area")),
    )


@dataclass(frozen=True)
class Answered:
    """What a sponsor has answered so far, by area number and behaviour position."""

    answer: SponsorAnswer
    endorsements: dict[int, AreaEndorsement]
    behaviours: list[Behaviour]
    scores: dict[int, BehaviourScore]


def answered(application: Application, answer: SponsorAnswer) -> Answered:
    """The sponsor's side in three queries."""
    return Answered(
        answer=answer,
        endorsements={
            each.area.number: each for each in answer.endorsements.select_related("area")
        },
        behaviours=list(Behaviour.objects.filter(edition_id=application.level.edition_id)),
        scores={
            each.behaviour.position: each
            for each in answer.behaviour_scores.select_related("behaviour")
        },
    )
