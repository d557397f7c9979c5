"""The feedback report: the participant's result as a PDF (S16). The queue, progress and file are documents' own."""

from collections.abc import Callable
from typing import Any

from assessment import queries
from assessment.models import Script
from assessment.presenters import results as presenters
from assessment.states import ScriptStatus
from assessment.visibility import Viewer
from documents import reports

FEEDBACK_REPORT = "feedback_report"
STEPS = 3


def build(subject: str, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """What the report of one released script shows. Raises Script.DoesNotExist before release."""
    script = Script.objects.select_related(
        "enrolment__participant",
        "enrolment__school",
        "enrolment__cohort",
        "task__level__edition",
        "outcome",
    ).get(reference=subject, status=ScriptStatus.RELEASED)
    progress(1, STEPS)
    marking = queries.first_marking(script)
    marks = queries.marks_of(marking) if marking else []
    progress(2, STEPS)
    shown = presenters.result(script, marking, marks, viewer=Viewer.PARTICIPANT)
    return {**shown, "participant": script.enrolment.participant, "marks": marks}


reports.register(
    FEEDBACK_REPORT,
    title="Feedback report",
    template="reports/feedback_report.html",
    build=build,
)
