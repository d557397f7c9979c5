"""The verbs about people, their roles, the invitations that bring them in and the mails they are sent.

Which person may do these is the views' question; what an invitation is about belongs to upper rooms.
"""

from accounts.notifications import send_mail
from accounts.services.inviting import (
    INVITATION_LASTS,
    accept,
    ask_for_code,
    close_invitations,
    invite,
    lasting_link,
    send_fresh_link,
)
from accounts.services.mailing import revive, take_receipt, try_again
from accounts.services.merging import close_into
from accounts.services.people import (
    answer_equality,
    end_sessions,
    grant_role,
    make_persona,
    register,
    revoke_role,
)

__all__ = [
    "INVITATION_LASTS",
    "accept",
    "answer_equality",
    "ask_for_code",
    "close_into",
    "close_invitations",
    "end_sessions",
    "grant_role",
    "invite",
    "lasting_link",
    "make_persona",
    "register",
    "revive",
    "revoke_role",
    "send_fresh_link",
    "send_mail",
    "take_receipt",
    "try_again",
]
