"""The form's rules, pure: starting and lateness, an unlisted school, drafts, what changed after a return."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import policies
from applications.policies import STRENGTH_WORDS, Writing
from applications.presenters.words import words_used
from applications.states import FundingRoute

START = date(2027, 1, 31)
CLOSE = date(2026, 12, 20)


def texts(**changes: str) -> dict[str, str]:
    whole = {"experience": "I led it", "impact": "They read", "evidence": "12 of 15"}
    return whole | changes


@pytest.mark.parametrize(
    ("today", "closed_early", "expected"),
    [
        (date(2026, 12, 20), False, []),
        (date(2026, 12, 21), False, []),
        (date(2027, 1, 30), False, []),
        (date(2027, 1, 31), False, ["This cohort has started"]),
        (date(2026, 12, 1), True, ["We have closed applications for this cohort early"]),
        (date(2027, 2, 1), True, ["This cohort has started"]),
    ],
)
def test_a_cohort_takes_applications_until_it_starts_or_is_closed_early(
    today, closed_early, expected
):
    decision = policies.start(
        today=today,
        starts_on=START,
        closed_early=closed_early,
        has_live=False,
        is_enrolled=False,
    )
    assert [reason.text for reason in decision.reasons] == expected


@pytest.mark.parametrize(
    ("today", "closed_early", "late"),
    [
        (date(2026, 12, 20), False, False),
        (date(2026, 12, 21), False, True),
        (date(2026, 12, 1), True, True),
    ],
)
def test_late_is_after_the_closing_day_whenever_it_was_begun(today, closed_early, late):
    assert policies.is_late(today=today, closes_on=CLOSE, closed_early=closed_early) is late


@pytest.mark.parametrize(
    ("name", "typed", "postcode", "fields"),
    [
        ("New School", "", "", []),
        ("New School", "ls1 4ap", "LS1 4AP", []),
        ("New School", "nowhere", "", ["postcode"]),
        (" ", "x", "", ["name", "postcode"]),
    ],
)
def test_an_unlisted_school_has_a_name_and_no_wrong_postcode(name, typed, postcode, fields):
    decision = policies.unlisted_school(name=name, postcode_typed=typed, postcode=postcode)
    assert [reason.field for reason in decision.reasons] == fields


@pytest.mark.parametrize("route", [*FundingRoute.values, "", "bank"])
def test_a_way_to_pay_is_one_of_four(route):
    assert policies.funding_route(route).allowed is (route in FundingRoute.values)


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({}, Writing.WHOLE),
        ({"experience": "", "impact": " ", "evidence": "\n"}, Writing.NOT_STARTED),
        ({"impact": ""}, Writing.BEGUN),
        ({"evidence": "They read more"}, Writing.NO_FIGURE),
        ({"impact": "word " * (STRENGTH_WORDS + 1)}, Writing.TOO_LONG),
        ({"impact": "word " * STRENGTH_WORDS}, Writing.WHOLE),
    ],
)
def test_how_far_one_strength_is(changes, stage):
    assert policies.writing(**texts(**changes)) == stage


WORDS = st.lists(st.sampled_from(["read", "12%", "-", "team-led", ""]), max_size=8).map(" ".join)


@given(experience=WORDS, impact=WORDS, evidence=WORDS, most=st.integers(0, 6))
def test_the_task_list_says_completed_exactly_when_it_can_be_sent(
    experience, impact, evidence, most
):
    given_texts = {"experience": experience, "impact": impact, "evidence": evidence}
    whole = policies.writing(**given_texts, most_words=most) == Writing.WHOLE
    assert whole is policies.strength(**given_texts, most_words=most).allowed


def test_a_draft_may_be_anything_but_endless():
    assert policies.strength_draft(texts(evidence="", impact="word " * 900)).allowed
    endless = policies.strength_draft(texts(impact="x" * (policies.LONGEST_DRAFT + 1)))
    assert [reason.field for reason in endless.reasons] == ["impact"]


CONFIRMED = {
    "details": ["100001", "Head"],
    "scores": {"1": 3, "2": 2},
    "strengths": [[1, "aa"], [2, "bb"]],
}


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        ({}, policies.Changed()),
        ({"details": ["100001", "Deputy"]}, policies.Changed(details=True)),
        ({"scores": {"1": 3, "2": 4}}, policies.Changed(areas=frozenset({2}))),
        (
            {"scores": {"1": 3, "3": 1}, "strengths": [[2, "bb"], [1, "aa"]]},
            policies.Changed(areas=frozenset({2, 3}), strengths=True),
        ),
    ],
)
def test_what_the_sponsor_looks_at_again(now, changed):
    found = policies.what_changed(CONFIRMED, CONFIRMED | now)
    assert found == changed
    assert bool(found) is (found != policies.Changed())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, "0 of 500 words"),
        (500, "500 of 500 words"),
        (1501, "1,501 of 500 words: 1,001 too many"),
    ],
)
def test_a_count_is_said_the_same_everywhere(words, said):
    assert words_used(words, 500) == said
