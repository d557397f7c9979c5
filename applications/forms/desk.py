"""Forms of the administrator's desk: the list's filter, a filter's name, a note."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from crispy_forms_gds.layout import Field, Size
from django import forms

from applications.forms import helper
from applications.policies import REGIONS
from applications.states import ApplicationStatus, WaitsFor

AGES = (3, 7, 14, 28)
MOST_LETTERS = 60


class FilterForm(forms.Form):
    """What the list's address asks for; anything unknown asks for nothing."""

    words = forms.CharField(label="Name, email, reference, school or TRN", required=False)
    status = forms.ChoiceField(
        label="Stage",
        required=False,
        choices=[("", "All that are open"), *ApplicationStatus.choices, ("all", "Every one")],
    )
    waits_for = forms.ChoiceField(
        label="Waits for",
        required=False,
        choices=[
            ("", "Anybody"),
            *((whom.value, whom.label.capitalize()) for whom in WaitsFor),
        ],
    )
    age = forms.ChoiceField(
        label="Waiting",
        required=False,
        choices=[
            ("", "However long"),
            *((str(days), f"{days} days or longer") for days in AGES),
        ],
    )
    level = forms.ChoiceField(label="Level", required=False)
    cohort = forms.ChoiceField(label="Cohort", required=False)
    region = forms.ChoiceField(
        label="Region of the school",
        required=False,
        choices=[
            ("", "Every region"),
            *((region, region) for region in REGIONS),
            ("none", "No region known"),
        ],
    )

    def __init__(
        self,
        *args: Any,
        levels: Sequence[str],
        cohorts: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("level", [("", "Every level"), *((code, code) for code in levels)]),
            ("cohort", [("", "Every cohort"), *cohorts]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_words(self) -> str:
        return " ".join(str(self.cleaned_data["words"]).split())[:MOST_LETTERS]

    def asked(self) -> dict[str, str]:
        """The valid parts of the address."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def query(self, leave_out: str = "") -> str:
        """What is asked, as it stands in the address after '?'; always in one order."""
        asked = self.asked().items()
        return urlencode({name: value for name, value in asked if value and name != leave_out})

    def in_words(self) -> list[str]:
        """What is asked, part by part, as people say it."""
        found = []
        for name, value in self.asked().items():
            field = self.fields[name]
            if not value:
                continue
            if isinstance(field, forms.ChoiceField):
                value = str(dict(_flat(field)).get(value, value))
            found.append(f"{'Search' if name == 'words' else field.label}: {value}")
        return found


def _flat(field: forms.ChoiceField) -> list[tuple[str, str]]:
    choices: Any = field.choices
    return [(str(value), str(label)) for value, label in choices]


class NameForm(forms.Form):
    """The name under which a filter is kept."""

    name = forms.CharField(
        label="What do you want to call it?",
        help_text="For example, ‘Sponsors to ring’. Only you see your saved filters.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.text("name", label_size=Size.SMALL), button="Save this filter")


class NoteForm(forms.Form):
    """A note on an application."""

    text = forms.CharField(
        label="What should be remembered?",
        help_text="Administrators read this. The applicant, the sponsor and the moderator do not.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.textarea("text", label_size=Size.SMALL, rows=5), button="Add this note"
        )
