"""Whether a cohort's facts agree with each other (A11). Pure."""

from collections.abc import Iterator
from datetime import date

from core.decisions import Decision, Reason


def cohort(*, starts_on: date, applications_close_on: date, capacity: int) -> Decision:
    """Whether a cohort's facts agree with each other (A11)."""

    def reasons() -> Iterator[Reason]:
        if applications_close_on > starts_on:
            yield Reason(
                "Applications must close on or before the day the cohort starts",
                "applications_close_on",
                "A11",
            )
        if capacity < 1:
            yield Reason("A cohort needs at least one place", "capacity", "A11")

    return Decision.of(reasons())


def a_place_is_free(places_left: int) -> Decision:
    """Whether somebody more can have a place (A11)."""
    if places_left < 1:
        return Decision((Reason("Every place in this cohort has been taken", rule="A11"),))
    return Decision()
