"""What this room promises to send: the receipt, word of a script to mark, word of a result (S1, S16).

A mail to an assessor names the candidate number and nothing of the candidate (S9).
"""

from django.conf import settings
from django.urls import reverse

from accounts.notifications import send_mail
from assessment.models import Marking, Script
from core import outbox

RECEIPT = "assessment.receipt"
ALLOCATED = "assessment.allocated"
RESULT = "assessment.result"


@outbox.handles(RECEIPT)
def send_receipt(script: str) -> None:
    """What was submitted and when the answer comes."""
    row = _script(script)
    send_mail(
        to=row.enrolment.participant,
        template="assessment/receipt",
        context={
            "script": row,
            "link": settings.BASE_URL + reverse("assessment:receipt", args=[row.reference]),
        },
        key=f"{RECEIPT}:{script}",
    )


@outbox.handles(ALLOCATED)
def send_allocated(marking: str) -> None:
    """A script waits, by its candidate number."""
    row = Marking.objects.select_related("assessor", "script__task__level").get(reference=marking)
    send_mail(
        to=row.assessor,
        template="assessment/allocated",
        context={
            "candidate_number": row.script.candidate_number,
            "level": row.script.task.level.code,
            "words": row.script.words,
            "due_on": row.script.answer_due_on,
            "link": settings.BASE_URL + reverse("assessment:marking", args=[row.reference]),
        },
        key=f"{ALLOCATED}:{marking}",
    )


@outbox.handles(RESULT)
def send_result(script: str) -> None:
    """The result is there; what it is stands on the page, not in the mail."""
    row = _script(script)
    send_mail(
        to=row.enrolment.participant,
        template="assessment/result",
        context={
            "script": row,
            "link": settings.BASE_URL + reverse("assessment:result", args=[row.reference]),
        },
        key=f"{RESULT}:{script}",
    )


def _script(reference: str) -> Script:
    return Script.objects.select_related("enrolment__participant", "task__level__edition").get(
        reference=reference
    )
