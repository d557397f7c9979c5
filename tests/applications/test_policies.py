"""What the applicant's and the sponsor's sides must say, at every edge (A1 to A5, A8, A9)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import policies

AREAS = {1: "Strategy", 2: "Teaching", 3: "Impact"}
GOOD = {"experience": "I led it.", "impact": "It changed.", "evidence": "84% passed."}


def fields(decision):
    return [reason.field for reason in decision.reasons]


def test_start_gives_every_reason():
    everything = policies.start(
        today=date(2027, 1, 2),
        starts_on=date(2027, 1, 2),
        closed_early=True,
        has_live=True,
        is_enrolled=True,
    )
    assert [reason.text for reason in everything.reasons] == [
        "You already have an application for this cohort",
        "You already have a place on this level",
        "This cohort has started",
    ]


@pytest.mark.parametrize(
    ("school", "post", "typed", "trn", "expected"),
    [
        (True, "Head", "", "", []),
        (True, "Head", "1234567", "1234567", []),
        (True, "Head", "12", "", ["trn"]),
        (False, " ", "x", "", ["school", "post", "trn"]),
    ],
)
def test_details(school, post, typed, trn, expected):
    assert (
        fields(policies.details(has_school=school, post=post, trn_typed=typed, trn=trn)) == expected
    )


@pytest.mark.parametrize(
    ("score", "allowed"), [(0, False), (1, True), (4, True), (5, False), (-1, False)]
)
def test_a_self_score_is_1_to_4(score, allowed):
    assert policies.area_scores({1: score}, AREAS).allowed is allowed


def test_a_score_for_an_area_of_another_level():
    assert policies.area_scores({9: 3}, AREAS).reasons[0].text == "There is no area 9 on this level"


def test_some_scores_may_be_saved_first():
    assert policies.area_scores({2: 4}, AREAS).allowed


@pytest.mark.parametrize(
    ("numbers", "allowed"),
    [
        ([1, 2], True),
        ([1], False),
        ([1, 1], False),
        ([1, 2, 3], False),
        ([], False),
        ([1, 9], False),
    ],
)
def test_exactly_two_different_areas(numbers, allowed):
    assert policies.chosen_areas(numbers, AREAS).allowed is allowed


@pytest.mark.parametrize(
    "text",
    [
        "84%",
        "12 of 15",
        "grade B",
        "Grades A",
        "five per cent",
        "halved",
        "a third of them",
        "£900",
    ],
)
def test_a_figure(text):
    assert policies.has_figure(text)


@pytest.mark.parametrize(
    "text", ["", "much better", "someone often said so", "an upgrade", "weight"]
)
def test_no_figure(text):
    assert not policies.has_figure(text)


@pytest.mark.parametrize("part", ["experience", "impact", "evidence"])
def test_each_part_is_at_most_500_words(part):
    exactly = " ".join(["word"] * 499 + ["7"])
    assert policies.strength(**{**GOOD, part: exactly}).allowed
    over = policies.strength(**{**GOOD, part: f"{exactly} more"})
    assert fields(over) == [part]
    assert "501 words: shorten it to 500" in over.reasons[0].text


def test_evidence_without_a_figure_is_told_kindly():
    decision = policies.strength(**{**GOOD, "evidence": "They did better."})
    assert fields(decision) == ["evidence"]
    assert decision.reasons[0].text.startswith("Add at least one figure to your evidence")


def test_an_empty_strength_names_each_part():
    decision = policies.strength(experience=" ", impact="", evidence="", area="Teaching")
    assert [reason.text for reason in decision.reasons] == [
        "Write about your experience for Teaching",
        "Write about the difference you made for Teaching",
        "Write about your evidence for Teaching",
    ]


def test_words_are_runs_with_a_letter_or_digit():
    assert policies.count_words("team-led and/or — 5 … (one)") == 4


@pytest.mark.parametrize(
    "email", ["asha@example.org", " ASHA@Example.org ", "asha+sponsor@example.org"]
)
def test_nobody_sponsors_themselves_by_address(email):
    decision = policies.sponsor(
        email=email, first_name="A", last_name="B", applicant_email="asha@example.org"
    )
    assert fields(decision) == ["email"]
    assert "cannot be your own sponsor" in decision.reasons[0].text


def test_nobody_sponsors_themselves_under_another_address():
    decision = policies.sponsor(
        email="b@example.org",
        first_name="A",
        last_name="B",
        applicant_email="a@example.org",
        is_applicant=True,
    )
    assert fields(decision) == ["email"]


def test_a_sponsor_has_a_whole_name_and_address():
    decision = policies.sponsor(email="", first_name=" ", last_name="", applicant_email="a@b.org")
    assert fields(decision) == ["first_name", "last_name", "email"]


@pytest.mark.parametrize(
    ("name", "allowed"), [("Asha Bello", True), ("Asha", False), ("  ", False)]
)
def test_signature(name, allowed):
    assert policies.signature(name).allowed is allowed


def test_a_whole_application():
    strength = policies.strength(**GOOD)
    assert policies.whole_application(
        has_details=True, unscored=[], strengths=[strength, strength], has_sponsor=True
    ).allowed
    lacking = policies.whole_application(
        has_details=False, unscored=["Teaching"], strengths=[], has_sponsor=False
    )
    assert [reason.text for reason in lacking.reasons] == [
        "Complete ‘About you’",
        "Enter a score for Teaching",
        "Choose your two strongest areas",
        "Name your sponsor",
    ]


def test_a_dispute_needs_a_reason():
    assert policies.endorsements({1: (True, ""), 2: (False, "I see less")}, AREAS).allowed
    assert fields(policies.endorsements({1: (False, " ")}, AREAS)) == ["reason_1"]
    assert not policies.endorsements({9: (True, "")}, AREAS).allowed


@pytest.mark.parametrize(
    ("score", "comment", "expected"),
    [
        (0, "x", ["score"]),
        (1, "", ["comment"]),
        (1, "why", []),
        (2, " ", ["comment"]),
        (2, "why", []),
        (3, "", []),
        (4, "", []),
        (5, "x", ["score"]),
    ],
)
def test_a_low_behaviour_needs_a_comment(score, comment, expected):
    assert fields(policies.behaviour_score(score, comment)) == expected


def test_a_whole_answer():
    assert policies.whole_answer(
        unanswered_areas=[], verified=False, unscored_behaviours=[]
    ).allowed
    lacking = policies.whole_answer(
        unanswered_areas=["Teaching"], verified=None, unscored_behaviours=["Respect"]
    )
    assert len(lacking.reasons) == 3


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"areas": []}, []),
        ({"behaviours": []}, []),
        ({"areas": [], "behaviours": []}, ["areas"]),
        ({"reason": " "}, ["reason"]),
        ({"feedback": ""}, ["feedback"]),
        ({"areas": [9]}, ["areas"]),
        ({"behaviours": [9]}, ["behaviours"]),
    ],
)
def test_a_decline_names_what_to_develop(change, expected):
    facts = {
        "reason": "Not yet",
        "feedback": "Lead something",
        "areas": [1],
        "behaviours": [1],
        "known_areas": [1, 2],
        "known_behaviours": [1, 2],
    }
    assert fields(policies.decline(**(facts | change))) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"means": "pigeon"}, ["means"]),
        ({"on": date(2027, 1, 3)}, ["on"]),
        ({"note": " "}, ["note"]),
    ],
)
def test_a_conversation(change, expected):
    facts = {"means": "phone", "on": date(2027, 1, 2), "note": "x", "today": date(2027, 1, 2)}
    assert fields(policies.contact(**(facts | change))) == expected


@pytest.mark.parametrize("decide", [policies.cannot_sponsor, policies.return_to_sponsor])
def test_a_reason_is_needed(decide):
    assert decide("because").allowed
    assert fields(decide(" ")) == ["reason"]


@given(st.text(max_size=200))
def test_no_text_breaks_a_policy(text):
    policies.strength(experience=text, impact=text, evidence=text)
    policies.signature(text)
    policies.same_mailbox(text, text)
