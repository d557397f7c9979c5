"""The task list of an application: its parts, how far each is, and where saving one leads (A1 to A3, A5)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from applications import policies
from applications.models import Application
from applications.policies import Writing
from applications.queries import Written
from applications.states import ApplicationStatus
from core.templatetags.portal import plural, uk_date
from programmes.models import Cohort

Task = dict[str, Any]

DONE, TO_DO, LATER = ("Completed", ""), ("Not started", "blue"), ("Cannot start yet", "grey")
OPEN = ("Optional", "grey")
WRITING_COLOURS = {
    Writing.NOT_STARTED: "blue",
    Writing.BEGUN: "teal",
    Writing.TOO_LONG: "orange",
    Writing.NO_FIGURE: "orange",
    Writing.WHOLE: "",
}
CHECK = "check"


def url(name: str, application: Application, *more: Any, came_from: str = "") -> str:
    """The address of one of the application's pages, remembering that one came from the answers to check."""
    made = reverse(f"applications:{name}", args=[application.reference, *more])
    return f"{made}?{urlencode({'from': came_from})}" if came_from else made


def check_url(application: Application) -> str:
    """The page that shows every answer before it is sent, or sent back."""
    returned = application.status == ApplicationStatus.RETURNED
    return url("send_back" if returned else "send", application)


def _task(
    title: str, href: str, state: tuple[str, str], hint: str = "", *, optional: bool = False
) -> Task:
    return {
        "title": f"{title} (optional)" if optional else title,
        "href": href,
        "status": state[0],
        "colour": state[1],
        "hint": hint,
        "optional": optional,
    }


def groups(
    application: Application, written: Written, *, has_answered_equality: bool = False
) -> list[dict[str, Any]]:
    """The parts to fill in, each with its state; what cannot be done yet has no link."""
    parts: list[dict[str, Any]] = [
        {"title": "About you", "tasks": _about(application), "name": "about"},
        {
            "title": "How you see yourself in six areas",
            "tasks": _scores(application, written),
            "name": "scores",
        },
        {
            "title": "Your two strongest areas",
            "tasks": _strongest(application, written),
            "name": "strongest",
        },
        {"title": "Your sponsor", "tasks": _sponsor(application), "name": "sponsor"},
    ]
    whole = bool(written.areas) and all(
        task["status"] == DONE[0]
        for part in parts
        for task in part["tasks"]
        if not task["optional"]
    )
    returned = application.status == ApplicationStatus.RETURNED
    title = "Check your answers and send it back" if returned else "Check your answers and send"
    equality = _task(
        "Equality questions",
        url("equality", application),
        DONE if has_answered_equality else OPEN,
        "Kept apart: nobody who decides sees them.",
        optional=True,
    )
    send = _task(title, check_url(application) if whole else "", TO_DO if whole else LATER)
    return [
        *parts,
        {"title": "Equality", "tasks": [equality], "name": "equality"},
        {"title": "Check and send", "tasks": [send], "name": "send"},
    ]


def _about(application: Application) -> list[Task]:
    has_school = bool(application.school_name)
    funding = application.get_funding_route_display() if application.funding_route else ""
    return [
        _task(
            "Your school and role",
            url("details" if has_school else "school", application),
            DONE if has_school and application.post else TO_DO,
            application.school_name,
        ),
        _task(
            "How your place is paid for",
            url("funding_route", application),
            DONE if funding else OPEN,
            funding,
            optional=True,
        ),
    ]


def _scores(application: Application, written: Written) -> list[Task]:
    return [
        _task(
            area.name,
            url("area", application, area.number),
            DONE if area.number in written.scores else TO_DO,
            f"Your score: {written.scores[area.number]}" if area.number in written.scores else "",
        )
        for area in written.areas
    ]


def _strongest(application: Application, written: Written) -> list[Task]:
    tasks = [
        _task(
            "Choose your two strongest areas",
            url("strengths", application),
            DONE if len(written.strengths) == 2 else TO_DO,
        )
    ]
    for each in written.strengths:
        stage = policies.writing(
            experience=each.experience, impact=each.impact, evidence=each.evidence
        )
        tasks.append(
            _task(
                f"Write about {each.area.name}",
                url("strength", application, each.area.number),
                (stage.value, WRITING_COLOURS[stage]),
            )
        )
    return tasks


def _sponsor(application: Application) -> list[Task]:
    named = bool(application.sponsor_email)
    returned = application.status == ApplicationStatus.RETURNED
    title = "Your sponsor" if returned else "Name your sponsor"
    href = "" if returned else url("name_sponsor", application)
    return [_task(title, href, DONE if named else TO_DO, application.sponsor_name)]


def required(parts: list[dict[str, Any]]) -> list[Task]:
    """The tasks without which it cannot be sent, and sending itself."""
    return [task for part in parts for task in part["tasks"] if not task["optional"]]


def progress(parts: list[dict[str, Any]]) -> tuple[int, int]:
    """How many of the required tasks are done."""
    tasks = required(parts)
    return sum(task["status"] == DONE[0] for task in tasks), len(tasks)


def next_task(parts: list[dict[str, Any]]) -> Task | None:
    """The first required task that can be done now."""
    return next(
        (task for task in required(parts) if task["href"] and task["status"] != DONE[0]), None
    )


def after_area(application: Application, written: Written, number: int) -> str:
    """Where saving an area leads: the next one without a score, else the task list."""
    following = (each for each in written.areas if each.number > number)
    unscored = next((each for each in following if each.number not in written.scores), None)
    return (
        url("area", application, unscored.number) if unscored else url("application", application)
    )


def after_strength(application: Application, written: Written, *, came_from: str = "") -> str:
    """Where saving one strength leads: the one that is not whole, else the task list or the answers."""
    for each in written.strengths:
        stage = policies.writing(
            experience=each.experience, impact=each.impact, evidence=each.evidence
        )
        if stage != Writing.WHOLE:
            return url("strength", application, each.area.number, came_from=came_from)
    return check_url(application) if came_from else url("application", application)


def deadline(cohort: Cohort, today: date) -> dict[str, Any]:
    """The closing day in words, with the days that are left; `late` when it has passed (A11, G1)."""
    closes, days = cohort.applications_close_on, (cohort.applications_close_on - today).days
    waiting = "You can still apply late: if we accept you, you go on the waiting list"
    if today >= cohort.starts_on:
        text = f"This cohort started on {uk_date(cohort.starts_on)}. {waiting} for the next one."
    elif cohort.closed_at:
        text = f"We closed applications early, on {uk_date(cohort.closed_at)}. {waiting}."
    elif days < 0:
        text = f"Applications closed on {uk_date(closes)}. {waiting}."
    else:
        near = {0: "which is today, until midnight", 1: "which is tomorrow"}
        left = near.get(days, f"in {plural(days, 'day')}")
        text = f"Apply by {uk_date(closes)}, {left}."
        return {"text": text, "late": False}
    return {"text": text, "late": True}
