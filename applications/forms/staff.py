"""The form of a reason, which several pages of those who decide share."""

from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.forms import helper


class ReasonForm(forms.Form):
    """A reason that is kept with what is done."""

    reason = forms.CharField(widget=forms.Textarea)

    def __init__(
        self, *args: Any, label: str, hint: str, missing: str, button: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = missing
        self.helper = helper(Field.textarea("reason", label_size=Size.SMALL, rows=5), button=button)
