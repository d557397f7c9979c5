"""Words about one thing done to several applications: the preview and its result."""

from collections.abc import Sequence
from typing import Any

from applications.models import Application
from applications.presenters import applicant
from applications.presenters.funding import ROUTE_WORDS
from applications.services.bulk import Action, Done, Previewed
from applications.states import FundingRoute
from core.templatetags.portal import plural

HEADINGS = {
    Action.CONFIRM: "Confirm applications",
    Action.MOVE: "Move to another cohort",
    Action.FUND: "Decide the funding again",
}
CHOICES = [
    (
        Action.CONFIRM,
        "Confirm those that are ready",
        "They get a place, or go on the waiting list.",
    ),
    (Action.MOVE, "Move those who wait to another cohort", "They keep the time they have waited."),
    (Action.FUND, "Decide the funding of those accepted", "With one way to pay for all of them."),
]
ROUTES = [(route, ROUTE_WORDS[route], "") for route in FundingRoute.values]


def rows(found: Sequence[Previewed], *, counts_places: bool) -> list[dict[str, Any]]:
    """The lines of a preview."""
    return [
        {
            "application": each.application,
            "status": each.application.get_status_display(),
            "colour": applicant.COLOURS[each.application.status],
            "allowed": each.line.allowed,
            "says": each.line.says,
            "left": each.line.places_left if counts_places else None,
            "mark": each.mark,
        }
        for each in found
    ]


def lead(action: Action, found: Sequence[Previewed]) -> str:
    """The preview in one sentence: '3 get a place, 1 goes on the waiting list, 2 are refused.'"""
    allowed = [each.line for each in found if each.line.allowed]
    refused = len(found) - len(allowed)
    if action == Action.CONFIRM:
        given = sum(line.outcome == "place" for line in allowed)
        waits = len(allowed) - given
        parts = [
            f"{given:,} {'gets' if given == 1 else 'get'} a place",
            f"{waits:,} {'goes' if waits == 1 else 'go'} on the waiting list" if waits else "",
        ]
    elif action == Action.MOVE:
        parts = [f"{len(allowed):,} {'is' if len(allowed) == 1 else 'are'} moved"]
    else:
        parts = [f"The funding of {len(allowed):,} is decided again"]
    parts.append(f"{refused:,} {'is' if refused == 1 else 'are'} refused" if refused else "")
    return ", ".join(filter(None, parts)) + "."


def button(action: Action, number: int) -> str:
    """What the button does, with how many."""
    what = plural(number, "application")
    return {
        Action.CONFIRM: f"Confirm {what}",
        Action.MOVE: f"Move {what}",
        Action.FUND: f"Decide the funding of {what}",
    }[action]


def result_rows(done: Sequence[Done], known: dict[str, Application]) -> list[dict[str, Any]]:
    """What became of each."""
    return [
        {
            "application": known[each.reference],
            "done": each.done,
            "says": each.says,
        }
        for each in done
        if each.reference in known
    ]


def result_lead(done: Sequence[Done]) -> str:
    """'9 done, 1 refused.'"""
    number = sum(each.done for each in done)
    refused = len(done) - number
    return f"{number:,} done" + (f", {refused:,} refused." if refused else ".")
