"""Referral's rules without a database: who may decide, when, and the moderator's clock (A8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import policies
from core.errors import Refused

MONDAY = date(2027, 3, 1)
HOLIDAYS = frozenset({date(2027, 3, 26), date(2027, 3, 29)})


def clock(day, *, pauses=(), referred_on=MONDAY, holidays=HOLIDAYS, allowed=10):
    return policies.referral_clock(
        referred_on=referred_on, pauses=pauses, today=day, holidays=holidays, allowed=allowed
    )


class TestClock:
    @pytest.mark.parametrize(
        ("day", "worked"),
        [
            (date(2027, 3, 1), 0),
            (date(2027, 3, 2), 1),
            (date(2027, 3, 5), 4),
            (date(2027, 3, 7), 4),
            (date(2027, 3, 8), 5),
            (date(2027, 3, 15), 10),
            (date(2027, 3, 16), 11),
        ],
    )
    def test_weekends_do_not_count(self, day, worked):
        found = clock(day)
        assert (found.worked, found.paused, found.due_on) == (worked, 0, date(2027, 3, 15))
        assert found.is_overdue == (day > date(2027, 3, 15))
        assert found.left == max(10 - worked, 0)

    def test_bank_holidays_do_not_count(self):
        found = clock(date(2027, 3, 30), referred_on=date(2027, 3, 25))
        assert (found.worked, found.due_on) == (1, date(2027, 4, 12))

    def test_it_stands_while_somebody_else_has_it(self):
        """Handed over on day 2, a Wednesday; still away on the Tuesday after."""
        found = clock(date(2027, 3, 9), pauses=[(date(2027, 3, 3), None)])
        assert (found.worked, found.paused) == (2, 4)
        assert (found.paused_since, found.due_on) == (date(2027, 3, 3), None)

    def test_it_goes_on_after_a_pause(self):
        """Away from Wednesday 3 to Tuesday 9: four working days later than otherwise."""
        found = clock(date(2027, 3, 10), pauses=[(date(2027, 3, 3), date(2027, 3, 9))])
        assert (found.worked, found.paused, found.paused_since) == (3, 4, None)
        assert found.due_on == date(2027, 3, 19)

    def test_a_pause_within_one_day_changes_nothing(self):
        day = date(2027, 3, 4)
        assert clock(day, pauses=[(day, day)]) == clock(day)

    def test_before_the_first_morning(self):
        assert clock(MONDAY - timedelta(days=3)).worked == 0


days = st.integers(min_value=0, max_value=60)
pauses = st.lists(st.tuples(days, st.one_of(st.none(), days)), max_size=4)


def _pauses(found):
    return [
        (
            MONDAY + timedelta(days=start),
            None if length is None else MONDAY + timedelta(days=start + length),
        )
        for start, length in found
    ]


@given(pauses, pauses, days)
def test_pausing_never_makes_it_later(some, more, passed):
    """A8: with more pauses never more worked, never an earlier last day; worked and paused are all there is."""
    today = MONDAY + timedelta(days=passed)
    less = clock(today, pauses=_pauses(some))
    whole = clock(today, pauses=_pauses(some + more))
    bare = clock(today)
    assert whole.worked <= less.worked <= bare.worked
    assert less.worked + less.paused == whole.worked + whole.paused == bare.worked
    assert whole.is_overdue <= less.is_overdue <= bare.is_overdue
    if less.due_on and whole.due_on:
        assert bare.due_on <= less.due_on <= whole.due_on


@given(days, days, st.integers(min_value=1, max_value=20))
def test_overdue_is_after_the_last_day(passed, length, allowed):
    today = MONDAY + timedelta(days=passed)
    found = clock(
        today, pauses=[(MONDAY, MONDAY + timedelta(days=min(length, passed)))], allowed=allowed
    )
    assert found.due_on is not None
    if found.is_overdue:
        assert today > found.due_on
    if today <= found.due_on:
        assert not found.is_overdue


class TestContacted:
    @pytest.mark.parametrize(
        ("conversations", "allowed"),
        [
            ([], False),
            ([MONDAY - timedelta(days=1)], False),
            ([MONDAY], True),
            ([MONDAY - timedelta(days=9), MONDAY + timedelta(days=1)], True),
        ],
    )
    def test_once_since_the_referral(self, conversations, allowed):
        decision = policies.contacted(conversations=conversations, since=MONDAY)
        assert decision.allowed is allowed
        if not allowed:
            with pytest.raises(Refused, match="Log your conversation with the sponsor first"):
                decision.require()


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_each_conflict_is_named(applicant, sponsor, interest, left):
    found = policies.conflicts(
        is_applicant=applicant, is_sponsor=sponsor, has_interest=interest, has_left=left
    )
    assert len(found) == sum((applicant, sponsor, interest, left))
    assert ("is the applicant" in found) == applicant
    assert ("is the sponsor" in found) == sponsor


def test_nine_regions():
    assert len(set(policies.REGIONS)) == 9
    assert all(policies.region(name).allowed for name in policies.REGIONS)
    assert not policies.region("Wales (pseudo)").allowed


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"has_school": True, "why": "Governor"}, []),
        ({"has_school": False, "why": " "}, ["school", "why"]),
    ],
)
def test_an_interest_says_which_school_and_why(facts, fields):
    assert [reason.field for reason in policies.interest(**facts).reasons] == fields


def test_asking_the_applicant_needs_words():
    assert [each.text for each in policies.return_to_applicant(" ").reasons] == [
        "Say what you need from the applicant"
    ]
