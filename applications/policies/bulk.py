"""What would happen to each of several applications confirmed one after the other (A11). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST = 100  # (choice) how many applications one bulk action takes


@dataclass(frozen=True)
class Chosen:
    """What confirming one application depends on."""

    reference: str
    person: str
    level: str
    cohort: str
    is_late: bool
    against: str = ""
    """Why it cannot be confirmed, whatever happens before it; '' when it can."""


@dataclass(frozen=True)
class Line:
    """What would happen to one application, or why nothing would."""

    reference: str
    allowed: bool
    says: str
    outcome: str = ""
    """'place' or 'waiting' where it is confirmed."""
    places_left: int | None = None
    """Places left in its cohort afterwards."""


def confirm_all(chosen: Sequence[Chosen], places: Mapping[str, int]) -> list[Line]:
    """One line for each in the given order; `places` are those that newcomers of a cohort can have.

    Somebody with two of them gets one place, and the other is closed by it.
    """
    left = dict(places)
    have: set[tuple[str, str]] = set()
    lines = []
    for each in chosen:
        if each.against:
            lines.append(Line(each.reference, False, each.against))
        elif (each.person, each.level) in have:
            says = "Closed by their other application above, which gets the place"
            lines.append(Line(each.reference, False, says, places_left=left[each.cohort]))
        elif each.is_late or left[each.cohort] < 1:
            because = "sent after the cohort closed" if each.is_late else "no place is left"
            lines.append(
                Line(
                    each.reference,
                    True,
                    f"Goes on the waiting list: {because}",
                    "waiting",
                    left[each.cohort],
                )
            )
        else:
            left[each.cohort] -= 1
            have.add((each.person, each.level))
            lines.append(Line(each.reference, True, "Gets a place", "place", left[each.cohort]))
    return lines
