"""The administrator's desk: the list of applications, saved filters and notes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from applications import queries, services
from applications.forms import desk as forms
from applications.models import Application
from applications.presenters import desk as words
from applications.queries import desk
from core.views import ActionView, PageView
from programmes.models import Cohort


class Filtered(PageView):
    """What every page about the list shares: the filter as the address has it."""

    permission = "applications.list"

    @cached_property
    def cohorts(self) -> list[Cohort]:
        return desk.cohorts_to_choose()

    def filter_form(self) -> forms.FilterForm:
        return forms.FilterForm(
            self.request.GET,
            levels=sorted({each.level.code for each in self.cohorts}),
            cohorts=[(each.reference, f"{each.level.code}: {each.name}") for each in self.cohorts],
        )


class Applications(Filtered):
    """Every application that is open, or as the address asks; the longest waiting first."""

    template_name = "applications/list.html"

    def context(self) -> dict[str, Any]:
        form = self.filter_form()
        query = form.query()
        after = self.request.GET.get("after", "")
        found = desk.filtered(desk.lines(), **form.asked())
        page, further = queries.page_of(found, after=after)
        kept = words.saved(desk.saved_filters(self.user), query)
        return {
            "filters": form,
            "query": query,
            "rows": words.rows(desk.with_names(page, self.cohorts)),
            "how_many": words.how_many(*desk.count(found)),
            "older": _address(query, after=further) if further else "",
            "newer": _address(query) if after else "",
            "saved": kept,
            "may_save": bool(query) and not any(each["is_shown"] for each in kept),
            "bulk": _bulk(),
        }


def _address(query: str, after: str = "") -> str:
    return "?" + "&".join(filter(None, (query, f"after={after}" if after else "")))


def _bulk() -> str:
    """Where what is ticked is sent; '' while there is no such page."""
    try:
        return reverse("applications:bulk")
    except NoReverseMatch:
        return ""


class SaveFilter(ActionView, Filtered):
    """Give the filter that the address holds a name, and keep it."""

    template_name = "applications/saved_filter.html"
    form_class = forms.NameForm

    def context(self) -> dict[str, Any]:
        asked = self.filter_form()
        return {"asked": asked.in_words(), "back": _list(asked.query())}

    def act(self, form: forms.NameForm) -> str:
        query = self.filter_form().query()
        services.save_filter(by=self.user, name=form.cleaned_data["name"], query=query)
        return _list(query)


class RemoveFilter(ActionView):
    """Throw away the saved filter named in the form."""

    permission = "applications.list"
    http_method_names = ["post", "options"]

    def act(self, form: Any) -> str:
        name = self.request.POST.get("name", "").replace("\0", "")
        services.remove_filter(by=self.user, name=name)
        return reverse("applications:list")


def _list(query: str) -> str:
    return reverse("applications:list") + (f"?{query}" if query else "")


class Note(ActionView):
    """Add a note to an application, whatever its stage."""

    template_name = "applications/note.html"
    permission = "applications.note"
    form_class = forms.NoteForm

    def scope(self) -> QuerySet[Application]:
        return queries.visible_to(self.user)

    def context(self) -> dict[str, Any]:
        return {"back": self.object.get_absolute_url()}

    def act(self, form: forms.NoteForm) -> str:
        services.note(by=self.user, application=self.object, text=form.cleaned_data["text"])
        return f"{self.object.get_absolute_url()}#notes"
