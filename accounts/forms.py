"""The words and look of every form about people; what allauth's forms do stays allauth's.

`Look` dresses a form in GOV.UK's way. Nothing here decides who may do what.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Layout
from django import forms

from accounts.states import MailState

NEW_PASSWORD = (
    "At least 12 characters. Three random words are easy to remember and hard to guess. "
    "You can paste a password."
)


@dataclass(frozen=True)
class Words:
    """What one field says: its label, its hint, what is said when it is empty, attributes of its element."""

    label: str
    missing: str = ""
    hint: str = ""
    attrs: dict[str, str] | None = None


EMAIL = Words("Email address", "Enter your email address")
CODE_ATTRS = {
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "spellcheck": "false",
    "class": "govuk-input--width-10",
}


class Look:
    """Mixed into a form: labels, hints, required messages and one button."""

    button: ClassVar[str] = "Continue"
    button_style: ClassVar[str] = "primary"
    words: ClassVar[dict[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, words in self.words.items():
            field = fields[name]
            field.label, field.help_text = words.label, words.hint
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(words.attrs or {})
            if words.missing:
                field.error_messages["required"] = words.missing
            if isinstance(field, forms.EmailField):
                wrong = "Enter an email address in the correct format, like name@example.com"
                field.error_messages["invalid"] = wrong
                field.validators = [_email_says(each, wrong) for each in field.validators]
        self.helper = FormHelper()
        make = getattr(Button, self.button_style)
        self.helper.layout = Layout(*fields, make("submit", self.button))


def _email_says(validator: Any, message: str) -> Any:
    """The same check with the portal's words; a shared validator is not changed."""
    if type(validator).__name__ != "EmailValidator":
        return validator
    return type(validator)(message=message)


class SignIn(Look, account.LoginForm):
    button = "Sign in"
    words = {"login": EMAIL, "password": Words("Password", "Enter your password")}


class SignUp(Look, account.SignupForm):
    """A person with a name; they hold no role until they apply."""

    button = "Create account"
    field_order = ["first_name", "last_name", "email", "password1"]
    first_name = forms.CharField(max_length=100)
    last_name = forms.CharField(max_length=100)
    words = {
        "first_name": Words(
            "First name", "Enter your first name", attrs={"autocomplete": "given-name"}
        ),
        "last_name": Words(
            "Last name", "Enter your last name", attrs={"autocomplete": "family-name"}
        ),
        "email": Words(
            "Email address",
            "Enter your email address",
            "We will send a code to it. Use one that you can open now.",
        ),
        "password1": Words("Password", "Enter a password", NEW_PASSWORD),
    }

    def signup(self, request: object, user: object) -> None:
        """Nothing more: allauth's adapter sets the names from these fields."""


class ConfirmAddress(Look, account.ConfirmEmailVerificationCodeForm):
    words = {"code": Words("6-digit code", "Enter the code", attrs=CODE_ATTRS)}


class ChangeAddressBeforeConfirming(Look, account.ChangeEmailForm):
    button = "Send a code to this address"
    words = {"email": EMAIL}


class AskForReset(Look, account.ResetPasswordForm):
    button = "Send me a link"
    words = {"email": EMAIL}


class NewPassword(Look, account.ResetPasswordKeyForm):
    """One field: with 'Show' beside it, typing a password twice finds nothing more."""

    button = "Change password"
    words = {"password1": Words("New password", "Enter a new password", NEW_PASSWORD)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.helper.layout.fields.remove("password2")


class ChangePassword(Look, account.ChangePasswordForm):
    button = "Change password"
    words = {
        "oldpassword": Words("Your password now", "Enter your password"),
        "password1": Words("New password", "Enter a new password", NEW_PASSWORD),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.helper.layout.fields.remove("password2")


class SetPassword(Look, account.SetPasswordForm):
    button = "Set password"
    words = {"password1": Words("Password", "Enter a password", NEW_PASSWORD)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.helper.layout.fields.remove("password2")


class ChangeAddress(Look, account.AddEmailForm):
    button = "Send a code to the new address"
    words = {
        "email": Words(
            "New email address",
            "Enter your new email address",
            "Your address changes once you have entered the code that we send to it.",
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # allauth tells this form from others on the page by its button's name.
        self.helper.layout.fields[-1].name = "action_add"


class ConfirmItIsYou(Look, account.ReauthenticateForm):
    words = {"password": Words("Password", "Enter your password")}


class SecondFactor(Look, mfa.AuthenticateForm):
    words = {
        "code": Words(
            "Code", "Enter the code", "From your authenticator app, or a recovery code.", CODE_ATTRS
        )
    }


class SecondFactorAgain(Look, mfa.ReauthenticateForm):
    words = SecondFactor.words


class SetUpSecondFactor(Look, totp.ActivateTOTPForm):
    words = {
        "code": Words(
            "6-digit code", "Enter the code that the app shows", "From your app.", CODE_ATTRS
        )
    }


class EndSecondFactor(Look, totp.DeactivateTOTPForm):
    button = "Turn off"
    button_style = "warning"


class MakeRecoveryCodes(Look, recovery.GenerateRecoveryCodesForm):
    button = "Make new recovery codes"


class InvitationCode(Look, forms.Form):
    """The six digits that were mailed to an invited person."""

    code = forms.CharField(max_length=40)
    words = {"code": Words("6-digit code", "Enter the 6-digit code", attrs=CODE_ATTRS)}


class MailFilter(forms.Form):
    """Which mails the list shows; anything unknown asks for nothing."""

    state = forms.ChoiceField(
        label="How far it came", required=False, choices=[("", "Any"), *MailState.choices]
    )
    words = forms.CharField(
        label="Address or reference", required=False, max_length=254, widget=forms.TextInput
    )

    def asked(self) -> dict[str, str]:
        """What was asked, as far as it is known."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in ("state", "words")}


class TryAgain(forms.Form):
    """A button and nothing more."""
