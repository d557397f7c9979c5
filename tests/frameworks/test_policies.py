"""Comparing wordings, judging a document, reading a search: pure, without a database."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.policies import document as documents
from frameworks.policies import search
from frameworks.policies.wording import Change, Piece, likeness, match, word_changes

WORDS = st.lists(
    st.sampled_from(["the", "governing", "board,", "(for example)", "school’s", " ", "_", "3-5"])
).map(" ".join)
TEXTS = st.one_of(WORDS, st.text())


@given(TEXTS, TEXTS)
def test_unchanged_and_inserted_pieces_give_the_new_text(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert "".join(each.text for each in pieces if each.change != Change.DELETED) == new
    assert "".join(each.text for each in pieces if each.change != Change.INSERTED) == old


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {each.change for each in word_changes(text, text)} <= {Change.SAME}


@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=5))
def test_every_text_stands_in_exactly_one_pair(old: list[str], new: list[str]) -> None:
    pairs = match(old, new)
    assert [pair.new for pair in pairs if pair.new is not None] == new
    assert sorted(pair.old for pair in pairs if pair.old is not None) == sorted(old)


def test_neighbouring_changes_read_as_one() -> None:
    assert word_changes("of the governing board", "of a governance board") == (
        Piece(Change.SAME, "of "),
        Piece(Change.DELETED, "the governing"),
        Piece(Change.INSERTED, "a governance"),
        Piece(Change.SAME, " board"),
    )


def test_match_pairs_the_most_alike_and_says_what_came_and_went() -> None:
    old = ["Lead excellent teaching in a school", "Balance priorities with efficiency"]
    new = ["Review initiatives", "Lead and grow excellent teaching in a school"]
    assert [(pair.kind, pair.old, pair.new) for pair in match(old, new)] == [
        ("added", None, new[0]),
        ("reworded", old[0], new[1]),
        ("removed", old[1], None),
    ]


def test_spacing_and_apostrophes_are_no_change_of_wording() -> None:
    [pair] = match(
        ["A school's plan, working with/becoming"], ["A school’s plan, working with/ becoming"]
    )
    assert pair.kind == "unchanged"
    [other] = match(["A school's plan for now"], ["A schools plan for now"])
    assert other.kind == "reworded"


def test_likeness_is_by_words() -> None:
    assert likeness("One two", "one, two") == 1
    assert likeness("one two", "three four") == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", search.Search(problem="Enter a word to search for")),
        ("   ", search.Search(problem="Enter a word to search for")),
        ("x" * 201, search.Search(problem="Search for 200 characters or fewer")),
        ("<>&'", search.Search(problem="Enter a word made of letters or numbers")),
        ("1.2.1", search.Search(code="1.2.1")),
        (" 3.4. ", search.Search(code="3.4")),
        ("Risk register", search.Search(words=("Risk", "register"))),
        ("'; DROP TABLE x; --", search.Search(words=("DROP", "TABLE", "x"))),
        ("a & b | !c:*", search.Search(words=("a", "b", "c"))),
    ],
)
def test_what_is_typed_is_read(typed: str, found: search.Search) -> None:
    assert search.read(typed) == found


@given(st.text(max_size=300))
def test_a_search_holds_words_or_a_code_or_a_problem(typed: str) -> None:
    found = search.read(typed)
    assert [bool(found.words), bool(found.code), bool(found.problem)].count(True) == 1
    assert all(word.isalnum() for word in found.words)


@pytest.fixture
def edition() -> dict[str, Any]:
    file = Path(__file__).parents[2] / "fixtures" / "frameworks" / "2019.json"
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_edition_we_hold_can_be_imported(edition: dict[str, Any]) -> None:
    assert documents.problems(edition) == []
    assert documents.differences(edition, copy.deepcopy(edition)) == []


def _level(document: dict[str, Any]) -> dict[str, Any]:
    return document["levels"][1]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda d: d.pop("edition"), "The file: edition must be a text."),
        (
            lambda d: d.update(edition="20/19"),
            "The file: edition '20/19' is not written as this format writes one.",
        ),
        (lambda d: d.update(levels=[]), "The file: levels must be a list with at least one level."),
        (lambda d: d["levels"].append(3), "The file, levels: entry 5 must be an object."),
        (
            lambda d: _level(d)["areas"][0]["learn_how_to"].append("two\nlines"),
            "Level NPQSL, areas 1, learn_how_to: entry holds a line break or a character that cannot be shown.",
        ),
        (
            lambda d: _level(d)["areas"][1].update(number=1),
            "Level NPQSL, areas: number 1 appears twice.",
        ),
        (
            lambda d: _level(d)["tasks"][0]["criteria"][0].update(code="9.9.9"),
            "Level NPQSL: task 1 marks 9.9.9, which no area has.",
        ),
        (
            lambda d: _level(d)["tasks"][0].update(marks_available=27),
            "Level NPQSL, tasks 1: marks_available is 27, but 14 criteria of 0, 1 or 2 make 28.",
        ),
        (
            lambda d: _level(d)["tasks"][0].update(pass_mark=29),
            "Level NPQSL, tasks 1: pass_mark 29 is more than the 28 marks available.",
        ),
        (
            lambda d: _level(d)["tasks"][0].update(pass_mark_source=" "),
            "Level NPQSL, tasks 1: pass_mark_source must be a text.",
        ),
        (
            lambda d: _level(d)["tasks"][0].update(word_limit=True),
            "Level NPQSL, tasks 1: word_limit must be a whole number from 1 to 100,000.",
        ),
    ],
)
def test_a_document_that_cannot_be_imported_says_why(
    edition: dict[str, Any], change: Any, problem: str
) -> None:
    change(edition)
    assert documents.problems(edition) == [problem]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["edition", "levels", "areas", "tasks", "criteria", "code", "number", "items"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JUNK)
def test_no_document_is_too_odd_to_judge(junk: Any) -> None:
    assert documents.problems(junk) != []


def test_differences_name_the_place(edition: dict[str, Any]) -> None:
    other = copy.deepcopy(edition)
    _level(other)["areas"][0]["criteria"][1]["text"] = "Other"
    _level(other)["tasks"][0]["word_limit"] = 4500
    text = edition["levels"][1]["areas"][0]["criteria"][1]["text"]
    assert documents.differences(edition, other) == [
        f"NPQSL, areas 1, criteria 1.2.2, text: stored '{text[:77]}...', in the file 'Other'",
        "NPQSL, tasks 1, word_limit: stored '5000', in the file '4500'",
    ]


def test_a_missing_level_and_an_empty_pass_mark_are_no_difference(edition: dict[str, Any]) -> None:
    other = copy.deepcopy(edition)
    _level(other)["tasks"][0].update(pass_mark=None, pass_mark_source="")
    other["levels"].pop(0)
    assert documents.differences(edition, other) == []
    assert documents.differences(other, edition) != []
