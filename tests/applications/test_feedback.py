"""Feedback begins with the clauses, names what they name, and repeats nothing of the sponsor's (A6, A9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import policies
from applications.policies import FOR, feedback_from, named_in, readiness
from applications.policies.feedback import SENTENCES, STRONGER

AREAS = {
    1: "Strategy and improvement",
    2: "Teaching and curriculum excellence",
    3: "Leading with impact",
    4: "Working in partnership",
    5: "Managing resources and risks",
    6: "Increasing capability",
}
BEHAVIOURS = {1: "Commitment", 2: "Collaboration", 3: "Personal Drive", 4: "Respect"}
SCORES = st.integers(1, 4)


def clauses(areas=(3,) * 6, behaviours=(3,) * 4, disputed=(), verified=True):
    verdict = readiness(
        dict(zip(AREAS.values(), areas, strict=True)),
        dict(zip(BEHAVIOURS.values(), behaviours, strict=True)),
        [AREAS[number] for number in disputed],
        statements_verified=verified,
    )
    return [clause.as_data() for clause in verdict.clauses]


CASES = {
    "R1": ({"behaviours": (1, 3, 3, 3)}, (), (1,)),
    "R2": ({"behaviours": (2, 3, 2, 3)}, (), (1, 3)),
    "R3": ({"areas": (1, 4, 4, 4, 1, 4)}, (1, 5), ()),
    "R4": ({"areas": (2,) * 6}, (), ()),
    "R5": ({"disputed": (2, 4)}, (2, 4), ()),
    "R6": ({"verified": False}, (), ()),
    "N1": ({"behaviours": (1, 1, 3, 3)}, (), (1, 2)),
    "N2": ({"areas": (1, 1, 1, 4, 4, 4)}, (1, 2, 3), ()),
    "N3": ({"disputed": (1, 2, 6)}, (1, 2, 6), ()),
}


def test_every_clause_that_can_stand_against_has_its_sentence():
    assert set(SENTENCES) == set(CASES)


@pytest.mark.parametrize("code", CASES)
def test_each_clause_says_what_to_work_on_and_names_it(code):
    facts, areas, behaviours = CASES[code]
    found = [each for each in clauses(**facts) if each["code"] == code]
    made = feedback_from(found, AREAS, BEHAVIOURS)
    assert (made.areas, made.behaviours) == (areas, behaviours)
    names = [AREAS[each] for each in areas] + [BEHAVIOURS[each] for each in behaviours]
    assert all(name in made.text for name in names)
    assert made.text.endswith(".")
    assert "{" not in made.text


def test_it_reads_like_a_letter():
    made = feedback_from(clauses(areas=(1, 1, 4, 4, 4, 4)), AREAS, BEHAVIOURS)
    assert made.text == (
        "Look for a first responsibility in Strategy and improvement and Teaching and curriculum "
        "excellence: a small part of a whole-school project is a good start."
    )


def test_where_a_stronger_clause_names_the_same_it_alone_speaks():
    made = feedback_from(clauses(disputed=(1, 2, 6)), AREAS, BEHAVIOURS)
    assert made.text.startswith("Before you apply again, sit down with your sponsor")
    assert "Gather examples" not in made.text
    both = feedback_from(clauses(areas=(1, 1, 1, 4, 4, 4), disputed=(1,)), AREAS, BEHAVIOURS)
    assert "Gather examples of what you have done in Strategy and improvement" in both.text


def test_of_two_names_that_begin_alike_the_longer_is_meant():
    names = {1: "Teaching", 2: "Teaching and curriculum", 3: "Impact"}
    assert named_in("Scored 1: Teaching and curriculum", names) == {2}
    assert named_in("Scored 1: Teaching and Teaching and curriculum", names) == {1, 2}
    assert named_in("Every behaviour is 2 or more", names) == set()


@given(
    areas=st.lists(SCORES, min_size=6, max_size=6),
    behaviours=st.lists(SCORES, min_size=4, max_size=4),
    disputed=st.sets(st.integers(1, 6)),
    verified=st.booleans(),
)
def test_whatever_is_found_there_is_something_to_say_and_never_a_score(
    areas, behaviours, disputed, verified
):
    found = clauses(areas, behaviours, disputed, verified)
    made = feedback_from(found, AREAS, BEHAVIOURS)
    fired = [each["code"] for each in found if each["side"] != FOR]
    said = made.text.split("\n\n")
    stronger = [code for code in fired if STRONGER.get(code) in fired]
    assert len(fired) - len(stronger) <= len(said) <= max(len(fired), 1)
    assert len(set(said)) == len(said)
    assert bool(made.text) == bool(fired)
    # The sponsor's words and numbers stay with those who decide (A6).
    assert not any(letter.isdigit() for letter in made.text)
    assert "dispute" not in made.text
    # What is named is what was low or disputed.
    low = {number for number, score in enumerate(behaviours, start=1) if score <= 2}
    assert set(made.behaviours) <= low
    weak = {number for number, score in enumerate(areas, start=1) if score == 1}
    assert set(made.areas) <= weak | disputed


def test_a_ready_one_has_nothing_to_begin_with():
    assert feedback_from(clauses(), AREAS, BEHAVIOURS) == policies.Feedback("", (), ())
