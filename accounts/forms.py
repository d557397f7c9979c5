"""Forms about people."""

from django import forms


class SignUpDetails(forms.Form):
    """What allauth's sign-up asks besides address and password."""

    first_name = forms.CharField(max_length=100)
    last_name = forms.CharField(max_length=100)

    def signup(self, request: object, user: object) -> None:
        """Names are set by allauth's adapter from these fields."""
