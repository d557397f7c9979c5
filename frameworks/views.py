"""Pages of the standards, open to anyone; only a task's pass mark needs a permission. HTTP only."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator

from core.views import ActionView, PageView
from frameworks import presenters, queries, services
from frameworks.forms import PassMarkForm, SearchForm
from frameworks.models import Edition, Level


def missing(request: HttpRequest, what: str) -> HttpResponse:
    """404 with what there is instead."""
    return render(
        request,
        "frameworks/missing.html",
        {"what": what, "levels": queries.all_levels()},
        status=404,
    )


@method_decorator(login_not_required, name="dispatch")
class StandardsPage(PageView):
    """A page about something named in the address; what is not there answers 404 with what is."""

    what = "page"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except ObjectDoesNotExist:
            return missing(request, self.what)


class Levels(StandardsPage):
    """Choose a level of an edition; the newest one unless the address names another."""

    template_name = "frameworks/levels.html"
    what = "edition"

    def get_object(self) -> Edition | None:
        code = self.kwargs.get("edition")
        return queries.edition(code) if code else queries.current_edition()

    def context(self) -> dict[str, Any]:
        if self.object is None:
            return {"levels": [], "others": []}
        levels = list(queries.levels_counted(self.object))
        everything = list(queries.all_levels())
        here = {level.code for level in levels}
        return {
            "levels": levels,
            "areas": queries.areas(levels[0]) if levels else [],
            "others": [each for each in everything if each.edition_id != self.object.pk],
            "changed": sorted(
                {each.code for each in everything if each.edition_id != self.object.pk} & here
            ),
            "is_current": everything[0].edition_id == self.object.pk,
            "search_form": _search_form(everything),
        }


def _search_form(levels: list[Level], *sent: Any) -> SearchForm:
    return SearchForm(*sent, levels=levels, newest=levels[0].edition.code if levels else "")


class LevelPage(StandardsPage):
    """A level: its areas and tasks."""

    template_name = "frameworks/level.html"
    what = "level"

    def get_object(self) -> Level:
        return queries.level(self.kwargs["edition"], self.kwargs["level"])

    def context(self) -> dict[str, Any]:
        editions = queries.editions_of(self.object.code)
        return {
            "crumbs": presenters.edition_crumbs(self.object.edition, (self.object.code, "")),
            "areas": [presenters.area_words(each) for each in queries.areas(self.object)],
            "tasks": queries.tasks(self.object),
            "other_editions": [each for each in editions if each.pk != self.object.pk],
        }


class PrintPage(LevelPage):
    """A whole level on one page, for paper."""

    template_name = "frameworks/print.html"

    def context(self) -> dict[str, Any]:
        return {
            "crumbs": presenters.level_crumbs(self.object, ("Whole level", "")),
            "areas": [presenters.area_words(each) for each in queries.areas(self.object)],
            "tasks": [
                {"task": each, "parts": presenters.parts(queries.scheme(each))}
                for each in queries.tasks(self.object)
            ],
            "mark_levels": queries.mark_levels(),
        }


class AreaPage(StandardsPage):
    """An area: its statements beside its criteria."""

    template_name = "frameworks/area.html"
    what = "area"

    def get_object(self) -> Any:
        level = queries.level(self.kwargs["edition"], self.kwargs["level"])
        return queries.area(level, self.kwargs["number"])

    def context(self) -> dict[str, Any]:
        level = self.object.level
        neighbours = list(level.areas.all())
        place = [each.pk for each in neighbours].index(self.object.pk)
        return {
            "crumbs": presenters.level_crumbs(level, (self.object.name, "")),
            "words": presenters.area_words(self.object),
            "previous": neighbours[place - 1] if place else None,
            "next": neighbours[place + 1] if place + 1 < len(neighbours) else None,
        }


class CriterionPage(StandardsPage):
    """A criterion: where it is marked, its documents and what each mark means."""

    template_name = "frameworks/criterion.html"
    what = "criterion"

    def get_object(self) -> Any:
        level = queries.level(self.kwargs["edition"], self.kwargs["level"])
        return queries.criterion(level, self.kwargs["code"])

    def context(self) -> dict[str, Any]:
        area = self.object.area
        area.level = self.object.level
        return {
            "crumbs": presenters.level_crumbs(
                self.object.level, (area.name, area.get_absolute_url()), (self.object.code, "")
            ),
            "marked_in": list(self.object.marked_in.all()),
            "mark_levels": queries.mark_levels(),
        }


class TaskPage(StandardsPage):
    """A task: what it asks, its documents and its criteria."""

    template_name = "frameworks/task.html"
    what = "task"

    def get_object(self) -> Any:
        return queries.task(self.kwargs["edition"], self.kwargs["level"], self.kwargs["number"])

    def context(self) -> dict[str, Any]:
        return {
            "crumbs": presenters.level_crumbs(
                self.object.level, (f"Task {self.object.number}", "")
            ),
            "guidance": queries.guidance(self.object),
            "documents": presenters.documents(queries.document_requirements(self.object)),
            "parts": presenters.parts(queries.scheme(self.object)),
            "mark_levels": queries.mark_levels(),
            "pass_mark": getattr(self.object, "pass_mark", None),
            "may_enter_pass_mark": self.user.has_perm("frameworks.enter_pass_mark"),
        }


class BehavioursPage(StandardsPage):
    """The leadership behaviours of an edition."""

    template_name = "frameworks/behaviours.html"
    what = "edition"

    def get_object(self) -> Edition:
        return queries.edition(self.kwargs["edition"])

    def context(self) -> dict[str, Any]:
        return {
            "crumbs": presenters.edition_crumbs(self.object, ("Leadership behaviours", "")),
            "behaviours": queries.behaviours(self.object),
        }


class Grows(StandardsPage):
    """One area across the levels, side by side."""

    template_name = "frameworks/grows.html"
    what = "area"

    def get_object(self) -> Edition:
        edition = queries.current_edition()
        if edition is None:
            raise Edition.DoesNotExist
        return edition

    def context(self) -> dict[str, Any]:
        areas = queries.area_across(self.object, self.kwargs["number"])
        if not areas:
            raise Edition.DoesNotExist
        return {
            "crumbs": presenters.crumbs((f"How {areas[0].name.lower()} grows", "")),
            "name": areas[0].name,
            "number": self.kwargs["number"],
            "columns": [presenters.area_words(each) for each in areas],
            "others": areas[0].level.areas.exclude(number=self.kwargs["number"]),
        }


class ChangesPage(StandardsPage):
    """What changed in a level between its two newest editions."""

    template_name = "frameworks/changes.html"
    what = "level"

    def get_object(self) -> list[Level]:
        editions = queries.editions_of(self.kwargs["level"])
        if not editions:
            raise Level.DoesNotExist
        return editions

    def context(self) -> dict[str, Any]:
        new, *older = self.object
        found: dict[str, Any] = {
            "level": new,
            "crumbs": presenters.level_crumbs(new, ("What changed", "")),
        }
        if older:
            found |= {"old": older[0], "changes": presenters.changes(older[0], new)}
        return found


@method_decorator(login_not_required, name="dispatch")
class SearchPage(PageView):
    """Search over every statement and criterion."""

    template_name = "frameworks/search.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        levels = list(queries.all_levels())
        if "q" not in request.GET:
            return self.page(search_form=_search_form(levels))
        form = _search_form(levels, request.GET)
        if not form.is_valid():
            return self.page(status=422, search_form=form, form=form)
        wanted, within = form.cleaned_data["q"], form.within()
        rows: list[Any]
        if wanted.code:
            rows = queries.criteria_by_code(wanted.code, within)
        else:
            rows = queries.search(wanted.words, within)
        return self.page(
            search_form=form,
            hits=presenters.hits(rows),
            searched=request.GET["q"].strip(),
            is_cut=len(rows) == queries.MOST_HITS,
        )

    def context(self) -> dict[str, Any]:
        return {"crumbs": presenters.crumbs(("Search", ""))}


class EnterPassMark(ActionView):
    """The provider enters a task's pass mark with its source (F8)."""

    template_name = "frameworks/pass_mark.html"
    permission = "frameworks.enter_pass_mark"
    form_class = PassMarkForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except ObjectDoesNotExist:
            return missing(request, "task")

    def get_object(self) -> Any:
        return queries.task(self.kwargs["edition"], self.kwargs["level"], self.kwargs["number"])

    def form_arguments(self) -> dict[str, Any]:
        entered = getattr(self.object, "pass_mark", None)
        initial = {"value": entered.value, "source": entered.source} if entered else {}
        return {"available": self.object.marks_available, "initial": initial}

    def context(self) -> dict[str, Any]:
        return {
            "crumbs": presenters.level_crumbs(
                self.object.level,
                (f"Task {self.object.number}", self.object.get_absolute_url()),
                ("Pass mark", ""),
            )
        }

    def act(self, form: Any) -> str:
        services.enter_pass_mark(by=self.user, task=self.object, **form.cleaned_data)
        url: str = self.object.get_absolute_url()
        return url
