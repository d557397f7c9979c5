"""Forms about places: another cohort to wait for."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.forms import helper


class MoveForm(forms.Form):
    """The cohort that somebody waits for instead."""

    cohort = forms.ChoiceField(
        label="Which cohort do they wait for now?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the cohort that they wait for now",
            "invalid_choice": "Choose the cohort that they wait for now",
        },
    )

    def __init__(self, *args: Any, cohorts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(cohorts)
        self.helper = helper(
            Field.radios("cohort", legend_size=Size.SMALL), button="Move to this cohort"
        )
