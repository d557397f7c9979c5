"""The readiness rule and what it finds: at a signature, and again when the provider changes the rule (A7)."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from applications import events, policies
from applications.models import Application, ReadinessResult, ReadinessRule
from applications.queries import readiness as queries
from applications.services import referral
from applications.services.rows import locked, move
from applications.states import APPLICATION, ApplicationStatus
from core import audit, clock
from core.errors import Stale
from frameworks.models import Level


def keep_result(row: Application, verdict: policies.Verdict) -> ReadinessResult:
    """Keep what the rule found, with the rule as it stood and every clause that fired."""
    result = ReadinessResult.objects.create(
        application=row,
        found_at=clock.now(),
        verdict=verdict.readiness,
        rule_version=verdict.rule.version,
        rule=verdict.rule.as_data(),
        clauses=[clause.as_data() for clause in verdict.clauses],
    )
    audit.record(
        events.READINESS_FOUND,
        by=None,
        on=row,
        for_whom=row.applicant,
        verdict=str(verdict.readiness),
        rule=verdict.rule.version,
        clauses=[clause.code for clause in verdict.clauses if clause.side != "for"],
    )
    return result


@transaction.atomic
def change_rule(
    *, by: User, level: Level, rule: policies.Rule, reason: str, from_version: int
) -> Sequence[Application]:
    """Make the next version of a level's rule and find the undecided applications again by it (A7).

    Returns those that moved on. What a moderator has begun to speak about stays with them, and what is
    decided stays decided. Raises Stale when somebody made another version since `from_version`.
    """
    Level.objects.select_for_update().get(pk=level.pk)
    in_force = queries.rule_in_force(level)
    if in_force.version != from_version:
        raise Stale(
            "Somebody changed this rule while you did. Read it again and make your change anew.",
            theirs=policies.rule_as_numbers(in_force),
            yours=policies.rule_as_numbers(rule),
        )
    policies.new_rule(rule, in_force, reason).require()
    kept = ReadinessRule.objects.create(
        level=level,
        made_at=clock.now(),
        made_by=by,
        reason=reason.strip(),
        **{**rule.as_data(), "version": in_force.version + 1},
    )
    audit.record(
        events.RULE_CHANGED,
        by=by,
        on=kept,
        before=in_force.as_data(),
        after={**rule.as_data(), "version": kept.version},
        why=reason.strip(),
        version=kept.version,
    )
    return [
        moved
        for change in queries.would_change(level, queries.rule_in_force(level))
        if (moved := _find_again(change)) is not None
    ]


def _find_again(change: "queries.Change") -> Application | None:
    row = locked(change.application)
    if row.status != change.application.status:
        return None
    keep_result(row, change.found)
    if not change.verb:
        return None
    target = APPLICATION.target(change.verb, row.status)
    if target == ApplicationStatus.REFERRED:
        move(row, target, referred_at=clock.now())
        referral.give_to_a_moderator(row)
    else:
        move(row, target, moderator=None, moderator_assigned_at=None)
    return row
