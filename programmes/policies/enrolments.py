"""Whether something may be done to an enrolment, and the dates that follow from its facts (P1, P2, G3). Pure.

Knows neither user, request, clock nor database; the days it judges are given to it.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from core.decisions import Decision, Reason
from programmes.states import PauseReason

MONTHS_TO_PRESENT = 18


def deadline_to_present(commenced_on: date, months: int = MONTHS_TO_PRESENT) -> date:
    """The day by which every task is presented: so many calendar months later (P2).

    A day that the month does not have becomes its last: 31 August + 18 months = last day of February.
    """
    years, month = divmod(commenced_on.month - 1 + months, 12)
    year = commenced_on.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(commenced_on.day, last))


def commencement(on: date, *, enrolled_on: date, today: date) -> Decision:
    """Whether somebody can have started on that day (P1)."""
    return Decision.of(
        _day_reasons(on, "on", not_before=enrolled_on, of="they enrolled", today=today)
    )


def presentation(on: date, *, commenced_on: date, today: date) -> Decision:
    """Whether every task can have been presented on that day."""
    return Decision.of(
        _day_reasons(on, "on", not_before=commenced_on, of="they started", today=today)
    )


def pause(on: date, *, reason: str, note: str, enrolled_on: date, today: date) -> Decision:
    """Whether a withdrawal or a deferral says enough (P1)."""

    def reasons() -> Iterator[Reason]:
        if reason not in PauseReason.values:
            yield Reason("Choose why", "reason", "P1")
        if reason == PauseReason.OTHER and not note.strip():
            yield Reason("Say what the other reason is", "note", "P1")
        yield from _day_reasons(on, "on", not_before=enrolled_on, of="they enrolled", today=today)

    return Decision.of(reasons())


def coming_back(on: date, *, deferred_on: date | None, today: date) -> Decision:
    """Whether somebody can have come back on that day."""
    since = deferred_on or date.min
    return Decision.of(_day_reasons(on, "on", not_before=since, of="they paused", today=today))


def enrolment(*, has_live_enrolment: bool) -> Decision:
    """Whether somebody may be enrolled on a level."""
    if has_live_enrolment:
        return Decision((Reason("They already have a place on this level", rule="A13"),))
    return Decision()


def cancellation(reason: str) -> Decision:
    """Whether a place can be taken back: somebody says why."""
    if not reason.strip():
        return Decision((Reason("Say why the place is taken back", "reason", "P1"),))
    return Decision()


def clean_trn(typed: str) -> str:
    """A teacher reference number as it is kept: seven digits, or '' when it cannot be one (G3).

    Spaces, letters and other marks are stripped; 5 or 6 digits are padded on the left.
    """
    digits = re.sub(r"[^0-9]", "", typed)
    if not 5 <= len(digits) <= 7 or int(digits) == 0:
        return ""
    return digits.zfill(7)


def _day_reasons(
    on: date, field: str, *, not_before: date, of: str, today: date
) -> Iterator[Reason]:
    if on < not_before:
        yield Reason(f"The date cannot be before {of}", field, "P1")
    if on > today:
        yield Reason("The date cannot be in the future", field, "P1")
