"""When a sponsor who was asked is reminded, and the applicant told of it. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

# The days after asking, by London's calendar, on which both are written to.
CHASE_DAYS = (3, 7, 14)
# (choice) A reminder's link works at least this long; one that would not is made anew.
LINK_WORKS_FOR = timedelta(days=3)


def chase_due(asked_on: date, today: date, chased: Collection[int]) -> int | None:
    """The day of the plan whose reminder is due today; None when there is none.

    Days that were missed are not caught up one by one: only the last day reached is reminded of.
    """
    reached = [day for day in CHASE_DAYS if asked_on + timedelta(days=day) <= today]
    if not reached or max(chased, default=0) >= reached[-1]:
        return None
    return reached[-1]


def is_last_chase(day: int) -> bool:
    """Whether no reminder follows this one."""
    return day >= CHASE_DAYS[-1]
