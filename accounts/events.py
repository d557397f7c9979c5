"""What this room records in the audit trail, each with the sentence that auditors read."""

from core.events import Event

PERSON_REGISTERED = Event("accounts.person_registered", "{by} registered {object}")
ROLE_GRANTED = Event("accounts.role_granted", "{by} made {object} a {role}")
ROLE_REVOKED = Event("accounts.role_revoked", "{by} ended {object}'s role as {role}")
SESSIONS_ENDED = Event("accounts.sessions_ended", "{by} ended every open session of {object}")
INVITED = Event("accounts.invited", "{by} sent invitation {object} about {subject}")
INVITATION_REPLACED = Event(
    "accounts.invitation_replaced", "{by} replaced invitation {object} about {subject}"
)
INVITATION_CLOSED = Event(
    "accounts.invitation_closed", "{by} closed invitation {object} about {subject}"
)
INVITATION_ANSWERED = Event(
    "accounts.invitation_answered", "{by} answered invitation {object} about {subject}"
)
INVITATION_ACCEPTED = Event(
    "accounts.invitation_accepted", "{by} came in by invitation {object} about {subject}"
)
CODE_ASKED_FOR = Event(
    "accounts.code_asked_for", "A sign-in code was asked for with invitation {object}"
)
PERSONA_MADE = Event("accounts.persona_made", "{by} put {object} on the persona page")
MAIL_DELIVERED = Event("accounts.mail_delivered", "The mail {object} arrived")
MAIL_BOUNCED = Event("accounts.mail_bounced", "The mail {object} about {about} came back")
MAIL_FAILED = Event("accounts.mail_failed", "The mail {object} about {about} could not be sent")
MAIL_TRIED_AGAIN = Event(
    "accounts.mail_tried_again", "{by} asked for the mail {object} to be sent again"
)
REVIVED = Event("accounts.revived", "{by} asked for {object} ({kind}) to be carried out again")
EQUALITY_ANSWERED = Event(
    "accounts.equality_answered", "{by} answered, changed or took back their equality answers"
)
ACCOUNT_CLOSED_INTO = Event(
    "accounts.account_closed_into", "{by} closed {object} as another account of {for_whom}: {why}"
)
