"""How figures follow from counts (Q2, G2)."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality import policies
from quality.policies import LevelFigures, Period, Rate

COUNTS = st.integers(0, 10_000)


@given(COUNTS, st.integers(1, 10_000))
def test_a_value_is_rounded_half_up_to_one_decimal(numerator, denominator):
    exact = Fraction(100 * numerator, denominator)
    shown = Rate(numerator, denominator).value
    assert abs(Fraction(shown) - exact) <= Fraction(1, 20)
    thousandths = exact * 10**12
    if thousandths.denominator == 1:
        plain = Decimal(int(thousandths)).scaleb(-12).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert shown == plain


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [(1, 8, "12.5"), (1, 16, "6.3"), (2, 3, "66.7"), (5, 4, "125.0")],
)
def test_some_values(numerator, denominator, value):
    assert Rate(numerator, denominator).value == Decimal(value)


@given(COUNTS, st.integers(1, 10_000), st.integers(0, 200))
def test_met_is_compared_before_rounding(numerator, denominator, target):
    assert Rate(numerator, denominator, target).met is (
        Fraction(100 * numerator, denominator) >= target
    )


def test_a_value_that_rounds_up_to_its_target_is_not_met():
    rate = Rate(8999, 10_000, 90)
    assert (rate.value, rate.met) == (Decimal("90.0"), False)


@given(COUNTS, st.integers(1, 10_000), st.integers(0, 200))
def test_as_many_as_are_short_would_meet_it_and_one_fewer_would_not(numerator, denominator, target):
    rate = Rate(numerator, denominator, target)
    if rate.met:
        assert rate.short_of_target == 0
    else:
        enough = numerator + rate.short_of_target
        assert Rate(enough, denominator, target).met
        assert not Rate(enough - 1, denominator, target).met


def test_nothing_of_nothing_is_neither_met_nor_missed():
    rate = Rate(0, 0, 90)
    assert (rate.value, rate.met, rate.short_of_target) == (None, None, 0)


def test_recruitment_without_a_target_has_nothing_to_reach():
    for target in (None, 0):
        rate = LevelFigures("NPQSL", "", recruited=7, recruitment_target=target).recruitment
        assert rate == Rate(7, 0, None)
        assert (rate.value, rate.met) == (None, None)


@given(st.dates(date(2000, 9, 1), date(2101, 8, 31)))
def test_the_period_of_a_day_holds_it_and_is_a_year_from_1_september(day):
    period = Period.year_of(day)
    assert day in period
    assert (period.first.month, period.first.day) == (9, 1)
    assert period.last + timedelta(days=1) == period.first.replace(year=period.first.year + 1)


def test_a_period_ends_after_it_starts():
    for last in (date(2026, 8, 31), date(2026, 9, 1)):
        with pytest.raises(ValueError, match="ends after"):
            Period(date(2026, 9, 1), last)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2000, 8, 31), date(9999, 12, 31)])
def test_days_far_away_have_no_period(day):
    with pytest.raises(ValueError, match="no such"):
        Period.year_of(day)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_read_as_it_is_written(day):
    assert policies.day_from(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-9-1",
        "20260901",
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "1899-12-31",
        "9999-12-31",
        "٢٠٢٦-٠٩-٠١",
        "2026-09-01 ",
        "2026-W36-1",
    ],
)
def test_no_other_writing_of_a_day_is_read(text):
    with pytest.raises(ValueError):
        policies.day_from(text)


def test_a_target_is_refused_with_every_reason():
    decision = policies.target(
        period_start=date(2026, 9, 1),
        period_end=date(2026, 9, 1),
        recruitment_target=-1,
        percents=(("fsm_target_percent", Decimal("100.1")), ("other", None)),
        level_is_known=False,
        overlaps=False,
    )
    assert [reason.field for reason in decision.reasons] == [
        "level",
        "period_end",
        "recruitment_target",
        "fsm_target_percent",
    ]
