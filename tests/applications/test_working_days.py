"""Working days in England: weekends and bank holidays are none."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from applications.policies.working_days import after_working_days, is_working_day, working_days
from applications.queries.working_days import bank_holidays

HOLIDAYS = bank_holidays()
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def test_twenty_working_days_over_christmas():
    # 18 December 2026 is a Friday; 25 and 28 December and 1 January are bank holidays.
    assert after_working_days(date(2026, 12, 18), 20, HOLIDAYS) == date(2027, 1, 20)


def test_a_decision_on_a_saturday_counts_from_monday():
    assert after_working_days(date(2027, 1, 9), 1, HOLIDAYS) == date(2027, 1, 11)


def test_the_data_is_of_weekdays_and_eight_or_nine_a_year():
    assert all(day.weekday() < 5 for day in HOLIDAYS)
    years = {day.year for day in HOLIDAYS}
    assert all(sum(day.year == year for day in HOLIDAYS) in (8, 9) for year in years)


@given(start=DAYS, number=st.integers(1, 60))
def test_counting_on_and_counting_between_agree(start, number):
    end = after_working_days(start, number, HOLIDAYS)
    assert is_working_day(end, HOLIDAYS)
    assert working_days(start, end, HOLIDAYS) == number
    assert working_days(start, end - timedelta(days=1), HOLIDAYS) == number - 1
    assert working_days(end, start, HOLIDAYS) == -number
