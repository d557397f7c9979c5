"""Forms of enrolments: the list's filter and the day somebody started."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size
from django import forms

from programmes.forms import DayField
from programmes.states import EnrolmentStatus


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
        self.helper = FormHelper()
        self.helper.idempotent = True
        self.helper.layout = Layout(
            Field("on", context={"legend_size": Size.for_legend(Size.MEDIUM)}),
            Button.primary("save", "Record that they have started"),
        )
