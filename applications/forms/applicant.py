"""The applicant's forms: school, role, funding, one area's score, strongest areas, sponsor, declaration."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Button, Field, Fluid, Size
from django import forms

from applications.forms import helper
from applications.policies import STRENGTH_WORDS, count_words
from applications.presenters.scales import Step
from applications.presenters.words import words_used
from applications.states import FundingRoute
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


class UnlistedSchoolForm(forms.Form):
    """A school that the list does not have, as its name and postcode (A1, G3)."""

    name = forms.CharField(
        label="Name of your school",
        max_length=200,
        error_messages={"required": "Enter the name of your school"},
    )
    postcode = forms.CharField(
        label="Postcode (optional)",
        help_text="It helps us to find the school. Leave it empty for a school outside the UK.",
        max_length=10,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postcode"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.helper = helper(
            Field.text("name", label_size=Size.SMALL),
            Field.text("postcode", label_size=Size.SMALL, field_width=Fluid.ONE_THIRD),
            button="Save and continue",
        )


FUNDING_HINTS = {
    FundingRoute.SELF: "We send the invoice to you.",
    FundingRoute.SCHOOL: "Ask your headteacher first: we send the invoice to them.",
    FundingRoute.SCHOLARSHIP: "For most state-funded schools. We check for you whether your school is eligible.",
    FundingRoute.APPRENTICESHIP: "Your employer uses its apprenticeship levy, and you take the apprenticeship too.",
}


class FundingForm(forms.Form):
    """How the place would be paid for; it binds nobody (A12)."""

    route = forms.ChoiceField(
        label="How will your place be paid for?",
        help_text="Choose what you expect now. It is not binding and does not change how we decide.",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose how your place will be paid for"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            Choice(route.value, route.label, hint=FUNDING_HINTS[route]) for route in FundingRoute
        ]
        self.helper = helper(
            Field.radios("route", legend_size=Size.LARGE, legend_tag="h1"),
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

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, keep_url: str = "", words_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            *(self._counted(name) for name in ("experience", "impact", "evidence")),
            "seen",
            button="Save and continue",
        )
        self.helper.layout.append(Button.secondary("later", "Save and come back later"))
        self.helper.attrs = {"data-keep-url": keep_url, "data-words-url": words_url}

    def _counted(self, name: str) -> Field:
        """A text with its count of words, which is the server's and no other (S2)."""
        words = count_words(self[name].value() or "")
        return Field(
            name,
            rows=8,
            template="applications/counted.html",
            context={
                "label_size": Size.for_label(Size.MEDIUM),
                "max_words": STRENGTH_WORDS,
                "used": words_used(words, STRENGTH_WORDS),
            },
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
