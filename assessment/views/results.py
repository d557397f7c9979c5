"""The participant's result and the request for its report. HTTP only."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from assessment import queries
from assessment.presenters import results as presenters
from assessment.visibility import Part, Viewer, sees
from core.errors import WrongMoment
from core.views import ActionView, PageView
from documents import queries as documents_queries
from documents import services as documents

REPORT = "feedback_report"


class OwnResult(PageView):
    """A page about the result of one's own script."""

    permission = "assessment.view_result"

    def scope(self) -> QuerySet[Any]:
        return queries.own_scripts(self.user)


class Result(OwnResult):
    """Outcome, marks, feedback and what comes next; before release, when it will be there."""

    template_name = "assessment/result.html"

    def context(self) -> dict[str, Any]:
        script = self.object
        if not sees(Viewer.PARTICIPANT, Part.OUTCOME, script.status):
            return {"outcome": None}
        marking = queries.first_marking(script)
        marks = queries.marks_of(marking) if marking else []
        return {
            **presenters.result(script, marking, marks, viewer=Viewer.PARTICIPANT),
            "report": documents_queries.report_for(self.user, REPORT, script.reference),
            "other_tasks": queries.other_tasks(script),
        }


class AskForReport(OwnResult, ActionView):
    """Ask for the feedback report as a PDF; leads to the page that shows how far it is."""

    template_name = "assessment/result.html"
    http_method_names = ["post", "options"]

    def act(self, form: Any) -> str:
        if not sees(Viewer.PARTICIPANT, Part.OUTCOME, self.object.status):
            raise WrongMoment("Your result has not been released yet, so there is no report of it.")
        job = documents.ask_for_report(by=self.user, report=REPORT, subject=self.object.reference)
        return reverse("documents:report", args=[job.reference])
