"""Waiting lists and offers as rules: who is next, how long an offer stands, who may move (A11, G1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.policies import bulk
from applications.policies import places as rules

DAY = date(2027, 3, 1)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 10**8).map(lambda seconds: FIRST + timedelta(seconds=seconds))
WAITS = st.lists(st.tuples(st.booleans(), MOMENTS), max_size=20)


@given(WAITS)
def test_on_time_comes_before_late_and_the_longest_waiting_first(waits):
    keys = [
        rules.waiting_order(is_late=late, waiting_since=since, number=number)
        for number, (late, since) in enumerate(waits)
    ]
    in_order = sorted(keys)
    assert len(set(keys)) == len(keys)
    lates = [late for late, _, _ in in_order]
    assert lates == sorted(lates)
    for late in (False, True):
        since = [key[1:] for key in in_order if key[0] is late]
        assert since == sorted(since)


@pytest.mark.parametrize(
    ("left", "waiting", "newcomers"), [(0, 0, 0), (2, 0, 2), (2, 1, 1), (2, 2, 0), (1, 5, 0)]
)
def test_who_waits_comes_before_newcomers(left, waiting, newcomers):
    found = rules.places_for_newcomers(places_left=left, on_time_waiting=waiting)
    assert found == newcomers


@pytest.mark.parametrize(
    ("offered_on", "starts_on", "last_day"),
    [
        (date(2027, 3, 1), date(2027, 9, 1), date(2027, 3, 8)),
        (date(2027, 3, 25), date(2027, 9, 1), date(2027, 4, 1)),  # over the change of the clocks
        (date(2027, 3, 1), date(2027, 3, 5), date(2027, 3, 4)),  # never into the cohort
        (date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 1)),
    ],
)
def test_an_offer_ends_with_a_day_in_london(offered_on, starts_on, last_day):
    ends = rules.offer_ends(offered_on, starts_on)
    assert ends.astimezone(rules.LONDON).strftime("%Y-%m-%d %H:%M:%S") == f"{last_day} 23:59:59"


def test_summer_time_is_london_s():
    assert rules.offer_ends(date(2027, 7, 1), date(2027, 9, 1)).astimezone(UTC).hour == 22


@pytest.mark.parametrize(("seconds", "stands"), [(-60, True), (0, True), (0.9, True), (1, False)])
def test_the_last_second_is_whole(seconds, stands):
    ends = rules.offer_ends(DAY, DAY + timedelta(days=90))
    now = ends + timedelta(seconds=seconds)
    assert rules.offer_stands(now=now, expires_at=ends) is stands
    assert rules.take_up(now=now, expires_at=ends, has_a_place=True).allowed is stands
    assert rules.lapse(now=now, expires_at=ends).allowed is not stands


def test_nothing_is_offered_from_the_first_day_on():
    assert rules.takes_offers(today=DAY - timedelta(days=1), starts_on=DAY)
    assert not rules.takes_offers(today=DAY, starts_on=DAY)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({}, ""),
        ({"is_same": True, "has_live": True}, "They wait for this cohort already"),
        ({"is_same_level": False}, "Choose a cohort of the same level"),
        ({"has_started": True}, "Choose a cohort that has not started"),
        ({"has_live": True}, "They have another application for that cohort"),
    ],
)
def test_moving_to_another_cohort(facts, says):
    known = {"is_same": False, "is_same_level": True, "has_started": False, "has_live": False}
    decision = rules.move_to_cohort(**(known | facts))
    assert [reason.text for reason in decision.reasons] == ([says] if says else [])


def test_undoing_a_lapse_needs_a_reason_and_nobody_in_the_way():
    assert rules.undo_lapse("On leave", has_live=False, is_enrolled=False).allowed
    against = rules.undo_lapse(" ", has_live=True, is_enrolled=True).reasons
    assert [reason.field for reason in against] == ["reason", "", ""]


def chosen(number, *, person="", late=False, against="", cohort="C"):
    return bulk.Chosen(str(number), person or f"P{number}", "NPQSL", cohort, late, against)


class TestBulk:
    def test_places_run_out_in_the_order_chosen(self):
        lines = bulk.confirm_all([chosen(1), chosen(2), chosen(3)], {"C": 2})
        assert [(each.outcome, each.places_left) for each in lines] == [
            ("place", 1),
            ("place", 0),
            ("waiting", 0),
        ]

    def test_refused_and_late_ones_take_no_place(self):
        lines = bulk.confirm_all(
            [chosen(1, against="It is being written"), chosen(2, late=True), chosen(3)], {"C": 1}
        )
        assert [(each.allowed, each.outcome) for each in lines] == [
            (False, ""),
            (True, "waiting"),
            (True, "place"),
        ]
        assert lines[0].says == "It is being written"

    def test_one_person_gets_one_place(self):
        lines = bulk.confirm_all(
            [chosen(1, person="P"), chosen(2, person="P", cohort="D")], {"C": 1, "D": 1}
        )
        assert [each.allowed for each in lines] == [True, False]

    @given(
        st.lists(st.tuples(st.sampled_from("PQRS"), st.booleans(), st.sampled_from(["", "No"]))),
        st.integers(0, 5),
    )
    def test_nobody_is_promised_a_place_that_is_not_there(self, rows, places):
        lines = bulk.confirm_all(
            [
                chosen(number, person=person, late=late, against=against)
                for number, (person, late, against) in enumerate(rows)
            ],
            {"C": places},
        )
        given_out = sum(each.outcome == "place" for each in lines)
        assert given_out <= places
        assert len(lines) == len(rows)
        assert all(each.says for each in lines)
