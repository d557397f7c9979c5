"""Pages of those who decide: the list, 'confirm and enrol', accept and decline (A8, A9)."""

from typing import Any

from applications import queries, services
from applications.forms import staff as forms
from applications.forms.applicant import ButtonForm
from applications.presenters import staff as words
from applications.views.acting import StaffAction
from core.views import PageView
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
