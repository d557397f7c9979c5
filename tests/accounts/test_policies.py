"""Links and codes: pure, no database."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import invitations, policies
from accounts.policies import Link
from accounts.states import InvitationStatus

NOW = datetime(2027, 3, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "left", "worth"),
    [
        (InvitationStatus.OPEN, SECOND, Link.OPEN),
        (InvitationStatus.OPEN, timedelta(0), Link.EXPIRED),
        (InvitationStatus.OPEN, -SECOND, Link.EXPIRED),
        (InvitationStatus.ANSWERED, SECOND, Link.ANSWERED),
        (InvitationStatus.REPLACED, -SECOND, Link.REPLACED),
        (InvitationStatus.CLOSED, SECOND, Link.CLOSED),
    ],
)
def test_what_a_link_is_worth(status, left, worth):
    assert policies.link_state(status, NOW + left, NOW) is worth


GOOD = {
    "exists": True,
    "matches": True,
    "tries_left": 1,
    "used": False,
    "expires_at": NOW + SECOND,
    "now": NOW,
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, None),
        ({"exists": False}, "Ask for a code first"),
        ({"used": True}, "This code has been used. Ask for a new code"),
        ({"expires_at": NOW}, "This code has expired. Ask for a new code"),
        (
            {"tries_left": 0},
            "This code was entered wrongly too often. Ask for a new code",
        ),
        ({"matches": False}, "Enter the 6-digit code from the newest email we sent you"),
    ],
)
def test_a_code_lets_in_only_when_everything_holds(change, says):
    answer = policies.code_answer(**{**GOOD, **change})
    assert [reason.text for reason in answer.reasons] == ([says] if says else [])


def test_codes_and_links_have_limits():
    assert policies.another_code(policies.MOST_CODES - 1).allowed
    assert not policies.another_code(policies.MOST_CODES).allowed
    assert policies.another_link(policies.MOST_LINKS - 1).allowed
    assert not policies.another_link(policies.MOST_LINKS).allowed


def test_a_link_is_the_same_for_the_same_invitation_and_no_other(settings):
    token = invitations.token_for("INV-2", 1)
    assert token == invitations.token_for("INV-2", 1)
    assert len({token, invitations.token_for("INV-2", 2), invitations.token_for("INV-3", 1)}) == 3
    assert len(token) == 43
    settings.SECRET_KEY = "another key of the same machine, long enough to be one"
    assert invitations.token_for("INV-2", 1) != token


def test_a_code_is_six_digits_and_forgives_spaces():
    code = invitations.code_for("COD-2")
    assert len(code) == 6
    assert code.isdigit()
    kept = invitations.code_hash("COD-2", code)
    assert code not in kept
    assert invitations.is_code("COD-2", f" {code[:3]} {code[3:]}", kept)
    assert not invitations.is_code("COD-3", code, kept)
