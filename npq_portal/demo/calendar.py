"""When things happen in the demonstration, told from today, so that it never grows old."""

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import clock


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; a day that the month lacks becomes its last."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Calendar:
    """The days that the stories are told by."""

    today: date

    @property
    def year_start(self) -> date:
        """The first of September that began this academic year."""
        year = self.today.year if self.today.month >= 9 else self.today.year - 1
        return date(year, 9, 1)

    @property
    def next_start(self) -> date:
        """When the cohort starts that takes applications now."""
        return self.today + timedelta(days=70)

    @property
    def closing(self) -> date:
        """When its applications close."""
        return self.today + timedelta(days=28)

    @property
    def this_start(self) -> date:
        """When the cohort of this academic year started; its places were given since September."""
        return min(self.year_start + timedelta(days=50), self.today - timedelta(days=2))

    @property
    def last_start(self) -> date:
        """When last year's cohort started."""
        return self.year_start - timedelta(days=330)

    def finishing_start(self, place: int = 0) -> date:
        """A start whose eighteen months end in this academic year (metric 4)."""
        return months_before(self.year_start + timedelta(days=9 + place), 18)


@contextmanager
def at(day: date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Live through the block on that day, by London's clock; never later than now."""
    moment = datetime.combine(day, time(hour, minute), tzinfo=clock.LONDON)
    with clock.travel(min(moment, clock.now())):
        yield
