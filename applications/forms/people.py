"""The form that merges two accounts: which stays, and how one knows."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.forms import helper


class MergeForm(forms.Form):
    """Which of two accounts stays, with a reason that is kept."""

    keep = forms.ChoiceField(
        label="Which account stays?",
        help_text="The person signs in with this one. Nobody can sign in with the other.",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose which account stays",
            "invalid_choice": "Choose which account stays",
        },
    )
    reason = forms.CharField(
        label="How do you know that they are one person?",
        help_text="Kept with what was done.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, accounts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keep"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(accounts)
        self.helper = helper(
            Field.radios("keep", legend_size=Size.SMALL),
            Field.textarea("reason", label_size=Size.SMALL, rows=4),
            button="Merge the two accounts",
            warning=True,
        )
