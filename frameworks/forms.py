"""The forms of this room: search, and a task's pass mark. What is valid is policies' business."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fixed, Layout, Size, Submit
from django import forms

from frameworks.models import Level
from frameworks.policies import search

EVERY_EDITION = "all"


class SearchForm(forms.Form):
    """Words and where to look for them; `levels` are all that may be chosen."""

    q = forms.CharField(label="Search the statements and criteria", required=False)
    level = forms.ChoiceField(
        label="Level",
        required=False,
        error_messages={"invalid_choice": "Choose a level from the list"},
    )

    def __init__(self, *args: Any, levels: list[Level], newest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = levels
        self.newest = newest
        level_field = self.fields["level"]
        assert isinstance(level_field, forms.ChoiceField)
        level_field.choices = [
            ("", f"All levels, {newest} edition"),
            *(
                (f"{each.edition.code}-{each.code}", f"{each.code}, {each.edition.code} edition")
                for each in levels
            ),
            (EVERY_EDITION, "All levels, all editions"),
        ]

    def clean_q(self) -> search.Search:
        wanted = search.read(self.cleaned_data["q"])
        if wanted.problem:
            raise forms.ValidationError(wanted.problem)
        return wanted

    def within(self) -> list[Level]:
        """The levels to look in."""
        chosen = self.cleaned_data.get("level")
        if chosen == EVERY_EDITION:
            return self.levels
        if chosen:
            return [each for each in self.levels if f"{each.edition.code}-{each.code}" == chosen]
        return [each for each in self.levels if each.edition.code == self.newest]


class PassMarkForm(forms.Form):
    """A task's pass mark and where it comes from (F8)."""

    value = forms.IntegerField(
        label="Pass mark",
        error_messages={
            "required": "Enter the pass mark",
            "invalid": "Enter the pass mark as a whole number, such as 20",
        },
    )
    source = forms.CharField(
        label="Where it comes from",
        help_text="Name the document and its date, so that an assessor can check it.",
        max_length=200,
        error_messages={"required": "Say where the pass mark comes from"},
    )

    def __init__(self, *args: Any, available: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "value"
        ].help_text = f"A whole number from 1 to {available}, the marks available."
        self.helper = FormHelper()
        self.helper.idempotent = True
        self.helper.layout = Layout(
            Field.text("value", label_size=Size.SMALL, field_width=Fixed.FOUR),
            Field.text("source", label_size=Size.SMALL),
            Submit("submit", "Save the pass mark"),
        )
