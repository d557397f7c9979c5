"""Pages of programmes and cohorts: what can be applied for, for anybody, and the desk of those who run them."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property

from core import clock
from core.views import ActionView, PageView
from frameworks import queries as frameworks
from frameworks.models import Level
from programmes import queries, services
from programmes.forms import cohorts as forms
from programmes.models import Cohort
from programmes.presenters import cohorts as presenters
from programmes.presenters import enrolments as enrolled

DESK = "programmes.manage_cohorts"


@method_decorator(login_not_required, name="dispatch")
class Cohorts(PageView):
    """The levels one can apply for, with their cohorts, for anybody."""

    template_name = "programmes/cohorts.html"

    def context(self) -> dict[str, Any]:
        today = clock.today()
        levels = queries.programme_levels(today)
        cohorts = list(queries.cohorts_to_apply_for(today))
        return {
            "levels": presenters.open_levels(levels, cohorts, today),
            "others": presenters.other_levels(levels, cohorts),
            "before": presenters.before_applying(),
        }


class OfLevel(PageView):
    """A page about the level of a code."""

    @cached_property
    def level(self) -> Level:
        level = queries.programme_level(self.kwargs["level"], clock.today())
        if level is None:
            raise Http404
        return level


@method_decorator(login_not_required, name="dispatch")
class Programme(OfLevel):
    """What a level is for and takes, and the cohorts one can apply for (A11, F10), for anybody."""

    template_name = "programmes/programme.html"

    def context(self) -> dict[str, Any]:
        level, today = self.level, clock.today()
        programme = queries.programme_of(level)
        cohorts = queries.cohorts_to_apply_for(today).filter(level__code=level.code)
        return {
            "level": level,
            "paragraphs": presenters.paragraphs(programme),
            "areas": list(level.areas.select_related("level__edition")),
            "tasks": list(frameworks.tasks(level)),
            "hours": presenters.hours(programme),
            "cards": presenters.cards(level, list(cohorts), today),
            "before": presenters.before_applying(level),
            "may_describe": self.user.has_perm(DESK),
        }


class Describe(OfLevel, ActionView):
    """Change what a programme's page says."""

    template_name = "programmes/describe.html"
    permission = DESK
    form_class = forms.DescribeForm

    def context(self) -> dict[str, Any]:
        return {"level": self.level}

    def form_arguments(self) -> dict[str, Any]:
        programme = queries.programme_of(self.level)
        fields = ("description", *(field for _, field in presenters.HOURS))
        return {"initial": {each: getattr(programme, each) for each in fields}}

    def act(self, form: forms.DescribeForm) -> str:
        text = form.cleaned_data["description"]
        services.describe_programme(
            by=self.user, level=self.level, description=text, hours=form.hours()
        )
        return reverse("programmes:programme", args=[self.level.code])


class Desk(PageView):
    """Every cohort, the latest start first, by level and what it takes, as the address asks."""

    template_name = "programmes/desk.html"
    permission = DESK

    def context(self) -> dict[str, Any]:
        today = clock.today()
        levels = queries.programme_levels(today)
        form = forms.FilterForm(self.request.GET, levels=[each.code for each in levels])
        asked = form.asked()
        rows = queries.cohorts_of(queries.cohorts_with_places(), on=today, **asked)
        page, after = queries.cohorts_page(rows, after=self.request.GET.get("after", ""))
        kept = {name: value for name, value in asked.items() if value}
        return {
            "filters": form,
            "rows": presenters.desk_rows(page, today),
            "older": f"?{urlencode(kept | {'after': after})}" if after else "",
            "newer": f"?{urlencode(kept)}" if self.request.GET.get("after") else "",
            "is_filtered": bool(kept),
            "levels": levels,
        }


class OneCohort(PageView):
    """A page about one cohort of the desk."""

    permission = DESK

    def scope(self) -> QuerySet[Cohort]:
        return queries.cohorts_with_places()


class Page(OneCohort):
    """One cohort: its facts, its places, who has them, and what can be done."""

    template_name = "programmes/cohort.html"

    def context(self) -> dict[str, Any]:
        today = clock.today()
        rows = queries.enrolments_visible_to(self.user).filter(cohort=self.object)
        page, after = queries.page_of(rows, after=self.request.GET.get("after", ""))
        return {
            **presenters.desk_facts(self.object, today),
            "rows": enrolled.rows(page, today),
            "older": f"?{urlencode({'after': after})}" if after else "",
            "newer": "?" if self.request.GET.get("after") else "",
        }


class Open(ActionView):
    """Open a cohort for applications."""

    template_name = "programmes/cohort_form.html"
    permission = DESK
    form_class = forms.CohortForm

    def context(self) -> dict[str, Any]:
        return {
            "title": "Open a cohort",
            "back": reverse("programmes:desk"),
            "partners": queries.partner_names(),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {
            "levels": list(frameworks.all_levels()),
            "button": "Open this cohort",
            "initial": {"capacity": 30},
        }

    def act(self, form: forms.CohortForm) -> str:
        cohort = services.open_cohort(by=self.user, **form.facts())
        messages.success(self.request, f"{cohort.name} is open for applications.")
        return cohort.get_absolute_url()


class Change(OneCohort, ActionView):
    """Change a cohort's facts."""

    template_name = "programmes/cohort_form.html"
    form_class = forms.CohortForm

    def context(self) -> dict[str, Any]:
        return {
            "title": f"Change {self.object.name}",
            "back": self.object.get_absolute_url(),
            "partners": queries.partner_names(),
            "taken": self.object.taken,
        }

    def form_arguments(self) -> dict[str, Any]:
        cohort = self.object
        fields = ("name", "starts_on", "applications_close_on", "capacity", "local_group")
        whole, rest = divmod(cohort.fee_pence, 100)
        return {
            "button": "Save changes",
            "initial": {
                **{each: getattr(cohort, each) for each in fields},
                "fee": Decimal(cohort.fee_pence).scaleb(-2) if rest else whole,
                "partner": cohort.partner.name if cohort.partner else "",
            },
        }

    def act(self, form: forms.CohortForm) -> str:
        services.change_cohort(by=self.user, cohort=self.object, **form.facts())
        return str(self.object.get_absolute_url())


class Close(OneCohort, ActionView):
    """Take no more applications in time."""

    template_name = "programmes/close_cohort.html"
    form_class = forms.ConfirmForm

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Close to applications", "warning": True}

    def act(self, form: forms.ConfirmForm) -> str:
        return services.close_cohort(by=self.user, cohort=self.object).get_absolute_url()


class Reopen(OneCohort, ActionView):
    """Take applications again."""

    template_name = "programmes/reopen_cohort.html"
    form_class = forms.ConfirmForm

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Open to applications again"}

    def act(self, form: forms.ConfirmForm) -> str:
        return services.reopen_cohort(by=self.user, cohort=self.object).get_absolute_url()
