"""The readiness rule's numbers, first to look at what they would change, then to keep (A7)."""

from decimal import Decimal
from typing import Any

from crispy_forms_gds.layout import Field, Fieldset, Fluid, Size
from django import forms

from applications import policies
from applications.forms import helper

HINTS = {
    "behaviour_floor": "Every behaviour has this score or more.",
    "most_behaviours_at_floor": "More of them with just that score, and it is not ready.",
    "area_floor": "No self-score is below this.",
    "mean_score_tenths": "For example, 2.5",
    "most_disputes": "Areas that the sponsor sees otherwise.",
    "not_ready_behaviours": "So many of 1, or more.",
    "not_ready_areas": "So many of 1, or more.",
    "not_ready_disputes": "So many, or more.",
}


class RuleForm(forms.Form):
    """Another rule from the one in force; `version` tells which one that was."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(
        choices=[("look", "look"), ("save", "save")], widget=forms.HiddenInput, initial="look"
    )
    reason = forms.CharField(
        label="Why do you change it?",
        help_text="Kept with the version, for whoever asks later.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most, what) in policies.LIMITS.items():
            missing = {"required": f"Enter a number for: {what[0].lower()}{what[1:]}"}
            if name == "mean_score_tenths":
                self.fields[name] = forms.DecimalField(
                    label=what,
                    help_text=HINTS[name],
                    decimal_places=1,
                    error_messages={
                        **missing,
                        "invalid": "Enter the mean as a number, like 2.5",
                        "max_decimal_places": "Give the mean with one decimal, like 2.5",
                    },
                )
            else:
                self.fields[name] = forms.IntegerField(
                    label=what,
                    help_text=f"{HINTS[name]} From {least} to {most}.",
                    error_messages={**missing, "invalid": f"{what} must be a whole number"},
                )
        self.helper = helper(
            "version",
            "step",
            self._part("Ready, when all of this is so", list(policies.LIMITS)[:5]),
            self._part("Not ready yet, when any of this is so", list(policies.LIMITS)[5:]),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
            button="See what this would change",
        )

    @staticmethod
    def _part(title: str, names: list[str]) -> Fieldset:
        fields = [
            Field.text(name, field_width=Fluid.ONE_QUARTER, label_size=Size.SMALL) for name in names
        ]
        return Fieldset(*fields, legend=title, legend_size=Size.MEDIUM)

    def rule(self) -> policies.Rule:
        """The rule that the valid form asks for."""
        numbers = {
            name: int(self.cleaned_data[name] * (10 if name == "mean_score_tenths" else 1))
            for name in policies.LIMITS
        }
        return policies.Rule(version=self.cleaned_data["version"] + 1, **numbers)

    @staticmethod
    def numbers(rule: policies.Rule) -> dict[str, Any]:
        """A rule as the form shows it."""
        shown: dict[str, Any] = {name: getattr(rule, name) for name in policies.LIMITS}
        shown["mean_score_tenths"] = Decimal(rule.mean_score_tenths) / 10
        return {**shown, "version": rule.version, "step": "look"}
