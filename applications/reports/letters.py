"""The letter about a decision as a PDF; page and PDF show one template (A9)."""

from collections.abc import Callable
from typing import Any

from applications.presenters import letters
from applications.queries import with_facts
from applications.queries.decisions import WITH_A_LETTER
from core.errors import Refused
from documents import reports

DECISION_LETTER = "decision_letter"
STEPS = 2


def build(subject: str, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """What the letter of one application shows. Raises Refused where no decision stands any more."""
    application = with_facts().get(reference=subject)
    if application.status not in WITH_A_LETTER:
        raise Refused("The decision was taken back, so there is no letter about it now.")
    progress(1, STEPS)
    return {"letter": letters.letter(letters.facts_of(application))}


reports.register(
    DECISION_LETTER,
    title="Letter about your application",
    template="reports/letter.html",
    build=build,
)
