"""The sponsor's forms: agree or not with each score, the statements, one behaviour, 'I cannot do this'."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Button, ConditionalQuestion, ConditionalRadios, Field, Size
from django import forms
from django.template import Context

from applications import policies
from applications.forms import helper
from applications.presenters.scales import Step
from frameworks.models import Area

AGREE, DISPUTE = "Yes, I agree", "No, I see it differently"


class Question(ConditionalRadios):  # type: ignore[misc]
    """Radios of which one answer asks for more, under a bold question."""

    def render(self, form: forms.Form, context: Context, **kwargs: Any) -> str:
        with context.push(legend_size="govuk-fieldset__legend--s"):
            return str(super().render(form, context, **kwargs))


class EndorseForm(forms.Form):
    """For each area, whether the sponsor agrees with the self-score; a no has its reason (A4).

    With `part` what is not answered yet may wait, and a no without its reason is not kept.
    """

    def __init__(
        self,
        *args: Any,
        areas: Sequence[tuple[Area, Step]],
        name: str,
        part: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.numbers = [area.number for area, _ in areas]
        self.names = {area.number: area.name for area, _ in areas}
        rows = []
        for area, step in areas:
            number = area.number
            wrong = f"Say whether you agree with the score for {area.name}"
            self.fields[f"area_{number}"] = forms.ChoiceField(
                label=area.name,
                help_text=f"{name} scored themselves {step.score}, ‘{step.name}’: {step.text}",
                choices=[("yes", AGREE), ("no", DISPUTE)],
                widget=forms.RadioSelect,
                required=not part,
                error_messages={"required": wrong, "invalid_choice": wrong},
            )
            self.fields[f"reason_{number}"] = forms.CharField(
                label=f"Why do you see {area.name} differently?",
                required=False,
                widget=forms.Textarea,
            )
            rows.append(
                Question(
                    f"area_{number}",
                    AGREE,
                    ConditionalQuestion(DISPUTE, Field.textarea(f"reason_{number}", rows=3)),
                )
            )
        self.helper = helper(*rows, button="Save and continue")
        self.helper.layout.append(Button.secondary("later", "Save and come back later"))

    def clean(self) -> dict[str, Any]:
        """Every dispute without its reason is told together with what is not answered at all."""
        data = super().clean() or self.cleaned_data
        if self.part:
            return data
        disputed = {
            number: (False, data.get(f"reason_{number}", ""))
            for number in self.numbers
            if data.get(f"area_{number}") == "no"
        }
        for reason in policies.endorsements(disputed, self.names).reasons:
            self.add_error(reason.field, reason.text)
        return data

    def answers(self) -> dict[int, tuple[bool, str]]:
        """What the service takes: by area number, whether endorsed and the reason if not."""
        data = self.cleaned_data
        given = {
            number: (data[f"area_{number}"] == "yes", data[f"reason_{number}"])
            for number in self.numbers
            if data[f"area_{number}"]
        }
        return {
            number: (endorsed, reason)
            for number, (endorsed, reason) in given.items()
            if endorsed or reason.strip() or not self.part
        }


class VerifyForm(forms.Form):
    """Whether what the applicant wrote is true (A4)."""

    verified = forms.TypedChoiceField(
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            Choice("yes", "Yes, they are true as far as I know"),
            Choice("no", "No, or I cannot tell", hint="We may call you about it."),
        ],
        error_messages={
            "required": "Say whether the statements are true",
            "invalid_choice": "Say whether the statements are true",
        },
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verified"].label = f"Are {name}’s statements true?"
        self.helper = helper(
            Field.radios("verified", legend_size=Size.MEDIUM, legend_tag="h2"),
            button="Save and continue",
        )


class BehaviourForm(forms.Form):
    """One behaviour: four plain answers, and a comment that a 1 or 2 needs (A4)."""

    score = forms.TypedChoiceField(widget=forms.RadioSelect, coerce=int)
    comment = forms.CharField(
        label="Comment",
        help_text="Needed for the last two answers: a sentence or two. Otherwise optional.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(
        self, *args: Any, name: str, behaviour: str, scale: Sequence[Step], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["score"]
        assert isinstance(field, forms.TypedChoiceField)
        field.label = f"How do you see {name} in this?"
        field.choices = [Choice(step.score, step.name, hint=step.text) for step in scale]
        wrong = f"Choose one of the four answers for {behaviour}"
        field.error_messages |= {"required": wrong, "invalid_choice": wrong}
        self.helper = helper(
            Field.radios("score", legend_size=Size.MEDIUM, legend_tag="h2"),
            Field.textarea("comment", label_size=Size.SMALL, rows=3),
            button="Save and continue",
        )


class CannotForm(forms.Form):
    """'I can't do this' (A4)."""

    reason = forms.CharField(
        label="Why can you not do this?",
        help_text="One sentence is enough. The applicant is told that you cannot, not why.",
        widget=forms.Textarea,
        error_messages={"required": "Say why you cannot do this"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
            button="Tell them that I cannot",
            warning=True,
        )
