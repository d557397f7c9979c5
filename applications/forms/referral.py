"""Forms of referral: a conversation, who decides for a region, who decides one application, an interest."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid, Size
from django import forms

from applications.forms import helper
from applications.states import ContactMeans
from programmes.forms import DayField


class ContactForm(forms.Form):
    """A conversation with the sponsor (A8)."""

    means = forms.ChoiceField(
        label="How did you speak?",
        widget=forms.RadioSelect,
        choices=ContactMeans.choices,
        error_messages={
            "required": "Choose how you spoke with the sponsor",
            "invalid_choice": "Choose how you spoke with the sponsor",
        },
    )
    on = DayField(label="When?", help_text="For example, 27 3 2027", require_all_fields=True)
    note = forms.CharField(
        label="What was said?",
        widget=forms.Textarea,
        error_messages={"required": "Write what was said"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.radios("means", legend_size=Size.SMALL),
            Field("on", context={"legend_size": Size.for_legend(Size.SMALL)}),
            Field.textarea("note", label_size=Size.SMALL, rows=5),
            button="Log this conversation",
        )


class RegionForm(forms.Form):
    """Who decides for one region; none is nobody."""

    moderators = forms.MultipleChoiceField(
        label="Who decides?",
        help_text="Each referral goes to the one of them with the fewest to decide. Choose all that apply.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose from the regional moderators"},
    )

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["moderators"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = people
        self.helper = helper(Field.checkboxes("moderators", legend_size=Size.MEDIUM), button="Save")


class AssignForm(forms.Form):
    """Who decides one application."""

    moderator = forms.ChoiceField(
        label="Choose a regional moderator",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a regional moderator",
            "invalid_choice": "Choose a regional moderator from the list",
        },
    )

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["moderator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people
        self.helper = helper(
            Field.radios("moderator", legend_size=Size.MEDIUM), button="Give it to them"
        )


class InterestForm(forms.Form):
    """A school that was found, and what it is to the moderator."""

    q = forms.CharField(required=False, widget=forms.HiddenInput, max_length=100)
    school = forms.ChoiceField(
        label="Which school?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the school",
            "invalid_choice": "Choose a school from the list",
        },
    )
    why = forms.CharField(
        max_length=120,
        error_messages={"required": "Say what the school is to them, such as ‘governor’"},
    )

    def __init__(self, *args: Any, schools: Sequence[Choice], why: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = schools
        self.fields["why"].label = why
        self.fields["why"].help_text = "For example, head, governor, or a child goes there."
        self.helper = helper(
            "q",
            Field.radios("school", legend_size=Size.MEDIUM),
            Field.text("why", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            button="Declare this interest",
        )


class ConfirmForm(forms.Form):
    """Only a button."""

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(button=button)
