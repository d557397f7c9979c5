"""The life of a report: every verb in every state."""

import pytest

from core.errors import WrongMoment
from documents.states import JOB, JobStatus

W, R, D, F = JobStatus.WAITING, JobStatus.RUNNING, JobStatus.READY, JobStatus.FAILED
TABLE = {
    ("start", W): R,
    ("finish", R): D,
    ("fail", R): F,
    ("retry", R): W,
    ("retry", F): W,
}


@pytest.mark.parametrize("status", JobStatus.values)
@pytest.mark.parametrize("verb", ["start", "finish", "fail", "retry"])
def test_each_verb_leads_where_the_table_says_or_nowhere(verb, status):
    if (verb, status) in TABLE:
        assert JOB.target(verb, status) == TABLE[verb, status]
    else:
        with pytest.raises(WrongMoment):
            JOB.target(verb, status)
