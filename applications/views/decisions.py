"""Pages on which something is decided: confirm, accept, decline (A8, A9)."""

from typing import Any

from applications import queries, services
from applications.forms import staff as forms
from applications.forms.applicant import ButtonForm
from applications.views.acting import StaffAction


class Confirm(StaffAction):
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


class Accept(StaffAction):
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


class Decline(StaffAction):
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
