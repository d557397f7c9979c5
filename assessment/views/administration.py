"""The administrator's pages: every script, allocating, releasing, one script's record. HTTP only."""

from typing import Any

from crispy_forms_gds.choices import Choice
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from assessment import queries, services
from assessment.forms import AllocateForm, FilterForm, ReleaseForm
from assessment.presenters import results as presenters
from assessment.presenters.submission import word_rows
from assessment.visibility import Part, Viewer, seen
from core.views import ActionView, PageView
from frameworks import queries as frameworks


class Scripts(PageView):
    """Every script, with filters kept in the address, and what waits for the administrator."""

    template_name = "assessment/scripts.html"
    permission = "assessment.list_scripts"

    def context(self) -> dict[str, Any]:
        asked = self.request.GET
        levels = dict.fromkeys(each.code for each in frameworks.all_levels())
        form = FilterForm(asked, levels=levels)
        chosen = form.cleaned_data if form.is_valid() else {}
        rows = queries.listed(status=chosen.get("status", ""), level=chosen.get("level", ""))
        scripts, last = queries.page_of(rows, before=asked.get("before", ""))
        return {
            "filters": form,
            "is_filtered": bool(chosen.get("status") or chosen.get("level")),
            "rows": presenters.list_rows(scripts),
            "older": self._address(asked, before=last) if last else "",
            "newest": self._address(asked) if asked.get("before") else "",
            "waiting": queries.numbers_waiting(),
            "tasks_without_pass_mark": queries.tasks_without_pass_mark(),
        }

    @staticmethod
    def _address(asked: QueryDict, before: str = "") -> str:
        query = asked.copy()
        query.pop("before", None)
        if before:
            query["before"] = before
        return f"?{query.urlencode()}"


class Record(PageView):
    """One script as staff see it."""

    template_name = "assessment/record.html"
    permission = "assessment.view_record"

    def scope(self) -> QuerySet[Any]:
        return queries.scripts_visible_to(self.user)

    def context(self) -> dict[str, Any]:
        script = self.object
        is_administrator = self.user.has_perm("assessment.list_scripts")
        viewer = Viewer.ADMINISTRATOR if is_administrator else Viewer.QUALITY_AGENT
        parts = seen(viewer, script.status)
        marking = queries.first_marking(script)
        marks = queries.marks_of(marking) if marking and Part.MARKS in parts else []
        return {
            **presenters.result(script, marking, marks, viewer=viewer),
            "shows": {part.name.lower(): part in parts for part in Part},
            "marking": marking,
            "status_colour": presenters.COLOURS[script.status],
            "files": presenters.record_files(script, viewer=viewer),
            "word_rows": word_rows(script.word_counts),
            "actions": presenters.actions(script) if is_administrator else [],
            "is_administrator": is_administrator,
        }


class Allocate(ActionView):
    """Choose an assessor: load shown, conflicts left out and said."""

    template_name = "assessment/allocate.html"
    permission = "assessment.allocate"
    form_class = AllocateForm

    def scope(self) -> QuerySet[Any]:
        return queries.scripts_visible_to(self.user)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._candidates: tuple[list[Any], list[dict[str, str]]] | None = None

    @property
    def candidates(self) -> tuple[list[Any], list[dict[str, str]]]:
        if self._candidates is None:
            self._candidates = presenters.assessor_choices(queries.assessors_for(self.object))
        return self._candidates

    def form_arguments(self) -> dict[str, Any]:
        free, _ = self.candidates
        return {"choices": [Choice(user.reference, user.name, hint=load) for user, load in free]}

    def context(self) -> dict[str, Any]:
        free, held = self.candidates
        return {"free": free, "held": held}

    def act(self, form: Any) -> str:
        free, _ = self.candidates
        chosen = form.cleaned_data["assessor"]
        assessor = next(user for user, _ in free if user.reference == chosen)
        services.allocate(by=self.user, script=self.object, assessor=assessor)
        messages.success(
            self.request, f"{self.object.candidate_number} is with {assessor.name} now."
        )
        return reverse("assessment:scripts")


class Compute(ActionView):
    """Work out an outcome that waited for its pass mark."""

    permission = "assessment.compute"
    http_method_names = ["post", "options"]
    template_name = "assessment/no_pass_mark.html"

    def scope(self) -> QuerySet[Any]:
        return queries.scripts_visible_to(self.user)

    def act(self, form: Any) -> str:
        services.compute(by=self.user, script=self.object)
        messages.success(
            self.request, f"The outcome of {self.object.candidate_number} is worked out."
        )
        return reverse("assessment:record", args=[self.object.reference])


class Release(ActionView):
    """Marked scripts, of which some are chosen and released together (S16)."""

    template_name = "assessment/release.html"
    permission = "assessment.release"
    form_class = ReleaseForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._waiting: list[Any] | None = None

    @property
    def waiting(self) -> list[Any]:
        if self._waiting is None:
            self._waiting = list(queries.waiting_to_be_released()[: queries.PAGE])
        return self._waiting

    def form_arguments(self) -> dict[str, Any]:
        return {"scripts": self.waiting}

    def context(self) -> dict[str, Any]:
        chosen = self.request.POST.getlist("scripts") or [self.request.GET.get("script", "")]
        return {
            "waiting": self.waiting,
            "page_size": queries.PAGE,
            "chosen": chosen,
            "tasks_without_pass_mark": queries.tasks_without_pass_mark(),
        }

    def act(self, form: Any) -> str:
        chosen = set(form.cleaned_data["scripts"])
        scripts = [each for each in self.waiting if each.reference in chosen]
        released = services.release(by=self.user, scripts=scripts)
        count = len(released)
        messages.success(
            self.request,
            f"{count} {'result is' if count == 1 else 'results are'} released and on the way by mail.",
        )
        return reverse("assessment:release")
