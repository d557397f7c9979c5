"""Matching a school that an applicant typed to one of the Department's list (A1, G3)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from applications import queries, services
from applications.forms.schools_unlisted import MatchSchoolForm
from applications.models import Application
from core.views import ActionView
from programmes import queries as programmes
from programmes.models import School


class MatchSchool(ActionView):
    """Schools found by words, at first by what the applicant typed; one of them is chosen."""

    template_name = "applications/match_school.html"
    permission = "applications.match_school"
    form_class = MatchSchoolForm

    def scope(self) -> QuerySet[Application]:
        return queries.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.school_id or not self.object.school_typed:
            message = "The school of this application is a listed one already."
            return render(request, "409.html", {"message": message}, status=409)
        return super().get(request, *args, **kwargs)

    @property
    def typed(self) -> str:
        return self.request.GET.get("q", "").strip()[:100]

    @cached_property
    def schools(self) -> list[School]:
        if "q" in self.request.GET:
            return programmes.find_schools(self.typed)
        found = programmes.find_schools(self.object.school_typed)
        return found or programmes.find_schools(self.object.school_typed_postcode)

    def context(self) -> dict[str, Any]:
        return {
            "back": self.object.get_absolute_url(),
            "q": self.typed if "q" in self.request.GET else self.object.school_typed,
            "schools": self.schools,
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"schools": self.schools}

    def act(self, form: MatchSchoolForm) -> str:
        school = next(each for each in self.schools if each.urn == form.cleaned_data["school"])
        row = services.match_school(by=self.user, application=self.object, school=school)
        return row.get_absolute_url()
