"""Every component on one page, filled, empty, long and in error: looked at while building, checked by tests.

Only in debug. Nothing here reads the database; the examples are words.
"""

from datetime import UTC, datetime
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import (
    Button,
    ConditionalQuestion,
    ConditionalRadios,
    Field,
    Fieldset,
    Layout,
)
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views import View

LONG = (
    "The Very Reverend Bartholomew Featherstonehaugh-Cholmondeley of St Wilfrid’s and All Saints Church of "
    "England Voluntary Aided Federated Infant, Junior and Secondary Academy with Nursery and Sixth Form"
)
LEVELS = (
    Choice("npqml", "NPQML", hint="Middle leadership"),
    Choice("npqsl", "NPQSL", hint="Senior leadership", divider="or"),
    Choice("none", "I have not decided"),
)
CONTACT = (("email", "E-mail"), ("phone", "Phone"))


class Specimen(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Full name", error_messages={"required": "Enter your full name"})
    email = forms.EmailField(
        label="E-mail address",
        help_text="We only use it to write about your application.",
        error_messages={"invalid": "Enter an e-mail address, like name@example.com"},
    )
    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )
    pupils = forms.IntegerField(
        label="Number of pupils",
        max_value=5000,
        error_messages={"invalid": "Number of pupils must be a whole number, like 420"},
    )
    share = forms.DecimalField(
        label="Share of your time", error_messages={"required": "Enter the share"}
    )
    region = forms.ChoiceField(
        label="Region",
        choices=[("", "Choose a region"), ("north", "North"), ("south", "South")],
        error_messages={"required": "Choose a region"},
    )
    level = forms.ChoiceField(
        label="Level",
        widget=forms.RadioSelect,
        choices=LEVELS,
        help_text="You can change it until you send the application.",
        error_messages={"required": "Choose a level"},
    )
    phases = forms.MultipleChoiceField(
        label="Phases you have worked in",
        widget=forms.CheckboxSelectMultiple,
        choices=[("primary", "Primary"), ("secondary", "Secondary"), ("other", "Another phase")],
        error_messages={"required": "Choose at least one phase"},
    )
    started = DateInputField(
        label="When did you start?", help_text="For example, 27 3 2024.", require_all_fields=False
    )
    impact = forms.CharField(
        label="What changed because of you?",
        widget=forms.Textarea,
        error_messages={"required": "Write what changed, with at least one figure"},
    )
    evidence = forms.FileField(
        label="Write-up",
        help_text="A Word or OpenDocument file up to 20MB.",
        error_messages={"required": "Choose your write-up"},
    )
    contact = forms.ChoiceField(
        label="How should we reach you?",
        widget=forms.RadioSelect,
        choices=CONTACT,
        error_messages={"required": "Choose how we should reach you"},
    )
    phone = forms.CharField(label="Phone number", required=False)
    agree = forms.BooleanField(
        label="This is my own work",
        error_messages={"required": "Confirm that this is your own work"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.idempotent = True
        self.helper.layout = Layout(
            Fieldset(
                Field.text("name", autocomplete="name"),
                "email",
                "password",
                Field.text("pupils", field_width=5),
                Field.text("share", field_width=4),
                legend="About you",
                legend_size="m",
            ),
            "region",
            Field.radios("level", legend_size="m"),
            Field.checkboxes("phases", legend_size="m", small=True),
            Field("started"),
            Field.textarea("impact", rows=5, max_words=500),
            "evidence",
            ConditionalRadios(
                "contact", ConditionalQuestion("E-mail"), ConditionalQuestion("Phone", "phone")
            ),
            "agree",
            Button.primary("send", "Send to your sponsor", css_id=self.add_prefix("send")),
            Button.secondary("later", "Save and come back later", css_id=self.add_prefix("later")),
        )

    def clean(self) -> dict[str, Any]:
        """A fault of the whole form, beside those of its fields."""
        if self.data.get(self.add_prefix("pupils")) == "none":
            self.add_error(None, "The two strongest areas cannot be the same")
        return super().clean() or {}


def wrong_form() -> Specimen:
    """The form with every field wrong."""
    typed = {
        "wrong-email": "nobody",
        "wrong-pupils": "none",
        "wrong-started_0": "31",
        "wrong-started_1": "March",
    }
    return Specimen(typed, {}, prefix="wrong")


def examples() -> dict[str, Any]:
    """What the gallery shows; the tests ask it for the same."""
    return {
        "form": wrong_form(),
        "blank": Specimen(),
        "summary": [
            {"key": "Name", "value": "Asha Bello", "action_href": "#", "action_text": "Change"},
            {"key": "School", "value": LONG, "action_href": "#"},
            ("Teacher reference number", ""),
        ],
        "tasks": [
            {"title": "Your details", "href": "#", "status": "Completed"},
            {
                "title": "Score yourself in six areas",
                "href": "#",
                "hint": "4 of 6 done",
                "status": "In progress",
                "colour": "teal",
            },
            {"title": "Name your sponsor", "href": "#", "status": "Not started", "colour": "blue"},
            {"title": "Send your application", "status": "Cannot start yet"},
        ],
        "events": [
            {
                "text": "Asha Bello sent the application.",
                "at": datetime(2027, 3, 12, 23, 59, tzinfo=UTC),
            },
            {
                "text": f"{LONG} answered as sponsor.",
                "at": datetime(2027, 3, 10, 12, 0, tzinfo=UTC),
                "note": "Endorsed five of six scores; disputed ‘Working in partnership’.",
            },
        ],
        "statuses": [
            ("Not started", "grey"),
            ("With your sponsor", "blue"),
            ("In progress", "teal"),
            ("Accepted", "green"),
            ("Waiting list", "yellow"),
            ("Due in 3 days", "orange"),
            ("Declined", "red"),
            ("Second marking", "purple"),
            ("National sample", "magenta"),
        ],
        "headings": ["Level", "#Recruited", "#Target", "How it stands"],
        "rows": [
            ["NPQSL", "1,204", "1,150", "54 above target"],
            ["NPQH", "88", "100", "12 below target"],
        ],
        "crumbs": [("Home", "/"), ("Framework", "#"), ("Working in partnership", "")],
        "svg": render_to_string("gallery/chart.svg"),
        "long": LONG,
        "moment": datetime(2027, 3, 12, 23, 59, tzinfo=UTC),
    }


@method_decorator(login_not_required, name="dispatch")
class Gallery(View):
    """The page itself; not found outside debug."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        if request.GET.get("progress"):
            return JsonResponse(
                {"percent": 40, "text": "Making page 2 of 5", "done": False, "url": ""}
            )
        return render(request, "gallery/index.html", examples())

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)
