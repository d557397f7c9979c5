"""The states of an invitation: every verb in every state."""

import pytest

from accounts.states import INVITATION, InvitationStatus
from core.errors import WrongMoment

LEADS = {
    "accept": InvitationStatus.OPEN,
    "answer": InvitationStatus.ANSWERED,
    "replace": InvitationStatus.REPLACED,
    "close": InvitationStatus.CLOSED,
}


@pytest.mark.parametrize("verb", LEADS)
@pytest.mark.parametrize("status", InvitationStatus.values)
def test_only_an_open_invitation_changes(verb, status):
    if status == InvitationStatus.OPEN:
        assert INVITATION.target(verb, status) == LEADS[verb]
    else:
        with pytest.raises(WrongMoment, match="has ended"):
            INVITATION.target(verb, status)


def test_the_table_holds_these_verbs():
    assert set(INVITATION.verbs(InvitationStatus.OPEN)) == set(LEADS)
