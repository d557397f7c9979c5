"""The rule of a level through its versions, and which undecided applications another rule would change (A7)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from applications import policies
from applications.models import Application, Contact, ReadinessResult, ReadinessRule, SponsorAnswer
from applications.queries.applications import rule_in_force, with_facts
from applications.states import ApplicationStatus, Readiness
from frameworks.models import Level

__all__ = ["Change", "levels_with_rules", "rule_in_force", "versions", "would_change"]

UNDECIDED = (ApplicationStatus.READY, ApplicationStatus.REFERRED)


@dataclass(frozen=True)
class Change:
    """An undecided application that a rule finds otherwise than was found before."""

    application: Application
    was: Readiness
    found: policies.Verdict
    verb: str
    """The verb that it moves on by; '' when it stays where it is."""


def versions(level: Level) -> QuerySet[ReadinessRule]:
    """Every version that was made for a level, the newest first."""
    return ReadinessRule.objects.filter(level=level).select_related("made_by").order_by("-version")


def as_rule(row: ReadinessRule) -> policies.Rule:
    """The row as the policy's rule."""
    return policies.Rule(**{each.name: getattr(row, each.name) for each in fields(policies.Rule)})


def levels_with_rules(levels: list[Level]) -> list[tuple[Level, policies.Rule]]:
    """Each level with its rule in force, in one query."""
    newest: dict[int, ReadinessRule] = {}
    for row in ReadinessRule.objects.filter(level__in=levels).order_by("version"):
        newest[row.level_id] = row
    return [
        (level, as_rule(newest[level.pk]) if level.pk in newest else policies.DEFAULT_RULE)
        for level in levels
    ]


def undecided(level: Level) -> QuerySet[Any]:
    """Signed applications of a level that nobody has decided, with all that the rule asks about."""
    return (
        with_facts()
        .filter(level=level, status__in=UNDECIDED)
        .annotate(is_spoken_about=Exists(Contact.objects.filter(application=OuterRef("pk"))))
        .prefetch_related(
            "area_scores__area",
            Prefetch("readiness_results", ReadinessResult.objects.order_by("pk")),
            Prefetch(
                "answers",
                SponsorAnswer.objects.filter(
                    declined_at=None, replaced_at=None, signed_at__isnull=False
                ).prefetch_related("endorsements__area", "behaviour_scores__behaviour"),
            ),
        )
        .order_by("moved_at", "pk")
    )


def would_change(level: Level, rule: policies.Rule) -> list[Change]:
    """The undecided applications that this rule finds otherwise, the longest waiting first."""
    return list(_changes(level, rule))


def _changes(level: Level, rule: policies.Rule) -> Iterator[Change]:
    for application in undecided(level):
        answer = next(iter(application.answers.all()), None)
        last = next(iter(reversed(application.readiness_results.all())), None)
        if answer is None or last is None:
            continue
        found = policies.readiness(
            {each.area.name: each.score for each in application.area_scores.all()},
            {each.behaviour.name: each.score for each in answer.behaviour_scores.all()},
            [each.area.name for each in answer.endorsements.all() if not each.endorsed],
            rule,
            statements_verified=bool(answer.statements_verified),
        )
        if found.readiness != last.verdict:
            verb = policies.verb_after_rule_change(
                application.status, found.readiness, is_spoken_about=application.is_spoken_about
            )
            yield Change(application, Readiness(last.verdict), found, verb)
