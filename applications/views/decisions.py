"""Pages on which something is decided: confirm, accept, decline, and the letter about it (A8, A9)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from applications import queries, services
from applications.forms import decisions as forms
from applications.forms.applicant import ButtonForm
from applications.forms.staff import ReasonForm
from applications.models import Application
from applications.presenters import decisions as words
from applications.presenters import letters
from applications.queries import decisions as decision_queries
from applications.reports.letters import DECISION_LETTER
from applications.states import APPLICATION
from applications.views.acting import StaffAction
from core.errors import WrongMoment
from core.views import ActionView, PageView
from documents import queries as documents_queries
from documents import services as documents

NOT_CARRIED = ("csrfmiddlewaretoken", "idempotency_key", "step", "save")


class Checked(StaffAction):
    """A decision in two steps: fill it in, then read the letter as the applicant will, and send it."""

    check_template = "applications/decide_check.html"
    send = ""
    warning = False

    def facts(self, form: Any) -> letters.Facts:
        """What the letter would say, from a valid form."""
        raise NotImplementedError

    def in_the_way(self) -> list[str]:
        """Why nothing can be decided yet, in sentences."""
        return []

    def context(self) -> dict[str, Any]:
        return {**super().context(), "in_the_way": self.in_the_way()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = request.POST.get("step", "")
        if step == "send":
            return super().post(request, *args, **kwargs)
        try:
            APPLICATION.target(self.verb, self.object.status)
        except WrongMoment as refusal:
            return render(request, "errors/409.html", {"message": refusal.message}, status=409)
        form = self.get_form(request.POST)
        if step == "change":
            return self.page(form=form)
        if not form.is_valid() or self.in_the_way():
            return self.page(status=422, form=form)
        return self._check(form)

    def _check(self, form: Any) -> HttpResponse:
        carried = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in NOT_CARRIED
            for value in values
        ]
        self.template_name = self.check_template
        return self.page(
            letter=letters.letter(self.facts(form)),
            pairs=carried,
            send=self.send,
            warning=self.warning,
        )


class Confirm(StaffAction):
    """The provider confirms a ready application."""

    permission = "applications.confirm"
    template_name = "applications/confirm.html"
    form_class = ButtonForm
    verb = "confirm"
    heading = "Confirm and enrol"

    def context(self) -> dict[str, Any]:
        return {**super().context(), **_preview(self.object)}

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Confirm and enrol"}

    def act(self, form: ButtonForm) -> str:
        services.confirm(by=self.user, application=self.object)
        return str(self.object.get_absolute_url())


class Accept(StaffAction):
    """Accept after referral, with a reason."""

    template_name = "applications/accept.html"
    form_class = ReasonForm
    verb = "accept"
    heading = "Accept this application"

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            **_preview(self.object),
            "in_the_way": words.not_yet(self.object),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "Why do you accept?",
            "hint": "Kept with the decision. The applicant does not see this.",
            "missing": "Give the reason for your decision",
            "button": "Accept and send the letter",
        }

    def act(self, form: ReasonForm) -> str:
        services.accept(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class Decline(Checked):
    """Decline after referral, with a reason and feedback to develop by (A9)."""

    form_class = forms.DeclineForm
    verb = "decline"
    heading = "Decline this application"
    lead = (
        "The applicant reads your feedback and the areas and behaviours that you choose. You see the letter "
        "before it is sent."
    )
    send = "Decline and send this letter"
    warning = True

    def in_the_way(self) -> list[str]:
        return words.not_yet(self.object)

    def form_arguments(self) -> dict[str, Any]:
        first = {} if self.request.method == "POST" else words.first_feedback(self.object)
        return {
            "areas": list(queries.areas_of(self.object.level).values()),
            "behaviours": list(queries.behaviours_of(self.object.level).values()),
            "initial": first,
        }

    def facts(self, form: forms.DeclineForm) -> letters.Facts:
        data = form.cleaned_data
        return letters.declining(
            self.object,
            feedback=data["feedback"],
            areas=[form.known_areas[number] for number in data["areas"]],
            behaviours=[form.known_behaviours[position] for position in data["behaviours"]],
            may_appeal=decision_queries.appeal_of(self.object) is None,
        )

    def act(self, form: forms.DeclineForm) -> str:
        services.decline(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


def _preview(application: Application) -> dict[str, Any]:
    """The letter of a yes as it would be written now."""
    has_place = letters.would_get_a_place(application)
    return {
        "has_place": has_place,
        "reads": f"This is what {application.applicant.first_name} will read",
        "letter": letters.letter(letters.accepting(application, has_place=has_place)),
    }


class _Letter(PageView):
    """A letter of somebody who may read it."""

    permission = "applications.read_letter"

    def scope(self) -> QuerySet[Application]:
        return decision_queries.letters_visible_to(self.user)


class Letter(_Letter):
    """The letter about the decision that stands."""

    template_name = "applications/letter.html"

    def context(self) -> dict[str, Any]:
        made = documents_queries.report_for(self.user, DECISION_LETTER, self.object.reference)
        # One that was made of an earlier decision is not offered as this one's.
        if made is not None and made.asked_at < self.object.moved_at:
            made = None
        return {
            "back": self.object.get_absolute_url(),
            "letter": letters.letter(letters.facts_of(self.object)),
            "report": made,
            "is_own": self.object.applicant_id == self.user.pk,
            "can_appeal": not words.cannot_appeal(self.object),
        }


class LetterPdf(_Letter, ActionView):
    """Ask for the letter as a PDF; leads to the page that shows how far it is."""

    template_name = "applications/letter.html"
    http_method_names = ["post", "options"]

    def act(self, form: Any) -> str:
        job = documents.ask_for_report(
            by=self.user, report=DECISION_LETTER, subject=self.object.reference
        )
        return reverse("documents:report", args=[job.reference])
