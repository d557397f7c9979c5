"""The roles that people hold, the states of an invitation and those of a mail. Pure."""

from django.db.models import TextChoices

from core.lifecycle import Lifecycle, move


class Role(TextChoices):
    """What somebody is in the portal; one person may hold several."""

    PARTICIPANT = "participant", "Participant"
    SPONSOR = "sponsor", "Sponsor"
    ASSESSOR = "assessor", "Assessor"
    MODERATOR = "moderator", "Moderator"
    REGIONAL_MODERATOR = "regional_moderator", "Regional moderator"
    TUTOR = "tutor", "Tutor"
    ADMINISTRATOR = "administrator", "Provider administrator"
    QUALITY_AGENT = "quality_agent", "Quality agent"


# Staff sign in with a second factor; participants and sponsors may.
STAFF = frozenset(
    {
        Role.ASSESSOR,
        Role.MODERATOR,
        Role.REGIONAL_MODERATOR,
        Role.TUTOR,
        Role.ADMINISTRATOR,
        Role.QUALITY_AGENT,
    }
)


class MailState(TextChoices):
    """How far a mail has come: the carrier took it, it arrived, or it came back."""

    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    BOUNCED = "bounced", "Did not arrive"
    FAILED = "failed", "Could not be sent"


_ON_ITS_WAY = "This mail is on its way, so it is not sent again."

# A late answer of the carrier may follow a better one: what was delivered can still come back.
MAIL = Lifecycle(
    "mail",
    MailState.choices,
    move("put_off", {MailState.WAITING}, MailState.WAITING),
    move("send", {MailState.WAITING}, MailState.SENT),
    move("deliver", {MailState.SENT}, MailState.DELIVERED),
    move("bounce", {MailState.WAITING, MailState.SENT, MailState.DELIVERED}, MailState.BOUNCED),
    move("fail", {MailState.WAITING, MailState.SENT}, MailState.FAILED),
    move("try_again", {MailState.FAILED, MailState.BOUNCED}, MailState.WAITING, _ON_ITS_WAY),
)


class InvitationStatus(TextChoices):
    """An open link works until it expires; each way to end has its own page."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    REPLACED = "replaced", "Replaced"
    CLOSED = "closed", "Closed"


INVITATION = Lifecycle(
    "invitation",
    InvitationStatus.choices,
    move("accept", {InvitationStatus.OPEN}, InvitationStatus.OPEN, "This invitation has ended."),
    move(
        "answer", {InvitationStatus.OPEN}, InvitationStatus.ANSWERED, "This invitation has ended."
    ),
    move(
        "replace", {InvitationStatus.OPEN}, InvitationStatus.REPLACED, "This invitation has ended."
    ),
    move("close", {InvitationStatus.OPEN}, InvitationStatus.CLOSED, "This invitation has ended."),
)
