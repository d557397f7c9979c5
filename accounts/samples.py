"""Made-up words for this room's mails, so that an administrator can read what each of them says."""

from datetime import timedelta

from accounts.invitations import Purpose
from accounts.models import Invitation
from accounts.notifications import register_sample
from core import clock

LINK = "https://portal.example/a-link/"


def invitation() -> Invitation:
    """An invitation to nobody, never kept."""
    return Invitation(
        first_name="Sam",
        last_name="Okafor",
        email="sam.okafor@school.example",
        expires_at=clock.now() + timedelta(days=14),
    )


def _purpose() -> Purpose:
    return Purpose(
        title="Asha Bello asks you to sponsor their application for NPQSL",
        lines=("NPQ for Senior Leadership (NPQSL).", "Asha will not see your answers."),
        url="/",
        minutes=10,
    )


register_sample(
    "accounts/invitation",
    lambda: {"invitation": invitation(), "purpose": _purpose(), "link": LINK},
)
register_sample("accounts/code", lambda: {"invitation": invitation(), "code": "123456"})
register_sample("accounts/confirm_address", lambda: {"code": "123456"})
register_sample(
    "accounts/already_registered",
    lambda: {"password_reset_url": LINK, "signup_url": LINK, "code": "123456"},
)
register_sample("accounts/no_account", lambda: {"signup_url": LINK})
register_sample("accounts/reset_password", lambda: {"password_reset_url": LINK})
register_sample(
    "accounts/security_notice", lambda: {"notice": "The password of your account was changed"}
)
