"""Words for the public pages of cohorts, and the offers that upper rooms make on them."""

from collections.abc import Callable, Sequence
from typing import Any

from core.templatetags.portal import uk_date
from programmes import queries
from programmes.models import Cohort

# What can be done with an open cohort: an upper room offers its page here, since this room cannot name it.
_offers: list[tuple[str, Callable[[Cohort], str]]] = []


def offer(text: str, url: Callable[[Cohort], str]) -> None:
    """Let the public page link each open cohort to an upper room's page."""
    _offers.append((text, url))


def offers(cohort: Cohort) -> list[tuple[str, str]]:
    """The words and addresses offered for a cohort."""
    return [(text, url(cohort)) for text, url in _offers]


def pounds(pence: int) -> str:
    """'£950', '£1,250.50' or 'No fee'."""
    if not pence:
        return "No fee"
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def open_levels(cohorts: Sequence[Cohort]) -> list[dict[str, Any]]:
    """The levels that take applications, each with its cohorts."""
    levels: dict[int, dict[str, Any]] = {}
    for cohort in cohorts:
        entry = levels.setdefault(cohort.level_id, {"level": cohort.level, "cohorts": []})
        left = queries.places_left(cohort)
        entry["cohorts"].append(
            {
                "cohort": cohort,
                "facts": [
                    ("Starts", uk_date(cohort.starts_on)),
                    ("Apply by", uk_date(cohort.applications_close_on)),
                    ("Places left", f"{left:,}" if left else "None: this cohort is full"),
                    ("Fee", pounds(cohort.fee_pence)),
                ],
                "offers": offers(cohort) if left else [],
            }
        )
    return list(levels.values())
