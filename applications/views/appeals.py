"""Pages of appeals and of decisions taken back: asking, handing, deciding, undoing (A10)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from applications import services
from applications.forms import decisions as forms
from applications.forms.staff import ReasonForm
from applications.models import Application
from applications.presenters import decisions as words
from applications.presenters import letters
from applications.queries import applied_by
from applications.queries import decisions as queries
from applications.states import APPLICATION
from applications.views.acting import StaffAction
from applications.views.decisions import Checked
from core.errors import WrongMoment
from core.views import ActionView, PageView


class Appeal(ActionView):
    """The applicant asks for a decline to be looked at again."""

    template_name = "applications/appeal.html"
    permission = "applications.appeal"
    form_class = forms.GroundsForm

    def scope(self) -> QuerySet[Application]:
        return applied_by(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            APPLICATION.target("appeal", self.object.status)
        except WrongMoment as refusal:
            return render(request, "409.html", {"message": refusal.message}, status=409)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            "back": self.object.get_absolute_url(),
            "cannot": words.cannot_appeal(self.object),
            "until": queries.appeal_until(self.object),
        }

    def act(self, form: forms.GroundsForm) -> str:
        services.appeal(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class Appeals(PageView):
    """The appeals that wait for a decision, the longest waiting first."""

    template_name = "applications/appeals.html"
    permission = "applications.list_appeals"

    def context(self) -> dict[str, Any]:
        rows, after = queries.page_of_appeals(
            queries.open_appeals(self.user), after=self.request.GET.get("after", "")
        )
        return {
            "rows": words.appeal_rows(rows),
            "older": f"?after={after}" if after else "",
            "newer": "?" if self.request.GET.get("after") else "",
        }


class HandAppeal(StaffAction):
    """Give an appeal to a regional moderator who was not involved before."""

    permission = "applications.hand_appeal"
    template_name = "applications/appeal_hand.html"
    form_class = forms.HandForm
    verb = "hand_appeal"
    heading = "Hand the appeal to a regional moderator"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "choices": self._choices()}

    def _choices(self) -> list[tuple[str, str]]:
        return words.moderator_choices(self.object)

    def form_arguments(self) -> dict[str, Any]:
        return {"moderators": self._choices()}

    def act(self, form: forms.HandForm) -> str:
        moderator = queries.uninvolved_moderators(self.object).get(
            reference=form.cleaned_data["moderator"]
        )
        services.hand_appeal(by=self.user, application=self.object, moderator=moderator)
        return str(self.object.get_absolute_url())


class DecideAppeal(Checked):
    """Decide an appeal with a reason that the applicant reads."""

    permission = "applications.decide_appeal"
    template_name = "applications/appeal_decide.html"
    form_class = ReasonForm
    done = ""

    def in_the_way(self) -> list[str]:
        return words.stands_in_the_way(self.object, self.user)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "appeal": queries.appeal_of(self.object)}

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "Why?",
            "hint": "The applicant reads this in the letter. Do not repeat what the sponsor said.",
            "missing": "Give the reason for your decision",
            "button": "Continue to the letter",
        }

    def leads_to(self) -> str:
        """Back to the appeals: a moderator to whom this one was handed has no more to do with it."""
        messages.success(self.request, f"{self.object.reference}: {self.done}")
        return reverse("applications:appeals")


class Uphold(DecideAppeal):
    """The applicant was right."""

    verb = "uphold"
    heading = "Uphold this appeal"
    lead = "The applicant is accepted: with a place in the cohort if one is free, else on its waiting list."
    send = "Uphold the appeal and send this letter"
    done = "the appeal is upheld, and we have written to the applicant."

    def facts(self, form: ReasonForm) -> letters.Facts:
        return letters.accepting(
            self.object,
            has_place=letters.would_get_a_place(self.object),
            upheld=True,
            reason=form.cleaned_data["reason"],
        )

    def act(self, form: ReasonForm) -> str:
        services.uphold(by=self.user, application=self.object, **form.cleaned_data)
        return self.leads_to()


class Dismiss(DecideAppeal):
    """The decision stands."""

    verb = "dismiss"
    heading = "Dismiss this appeal"
    lead = "The decision stands. There is no second appeal; the applicant can apply again."
    send = "Dismiss the appeal and send this letter"
    warning = True
    done = "the appeal is dismissed, and we have written to the applicant."

    def facts(self, form: ReasonForm) -> letters.Facts:
        application = self.object
        return letters.declining(
            application,
            feedback=application.feedback,
            areas=[each.name for each in application.feedback_areas.all()],
            behaviours=[each.name for each in application.feedback_behaviours.all()],
            kind=letters.Kind.DISMISSED,
            reason=form.cleaned_data["reason"],
        )

    def act(self, form: ReasonForm) -> str:
        services.dismiss(by=self.user, application=self.object, **form.cleaned_data)
        return self.leads_to()


class Undo(StaffAction):
    """Take a decision back, with a reason that the applicant reads."""

    permission = "applications.undo"
    template_name = "applications/undo.html"
    form_class = ReasonForm
    heading = "Take this decision back"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if queries.undo_verb(self.object) != self.verb:
            message = "There is no such decision to undo now."
            return render(request, "409.html", {"message": message}, status=409)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {**super().context(), **words.undo_facts(self.object)}

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "Why is it taken back?",
            "hint": "The applicant reads this on their page and in our email, so say it to them plainly.",
            "missing": "Say why the decision is taken back",
            "button": "Take the decision back",
        }

    def act(self, form: ReasonForm) -> str:
        undo = getattr(services, self.verb)
        undo(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class UndoConfirm(Undo):
    """Take back the provider's yes."""

    verb = "undo_confirm"


class UndoAccept(Undo):
    """Take back a moderator's yes."""

    verb = "undo_accept"


class UndoDecline(Undo):
    """Take back a no."""

    verb = "undo_decline"
