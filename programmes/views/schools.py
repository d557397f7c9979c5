"""Pages of schools for staff: each reading of the Department's file and what it did."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from core.views import PageView
from programmes import queries
from programmes.models import SchoolImport
from programmes.presenters import schools as presenters

LISTS = ("refused", "closed", "changed")
MOST_DIGITS = 18  # of a place in a list, as the database counts


class SchoolImports(PageView):
    """Every reading of the Department's file, the latest first."""

    template_name = "programmes/school_imports.html"
    permission = "programmes.read_school_imports"

    def context(self) -> dict[str, Any]:
        after = self.request.GET.get("after", "")
        page, onward = queries.page_of_imports(after)
        return {
            "rows": [(run, presenters.in_short(run)) for run in page],
            "older": f"?{urlencode({'after': onward})}" if onward else "",
            "newer": "?" if after else "",
        }


class Import(PageView):
    """One reading: its counts, and the rows refused, the schools that closed or those that changed."""

    template_name = "programmes/school_import.html"
    permission = "programmes.read_school_imports"

    def scope(self) -> QuerySet[SchoolImport]:
        return queries.school_imports()

    def context(self) -> dict[str, Any]:
        run = self.object
        first = next((name for name in LISTS if getattr(run, name)), "")
        asked = self.request.GET.get("show", "")
        shown = asked if asked in LISTS else first
        page: Any = []
        onward = 0
        if shown == "refused":
            page, onward = queries.refused_rows(run, self._after)
        elif shown:
            found, onward = queries.school_changes(run, closed=shown == "closed", after=self._after)
            page = presenters.changes(found)
        return {
            "back": reverse("programmes:school_imports"),
            "facts": presenters.facts(run),
            "counts": presenters.counts(run),
            "shown": shown,
            "rows": page,
            "older": f"?{urlencode({'show': shown, 'after': onward})}#rows" if onward else "",
            "newer": f"?{urlencode({'show': shown})}#rows" if self._after else "",
        }

    @property
    def _after(self) -> int:
        typed = self.request.GET.get("after", "")
        digits = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
        return int(typed) if digits else 0
