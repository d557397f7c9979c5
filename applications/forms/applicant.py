"""The applicant's forms: details, one area's score, two strongest areas, the sponsor, the declaration."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid, Size
from django import forms

from applications.forms import helper
from applications.policies import STRENGTH_WORDS
from applications.presenters.scales import Step
from frameworks.models import Area


class DetailsForm(forms.Form):
    """Role and teacher reference number; the school was chosen on the page before."""

    school = forms.CharField(widget=forms.HiddenInput, required=False)
    post = forms.CharField(
        label="Your role at the school",
        help_text="For example, assistant headteacher or head of maths.",
        max_length=120,
        error_messages={"required": "Enter your role at the school"},
    )
    trn = forms.CharField(
        label="Teacher reference number (TRN) (optional)",
        help_text="5 to 7 digits. You can leave this empty and give it later.",
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "school",
            Field.text("post", label_size=Size.SMALL),
            Field.text("trn", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            button="Save and continue",
        )


class AreaScoreForm(forms.Form):
    """How the applicant sees themselves in one area (A1)."""

    score = forms.TypedChoiceField(widget=forms.RadioSelect, coerce=int)

    def __init__(self, *args: Any, area: Area, scale: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["score"]
        assert isinstance(field, forms.TypedChoiceField)
        field.label = "Which describes you best?"
        field.choices = [
            Choice(step.score, f"{step.score} – {step.name}", hint=step.text) for step in scale
        ]
        wrong = f"Choose a score for {area.name}"
        field.error_messages |= {"required": wrong, "invalid_choice": wrong}
        self.helper = helper(
            Field.radios("score", legend_size=Size.MEDIUM, legend_tag="h2"),
            button="Save and continue",
        )


class ChooseStrengthsForm(forms.Form):
    """The two strongest areas (A2)."""

    areas = forms.TypedMultipleChoiceField(
        label="Choose two",
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        error_messages={
            "required": "Choose exactly two different areas",
            "invalid_choice": "Choose from the areas of this level",
        },
    )

    def __init__(
        self, *args: Any, areas: Sequence[Area], scores: dict[int, Step], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["areas"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            Choice(
                area.number,
                area.name,
                hint=f"You scored yourself {scores[area.number]}" if area.number in scores else "",
            )
            for area in areas
        ]
        self.helper = helper(
            Field.checkboxes("areas", legend_size=Size.MEDIUM, legend_tag="h2"),
            button="Save and continue",
        )


class StrengthForm(forms.Form):
    """Experience, impact and evidence in one strongest area (A2)."""

    experience = forms.CharField(
        label="Your experience",
        help_text="What did you lead or take part in, when, and what was your role?",
        required=False,
        widget=forms.Textarea,
    )
    impact = forms.CharField(
        label="The difference it made",
        help_text="What changed for pupils or colleagues because of you?",
        required=False,
        widget=forms.Textarea,
    )
    evidence = forms.CharField(
        label="Your evidence",
        help_text="Show the change with at least one figure: a number, a percentage or a grade, "
        "such as ‘12 of 15 pupils’ or ‘8% more than last year’.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            *(
                Field.textarea(name, label_size=Size.MEDIUM, rows=7, max_words=STRENGTH_WORDS)
                for name in ("experience", "impact", "evidence")
            ),
            button="Save and continue",
        )


class SponsorForm(forms.Form):
    """Who the sponsor is (A3)."""

    first_name = forms.CharField(label="First name", max_length=100, required=False)
    last_name = forms.CharField(label="Last name", max_length=100, required=False)
    email = forms.EmailField(
        label="Email address",
        help_text="We write to this address, so use the one that they read at work.",
        required=False,
        error_messages={
            "invalid": "Enter an email address in the correct format, like name@example.com"
        },
    )

    def __init__(self, *args: Any, button: str = "Save and continue", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.helper = helper(
            Field.text("first_name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("last_name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            Field.text("email", label_size=Size.SMALL),
            button=button,
        )


class SignatureForm(forms.Form):
    """A declaration signed by typing one's name (A5)."""

    signed_name = forms.CharField(
        label="Type your full name to sign",
        max_length=200,
        error_messages={"required": "Type your full name to sign"},
    )

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_name"].widget.attrs["autocomplete"] = "name"
        self.helper = helper(
            Field.text("signed_name", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            button=button,
        )


class ButtonForm(forms.Form):
    """Nothing to fill in: a button that says what it does."""

    def __init__(self, *args: Any, button: str, warning: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(button=button, warning=warning)
