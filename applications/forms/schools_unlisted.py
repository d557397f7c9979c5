"""Choosing the listed school that an applicant meant."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.forms import helper
from programmes.models import School


class MatchSchoolForm(forms.Form):
    """One of the schools that were found."""

    school = forms.ChoiceField(
        label="Which of these is it?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the school"),
    )

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [Choice(each.urn, each.name, hint=_where(each)) for each in schools]
        self.helper = helper(
            Field.radios("school", legend_size=Size.MEDIUM, legend_tag="h2"),
            button="Match this school",
        )


def _where(school: School) -> str:
    facts = (school.phase, school.district, school.postcode, f"URN {school.urn}")
    return ", ".join(filter(None, facts))
