"""The applicant's pages. Another person's application answers like one that does not exist."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from applications import permissions, queries, services
from applications.forms import applicant as forms
from applications.models import Application
from applications.presenters import applicant as words
from applications.presenters import scales, staff
from applications.states import APPLICATION, ApplicationStatus
from applications.visibility import Part, Relation, parts
from core import clock
from core.errors import WrongMoment
from core.views import ActionView, PageView
from frameworks.models import Area, Statement, StatementKind
from programmes import queries as programmes
from programmes.models import Cohort


class Mine(PageView):
    """One's own applications."""

    template_name = "applications/mine.html"

    def context(self) -> dict[str, Any]:
        rows = [
            (application, *words.TO_THE_APPLICANT[application.status])
            for application in queries.applied_by(self.user)[:50]
        ]
        return {"rows": rows}


class Start(ActionView):
    """What applying for a cohort takes, and the button that begins."""

    template_name = "applications/start.html"
    form_class = forms.ButtonForm

    def scope(self) -> QuerySet[Cohort]:
        return programmes.cohorts_with_places()

    def context(self) -> dict[str, Any]:
        return {
            "live": queries.live_application(self.user, self.object),
            "places": programmes.places_left(self.object),
            "closed": self.object.applications_close_on < clock.today(),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Start now"}

    def act(self, form: forms.ButtonForm) -> str:
        return services.start(by=self.user, cohort=self.object).get_absolute_url()


class Page(PageView):
    """An application as each person may see it: task list, sponsor's page, or the whole for staff."""

    def scope(self) -> QuerySet[Application]:
        return queries.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        relation = permissions.relation(self.user, self.object)
        if relation == Relation.SPONSOR:
            return HttpResponseRedirect(
                reverse("applications:sponsor", args=[self.object.reference])
            )
        if relation != Relation.APPLICANT:
            return self._staff_page(relation)
        if self.object.status == ApplicationStatus.DRAFT:
            return self._task_list()
        return self._status_page()

    def _task_list(self) -> HttpResponse:
        groups = words.task_groups(self.object, queries.written(self.object))
        done, whole = words.progress(groups)
        self.template_name = "applications/tasks.html"
        return self.page(groups=groups, done=done, whole=whole, next=words.next_task(groups))

    def _status_page(self) -> HttpResponse:
        application = self.object
        self.template_name = "applications/status.html"
        declined = application.status == ApplicationStatus.DECLINED
        return self.page(
            where=words.where_it_is(
                application, sponsor_has_begun=application.sponsor_id is not None
            ),
            sections=words.answers(application, queries.written(application)),
            timeline=words.own_timeline(application),
            may_name_sponsor=APPLICATION.allows("name_sponsor", application.status),
            may_withdraw=APPLICATION.allows("withdraw", application.status),
            develop=[*application.feedback_areas.all(), *application.feedback_behaviours.all()]
            if declined
            else [],
        )

    def _staff_page(self, relation: Relation) -> HttpResponse:
        self.template_name = "applications/application.html"
        seen = parts(relation)
        moderates = relation == Relation.MODERATOR
        return self.page(
            back=reverse("applications:referrals" if moderates else "applications:list"),
            back_text="Referrals" if moderates else "Applications",
            **staff.whole_page(self.object, self.user, shows_answer=Part.SPONSOR_ANSWER in seen),
        )


class Own(ActionView):
    """A page on which the applicant does one thing to their own application."""

    template_name = "applications/form.html"
    verb = ""

    def scope(self) -> QuerySet[Application]:
        return queries.applied_by(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            APPLICATION.target(self.verb, self.object.status)
        except WrongMoment as refusal:
            return render(request, "409.html", {"message": refusal.message}, status=409)
        return super().get(request, *args, **kwargs)

    @property
    def back(self) -> str:
        return self.object.get_absolute_url()

    def context(self) -> dict[str, Any]:
        return {"back": self.back}


class School(Own):
    """Find the school by its name, postcode or URN; choosing it leads on, nothing is saved here."""

    template_name = "applications/school.html"
    verb = "save_details"
    http_method_names = ["get", "head", "options"]

    def context(self) -> dict[str, Any]:
        words_typed = self.request.GET.get("q", "").strip()[:100]
        chose_none = "choose" in self.request.GET
        missing = [{"text": "Choose your school", "href": "#school-1"}] if chose_none else []
        return {
            "back": self.back,
            "q": words_typed,
            "asked": "q" in self.request.GET,
            "schools": programmes.find_schools(words_typed),
            "missing": missing,
            "page_has_errors": bool(missing),
        }


class Details(Own):
    """Role and TRN at the school that was chosen (A1)."""

    template_name = "applications/details.html"
    form_class = forms.DetailsForm
    verb = "save_details"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        search = reverse("applications:school", args=[self.object.reference])
        if "q" in request.GET and not request.GET.get("school"):
            query = urlencode({"q": request.GET["q"], "choose": 1})
            return HttpResponseRedirect(f"{search}?{query}")
        if self.school is None:
            return HttpResponseRedirect(search)
        return super().get(request, *args, **kwargs)

    @cached_property
    def school(self) -> Any:
        asked = self.request.POST.get("school") or self.request.GET.get("school", "")
        return queries.school(asked) if asked else self.object.school

    def context(self) -> dict[str, Any]:
        return {"back": self.back, "school": self.school}

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
        return row.get_absolute_url()


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
        return words.next_after(row, queries.written(row), number)


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
        services.choose_strengths(by=self.user, application=self.object, areas=chosen)
        return reverse("applications:strength", args=[self.object.reference, chosen[0]])


class WriteStrength(Own):
    """Experience, impact and evidence in one of the two (A2)."""

    template_name = "applications/strength.html"
    form_class = forms.StrengthForm
    verb = "write_strengths"

    @cached_property
    def strength(self) -> Any:
        found = self.object.strengths.select_related("area").filter(
            area__number=self.kwargs["number"]
        )
        strength = found.first()
        if strength is None:
            raise Http404
        return strength

    def context(self) -> dict[str, Any]:
        return {"back": self.back, "area": self.strength.area}

    def form_arguments(self) -> dict[str, Any]:
        kept = self.strength
        return {
            "initial": {
                "experience": kept.experience,
                "impact": kept.impact,
                "evidence": kept.evidence,
            }
        }

    def act(self, form: forms.StrengthForm) -> str:
        number = self.kwargs["number"]
        row = services.write_strength(
            by=self.user, application=self.object, area=number, **form.cleaned_data
        )
        empty = row.strengths.filter(evidence="").select_related("area").first()
        if empty:
            return reverse("applications:strength", args=[row.reference, empty.area.number])
        return row.get_absolute_url()


class NameSponsor(Own):
    """Who the sponsor is, before sending or instead of one who has not answered (A3)."""

    template_name = "applications/name_sponsor.html"
    form_class = forms.SponsorForm
    verb = "name_sponsor"

    @property
    def is_sent(self) -> bool:
        return bool(self.object.status != ApplicationStatus.DRAFT)

    def context(self) -> dict[str, Any]:
        return {"back": self.back, "is_sent": self.is_sent}

    def form_arguments(self) -> dict[str, Any]:
        if self.is_sent:
            return {"button": "Send to this sponsor"}
        return {
            "initial": {
                "first_name": self.object.sponsor_first_name,
                "last_name": self.object.sponsor_last_name,
                "email": self.object.sponsor_email,
            }
        }

    def act(self, form: forms.SponsorForm) -> str:
        row = services.name_sponsor(by=self.user, application=self.object, **form.cleaned_data)
        return row.get_absolute_url()


class Send(Own):
    """Check the answers, sign the declaration, send (A5)."""

    template_name = "applications/send.html"
    form_class = forms.SignatureForm
    verb = "send"

    def context(self) -> dict[str, Any]:
        return {
            "back": self.back,
            "sections": words.answers(self.object, queries.written(self.object), change=True),
            "missing": services.missing(self.object).reasons,
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Sign and send to your sponsor"}

    def act(self, form: forms.SignatureForm) -> str:
        services.send(by=self.user, application=self.object, **form.cleaned_data)
        return reverse("applications:sent", args=[self.object.reference])


class Sent(PageView):
    """It is sent, and what happens now."""

    template_name = "applications/sent.html"

    def scope(self) -> QuerySet[Application]:
        return queries.applied_by(self.user).exclude(status=ApplicationStatus.DRAFT)


class Withdraw(Own):
    """The applicant changes their mind."""

    template_name = "applications/withdraw.html"
    form_class = forms.ButtonForm
    verb = "withdraw"

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Withdraw this application", "warning": True}

    def act(self, form: forms.ButtonForm) -> str:
        return services.withdraw(by=self.user, application=self.object).get_absolute_url()
