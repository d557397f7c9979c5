"""Who waits where in a waiting list, how long an offer stands, and whether somebody may move (A11, G1). Pure."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.decisions import Decision, Reason

OFFER_DAYS = 7  # (choice) how many days an offer stands after the day it is made
LONDON = ZoneInfo("Europe/London")


def waiting_order(*, is_late: bool, waiting_since: datetime, number: int) -> tuple[object, ...]:
    """What a waiting list is sorted by: on time before late, then who waits longest, then `number` (A11)."""
    return (is_late, waiting_since, number)


def places_for_newcomers(*, places_left: int, on_time_waiting: int) -> int:
    """Places that somebody accepted now can have at once: those who wait already come first (A11)."""
    return max(places_left - on_time_waiting, 0)


def takes_offers(*, today: date, starts_on: date) -> bool:
    """Whether places of a cohort are still offered: until the day before it starts (choice)."""
    return today < starts_on


def offer_ends(offered_on: date, starts_on: date) -> datetime:
    """The last second of an offer: 23:59:59 in London seven days later, before the cohort starts (G1)."""
    day = min(offered_on + timedelta(days=OFFER_DAYS), starts_on - timedelta(days=1))
    return datetime.combine(max(day, offered_on), time(23, 59, 59), tzinfo=LONDON)


def offer_stands(*, now: datetime, expires_at: datetime) -> bool:
    """Whether an offer can still be taken up: its last second is whole (G1)."""
    return now < expires_at + timedelta(seconds=1)


def take_up(*, now: datetime, expires_at: datetime, has_a_place: bool) -> Decision:
    """Whether an offer can be taken up now (A11)."""
    if not offer_stands(now=now, expires_at=expires_at):
        return Decision(
            (Reason("This offer has ended, and the place goes to somebody else", "", "A11"),)
        )
    if not has_a_place:
        return Decision((Reason("Every place in this cohort has been taken", rule="A11"),))
    return Decision()


def lapse(*, now: datetime, expires_at: datetime) -> Decision:
    """Whether an offer has ended without an answer (A11)."""
    if offer_stands(now=now, expires_at=expires_at):
        return Decision((Reason("This offer can still be accepted", rule="A11"),))
    return Decision()


def undo_lapse(reason: str, *, has_live: bool, is_enrolled: bool) -> Decision:
    """Whether somebody whose offer lapsed can go back to where they waited (A11)."""

    def reasons() -> Iterator[Reason]:
        if not reason.strip():
            yield Reason("Say why they go back on the waiting list", "reason", "G4")
        if has_live:
            yield Reason("They have another application for this cohort now", rule="A11")
        if is_enrolled:
            yield Reason("They already have a place on this level", rule="A13")

    return Decision.of(reasons())


def move_to_cohort(
    *, is_same: bool, is_same_level: bool, has_started: bool, has_live: bool
) -> Decision:
    """Whether somebody who waits can wait for another cohort instead (A11)."""

    def reasons() -> Iterator[Reason]:
        if is_same:
            yield Reason("They wait for this cohort already", "cohort", "A11")
        if not is_same_level:
            yield Reason("Choose a cohort of the same level", "cohort", "A11")
        if has_started:
            yield Reason("Choose a cohort that has not started", "cohort", "A11")
        if has_live and not is_same:
            yield Reason("They have another application for that cohort", "cohort", "A11")

    return Decision.of(reasons())
