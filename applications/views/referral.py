"""Pages of referral: what waits for a regional moderator, conversations, asking for more (A5, A8)."""

from typing import Any

from django.urls import reverse

from applications import queries, services
from applications.forms import staff as forms
from applications.presenters import staff as words
from applications.views.acting import StaffAction
from core.views import PageView


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


class LogContact(StaffAction):
    """A conversation with the sponsor."""

    form_class = forms.ContactForm
    verb = "log_contact"
    heading = "Log a conversation with the sponsor"
    lead = "The applicant does not see this."

    def act(self, form: forms.ContactForm) -> str:
        services.log_contact(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class ReturnToSponsor(StaffAction):
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
