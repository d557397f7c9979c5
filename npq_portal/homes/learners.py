"""The home of applicants and participants: where they are, the one thing to do now, deadlines, whom to ask."""

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import User
from applications import queries as applications
from applications.models import Application
from applications.presenters.applicant import TO_THE_APPLICANT
from applications.states import LIVE, ApplicationStatus
from assessment import queries as assessment
from assessment.states import ScriptStatus
from core import clock
from npq_portal.homes import sentences
from npq_portal.homes.parts import Button, Home, Part
from programmes import policies
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus

ASK = "Questions about your programme? Reply to any message from us, or speak with your sponsor."
NEXT_FOR_APPLICANT: dict[str, str] = {
    ApplicationStatus.DRAFT: "Continue your application",
    ApplicationStatus.SPONSOR_NEEDED: "Name another sponsor",
    ApplicationStatus.RETURNED: "Give what we ask for",
    ApplicationStatus.OFFERED: "Answer our offer",
    ApplicationStatus.DECLINED: "Read our letter",
    ApplicationStatus.LAPSED: "See your application",
}
SCRIPT_COLOURS = {
    ScriptStatus.STARTED: "blue",
    ScriptStatus.SUBMITTED: "purple",
    ScriptStatus.RELEASED: "green",
}


def learner(user: User) -> Home:
    """The home of somebody who applies, takes part or has finished."""
    today = clock.today()
    tasks = assessment.tasks_of(user)
    own = list(applications.applied_by(user))
    if tasks:
        return _participant(tasks, own, today)
    if own:
        return _applicant(own)
    return Home(
        sentence="You have not applied for a qualification yet.",
        button=Button("Choose a programme", reverse("programmes:cohorts")),
        parts=[
            Part("Your applications", (), "An application that you start will wait for you here.")
        ],
        ask="Not sure which level fits? Read what each one covers in the framework.",
    )


def _participant(
    tasks: list[assessment.TaskOfEnrolment], own: list[Application], today: date
) -> Home:
    enrolment = tasks[0].enrolment
    deadline = _deadline(enrolment)
    rows = [_task_row(each) for each in tasks]
    facts = []
    if deadline and enrolment.status == EnrolmentStatus.COMMENCED:
        facts.append(("Submit by", sentences.by_when(deadline, today)))
    due = [each.script.answer_due_on for each in tasks if each.script and _awaits_result(each)]
    if any(due):
        facts.append(("Result by", sentences.by_when(max(filter(None, due)), today)))
    return Home(
        sentence=sentences.enrolled(
            enrolment.level.code,
            enrolment.cohort.name,
            enrolment.status,
            enrolment.cohort.starts_on,
            deadline,
        ),
        button=_next_for_participant(tasks),
        facts=facts,
        parts=[
            Part("Your work", rows, "The tasks of your qualification will be listed here."),
            *([_applications_part(own)] if any(each.status in LIVE for each in own) else []),
        ],
        ask=ASK,
    )


def _applicant(own: list[Application]) -> Home:
    latest = next((each for each in own if each.status in LIVE), own[0])
    words = NEXT_FOR_APPLICANT.get(latest.status)
    offered = latest.offer_expires_at
    return Home(
        sentence=sentences.applying(
            latest.level.code,
            latest.cohort.name,
            latest.status,
            latest.sponsor_name,
            latest.cohort.applications_close_on,
            offered.astimezone(clock.LONDON).date() if offered else None,
        ),
        button=Button(words, latest.get_absolute_url()) if words else None,
        parts=[_applications_part(own)],
        ask=ASK,
    )


def _applications_part(own: list[Application]) -> Part:
    rows: list[dict[str, Any]] = [
        {
            "title": f"{each.level.code}, {each.cohort.name}",
            "href": each.get_absolute_url(),
            "hint": f"Applications close on {sentences.day(each.cohort.applications_close_on)}",
            "status": TO_THE_APPLICANT[each.status][0],
            "colour": TO_THE_APPLICANT[each.status][1],
        }
        for each in own
    ]
    return Part("Your applications", rows, "An application that you start will wait for you here.")


def _task_row(each: assessment.TaskOfEnrolment) -> dict[str, Any]:
    title = f"{each.enrolment.level.code} task {each.task.number}: {each.task.title}"
    status = each.enrolment.status
    if each.script is None:
        may_start = status == EnrolmentStatus.COMMENCED
        return {
            "title": title,
            "href": _start_address(each) if may_start else "",
            "status": "Not started" if may_start else "Cannot start yet",
            "colour": "grey" if may_start else "",
        }
    return {
        "title": title,
        "href": _script_address(each),
        "status": each.script.get_status_display() if not _awaits_result(each) else "Submitted",
        "colour": SCRIPT_COLOURS.get(ScriptStatus(each.script.status), "purple"),
    }


def _next_for_participant(tasks: list[assessment.TaskOfEnrolment]) -> Button | None:
    """The first thing that is theirs to do, results to read before work to begin."""
    for each in tasks:
        if each.script and each.script.status == ScriptStatus.RELEASED:
            return Button("See your result", _script_address(each))
    for each in tasks:
        if each.script and each.script.status == ScriptStatus.STARTED:
            return Button(f"Continue task {each.task.number}", _script_address(each))
    for each in tasks:
        if each.script is None and each.enrolment.status == EnrolmentStatus.COMMENCED:
            return Button(f"Begin task {each.task.number}", _start_address(each))
    return None


def _start_address(each: assessment.TaskOfEnrolment) -> str:
    return reverse("assessment:start", args=[each.enrolment.reference, each.task.number])


def _script_address(each: assessment.TaskOfEnrolment) -> str:
    assert each.script is not None
    name = {
        ScriptStatus.STARTED: "assessment:workspace",
        ScriptStatus.RELEASED: "assessment:result",
    }.get(ScriptStatus(each.script.status), "assessment:receipt")
    return reverse(name, args=[each.script.reference])


def _awaits_result(each: assessment.TaskOfEnrolment) -> bool:
    """Whether the work is out of the participant's hands; how far its marking is stays with us."""
    return each.script is not None and each.script.status not in (
        ScriptStatus.STARTED,
        ScriptStatus.RELEASED,
    )


def _deadline(enrolment: Enrolment) -> date | None:
    if enrolment.commenced_on is None:
        return None
    return policies.deadline_to_present(enrolment.commenced_on)
