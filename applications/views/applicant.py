"""The applicant's own pages but for the form's: list, start, task list and status, sending, withdrawing.

Another person's application answers like one that does not exist.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.queries import own_equality_answers
from applications import permissions, queries, services
from applications.forms import applicant as forms
from applications.models import Application
from applications.presenters import applicant as words
from applications.presenters import staff, tasks
from applications.presenters.steps import own_steps
from applications.queries.form import open_return
from applications.states import APPLICATION, ApplicationStatus
from applications.visibility import Part, Relation, parts
from core import clock
from core.errors import WrongMoment
from core.views import ActionView, PageView
from programmes import queries as programmes
from programmes.models import Cohort


class Mine(PageView):
    """One's own applications."""

    template_name = "applications/mine.html"

    def context(self) -> dict[str, Any]:
        today = clock.today()
        rows = [words.in_a_list(each, today) for each in queries.applied_by(self.user)[:50]]
        return {"rows": rows}


class Start(ActionView):
    """What applying for a cohort takes, and the button that begins."""

    template_name = "applications/start.html"
    form_class = forms.ButtonForm

    def scope(self) -> QuerySet[Cohort]:
        return programmes.cohorts_with_places()

    def context(self) -> dict[str, Any]:
        today = clock.today()
        return {
            "live": queries.live_application(self.user, self.object),
            "places": programmes.places_left(self.object),
            "deadline": tasks.deadline(self.object, today),
            "started": today >= self.object.starts_on,
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
        if self.object.status in (ApplicationStatus.DRAFT, ApplicationStatus.RETURNED):
            return self._task_list()
        return self._status_page()

    def _task_list(self) -> HttpResponse:
        groups = tasks.groups(
            self.object,
            queries.written(self.object),
            has_answered_equality=own_equality_answers(self.user) is not None,
        )
        done, whole = tasks.progress(groups)
        self.template_name = "applications/tasks.html"
        return self.page(
            groups=groups,
            done=done,
            whole=whole,
            next=tasks.next_task(groups),
            deadline=tasks.deadline(self.object.cohort, clock.today()),
            asked=open_return(self.object),
        )

    def _status_page(self) -> HttpResponse:
        application = self.object
        self.template_name = "applications/status.html"
        declined = application.status == ApplicationStatus.DECLINED
        return self.page(
            where=words.where_it_is(
                application, sponsor_has_begun=application.sponsor_id is not None
            ),
            steps=list(own_steps(application)),
            sections=words.answers(application, queries.written(application)),
            timeline=words.own_timeline(application),
            has_answered_equality=own_equality_answers(self.user) is not None,
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
    def came_from(self) -> str:
        """'check' where the page was reached from the answers to check."""
        return tasks.CHECK if self.request.GET.get("from") == tasks.CHECK else ""

    @property
    def back(self) -> str:
        if self.came_from:
            return tasks.check_url(self.object)
        return str(self.object.get_absolute_url())

    def onward(self, otherwise: str) -> str:
        """Where saving leads: back to the answers to check when one came from there."""
        return tasks.check_url(self.object) if self.came_from else otherwise

    def context(self) -> dict[str, Any]:
        return {"back": self.back}


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
            "deadline": tasks.deadline(self.object.cohort, clock.today()),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Sign and send to your sponsor"}

    def act(self, form: forms.SignatureForm) -> str:
        services.send(by=self.user, application=self.object, **form.cleaned_data)
        return reverse("applications:sent", args=[self.object.reference])


class SendBack(Own):
    """Check the answers once more, sign, and send back what a moderator returned (A5, A8)."""

    template_name = "applications/send.html"
    form_class = forms.SignatureForm
    verb = "send_back"

    def context(self) -> dict[str, Any]:
        return {
            "back": self.back,
            "sections": words.answers(self.object, queries.written(self.object), change=True),
            "missing": services.missing(self.object).reasons,
            "asked": open_return(self.object),
            "goes_to_sponsor": services.goes_to_sponsor(self.object),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Sign and send it back"}

    def act(self, form: forms.SignatureForm) -> str:
        row = services.send_back(by=self.user, application=self.object, **form.cleaned_data)
        return row.get_absolute_url()


class Sent(PageView):
    """It is sent, and what happens now."""

    template_name = "applications/sent.html"

    def scope(self) -> QuerySet[Application]:
        return queries.applied_by(self.user).filter(sent_at__isnull=False)

    def context(self) -> dict[str, Any]:
        return {
            "receipt": words.receipt(self.object),
            "has_answered_equality": own_equality_answers(self.user) is not None,
        }


class Withdraw(Own):
    """The applicant changes their mind."""

    template_name = "applications/withdraw.html"
    form_class = forms.ButtonForm
    verb = "withdraw"

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Withdraw this application", "warning": True}

    def act(self, form: forms.ButtonForm) -> str:
        return services.withdraw(by=self.user, application=self.object).get_absolute_url()
