"""Counting days on which people in England work: no weekends, no bank holidays. Pure; the holidays are given."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether people in England work on that day."""
    return day.weekday() < SATURDAY and day not in holidays


def working_days(start: date, end: date, holidays: Collection[date]) -> int:
    """The working days after `start` up to `end`; below 0 when `end` is before `start`."""
    if end < start:
        return -working_days(end, start, holidays)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def after_working_days(start: date, number: int, holidays: Collection[date]) -> date:
    """The day on which so many working days have passed since `start`, whose own day does not count."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day, holidays)
    return day
