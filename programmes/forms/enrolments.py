"""Forms of enrolments: the list's filter and the day somebody started."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms

from programmes.forms import DayField
from programmes.states import EnrolmentStatus, PauseReason


class FilterForm(forms.Form):
    """What the list's address asks for; anything unknown asks for nothing."""

    level = forms.ChoiceField(label="Level", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Every status"), *EnrolmentStatus.choices]
    )

    def __init__(self, *args: Any, levels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Every level"), *((code, code) for code in levels)]

    def asked(self) -> dict[str, str]:
        """The valid parts of the address."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class CommenceForm(forms.Form):
    """The day somebody first took part (P1)."""

    on = DayField(
        label="When did they start?",
        help_text="The day of their first recorded activity. For example, 27 3 2027",
        require_all_fields=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        legend = Size.for_legend(Size.MEDIUM)
        self.helper = _one_button(
            "Record that they have started", Field("on", context={"legend_size": legend})
        )


def _one_button(button: str, *fields: Any, warning: bool = False) -> FormHelper:
    """A form in one column whose button says what it does; sent twice, it is carried out once."""
    made = FormHelper()
    made.idempotent = True
    make = Button.warning if warning else Button.primary
    made.layout = Layout(*fields, make("save", button))
    return made


class PauseForm(forms.Form):
    """Why somebody leaves or pauses, and since when (P1)."""

    reason = forms.ChoiceField(
        label="Why?",
        widget=forms.RadioSelect,
        choices=PauseReason.choices,
        error_messages={"required": "Choose why", "invalid_choice": "Choose why"},
    )
    note = forms.CharField(
        label="What they told you (optional)",
        help_text="Needed for ‘Another reason’.",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
    on = DayField(label="Since when?", help_text="For example, 27 3 2027", require_all_fields=True)

    def __init__(self, *args: Any, button: str, warning: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        legend = Size.for_legend(Size.MEDIUM)
        self.helper = _one_button(
            button,
            Field.radios("reason", legend_size=Size.MEDIUM),
            Field.textarea("note", label_size=Size.SMALL, rows=3),
            Field("on", context={"legend_size": legend}),
            warning=warning,
        )


class ResumeForm(forms.Form):
    """The day somebody came back (P1)."""

    on = DayField(
        label="When did they come back?",
        help_text="For example, 27 3 2027",
        require_all_fields=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        legend = Size.for_legend(Size.MEDIUM)
        self.helper = _one_button(
            "Record that they came back", Field("on", context={"legend_size": legend})
        )


class CancelForm(forms.Form):
    """Why a place was given in error."""

    reason = forms.CharField(
        label="Why was this place given in error?",
        help_text="It is kept with the record and shown to those who check it.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Say why the place is taken back"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = Field.textarea("reason", label_size=Size.MEDIUM, rows=3)
        self.helper = _one_button("Take back this place", field, warning=True)
