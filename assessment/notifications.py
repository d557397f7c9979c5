"""What this room promises to send: the receipt, word of a script to mark, word of a result (S1, S16).

A mail to an assessor names the candidate number and nothing of the candidate (S9).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.notifications import register_sample, send_mail
from assessment.models import Marking, Script
from core import clock, outbox
from frameworks.models import Level, Task
from programmes.models import Enrolment

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
        about=script,
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
        about=marking,
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
        about=script,
    )


def _script(reference: str) -> Script:
    return Script.objects.select_related("enrolment__participant", "task__level__edition").get(
        reference=reference
    )


# The same mails with made-up words, for whoever wants to read what the portal writes.


def _sample_script() -> dict[str, Any]:
    """A script of nobody, never kept."""
    participant = User(first_name="Asha", last_name="Bello", email="asha.bello@school.example")
    script = Script(
        enrolment=Enrolment(participant=participant),
        task=Task(level=Level(code="NPQSL"), number=1),
        submitted_at=clock.now(),
        words=4812,
        snapshot=[{}, {}, {}],
        answer_due_on=clock.today() + timedelta(days=84),
    )
    return {"script": script, "link": f"{settings.BASE_URL}/"}


def _sample_allocated() -> dict[str, Any]:
    return {
        "candidate_number": "C482913",
        "level": "NPQSL",
        "words": 4812,
        "due_on": clock.today() + timedelta(days=84),
        "link": f"{settings.BASE_URL}/",
    }


register_sample("assessment/receipt", _sample_script)
register_sample("assessment/result", _sample_script)
register_sample("assessment/allocated", _sample_allocated)
