"""The roles that people hold."""

from django.db.models import TextChoices


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
