"""The page about one's own account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from accounts import presenters
from core.views import PageView


class Account(PageView):
    """Name, address, roles, password and second step of the person who looks."""

    template_name = "accounts/account.html"

    def context(self) -> dict[str, Any]:
        return {
            "roles": presenters.role_names(self.user),
            "second_factor": is_mfa_enabled(self.user, [Authenticator.Type.TOTP]),
            "has_password": self.user.has_usable_password(),
        }
