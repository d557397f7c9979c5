"""Every verb of a script and of a marking in every state."""

import pytest

from assessment.states import MARKING, SCRIPT, MarkingStatus, ScriptStatus
from core.errors import WrongMoment
from core.lifecycle import NEW

S, M = ScriptStatus, MarkingStatus

SCRIPT_TABLE = {
    "start": {NEW: S.STARTED},
    "attach_write_up": {S.STARTED: S.STARTED},
    "attach_document": {S.STARTED: S.STARTED},
    "remove_document": {S.STARTED: S.STARTED},
    "submit": {S.STARTED: S.SUBMITTED},
    "allocate": {S.SUBMITTED: S.ALLOCATED},
    "finish_marking": {S.ALLOCATED: S.MARKED},
    "await_pass_mark": {S.ALLOCATED: S.WAITING},
    "compute": {S.WAITING: S.MARKED},
    "release": {S.MARKED: S.RELEASED},
}
MARKING_TABLE = {
    "allocate": {NEW: M.ALLOCATED},
    "save_mark": {M.ALLOCATED: M.STARTED, M.STARTED: M.STARTED},
    "write_feedback": {M.ALLOCATED: M.STARTED, M.STARTED: M.STARTED},
    "submit_marks": {M.STARTED: M.SUBMITTED},
}
CASES = [
    (lifecycle, table, verb, status)
    for lifecycle, table, states in ((SCRIPT, SCRIPT_TABLE, S), (MARKING, MARKING_TABLE, M))
    for verb in table
    for status in (NEW, *states)
]


@pytest.mark.parametrize(("lifecycle", "table", "verb", "status"), CASES)
def test_every_verb_in_every_state(lifecycle, table, verb, status):
    target = table[verb].get(status)
    assert lifecycle.allows(verb, status) is (target is not None)
    if target is None:
        with pytest.raises(WrongMoment):
            lifecycle.target(verb, status)
    else:
        assert lifecycle.target(verb, status) == target


def test_the_tables_hold_no_other_verb():
    assert {row.verb for row in SCRIPT.rows} == set(SCRIPT_TABLE)
    assert {row.verb for row in MARKING.rows} == set(MARKING_TABLE)
