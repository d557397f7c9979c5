"""The self-check's forms. What somebody answers without an account is kept in their session alone."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms

from applications.forms import helper
from applications.presenters.scales import Step
from frameworks.models import Level
from programmes.models import Cohort


def _kept_nowhere(*fields: Any, button: str) -> FormHelper:
    """A form that changes no table, so that no key of it is kept either."""
    made = FormHelper()
    made.layout = Layout(*fields, Button.primary("save", button))
    return made


class LevelForm(forms.Form):
    """Which level somebody thinks of."""

    level = forms.ChoiceField(
        label="Which level are you thinking of?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a level", "invalid_choice": "Choose a level"},
    )

    def __init__(self, *args: Any, levels: Sequence[tuple[Level, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            Choice(level.code, f"{level.name} ({level.code})", hint=hint) for level, hint in levels
        ]
        self.helper = _kept_nowhere(
            Field.radios("level", legend_size=Size.MEDIUM, legend_tag="h2"), button="Start"
        )


class ScoreForm(forms.Form):
    """How somebody sees themselves in one area or behaviour."""

    score = forms.TypedChoiceField(
        label="Which describes you best?", widget=forms.RadioSelect, coerce=int
    )

    def __init__(self, *args: Any, name: str, scale: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["score"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            Choice(step.score, f"{step.score} – {step.name}", hint=step.text) for step in scale
        ]
        wrong = f"Choose the answer that describes you best in ‘{name}’"
        field.error_messages |= {"required": wrong, "invalid_choice": wrong}
        self.helper = _kept_nowhere(
            Field.radios("score", legend_size=Size.MEDIUM, legend_tag="h2"), button="Continue"
        )


class CohortForm(forms.Form):
    """Which cohort to apply for."""

    cohort = forms.ChoiceField(
        label="Which group would you like to join?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a group", "invalid_choice": "Choose a group"},
    )

    def __init__(self, *args: Any, cohorts: Sequence[tuple[Cohort, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [Choice(each.reference, each.name, hint=hint) for each, hint in cohorts]
        if len(cohorts) == 1:
            field.initial = cohorts[0][0].reference
        self.helper = helper(
            Field.radios("cohort", legend_size=Size.MEDIUM, legend_tag="h2"),
            button="Start your application",
        )
