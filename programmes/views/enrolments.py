"""Pages of enrolments: the list, one of them, and what administrators record about it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core import clock
from core.errors import WrongMoment
from core.views import ActionView, PageView
from frameworks import queries as frameworks
from programmes import queries, services
from programmes.forms.enrolments import (
    CancelForm,
    CommenceForm,
    FilterForm,
    PauseForm,
    ResumeForm,
)
from programmes.models import Enrolment
from programmes.presenters import enrolments as presenters
from programmes.states import ENROLMENT


class Enrolments(PageView):
    """Every enrolment, newest first, by level and status as the address asks."""

    template_name = "programmes/enrolments.html"
    permission = "programmes.list_enrolments"

    def context(self) -> dict[str, Any]:
        codes = sorted({level.code for level in frameworks.all_levels()})
        form = FilterForm(self.request.GET, levels=codes)
        asked = form.asked()
        rows = queries.filtered(queries.enrolments_visible_to(self.user), **asked)
        page, after = queries.page_of(rows, after=self.request.GET.get("after", ""))
        return {
            "filters": form,
            "rows": presenters.rows(page, clock.today()),
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


class Page(PageView):
    """One enrolment: for the participant their own, for an administrator any."""

    template_name = "programmes/enrolment.html"

    def scope(self) -> QuerySet[Enrolment]:
        return queries.enrolments_visible_to(self.user)

    def context(self) -> dict[str, Any]:
        enrolment = self.object
        today = clock.today()
        own = enrolment.participant_id == self.user.pk
        return {
            "own": own,
            "stage": enrolment.get_status_display(),
            "colour": presenters.COLOURS[enrolment.status],
            "facts": presenters.facts(enrolment, today),
            "deadline": presenters.deadline(enrolment, today),
            "timeline": presenters.timeline(enrolment),
            "may_commence": self._may("commence"),
            "others": [
                (text, reverse(f"programmes:{verb}", args=[enrolment.reference]))
                for verb, text in presenters.RECORDS
                if self._may(verb)
            ],
            "back": reverse("home") if own else reverse("programmes:enrolments"),
        }

    def _may(self, verb: str) -> bool:
        allowed = ENROLMENT.allows(verb, self.object.status)
        return allowed and bool(self.user.has_perm(f"programmes.{verb}", self.object))


class Record(ActionView):
    """A page on which an administrator records one thing about an enrolment."""

    template_name = "programmes/record.html"
    verb = ""

    def scope(self) -> QuerySet[Enrolment]:
        return queries.enrolments_visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            ENROLMENT.target(self.verb, self.object.status)
        except WrongMoment as refusal:
            return render(request, "409.html", {"message": refusal.message}, status=409)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {"words": presenters.record_words(self.verb, self.object)}

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"on": clock.today()}}


class Commence(Record):
    """Record the day somebody started."""

    permission = "programmes.commence"
    form_class = CommenceForm
    verb = "commence"

    def act(self, form: CommenceForm) -> str:
        row = services.commence(by=self.user, enrolment=self.object, on=form.cleaned_data["on"])
        return row.get_absolute_url()


class Withdraw(Record):
    """Record that somebody left, and why (P1)."""

    permission = "programmes.withdraw"
    form_class = PauseForm
    verb = "withdraw"

    def form_arguments(self) -> dict[str, Any]:
        return super().form_arguments() | {"button": "Record that they left", "warning": True}

    def act(self, form: PauseForm) -> str:
        row = services.withdraw(by=self.user, enrolment=self.object, **form.cleaned_data)
        return row.get_absolute_url()


class Defer(Record):
    """Record that somebody paused, and why (P1)."""

    permission = "programmes.defer"
    form_class = PauseForm
    verb = "defer"

    def form_arguments(self) -> dict[str, Any]:
        return super().form_arguments() | {"button": "Record that they paused"}

    def act(self, form: PauseForm) -> str:
        row = services.defer(by=self.user, enrolment=self.object, **form.cleaned_data)
        return row.get_absolute_url()


class Resume(Record):
    """Record the day somebody came back (P1)."""

    permission = "programmes.resume"
    form_class = ResumeForm
    verb = "resume"

    def act(self, form: ResumeForm) -> str:
        row = services.resume(by=self.user, enrolment=self.object, on=form.cleaned_data["on"])
        return row.get_absolute_url()


class Cancel(Record):
    """Take back a place given in error."""

    permission = "programmes.cancel"
    form_class = CancelForm
    verb = "cancel"

    def form_arguments(self) -> dict[str, Any]:
        return {}

    def act(self, form: CancelForm) -> str:
        row = services.cancel(by=self.user, enrolment=self.object, **form.cleaned_data)
        return row.get_absolute_url()
