"""Forms of what is decided: a decline with its feedback, an appeal, whom it is handed to."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms

from applications import policies
from applications.forms import helper
from frameworks.models import Area, Behaviour


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
        "Do not repeat what the sponsor said. We have begun it for you from what the readiness rule found: "
        "make it your own.",
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
        self.known_areas = {each.number: each.name for each in areas}
        self.known_behaviours = {each.position: each.name for each in behaviours}
        for name, known in (("areas", self.known_areas), ("behaviours", self.known_behaviours)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = list(known.items())
        self.helper = helper(
            Field.textarea("reason", label_size=Size.SMALL, rows=4),
            Field.checkboxes("areas", legend_size=Size.SMALL, small=True),
            Field.checkboxes("behaviours", legend_size=Size.SMALL, small=True),
            Field.textarea("feedback", label_size=Size.SMALL, rows=14),
            button="Continue to the letter",
        )

    def clean(self) -> dict[str, Any]:
        """Says what is missing before the letter is shown; the service asks again."""
        data: dict[str, Any] = super().clean() or {}
        wanted = ("areas", "behaviours", "reason", "feedback")
        if all(name in data for name in wanted):
            found = policies.decline(
                **{name: data[name] for name in wanted},
                known_areas=self.known_areas,
                known_behaviours=self.known_behaviours,
            )
            for each in found.reasons:
                self.add_error(each.field, each.text)
        return data


class GroundsForm(forms.Form):
    """Why an applicant thinks that the decision was wrong (A10)."""

    grounds = forms.CharField(
        label="Why do you think the decision was wrong?",
        help_text="For example, something in your application that was not seen, or not seen as it was. "
        "You cannot change the application itself.",
        widget=forms.Textarea,
        error_messages={"required": "Say why you think the decision was wrong"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.textarea("grounds", label_size=Size.SMALL, rows=10), button="Send your appeal"
        )


class HandForm(forms.Form):
    """Which regional moderator is asked to decide an appeal (A10)."""

    moderator = forms.ChoiceField(
        label="Who should decide it?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who should decide it",
            "invalid_choice": "Choose somebody from the list",
        },
    )

    def __init__(self, *args: Any, moderators: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["moderator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = moderators
        self.helper = helper(
            Field.radios("moderator", legend_size=Size.SMALL), button="Hand them the appeal"
        )
