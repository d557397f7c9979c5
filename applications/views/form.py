"""The pages of the form, one for each thing asked; what is saved can be left and found again (A1 to A3)."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from applications import queries, services
from applications.forms import applicant as forms
from applications.models import Strength
from applications.presenters import scales, tasks
from applications.presenters.mail import sponsor_address_trouble
from applications.services.writing import TEXTS, version
from applications.states import ApplicationStatus
from applications.views.applicant import Own
from core.errors import PortalError
from frameworks.models import Area, Statement, StatementKind
from programmes import queries as programmes
from programmes.presenters import schools as choosing

MOST_SCHOOLS = 20  # to choose from on one page


class School(Own):
    """Find the school by its name, postcode or URN; choosing it leads on, nothing is saved here."""

    template_name = "applications/school.html"
    verb = "save_details"
    http_method_names = ["get", "head", "options"]

    def context(self) -> dict[str, Any]:
        words_typed = self.request.GET.get("q", "").strip()[:100]
        chose_none = "choose" in self.request.GET
        missing = [{"text": "Choose your school", "href": "#school-1"}] if chose_none else []
        schools = programmes.find_schools(words_typed, limit=MOST_SCHOOLS)
        return {
            "back": self.back,
            "q": words_typed,
            "asked": "q" in self.request.GET,
            "came_from": self.came_from,
            "found": choosing.found(schools),
            "all_shown": len(schools) < MOST_SCHOOLS,
            "missing": missing,
            "page_has_errors": bool(missing),
        }


class SchoolNotListed(Own):
    """A school that the picker does not find: its name and postcode, matched by an administrator (A1, G3)."""

    template_name = "applications/school_not_listed.html"
    form_class = forms.UnlistedSchoolForm
    verb = "save_details"

    @property
    def back(self) -> str:
        return tasks.url("school", self.object, came_from=self.came_from)

    def form_arguments(self) -> dict[str, Any]:
        return {
            "initial": {
                "name": self.object.school_typed,
                "postcode": self.object.school_typed_postcode,
            }
        }

    def act(self, form: forms.UnlistedSchoolForm) -> str:
        row = services.save_unlisted_school(
            by=self.user, application=self.object, **form.cleaned_data
        )
        return self.onward(tasks.url("details", row)) if row.post else tasks.url("details", row)


class Details(Own):
    """Role and TRN at the school that was chosen (A1)."""

    template_name = "applications/details.html"
    form_class = forms.DetailsForm
    verb = "save_details"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        search = reverse("applications:school", args=[self.object.reference])
        if "q" in request.GET and not request.GET.get("school"):
            query = {"q": request.GET["q"], "choose": 1}
            query |= {"from": self.came_from} if self.came_from else {}
            return HttpResponseRedirect(f"{search}?{urlencode(query)}")
        if self.school is None and not self.object.school_typed:
            return HttpResponseRedirect(search)
        return super().get(request, *args, **kwargs)

    @cached_property
    def school(self) -> Any:
        asked = self.request.POST.get("school") or self.request.GET.get("school", "")
        return queries.school(asked.replace("\0", "")) if asked else self.object.school

    def context(self) -> dict[str, Any]:
        change = tasks.url("school", self.object, came_from=self.came_from)
        return {"back": self.back, "school": self.school, "change": change}

    def form_arguments(self) -> dict[str, Any]:
        return {
            "initial": {
                "school": self.school.urn if self.school else "",
                "post": self.object.post,
                "trn": self.object.trn,
            }
        }

    def act(self, form: forms.DetailsForm) -> str:
        row = services.save_details(
            by=self.user,
            application=self.object,
            school=self.school,
            post=form.cleaned_data["post"],
            trn=form.cleaned_data["trn"],
        )
        following = row.get_absolute_url() if row.funding_route else tasks.url("funding_route", row)
        return self.onward(following)


class FundingRoute(Own):
    """How the place would be paid for, as the applicant sees it now (A12)."""

    template_name = "applications/funding_route.html"
    form_class = forms.FundingForm
    verb = "save_details"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"route": self.object.funding_route}}

    def act(self, form: forms.FundingForm) -> str:
        row = services.save_funding(by=self.user, application=self.object, **form.cleaned_data)
        return self.onward(row.get_absolute_url())


class ScoreArea(Own):
    """How the applicant sees themselves in one area, with its statements one click away (A1)."""

    template_name = "applications/area.html"
    form_class = forms.AreaScoreForm
    verb = "score_areas"

    @cached_property
    def written(self) -> queries.Written:
        return queries.written(self.object)

    @cached_property
    def area(self) -> Area:
        number = self.kwargs["number"]
        area = next((each for each in self.written.areas if each.number == number), None)
        if area is None:
            raise Http404
        return area

    def context(self) -> dict[str, Any]:
        statements = list(Statement.objects.filter(area=self.area))
        return {
            "back": self.back,
            "area": self.area,
            "count": len(self.written.areas),
            "position": self.written.areas.index(self.area) + 1,
            "how_to": [each for each in statements if each.kind == StatementKind.HOW_TO],
            "about": [each for each in statements if each.kind == StatementKind.ABOUT],
        }

    def form_arguments(self) -> dict[str, Any]:
        return {
            "area": self.area,
            "scale": scales.area_scale(self.object.level.code),
            "initial": {"score": self.written.scores.get(self.area.number)},
        }

    def act(self, form: forms.AreaScoreForm) -> str:
        number = self.area.number
        row = services.score_areas(
            by=self.user, application=self.object, scores={number: form.cleaned_data["score"]}
        )
        return self.onward(tasks.after_area(row, queries.written(row), number))


class ChooseStrengths(Own):
    """The two strongest areas (A2)."""

    template_name = "applications/strengths.html"
    form_class = forms.ChooseStrengthsForm
    verb = "write_strengths"

    def form_arguments(self) -> dict[str, Any]:
        written = queries.written(self.object)
        code = self.object.level.code
        return {
            "areas": written.areas,
            "scores": {
                number: scales.area_step(code, score) for number, score in written.scores.items()
            },
            "initial": {"areas": [each.area.number for each in written.strengths]},
        }

    def act(self, form: forms.ChooseStrengthsForm) -> str:
        chosen = form.cleaned_data["areas"]
        row = services.choose_strengths(by=self.user, application=self.object, areas=chosen)
        return tasks.after_strength(row, queries.written(row), came_from=self.came_from)


class WriteStrength(Own):
    """Experience, impact and evidence in one of the two (A2)."""

    template_name = "applications/strength.html"
    form_class = forms.StrengthForm
    verb = "write_strengths"

    @cached_property
    def strength(self) -> Strength:
        found = self.object.strengths.select_related("area").filter(
            area__number=self.kwargs["number"]
        )
        strength: Strength | None = found.first()
        if strength is None:
            raise Http404
        return strength

    def context(self) -> dict[str, Any]:
        return {"back": self.back, "area": self.strength.area, "position": self.strength.position}

    def form_arguments(self) -> dict[str, Any]:
        kept = self.strength
        address = (self.object.reference, kept.area.number)
        return {
            "initial": {name: getattr(kept, name) for name in TEXTS} | {"seen": version(kept)},
            "keep_url": reverse("applications:keep_strength", args=address),
            "words_url": reverse("applications:count_words"),
        }

    def page(self, status: int = 200, **extra: Any) -> HttpResponse:
        if status == 422:
            self._keep_as_draft(extra["form"])
        return super().page(status, **extra)

    def act(self, form: forms.StrengthForm) -> str:
        number = self.kwargs["number"]
        given = {"application": self.object, "area": number, **form.cleaned_data}
        if "later" in self.request.POST:
            services.keep_strength(by=self.user, **given)
            return str(self.object.get_absolute_url())
        row = services.write_strength(by=self.user, **given)
        return tasks.after_strength(row, queries.written(row), came_from=self.came_from)

    def _keep_as_draft(self, form: forms.StrengthForm) -> None:
        """What was refused is kept all the same, so that nothing typed is lost by leaving the page."""
        typed = self.request.POST.copy()
        if not typed.keys() >= set(TEXTS):
            return  # not what our page sends: nothing was typed that could be lost
        with suppress(PortalError):
            kept = services.keep_strength(
                by=self.user,
                application=self.object,
                area=self.kwargs["number"],
                experience=typed.get("experience", ""),
                impact=typed.get("impact", ""),
                evidence=typed.get("evidence", ""),
                seen=typed.get("seen", ""),
            )
            typed["seen"] = version(kept)
            form.data = typed


class NameSponsor(Own):
    """Who the sponsor is, before sending or instead of one who has not answered (A3)."""

    template_name = "applications/name_sponsor.html"
    form_class = forms.SponsorForm
    verb = "name_sponsor"

    @property
    def is_sent(self) -> bool:
        return bool(self.object.status != ApplicationStatus.DRAFT)

    def context(self) -> dict[str, Any]:
        return {"back": self.back, "is_sent": self.is_sent, "trouble": self.trouble}

    @cached_property
    def trouble(self) -> str:
        return sponsor_address_trouble(self.object) if self.is_sent else ""

    def form_arguments(self) -> dict[str, Any]:
        button = {"button": "Send to this sponsor"} if self.is_sent else {}
        if self.is_sent and not self.trouble:
            return button
        return {
            **button,
            "initial": {
                "first_name": self.object.sponsor_first_name,
                "last_name": self.object.sponsor_last_name,
                "email": self.object.sponsor_email,
            },
        }

    def act(self, form: forms.SponsorForm) -> str:
        row = services.name_sponsor(by=self.user, application=self.object, **form.cleaned_data)
        return self.onward(row.get_absolute_url())
