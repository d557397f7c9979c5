"""Dates, numbers and reasons of an enrolment (P1, P2, A11, G3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import policies
from programmes.policies import Intake
from programmes.presenters.cohorts import pounds
from programmes.presenters.enrolments import days_in_words


def fields(decision):
    return [reason.field for reason in decision.reasons]


@pytest.mark.parametrize(
    ("started", "deadline"),
    [
        (date(2025, 9, 1), date(2027, 3, 1)),
        (date(2025, 8, 31), date(2027, 2, 28)),
        (date(2026, 8, 31), date(2028, 2, 29)),
        (date(2026, 8, 30), date(2028, 2, 29)),
        (date(2026, 8, 29), date(2028, 2, 29)),
        (date(2026, 8, 28), date(2028, 2, 28)),
        (date(2025, 6, 30), date(2026, 12, 30)),
        (date(2025, 12, 31), date(2027, 6, 30)),
        (date(2024, 2, 29), date(2025, 8, 29)),
        (date(2025, 7, 1), date(2027, 1, 1)),
    ],
)
def test_eighteen_calendar_months(started, deadline):
    assert policies.deadline_to_present(started) == deadline


def test_the_number_of_months_is_data():
    assert policies.deadline_to_present(date(2025, 1, 31), months=1) == date(2025, 2, 28)
    assert policies.deadline_to_present(date(2025, 1, 31), months=24) == date(2027, 1, 31)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_the_deadline_is_that_many_months_on(started, months):
    deadline = policies.deadline_to_present(started, months)
    apart = (deadline.year - started.year) * 12 + deadline.month - started.month
    assert apart == months
    assert deadline.day <= started.day


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1234567", "1234567"),
        ("12345", "0012345"),
        ("123456", "0123456"),
        ("RP 12/34567", "1234567"),
        (" 12 34 567 ", "1234567"),
        ("1234", ""),
        ("12345678", ""),
        ("0000000", ""),
        ("00000", ""),
        ("", ""),
        ("none", ""),
        ("١٢٣٤٥٦٧", ""),
    ],
)
def test_a_trn(typed, kept):
    assert policies.clean_trn(typed) == kept


@given(st.text(max_size=40))
def test_a_trn_is_seven_digits_or_nothing(typed):
    kept = policies.clean_trn(typed)
    assert kept == "" or (len(kept) == 7 and kept.isdigit() and kept != "0000000")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("sw1a1aa", "SW1A 1AA"),
        ("M1 1AE", "M1 1AE"),
        ("hd91  9zb", "HD91 9ZB"),
        ("HD91", ""),
        ("Quarry", ""),
        ("123456", ""),
    ],
)
def test_a_postcode(typed, kept):
    assert policies.clean_postcode(typed) == kept


@pytest.mark.parametrize(
    ("on", "allowed"),
    [
        (date(2026, 1, 1), True),
        (date(2026, 1, 31), True),
        (date(2025, 12, 31), False),
        (date(2026, 2, 1), False),
    ],
)
def test_a_start_lies_between_enrolment_and_today(on, allowed):
    decision = policies.commencement(on, enrolled_on=date(2026, 1, 1), today=date(2026, 1, 31))
    assert decision.allowed is allowed


@pytest.mark.parametrize(
    ("reason", "note", "expected"),
    [
        ("health", "", []),
        ("other", "moved abroad", []),
        ("other", " ", ["note"]),
        ("", "", ["reason"]),
        ("bored", "", ["reason"]),
    ],
)
def test_leaving_or_pausing_needs_a_reason(reason, note, expected):
    day = date(2026, 1, 2)
    decision = policies.pause(day, reason=reason, note=note, enrolled_on=day, today=day)
    assert fields(decision) == expected


def test_a_cohort_closes_before_it_starts():
    day = date(2026, 9, 1)
    assert policies.cohort(starts_on=day, applications_close_on=day, capacity=1).allowed
    wrong = policies.cohort(starts_on=day, applications_close_on=date(2026, 9, 2), capacity=0)
    assert fields(wrong) == ["applications_close_on", "capacity"]


@pytest.mark.parametrize(
    ("capacity", "taken", "expected"), [(3, 3, []), (2, 3, ["capacity"]), (0, 0, ["capacity"])]
)
def test_a_cohort_has_no_fewer_places_than_were_taken(capacity, taken, expected):
    day = date(2026, 9, 1)
    decision = policies.cohort(
        starts_on=day, applications_close_on=day, capacity=capacity, taken=taken
    )
    assert fields(decision) == expected


@pytest.mark.parametrize(
    ("today", "is_closed", "found"),
    [
        (date(2026, 12, 1), False, Intake.OPEN),
        (date(2026, 12, 20), False, Intake.OPEN),
        (date(2026, 12, 21), False, Intake.LATE),
        (date(2027, 1, 11), False, Intake.LATE),
        (date(2027, 1, 12), False, Intake.STARTED),
        (date(2026, 12, 1), True, Intake.CLOSED),
        (date(2027, 1, 11), True, Intake.CLOSED),
        (date(2027, 1, 12), True, Intake.STARTED),
    ],
)
def test_what_a_cohort_takes_on_a_day(today, is_closed, found):
    """A11: the closing day is in time to its end; late until the start."""
    days = {"starts_on": date(2027, 1, 12), "applications_close_on": date(2026, 12, 20)}
    assert policies.intake(today, **days, is_closed=is_closed) == found


@pytest.mark.parametrize(
    ("starts_on", "today", "closes_on"),
    [
        (date(2027, 1, 12), date(2026, 11, 1), date(2026, 12, 20)),
        (date(2026, 12, 20), date(2026, 11, 1), date(2026, 12, 20)),
        (date(2027, 3, 22), date(2026, 11, 1), date(2026, 12, 20)),
        (date(2027, 3, 23), date(2026, 11, 1), date(2027, 2, 23)),
        (date(2027, 1, 12), date(2026, 12, 21), date(2027, 1, 12)),
        (date(2027, 1, 31), date(2026, 12, 21), date(2027, 1, 3)),
        (date(2026, 12, 19), date(2026, 11, 1), date(2026, 11, 21)),
    ],
)
def test_the_usual_closing_day(starts_on, today, closes_on):
    assert policies.usual_closing(starts_on, today) == closes_on


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_the_usual_closing_day_is_neither_past_nor_after_the_start(today, days):
    starts_on = today + timedelta(days=days)
    assert today <= policies.usual_closing(starts_on, today) <= starts_on


@pytest.mark.parametrize(
    ("on", "allowed"),
    [
        (date(2026, 1, 1), True),
        (date(2026, 1, 31), True),
        (date(2025, 12, 31), False),
        (date(2026, 2, 1), False),
    ],
)
def test_coming_back_lies_between_pausing_and_today(on, allowed):
    decision = policies.coming_back(on, deferred_on=date(2026, 1, 1), today=date(2026, 1, 31))
    assert decision.allowed is allowed


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (1200, "in 1,200 days"),
        (-1, "1 day ago"),
        (-40, "40 days ago"),
    ],
)
def test_days_in_words(days, words):
    assert days_in_words(days) == words


@pytest.mark.parametrize(
    ("pence", "words"), [(0, "No fee"), (95000, "£950"), (125050, "£1,250.50"), (5, "£0.05")]
)
def test_money(pence, words):
    assert pounds(pence) == words
