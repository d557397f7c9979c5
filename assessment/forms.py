"""What people type and choose in this room, checked for shape only; whether it may be done is policies."""

from collections.abc import Iterable
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from assessment.models import HIGHEST_MARK, Confidence, Script
from assessment.states import ScriptStatus
from documents.policies import SUPPORTING, WRITE_UP, Accepts

BLANK = ""


class _Crispy(forms.Form):
    """A form with its own helper; `idempotent` sends a key, so that two sendings make one."""

    button = "Save and continue"

    def make_helper(self, *fields: Any) -> None:
        self.helper = FormHelper(self)
        self.helper.layout = Layout(*fields, Submit("submit", self.button))
        self.helper.idempotent = True


class UploadForm(_Crispy):
    """One file."""

    upload = forms.FileField(
        error_messages={
            "required": "Choose a file",
            "empty": "The file you chose is empty. Choose another one",
        }
    )
    button = "Upload"
    accepts: Accepts = SUPPORTING

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["upload"]
        field.label, field.help_text = label, hint or self.accepts.sentence
        field.widget.attrs["accept"] = self.accepts.accept_attribute
        self.make_helper("upload")


class WriteUpForm(UploadForm):
    """The write-up."""

    accepts = WRITE_UP


class SubmitForm(_Crispy):
    """The declaration of own work (S1)."""

    own_work = forms.BooleanField(
        label="This is my own work. Where I used the work of others, I have said so. "
        "I understand that I cannot change it once I have submitted it.",
        error_messages={"required": "Confirm that this is your own work"},
    )
    signed_name = forms.CharField(
        label="Your full name",
        help_text="Typing your name signs this declaration.",
        max_length=200,
        error_messages={"required": "Enter your full name to sign the declaration"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    button = "Submit your work"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.make_helper("own_work", Field.text("signed_name", field_width="two-thirds"))


class AllocateForm(_Crispy):
    """Which assessor."""

    assessor = forms.ChoiceField(
        label="Who marks this script?", error_messages={"required": "Choose an assessor"}
    )
    button = "Allocate this script"

    def __init__(self, *args: Any, choices: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assessor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        field.widget = forms.RadioSelect(choices=field.choices)
        self.make_helper(Field.radios("assessor", legend_size=Size.MEDIUM))


class ReleaseForm(forms.Form):
    """Which scripts; the page writes the boxes itself, as a table."""

    scripts = forms.MultipleChoiceField(
        error_messages={
            "required": "Choose at least one script to release",
            "invalid_choice": "Choose only scripts that are marked and not released yet",
        },
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, scripts: Iterable[Script], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scripts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(script.reference, script.reference) for script in scripts]


class FilterForm(forms.Form):
    """The filters of the administrator's list, kept in the address."""

    status = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any state"), *ScriptStatus.choices]
    )
    level = forms.ChoiceField(label="Level", required=False)

    def __init__(self, *args: Any, levels: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Any level"), *((code, code) for code in levels)]
        for each in self.fields.values():
            each.widget.attrs["class"] = "govuk-select"


class MarkForm(forms.Form):
    """One mark with its reason; left blank it stays blank (S10). The page writes the choices itself."""

    value = forms.TypedChoiceField(
        label="Mark",
        required=False,
        empty_value=None,
        coerce=int,
        choices=[
            *((str(mark), str(mark)) for mark in range(HIGHEST_MARK + 1)),
            (BLANK, "Not marked yet"),
        ],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "A mark is 0, 1 or 2"},
    )
    confidence = forms.ChoiceField(
        label="How sure is this mark?",
        required=False,
        choices=Confidence.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose secure or just"},
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": "The reason must be 5,000 characters or fewer"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class FeedbackForm(forms.Form):
    """The overall feedback."""

    feedback = forms.CharField(
        label="Overall feedback",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"max_length": "The feedback must be 20,000 characters or fewer"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class SubmitMarksForm(forms.Form):
    """Nothing to type: the button says it."""
