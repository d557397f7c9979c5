"""Forms of funding: who pays, another year, the kinds of workplace, the bands of support (A12)."""

from collections.abc import Iterator, Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Fluid, Size
from django import forms

from applications.forms import helper
from applications.policies.funding import Band
from applications.presenters.funding import ROUTE_WORDS
from applications.states import FundingRoute
from programmes.forms import DayField

# The phases of the establishment file.
PHASES = (
    "Primary",
    "Middle deemed primary",
    "Secondary",
    "Middle deemed secondary",
    "All-through",
    "16 plus",
    "Nursery",
    "Not applicable",
)
EMPTY_ROWS = 3


class RouteForm(forms.Form):
    """Who pays, as staff decide it."""

    route = forms.ChoiceField(
        label="Who pays for the place?",
        widget=forms.RadioSelect,
        choices=[(route, ROUTE_WORDS[route]) for route in FundingRoute.values],
        error_messages={"required": "Choose who pays", "invalid_choice": "Choose who pays"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.radios("route", legend_size=Size.SMALL), button="Decide the funding"
        )


class YearForm(forms.Form):
    """Another year, begun with the rules of one that is there."""

    code = forms.CharField(
        label="Year",
        help_text="For example, 2024-25",
        max_length=7,
        error_messages={
            "required": "Enter the year like 2024-25",
            "max_length": "Enter the year like 2024-25",
        },
    )
    starts_on = DayField(
        label="First day", help_text="For example, 1 9 2024", require_all_fields=True
    )
    ends_on = DayField(
        label="Last day", help_text="For example, 31 8 2025", require_all_fields=True
    )
    source = forms.CharField(
        label="Where these rules come from",
        help_text="For example, the title of the Department’s guidance",
        max_length=200,
        error_messages={"required": "Say where these rules come from"},
    )

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        small = {"legend_size": Size.for_legend(Size.SMALL)}
        self.helper = helper(
            Field.text("code", label_size=Size.SMALL, field_width=Fixed.TEN),
            Field("starts_on", context=small),
            Field("ends_on", context=small),
            Field.text("source", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            button=button,
        )


class WorkplacesForm(forms.Form):
    """The kinds of workplace whose staff may have a scholarship, one on each line."""

    kinds = forms.CharField(
        label="Eligible kinds of workplace",
        help_text="One on each line: a type of establishment, or a group of types, as the establishment file "
        "names it.",
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.textarea("kinds", label_size=Size.SMALL, rows=14), button="Save the workplaces"
        )

    def lines(self) -> list[str]:
        return [line for line in self.cleaned_data["kinds"].splitlines() if line.strip()]


class BandsForm(forms.Form):
    """The bands of support, a row each; a row with nothing in it is no band."""

    def __init__(self, *args: Any, bands: Sequence[Band], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = range(1, len(bands) + EMPTY_ROWS + 1)
        for row in self.rows:
            band = bands[row - 1] if row <= len(bands) else None
            self._add(row, band)

    def _add(self, row: int, band: Band | None) -> None:
        whole = {"required": False, "min_value": 0}
        not_whole = {"invalid": "Enter a whole number", "min_value": "Enter a whole number"}
        self.fields[f"phase_{row}"] = forms.ChoiceField(
            label=f"Phase, band {row}",
            required=False,
            choices=[("", "No band"), *((phase, phase) for phase in PHASES)],
            initial=band.phase if band else "",
        )
        for name, label, initial in (
            ("from", "Pupils from", band.pupils_from if band else None),
            ("to", "Pupils to", band.pupils_to if band else None),
            ("pounds", "Pounds for each participant", band.pence // 100 if band else None),
        ):
            self.fields[f"{name}_{row}"] = forms.IntegerField(
                label=f"{label}, band {row}",
                initial=initial,
                error_messages=not_whole,
                **whole,  # type: ignore[arg-type]
            )

    def lines(self) -> Iterator[dict[str, Any]]:
        """The rows with their bound fields, for the page."""
        for row in self.rows:
            yield {
                "number": row,
                "fields": [self[f"{name}_{row}"] for name in ("phase", "from", "to", "pounds")],
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in self.rows:
            given = {
                name: cleaned.get(f"{name}_{row}") for name in ("phase", "from", "to", "pounds")
            }
            if not any(value not in (None, "") for value in given.values()):
                continue
            asks = {
                "phase": "Choose a phase",
                "from": "Enter the smallest number of pupils",
                "pounds": "Enter the pounds for each participant",
            }
            for name, says in asks.items():
                missing = given[name] in (None, "")
                if missing and f"{name}_{row}" not in self.errors:
                    self.add_error(f"{name}_{row}", f"{says} in band {row}")
        return cleaned

    def bands(self) -> dict[int, Band]:
        """The bands by their row."""
        found = {}
        for row in self.rows:
            phase = self.cleaned_data.get(f"phase_{row}")
            if phase:
                found[row] = Band(
                    phase,
                    self.cleaned_data[f"from_{row}"],
                    self.cleaned_data[f"to_{row}"],
                    self.cleaned_data[f"pounds_{row}"] * 100,
                )
        return found
