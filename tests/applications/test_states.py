"""The table of an application's life, read again in full (A1 to A9)."""

import pytest

from applications.states import APPLICATION, LIVE, SIGNED, WAITS_FOR, ApplicationStatus
from core.errors import WrongMoment

S = ApplicationStatus
TABLE = {
    "save_details": {S.DRAFT: S.DRAFT},
    "score_areas": {S.DRAFT: S.DRAFT},
    "write_strengths": {S.DRAFT: S.DRAFT},
    "name_sponsor": {
        S.DRAFT: S.DRAFT,
        S.WITH_SPONSOR: S.WITH_SPONSOR,
        S.SPONSOR_NEEDED: S.WITH_SPONSOR,
    },
    "send": {S.DRAFT: S.WITH_SPONSOR},
    "begin_answer": {S.WITH_SPONSOR: S.WITH_SPONSOR},
    "endorse": {S.WITH_SPONSOR: S.WITH_SPONSOR},
    "score_behaviours": {S.WITH_SPONSOR: S.WITH_SPONSOR},
    "sign_ready": {S.WITH_SPONSOR: S.READY},
    "sign_referred": {S.WITH_SPONSOR: S.REFERRED},
    "decline_to_sponsor": {S.WITH_SPONSOR: S.SPONSOR_NEEDED},
    "confirm": {S.READY: S.ACCEPTED},
    "log_contact": {S.REFERRED: S.REFERRED},
    "return_to_sponsor": {S.REFERRED: S.WITH_SPONSOR},
    "accept": {S.REFERRED: S.ACCEPTED},
    "decline": {S.REFERRED: S.DECLINED},
    "withdraw": dict.fromkeys(LIVE, S.WITHDRAWN),
}


def test_the_table_has_these_verbs_and_no_others():
    assert {row.verb for row in APPLICATION.rows} == set(TABLE)


@pytest.mark.parametrize("status", S.values)
@pytest.mark.parametrize("verb", TABLE)
def test_each_verb_from_each_state(verb, status):
    if status in TABLE[verb]:
        assert APPLICATION.target(verb, status) == TABLE[verb][S(status)]
    else:
        with pytest.raises(WrongMoment) as refusal:
            APPLICATION.target(verb, status)
        assert refusal.value.message.endswith(".")


def test_only_a_person_declines():
    """A9: one verb leads to 'not accepted', and it starts from a referral."""
    rows = [row for row in APPLICATION.rows if row.target == S.DECLINED]
    assert [(row.verb, row.sources) for row in rows] == [("decline", frozenset({S.REFERRED}))]


def test_every_live_application_waits_for_somebody():
    assert set(WAITS_FOR) == set(LIVE)


def test_scores_are_locked_where_both_have_signed():
    for verb in ("score_areas", "endorse", "score_behaviours"):
        assert [status for status in SIGNED if APPLICATION.allows(verb, status)] == []
