"""The equality questions (G5). Every one may be left open."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.forms import helper


class EqualityForm(forms.Form):
    """Sex, ethnic group and disability, each open unless answered."""

    sex = forms.ChoiceField(label="What is your sex?", widget=forms.RadioSelect, required=False)
    ethnicity = forms.ChoiceField(label="What is your ethnic group?", required=False)
    disability = forms.ChoiceField(
        label="Do you have a disability?",
        help_text="A physical or mental condition that has lasted, or will last, 12 months or more and makes "
        "daily life harder.",
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *args: Any, questions: Mapping[str, Sequence[Mapping[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("sex", "disability"):
            self._choices(name, [Choice(each["code"], each["text"]) for each in questions[name]])
        self._choices(
            "ethnicity", [("", "Choose, or leave open"), *_grouped(questions["ethnicity"])]
        )
        self.helper = helper(
            Field.radios("sex", legend_size=Size.MEDIUM, legend_tag="h2"),
            Field.text("ethnicity", label_size=Size.MEDIUM, label_tag="h2"),
            Field.radios("disability", legend_size=Size.MEDIUM, legend_tag="h2"),
            button="Save your answers",
        )

    def _choices(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _grouped(answers: Sequence[Mapping[str, str]]) -> list[tuple[str, Any]]:
    """Choices under their headings; one without a heading stands alone."""
    made: list[tuple[str, Any]] = []
    for heading, members in groupby(answers, key=lambda each: each.get("group", "")):
        pairs = [(each["code"], each["text"]) for each in members]
        made += [(heading, pairs)] if heading else pairs
    return made
