"""How a figure follows from counts (Q2, G2): periods, percentages, targets met or not. Pure.

Counts come in as whole numbers and are compared as whole numbers; rounding happens last. Which rows are
counted is in queries.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.decisions import Decision, Reason


@dataclass(frozen=True)
class Definition:
    """One version of the metrics' definition: what must be reached, and where no other data says so, months."""

    version: str
    edition: str
    recruited_percent: int
    presented_percent: int
    months_to_present: int


# The Department's quality framework of 2017, over the levels of the 2019 edition.
DEFINITION = Definition(
    version="2017",
    edition="2019",
    recruited_percent=100,
    presented_percent=90,
    months_to_present=18,
)
FIRST_MONTH = 9
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
FIRST_DATED, LAST_DATED = 1900, 2200
DAYS_AHEAD = 90


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last <= self.first:
            raise ValueError("a period ends after it starts")

    @classmethod
    def year_of(cls, day: date) -> "Period":
        """1 September to 31 August around a day. Raises ValueError outside 2000 to 2100."""
        start = day.year if day.month >= FIRST_MONTH else day.year - 1
        if not EARLIEST_YEAR <= start <= LATEST_YEAR:
            raise ValueError("no such period")
        return cls(date(start, FIRST_MONTH, 1), date(start + 1, FIRST_MONTH - 1, 31))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def day_from(text: str) -> date:
    """A day from 1900 to 2200 written yyyy-mm-dd, and in no other way. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"{text!r} is not a date written yyyy-mm-dd")
    year, month, day = (int(part) for part in text.split("-"))
    known_month = FIRST_DATED <= year <= LAST_DATED and 1 <= month <= 12
    if not (known_month and 1 <= day <= calendar.monthrange(year, month)[1]):
        raise ValueError(f"there is no day {text}")
    return date(year, month, day)


@dataclass(frozen=True)
class Rate:
    """A percentage from whole numbers, and the percentage to reach where there is one (G2)."""

    numerator: int
    denominator: int
    target: int | None = None

    @property
    def value(self) -> Decimal | None:
        """To one decimal, half up; None of nothing."""
        if not self.denominator:
            return None
        tenths = (2000 * self.numerator + self.denominator) // (2 * self.denominator)
        return Decimal(tenths).scaleb(-1)

    @property
    def met(self) -> bool | None:
        """Compared before rounding; None of nothing or without a target."""
        if not self.denominator or self.target is None:
            return None
        return 100 * self.numerator >= self.target * self.denominator

    @property
    def short_of_target(self) -> int:
        """How many more in the numerator would meet the target; 0 when met or not comparable."""
        if self.met is not False or self.target is None:
            return 0
        return -(-self.target * self.denominator // 100) - self.numerator


@dataclass(frozen=True)
class LevelFigures:
    """What was counted for one level in one period; the rates follow."""

    code: str
    name: str
    recruited: int = 0
    recruitment_target: int | None = None
    delivery_team: int = 0
    re_enrolled: int = 0
    due_to_present: int = 0
    presented_in_time: int = 0
    tasks_released: int = 0
    tasks_passed: int = 0
    concluded: int = 0
    concluded_passed: int = 0
    definition: Definition = field(default=DEFINITION, repr=False)

    @property
    def recruitment(self) -> Rate:
        """M1. Without a target to recruit there is no percentage and none to reach."""
        wanted = self.recruitment_target or 0
        return Rate(self.recruited, wanted, self.definition.recruited_percent if wanted else None)

    @property
    def presenting(self) -> Rate:
        """M4."""
        return Rate(self.presented_in_time, self.due_to_present, self.definition.presented_percent)

    @property
    def passing(self) -> Rate:
        """Of the task outcomes released in the period, those passed; no target is set for it."""
        return Rate(self.tasks_passed, self.tasks_released)


def target(
    *,
    period_start: date,
    period_end: date,
    recruitment_target: int,
    percents: tuple[tuple[str, Decimal | None], ...],
    level_is_known: bool,
    overlaps: bool,
) -> Decision:
    """Whether a target can stand for a level and period."""

    def reasons() -> Iterator[Reason]:
        if not level_is_known:
            yield Reason("Choose a level of a published edition", "level", "Q2")
        if period_end <= period_start:
            yield Reason("The period must end after it starts", "period_end", "Q2")
        elif overlaps:
            yield Reason("The period overlaps another one of this level", "period_start", "Q2")
        if recruitment_target < 0:
            yield Reason("The number to recruit cannot be below 0", "recruitment_target", "M1")
        for name, percent in percents:
            if percent is not None and not 0 <= percent <= 100:
                yield Reason("Enter a percentage from 0 to 100", name, "Q2")

    return Decision.of(reasons())
