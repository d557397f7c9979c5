"""Whether a cohort's facts agree with each other, and what it takes today (A11). Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from core.decisions import Decision, Reason

# (choice) 003 closes applications on 20 December; that day is offered where it lies in the three months
# before the start, and otherwise four weeks before the start.
USUAL_CLOSING = (12, 20)
USUAL_CLOSING_WITHIN = timedelta(days=92)
OTHERWISE_CLOSING = timedelta(weeks=4)


class Intake(StrEnum):
    """What a cohort takes on a day."""

    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"
    STARTED = "started"


def intake(
    today: date, *, starts_on: date, applications_close_on: date, is_closed: bool = False
) -> Intake:
    """Applications in time, late ones for the waiting list, none since it was closed early or started (A11).

    The closing day itself is in time to its end (G1).
    """
    if today >= starts_on:
        return Intake.STARTED
    if is_closed:
        return Intake.CLOSED
    return Intake.OPEN if today <= applications_close_on else Intake.LATE


def usual_closing(starts_on: date, today: date) -> date:
    """The day on which applications close where nobody chose another; never after the start."""
    december = date(starts_on.year, *USUAL_CLOSING)
    if december > starts_on:
        december = date(starts_on.year - 1, *USUAL_CLOSING)
    if starts_on - december <= USUAL_CLOSING_WITHIN and december >= today:
        return december
    earlier = starts_on - OTHERWISE_CLOSING
    return earlier if earlier >= today else starts_on


def cohort(
    *,
    starts_on: date,
    applications_close_on: date,
    capacity: int,
    taken: int = 0,
    fee_pence: int = 0,
    name: str = "-",
    name_is_taken: bool = False,
) -> Decision:
    """Whether a cohort's facts agree with each other and with the places taken in it (A11)."""

    def reasons() -> Iterator[Reason]:
        if not name.strip():
            yield Reason("Enter a name for the cohort", "name", "A11")
        if name_is_taken:
            yield Reason("Another cohort of this level has this name", "name", "A11")
        if applications_close_on > starts_on:
            yield Reason(
                "Applications must close on or before the day the cohort starts",
                "applications_close_on",
                "A11",
            )
        if capacity < 1:
            yield Reason("A cohort needs at least one place", "capacity", "A11")
        elif capacity < taken:
            places = "1 place is" if taken == 1 else f"{taken:,} places are"
            yield Reason(f"{places} taken, so enter {taken:,} or more", "capacity", "A11")
        if fee_pence < 0:
            yield Reason("The fee cannot be less than nothing", "fee", "A11")

    return Decision.of(reasons())


def description(text: str) -> Decision:
    """Whether a programme says what it is for."""
    if not text.strip():
        return Decision((Reason("Say what the programme is for", "description"),))
    return Decision()


def a_place_is_free(places_left: int) -> Decision:
    """Whether somebody more can have a place (A11)."""
    if places_left < 1:
        return Decision((Reason("Every place in this cohort has been taken", rule="A11"),))
    return Decision()
