"""Forms of the cohort desk: the list's filter, a cohort, and what a programme is like."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Fieldset, Fluid, Layout, Size
from django import forms

from frameworks.models import Level
from programmes.forms import DayField
from programmes.policies import Intake
from programmes.presenters.cohorts import HOURS, INTAKES

MOST_HOURS = 2000
MOST_PLACES = 5000


class FilterForm(forms.Form):
    """What the desk's address asks for; anything unknown asks for nothing."""

    level = forms.ChoiceField(label="Level", required=False)
    intake = forms.ChoiceField(
        label="Applications",
        required=False,
        choices=[("", "Every cohort"), *((each.value, INTAKES[each][0]) for each in Intake)],
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


class PoundsField(forms.DecimalField):
    """An amount in pounds as people type it, with or without '£' and commas."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("£", "").replace(",", "").strip()
        return super().to_python(value)


class CohortForm(forms.Form):
    """A cohort's facts, to open it or to change them (A11)."""

    level = forms.ModelChoiceField(
        label="Level",
        queryset=Level.objects.none(),
        empty_label="Choose a level",
        error_messages={"required": "Choose a level", "invalid_choice": "Choose a level"},
    )
    name = forms.CharField(
        label="Name",
        help_text="What people call the group, such as ‘Spring 2027, Leeds’.",
        max_length=100,
        error_messages={"required": "Enter a name for the cohort"},
    )
    starts_on = DayField(
        label="When does it start?", help_text="For example, 12 1 2027", require_all_fields=True
    )
    applications_close_on = DayField(
        label="When do applications close? (optional)",
        help_text="Applications are taken until 11:59pm on this day. Leave it empty for 20 December where that "
        "falls in the three months before the start, and for four weeks before the start otherwise.",
        required=False,
    )
    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=MOST_PLACES,
        error_messages={
            "required": "Enter how many places there are",
            "invalid": "Enter the places as a whole number",
            "min_value": "A cohort needs at least one place",
            "max_value": f"Enter {MOST_PLACES:,} places or fewer",
        },
    )
    fee = PoundsField(
        label="Fee in pounds",
        help_text="Enter 0 for no fee.",
        min_value=0,
        max_digits=8,
        decimal_places=2,
        error_messages={
            "required": "Enter the fee, or 0 for no fee",
            "invalid": "Enter the fee in pounds, such as 950 or 1250.50",
            "min_value": "The fee cannot be less than nothing",
            "max_digits": "Enter a fee under £1,000,000",
            "max_whole_digits": "Enter a fee under £1,000,000",
            "max_decimal_places": "Enter the fee in pounds, such as 950 or 1250.50",
        },
    )
    local_group = forms.CharField(
        label="Where does the group meet? (optional)",
        help_text="A town or a venue.",
        max_length=120,
        required=False,
    )
    partner = forms.CharField(
        label="Delivery partner (optional)",
        help_text="Who runs it with you. A name that is new here is kept for the next cohort.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "partners", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, levels: Sequence[Level] = (), button: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: list[Any] = []
        if levels:
            field = self.fields["level"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Level.objects.filter(pk__in=[each.pk for each in levels])
            field.choices = [
                ("", "Choose a level"),
                *((each.pk, f"{each.code}, {each.edition}") for each in levels),
            ]
            fields.append(Field.text("level", label_size=Size.SMALL))
        else:
            del self.fields["level"]
        small = {"label_size": Size.SMALL}
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        self.helper = FormHelper()
        self.helper.idempotent = True
        self.helper.layout = Layout(
            *fields,
            Field.text("name", **small),
            Field("starts_on", context=legend),
            Field("applications_close_on", context=legend),
            Field.text("capacity", field_width=Fluid.ONE_QUARTER, **small),
            Field.text("fee", field_width=Fluid.ONE_QUARTER, **small),
            Field.text("local_group", **small),
            Field.text("partner", **small),
            Button.primary("save", button),
        )

    def facts(self) -> dict[str, Any]:
        """What the services take."""
        data = dict(self.cleaned_data)
        return data | {"fee_pence": int(data.pop("fee") * 100)}


class ConfirmForm(forms.Form):
    """One button."""

    def __init__(self, *args: Any, button: str, warning: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.idempotent = True
        make = Button.warning if warning else Button.primary
        self.helper.layout = Layout(make("save", button))


class DescribeForm(forms.Form):
    """What a programme is for, and its planned hours by type (F10)."""

    description = forms.CharField(
        label="What is it for?",
        help_text="The first paragraph stands in the list of programmes. Leave a line between paragraphs.",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say what the programme is for"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in HOURS:
            self.fields[field] = forms.IntegerField(
                label=name,
                required=False,
                min_value=0,
                max_value=MOST_HOURS,
                error_messages={
                    "invalid": f"Enter the hours of ‘{name.lower()}’ as a whole number",
                    "min_value": f"The hours of ‘{name.lower()}’ cannot be less than nothing",
                    "max_value": f"Enter {MOST_HOURS:,} hours of ‘{name.lower()}’ or fewer",
                },
            )
        self.helper = FormHelper()
        self.helper.idempotent = True
        self.helper.layout = Layout(
            Field.textarea("description", label_size=Size.SMALL, rows=8),
            Fieldset(
                *(Field.text(field, field_width=Fluid.ONE_QUARTER) for _, field in HOURS),
                legend="Planned hours by type (optional)",
                legend_size=Size.MEDIUM,
            ),
            Button.primary("save", "Save and show"),
        )

    def hours(self) -> dict[str, int | None]:
        """The hours by the service's names."""
        return {field: self.cleaned_data[field] for _, field in HOURS}
