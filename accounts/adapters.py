"""Where allauth asks how this portal does things: its mails, its words, and what counts as just signed in."""

import logging
import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from accounts import notifications
from accounts.carriers import Later, Returned

logger = logging.getLogger(__name__)

# allauth's name of a mail, and ours in templates/mail/.
MAILS = {
    "account/email/email_confirmation": "accounts/confirm_address",
    "account/email/email_confirmation_signup": "accounts/confirm_address",
    "account/email/account_already_exists": "accounts/already_registered",
    "account/email/unknown_account": "accounts/no_account",
    "account/email/password_reset_key": "accounts/reset_password",
}
# What a notice about somebody's own account says happened.
NOTICES = {
    "account/email/password_changed": "The password of your account was changed",
    "account/email/password_reset": "The password of your account was reset",
    "account/email/password_set": "A password was set for your account",
    "account/email/email_changed": "The email address of your account was changed",
    "account/email/email_confirm": "An email address of your account was confirmed",
    "account/email/email_deleted": "An email address was removed from your account",
    "mfa/email/totp_activated": "An authenticator app was added to your account",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
}


class AccountAdapter(DefaultAccountAdapter):
    """The portal's own mails and words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Enter the email address and password of your account",
        "enter_current_password": "Enter your password as it is now",
        "incorrect_password": "Enter your password",
        "incorrect_code": "Enter the code from the newest email we sent you",
        "too_many_login_attempts": "There were too many wrong tries. Wait 5 minutes, then try again",
        "rate_limited": "There were too many tries. Wait a minute, then try again",
        "email_taken": "Somebody is registered with this email address already",
        "same_as_current": "Enter an address other than the present one",
        "duplicate_email": "Enter an address other than the present one",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sent at once and kept nowhere: some hold a code or a link.

        What the carrier does not take is lost, and the page says how to ask again; it says nothing else, so
        that nobody learns which addresses are known.
        """
        if notice := NOTICES.get(template_prefix):
            template, words = "accounts/security_notice", {"notice": notice}
        else:
            template = MAILS[template_prefix]
            names = ("code", "signup_url", "password_reset_url")
            words = {name: str(context[name]) for name in names if name in context}
        try:
            notifications.compose(to=email, template=template, context=words).send()
        except (Later, Returned) as trouble:
            logger.warning("%s was not sent: %s", template, type(trouble).__name__)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who signed in within the last five minutes is not asked again."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = self.request
        since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(request, request.user) if request else []
        return all(record["at"] < since for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Staff may not be without a second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Enter the code that your app shows now",
        "cannot_delete_authenticator": "Your role needs a second step, so it cannot be turned off",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not authenticator.user.is_staff_role  # type: ignore[attr-defined]
