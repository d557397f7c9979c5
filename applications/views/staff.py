"""Pages of those who decide: the lists, 'confirm and enrol', and what a regional moderator does (A8, A9)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from applications import queries, services
from applications.forms import staff as forms
from applications.forms.applicant import ButtonForm
from applications.models import Application
from applications.presenters import staff as words
from applications.states import APPLICATION
from core.errors import WrongMoment
from core.views import ActionView, PageView
from programmes import queries as programmes
from programmes.models import Cohort


class Applications(PageView):
    """Every application that is open, or as the address asks; the longest waiting first."""

    template_name = "applications/list.html"
    permission = "applications.list"

    def context(self) -> dict[str, Any]:
        cohorts = list(Cohort.objects.select_related("level").order_by("-starts_on", "pk")[:200])
        form = forms.FilterForm(
            self.request.GET,
            levels=sorted({each.level.code for each in cohorts}),
            cohorts=[(each.reference, f"{each.level.code}: {each.name}") for each in cohorts],
        )
        asked = form.asked()
        rows = queries.filtered(queries.visible_to(self.user), **asked)
        page, after = queries.page_of(rows, after=self.request.GET.get("after", ""))
        return {
            "filters": form,
            "rows": words.rows(page),
            "older": self._address(after=after) if after else "",
            "newer": self._address() if self.request.GET.get("after") else "",
            "is_filtered": any(asked.values()),
        }

    def _address(self, **more: str) -> str:
        query = self.request.GET.copy()
        query.pop("after", None)
        for name, value in more.items():
            query[name] = value
        return f"?{query.urlencode()}"


class Referrals(PageView):
    """What waits for a regional moderator: not their own, not one they sponsor."""

    template_name = "applications/referrals.html"
    permission = "applications.referrals"

    def context(self) -> dict[str, Any]:
        page, after = queries.page_of(
            queries.referred_to(self.user), after=self.request.GET.get("after", "")
        )
        return {
            "rows": words.rows(page),
            "older": f"?after={after}" if after else "",
            "newer": "?" if self.request.GET.get("after") else "",
        }


class Decision(ActionView):
    """A step towards a decision on one application."""

    template_name = "applications/decide.html"
    permission = "applications.decide"
    verb = ""
    heading = ""
    lead = ""

    def scope(self) -> QuerySet[Application]:
        return queries.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            APPLICATION.target(self.verb, self.object.status)
        except WrongMoment as refusal:
            return render(request, "409.html", {"message": refusal.message}, status=409)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            "back": self.object.get_absolute_url(),
            "heading": self.heading,
            "lead": self.lead,
            "places": programmes.places_left(self.object.cohort),
        }


class Confirm(Decision):
    """The provider confirms a ready application."""

    permission = "applications.confirm"
    template_name = "applications/confirm.html"
    form_class = ButtonForm
    verb = "confirm"
    heading = "Confirm and enrol"

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Confirm and enrol"}

    def act(self, form: ButtonForm) -> str:
        services.confirm(by=self.user, application=self.object)
        return str(self.object.get_absolute_url())


class LogContact(Decision):
    """A conversation with the sponsor."""

    form_class = forms.ContactForm
    verb = "log_contact"
    heading = "Log a conversation with the sponsor"
    lead = "The applicant does not see this."

    def act(self, form: forms.ContactForm) -> str:
        services.log_contact(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class ReturnToSponsor(Decision):
    """Open the sponsor's signed answer for change."""

    form_class = forms.ReasonForm
    verb = "return_to_sponsor"
    heading = "Ask the sponsor to look again"
    lead = (
        "This opens the sponsor’s signed answers so that they can change them and sign again. "
        "We write to them with a new link."
    )

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "What should they look at again?",
            "hint": "The sponsor reads this.",
            "missing": "Say what the sponsor is asked to look at again",
            "button": "Send it back to the sponsor",
        }

    def act(self, form: forms.ReasonForm) -> str:
        services.return_to_sponsor(by=self.user, application=self.object, **form.cleaned_data)
        return reverse("applications:referrals")


class Accept(Decision):
    """Accept after referral, with a reason."""

    form_class = forms.ReasonForm
    verb = "accept"
    heading = "Accept this application"
    lead = "The applicant gets a place in the cohort at once, and we write to them."

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "Why do you accept?",
            "hint": "Kept with the decision. The applicant does not see this.",
            "missing": "Give the reason for your decision",
            "button": "Accept and enrol",
        }

    def act(self, form: forms.ReasonForm) -> str:
        services.accept(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class Decline(Decision):
    """Decline after referral, with a reason and feedback to develop by (A9)."""

    form_class = forms.DeclineForm
    verb = "decline"
    heading = "Decline this application"
    lead = "The applicant reads your feedback and the areas and behaviours that you choose."

    def form_arguments(self) -> dict[str, Any]:
        return {
            "areas": list(queries.areas_of(self.object.level).values()),
            "behaviours": list(queries.behaviours_of(self.object.level).values()),
        }

    def act(self, form: forms.DeclineForm) -> str:
        services.decline(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())
