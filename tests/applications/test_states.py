"""The table of an application's life, read again in full (A1 to A11). A new verb is added to TABLE."""

import pytest

from applications.states import APPLICATION, LIVE, SIGNED, WAITS_FOR, ApplicationStatus
from core.errors import WrongMoment

S = ApplicationStatus
TABLE = {
    # Writing and sending
    "save_details": {S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED},
    "score_areas": {S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED},
    "write_strengths": {S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED},
    "name_sponsor": {
        S.DRAFT: S.DRAFT,
        S.WITH_SPONSOR: S.WITH_SPONSOR,
        S.SPONSOR_NEEDED: S.WITH_SPONSOR,
    },
    "send": {S.DRAFT: S.WITH_SPONSOR},
    "send_back": {S.RETURNED: S.REFERRED},
    "send_back_to_sponsor": {S.RETURNED: S.WITH_SPONSOR},
    # The sponsor
    "begin_answer": {S.WITH_SPONSOR: S.WITH_SPONSOR},
    "endorse": {S.WITH_SPONSOR: S.WITH_SPONSOR},
    "score_behaviours": {S.WITH_SPONSOR: S.WITH_SPONSOR},
    "sign_ready": {S.WITH_SPONSOR: S.READY},
    "sign_referred": {S.WITH_SPONSOR: S.REFERRED},
    "decline_to_sponsor": {S.WITH_SPONSOR: S.SPONSOR_NEEDED},
    # Referral, and a changed rule
    "assign_moderator": {S.REFERRED: S.REFERRED},
    "log_contact": {S.REFERRED: S.REFERRED},
    "return_to_sponsor": {S.REFERRED: S.WITH_SPONSOR},
    "return_to_applicant": {S.REFERRED: S.RETURNED},
    "find_ready": {S.REFERRED: S.READY},
    "find_referred": {S.READY: S.REFERRED},
    # The decision
    "confirm": {S.READY: S.ACCEPTED},
    "accept": {S.REFERRED: S.ACCEPTED},
    "decline": {S.REFERRED: S.DECLINED},
    "appeal": {S.DECLINED: S.APPEALED},
    "hand_appeal": {S.APPEALED: S.APPEALED},
    "uphold": {S.APPEALED: S.ACCEPTED},
    "dismiss": {S.APPEALED: S.DECLINED},
    "undo_confirm": {S.ACCEPTED: S.READY},
    "undo_accept": {S.ACCEPTED: S.REFERRED},
    "undo_decline": {S.DECLINED: S.REFERRED},
    # Places
    "put_on_waiting_list": dict.fromkeys((S.READY, S.REFERRED, S.APPEALED), S.WAITING),
    "move_to_cohort": {S.WAITING: S.WAITING},
    "offer": {S.WAITING: S.OFFERED},
    "take_up": {S.OFFERED: S.ACCEPTED},
    "turn_down": {S.OFFERED: S.WITHDRAWN},
    "lapse": {S.OFFERED: S.LAPSED},
    "undo_lapse": {S.LAPSED: S.WAITING},
    "close": dict.fromkeys(LIVE, S.CLOSED),
    "withdraw": dict.fromkeys(LIVE, S.WITHDRAWN),
}
# Who alone may carry out a verb that ends in a no: services ask for a person, never the portal itself.
DECIDED_BY_PEOPLE = {"decline", "dismiss"}


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


def test_only_people_lead_to_a_no():
    """A9, A10: two verbs lead to 'not accepted', after a referral and after an appeal."""
    rows = [row for row in APPLICATION.rows if row.target == S.DECLINED]
    assert {row.verb for row in rows} == DECIDED_BY_PEOPLE
    assert {(row.verb, row.sources) for row in rows} == {
        ("decline", frozenset({S.REFERRED})),
        ("dismiss", frozenset({S.APPEALED})),
    }


def test_no_way_from_a_signature_to_a_no_leaves_people_out():
    """A9: take the verbs of people away, and 'not accepted' cannot be reached from anywhere."""
    ways = [row for row in APPLICATION.rows if row.verb not in DECIDED_BY_PEOPLE]
    reached = {S.DRAFT, S.WITH_SPONSOR}
    while more := {row.target for row in ways if row.sources & reached} - reached:
        reached |= more
    assert S.DECLINED not in reached
    assert S.APPEALED not in reached


def test_every_live_application_waits_for_somebody():
    assert set(WAITS_FOR) == set(LIVE)


def test_scores_are_locked_where_both_have_signed():
    for verb in ("score_areas", "endorse", "score_behaviours"):
        assert [status for status in SIGNED if APPLICATION.allows(verb, status)] == []
