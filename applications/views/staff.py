"""Pages of those who decide: the list."""

from typing import Any

from applications import queries
from applications.forms import staff as forms
from applications.presenters import staff as words
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
