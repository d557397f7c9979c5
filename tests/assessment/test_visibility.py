"""What each viewer sees in each phase, as a whole table, and what is taken out of a text (S9, S16)."""

import pytest

from assessment.states import ScriptStatus
from assessment.visibility import Part, Person, Viewer, identifying, seen, sees

S = ScriptStatus
NEVER_FOR_MARKERS = {
    Part.IDENTITY,
    Part.WORK,
    Part.RECEIPT,
    Part.ASSESSOR,
    Part.MARKS,
    Part.FEEDBACK,
    Part.OUTCOME,
}


def table(viewer):
    return {status: seen(viewer, status) for status in S}


def test_a_participant_sees_marks_only_after_release_and_never_who_marks():
    before = {Part.IDENTITY, Part.WORK, Part.WORDS}
    sent = before | {Part.RECEIPT}
    assert table(Viewer.PARTICIPANT) == {
        S.STARTED: before,
        S.SUBMITTED: sent,
        S.ALLOCATED: sent,
        S.WAITING: sent,
        S.MARKED: sent,
        S.RELEASED: sent | {Part.MARKS, Part.FEEDBACK, Part.OUTCOME},
    }


def test_a_marker_sees_a_number_and_masked_work_once_it_is_theirs():
    mine = {Part.CANDIDATE_NUMBER, Part.ANONYMOUS_WORK, Part.WORDS, Part.OWN_MARKS}
    assert table(Viewer.MARKER) == {
        S.STARTED: frozenset(),
        S.SUBMITTED: frozenset(),
        S.ALLOCATED: mine,
        S.WAITING: mine,
        S.MARKED: mine,
        S.RELEASED: mine,
    }


@pytest.mark.parametrize("status", S)
def test_no_phase_shows_a_marker_who_wrote_it(status):
    assert seen(Viewer.MARKER, status).isdisjoint(NEVER_FOR_MARKERS)


def test_an_administrator_sees_marks_only_once_they_are_submitted():
    phases = {status for status in S if sees(Viewer.ADMINISTRATOR, Part.MARKS, status)}
    assert phases == {S.WAITING, S.MARKED, S.RELEASED}
    assert {s for s in S if sees(Viewer.ADMINISTRATOR, Part.OUTCOME, s)} == {S.MARKED, S.RELEASED}


def test_a_quality_agent_sees_released_work_without_its_writer():
    assert {status for status in S if seen(Viewer.QUALITY_AGENT, status)} == {S.RELEASED}
    assert Part.IDENTITY not in seen(Viewer.QUALITY_AGENT, S.RELEASED)


def test_what_identifies_is_taken_out_longest_first():
    person = Person("Amina", "Okonkwo", "amina@example.org", "0123456")
    found = identifying([person], school="Stonebridge Park Primary School", urn="123456")
    assert set(found) == {
        "Amina Okonkwo",
        "Amina",
        "Okonkwo",
        "amina@example.org",
        "0123456",
        "123456",
        "Stonebridge Park Primary School",
        "Stonebridge Park",
    }
    assert list(found) == sorted(found, key=lambda each: -len(each)) or len(found[0]) == len(
        "Stonebridge Park Primary School"
    )


def test_one_plain_word_of_a_school_is_left_alone():
    """'Park School' masks itself, not every park."""
    found = identifying([Person("A", "B")], school="Park School")
    assert "Park" not in found
