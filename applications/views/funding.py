"""Pages of funding: deciding again, the years' rules, the report of grants due and its files (A12)."""

import tempfile
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from applications import queries, services
from applications.forms import funding as forms
from applications.models import Application, FundingYear
from applications.presenters import funding as words
from applications.queries import funding as rows
from applications.states import ApplicationStatus
from core import clock
from core.views import ActionView, PageView
from programmes.models import School

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PEOPLE = 500


class Decide(ActionView):
    """Decide again who pays for an accepted application."""

    template_name = "applications/funding_decide.html"
    permission = "applications.fund"
    form_class = forms.RouteForm

    def scope(self) -> QuerySet[Application]:
        return queries.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.status != ApplicationStatus.ACCEPTED:
            message = "Funding is decided once an application has been accepted."
            return render(request, "409.html", {"message": message}, status=409)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        decision = rows.current_decision(self.object)
        return {
            "back": self.object.get_absolute_url(),
            "rows": words.decision_rows(decision) if decision else [],
        }

    def act(self, form: forms.RouteForm) -> str:
        services.decide_funding(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class Years(PageView):
    """Every year's rules."""

    template_name = "applications/funding_years.html"
    permission = "applications.fund"

    def context(self) -> dict[str, Any]:
        return {"rows": words.years(list(rows.years()[:50]))}


class Year(PageView):
    """One year's rules."""

    template_name = "applications/funding_year.html"
    permission = "applications.fund"
    lookup = "code"

    def scope(self) -> QuerySet[FundingYear]:
        return rows.years()

    def context(self) -> dict[str, Any]:
        return {
            "bands": words.bands(self.object),
            "workplaces": [each.kind for each in self.object.workplaces.all()],
        }


class ChangeYear(ActionView):
    """A change of one year's rules."""

    template_name = "applications/funding_change.html"
    permission = "applications.fund"
    lookup = "code"
    heading = ""
    lead = "Decisions made before keep what they were worked out from. Decide one again to use the new rules."

    def scope(self) -> QuerySet[FundingYear]:
        return rows.years()

    def context(self) -> dict[str, Any]:
        return {
            "back": words.year_url(self.object),
            "heading": self.heading,
            "lead": self.lead,
        }


class Copy(ChangeYear):
    """Begin another year with these rules."""

    form_class = forms.YearForm
    heading = "Begin another year"
    lead = "It begins with the rules of this year, which you can then change."

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Begin this year"}

    def act(self, form: forms.YearForm) -> str:
        made = services.copy_funding_year(by=self.user, year=self.object, **form.cleaned_data)
        messages.success(self.request, f"{made.code} begins with the rules of {self.object.code}.")
        return words.year_url(made)


class Workplaces(ChangeYear):
    """The kinds of workplace that are eligible for a scholarship."""

    form_class = forms.WorkplacesForm
    heading = "Change the eligible workplaces"

    def form_arguments(self) -> dict[str, Any]:
        kinds = "\n".join(each.kind for each in self.object.workplaces.all())
        return {"initial": {"kinds": kinds}}

    def act(self, form: forms.WorkplacesForm) -> str:
        services.change_workplaces(by=self.user, year=self.object, kinds=form.lines())
        return words.year_url(self.object)


class Bands(ChangeYear):
    """What schools are due, by phase and size."""

    template_name = "applications/funding_bands.html"
    form_class = forms.BandsForm
    heading = "Change the support for schools"

    def form_arguments(self) -> dict[str, Any]:
        return {"bands": rows.rules_of(self.object).bands}

    def act(self, form: forms.BandsForm) -> str:
        services.change_bands(by=self.user, year=self.object, bands=form.bands())
        return words.year_url(self.object)


class Grants(PageView):
    """What schools are due in a year, and what is expected."""

    template_name = "applications/grants.html"
    permission = "applications.fund"

    def context(self) -> dict[str, Any]:
        years = list(rows.years()[:50])
        asked = self.request.GET.get("year", "")
        year = next((each for each in years if each.code == asked), None)
        if year is None:
            year = rows.year_of(clock.today()) or (years[0] if years else None)
        if year is None:
            return {"years": [], "year": None}
        page, after = rows.page_of_grants(year, after=self.request.GET.get("after", ""))
        return {
            "years": years,
            "year": year,
            "rows": words.grant_rows(year, page),
            "total": words.amounts(rows.totals(year)),
            "older": f"?year={year.code}&after={after}" if after else "",
            "newer": f"?year={year.code}" if self.request.GET.get("after") else "",
        }


class OfYear(PageView):
    """Something of one year's grants."""

    permission = "applications.fund"
    lookup = "code"

    def scope(self) -> QuerySet[FundingYear]:
        return FundingYear.objects.all()


class People(OfYear):
    """The participants behind the numbers, of one school or of all."""

    template_name = "applications/grants_people.html"

    def context(self) -> dict[str, Any]:
        urn = self.request.GET.get("school", "")
        school = School.objects.filter(urn=urn).first() if urn else None
        if urn and school is None:
            raise Http404
        counts = self.request.GET.get("counts", "")
        found = rows.people(self.object, urn=urn, counts=counts, limit=MOST_PEOPLE)
        return {
            "school": school,
            "heading": words.people_heading(school, counts),
            "rows": words.people_rows(found),
            "most": MOST_PEOPLE,
        }


class Export(OfYear):
    """The whole report as a file, exactly what the page shows."""

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        year, kind = self.object, kwargs["kind"]
        found, total = rows.grants(year).iterator(), rows.totals(year)
        name = f"attachment; filename=grants-{year.code}.{kind}"
        if kind == "csv":
            pieces = words.as_csv(found, total)
            return StreamingHttpResponse(
                pieces,
                content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": name},
            )
        if kind != "xlsx":
            raise Http404
        with tempfile.TemporaryFile() as file:
            words.write_xlsx(found, total, file)
            file.seek(0)
            return HttpResponse(
                file.read(), content_type=XLSX, headers={"Content-Disposition": name}
            )
