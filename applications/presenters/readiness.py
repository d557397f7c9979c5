"""Words for the readiness rule: what it says, how it has changed, what a change would do (A7)."""

from collections.abc import Sequence
from typing import Any

from applications import policies
from applications.models import ReadinessRule
from applications.presenters.staff import VERDICT_COLOURS
from applications.queries.readiness import Change, as_rule
from core.templatetags.portal import uk_date

MOVES = {
    "find_referred": "Goes to a regional moderator",
    "find_ready": "Goes to us to confirm",
    "": "Stays where it is: somebody is deciding already",
}


def compared(before: policies.Rule, after: policies.Rule) -> list[tuple[str, str, str, bool]]:
    """Each sentence of a rule before and after, and whether it differs."""
    pairs = zip(policies.rule_in_words(before), policies.rule_in_words(after), strict=True)
    return [
        (was.partition(": ")[0], was.partition(": ")[2], now.partition(": ")[2], was != now)
        for was, now in pairs
    ]


def sentences(rule: policies.Rule) -> list[tuple[str, list[str]]]:
    """The rule in words: what must be so to be ready, and what makes somebody not ready yet."""
    words = [sentence.partition(": ") for sentence in policies.rule_in_words(rule)]
    return [
        ("Ready, when all of this is so", [text for side, _, text in words if side == "Ready"]),
        ("Not ready yet, when any of this is so", [t for side, _, t in words if side != "Ready"]),
    ]


def history(rows: Sequence[ReadinessRule]) -> list[dict[str, Any]]:
    """Every version, newest first, with what it changed from the one before."""
    entries: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        rule = as_rule(row)
        before = as_rule(rows[place + 1]) if place + 1 < len(rows) else policies.DEFAULT_RULE
        entries.append(
            {
                "version": row.version,
                "by": row.made_by.name if row.made_by else "The portal",
                "on": uk_date(row.made_at),
                "reason": row.reason,
                "changed": [
                    f"{now} (was: {was})"
                    for _, was, now, differs in compared(before, rule)
                    if differs
                ],
            }
        )
    return entries


def changes(found: Sequence[Change]) -> list[dict[str, Any]]:
    """The applications that would be found otherwise, and what would happen to each."""
    return [
        {
            "application": each.application,
            "was": each.was.label,
            "was_colour": VERDICT_COLOURS[each.was],
            "now": each.found.readiness.label,
            "now_colour": VERDICT_COLOURS[each.found.readiness],
            "because": [clause.text for clause in each.found.clauses if clause.side != policies.FOR]
            or ["Nothing speaks against it any more"],
            "moves": MOVES[each.verb]
            if each.verb or (each.found.readiness == "ready")
            else "Stays with the regional moderator",
        }
        for each in found
    ]
