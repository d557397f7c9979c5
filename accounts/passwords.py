"""Passwords that anyone who knows the portal would guess."""

from django.core.exceptions import ValidationError

CONTEXT_WORDS = (
    "npq",
    "headteacher",
    "headship",
    "teacher",
    "school",
    "leadership",
    "portal",
    "password",
)


class ContextWordValidator:
    """Refuses a password that is little more than words from around here."""

    def validate(self, password: str, user: object | None = None) -> None:
        rest = password.lower()
        for word in CONTEXT_WORDS:
            rest = rest.replace(word, "")
        if len(rest) < 6:
            raise ValidationError(
                "Choose a password that is not made of words such as school or headteacher.",
                code="password_context_words",
            )

    def get_help_text(self) -> str:
        return "Do not build it from words such as school or headteacher."
