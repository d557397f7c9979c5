"""The forms of those who decide: a reason, a decision."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.forms import helper
from frameworks.models import Area, Behaviour


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


class DeclineForm(forms.Form):
    """A decline: the reason, and feedback naming what to develop (A9)."""

    reason = forms.CharField(
        label="Why do you decline?",
        help_text="Kept with the decision. The applicant does not see this.",
        required=False,
        widget=forms.Textarea,
    )
    areas = forms.TypedMultipleChoiceField(
        label="Areas to develop",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the areas of this level"},
    )
    behaviours = forms.TypedMultipleChoiceField(
        label="Behaviours to develop",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the leadership behaviours"},
    )
    feedback = forms.CharField(
        label="Feedback for the applicant",
        help_text="Say what would make a later application stronger, and how they might go about it. "
        "Do not repeat what the sponsor said.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        behaviours: Sequence[Behaviour],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("areas", [(each.number, each.name) for each in areas]),
            ("behaviours", [(each.position, each.name) for each in behaviours]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = choices
        self.helper = helper(
            Field.textarea("reason", label_size=Size.SMALL, rows=4),
            Field.checkboxes("areas", legend_size=Size.SMALL, small=True),
            Field.checkboxes("behaviours", legend_size=Size.SMALL, small=True),
            Field.textarea("feedback", label_size=Size.SMALL, rows=8),
            button="Decline and send the feedback",
            warning=True,
        )
