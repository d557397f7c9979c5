"""Pages of cohorts: what can be applied for, for anybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from core import clock
from core.views import PageView
from programmes import queries
from programmes.presenters import cohorts as presenters


@method_decorator(login_not_required, name="dispatch")
class Cohorts(PageView):
    """The levels with open cohorts, for anybody."""

    template_name = "programmes/cohorts.html"

    def context(self) -> dict[str, Any]:
        return {"levels": presenters.open_levels(list(queries.open_cohorts(clock.today())))}
