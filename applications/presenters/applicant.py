"""The applicant's pages: the task list, the answers to check, and where the application is."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from applications import policies
from applications.models import Application
from applications.presenters import scales
from applications.queries import Written
from applications.states import ApplicationStatus
from core.templatetags.portal import uk_date

_S = ApplicationStatus
COLOURS: dict[str, str] = {
    _S.DRAFT: "grey",
    _S.WITH_SPONSOR: "blue",
    _S.SPONSOR_NEEDED: "orange",
    _S.READY: "teal",
    _S.REFERRED: "purple",
    _S.RETURNED: "orange",
    _S.WAITING: "yellow",
    _S.OFFERED: "turquoise",
    _S.APPEALED: "purple",
    _S.ACCEPTED: "green",
    _S.DECLINED: "red",
    _S.LAPSED: "grey",
    _S.CLOSED: "grey",
    _S.WITHDRAWN: "grey",
}
# What the applicant is told: neither the readiness nor who looks at it is theirs to see (A6).
TO_THE_APPLICANT: dict[str, tuple[str, str]] = {
    _S.DRAFT: ("Not sent yet", "grey"),
    _S.WITH_SPONSOR: ("With your sponsor", "blue"),
    _S.SPONSOR_NEEDED: ("Another sponsor needed", "orange"),
    _S.READY: ("With us", "teal"),
    _S.REFERRED: ("With us", "teal"),
    _S.RETURNED: ("We need more from you", "orange"),
    _S.WAITING: ("On the waiting list", "yellow"),
    _S.OFFERED: ("We offer you a place", "turquoise"),
    _S.APPEALED: ("Your appeal is being decided", "teal"),
    _S.ACCEPTED: ("Accepted", "green"),
    _S.DECLINED: ("Not accepted", "red"),
    _S.LAPSED: ("Offer lapsed", "grey"),
    _S.CLOSED: ("Closed", "grey"),
    _S.WITHDRAWN: ("Withdrawn", "grey"),
}

DONE, TO_DO, LATER = ("Completed", ""), ("Not started", "blue"), ("Cannot start yet", "grey")


def _url(name: str, application: Application, *more: Any) -> str:
    return reverse(f"applications:{name}", args=[application.reference, *more])


def _task(title: str, href: str, state: tuple[str, str], hint: str = "") -> dict[str, str]:
    return {"title": title, "href": href, "status": state[0], "colour": state[1], "hint": hint}


def task_groups(application: Application, written: Written) -> list[dict[str, Any]]:
    """The parts to fill in, each with its state; what cannot be done yet has no link."""
    scored = not written.unscored and bool(written.areas)
    about = [
        _task(
            "Your school and role",
            _url("details" if application.school_id else "school", application),
            DONE if application.school_id and application.post else TO_DO,
            application.school.name if application.school else "",
        )
    ]
    scores = [
        _task(
            area.name,
            _url("area", application, area.number),
            DONE if area.number in written.scores else TO_DO,
            f"Your score: {written.scores[area.number]}" if area.number in written.scores else "",
        )
        for area in written.areas
    ]
    strongest = [
        _task(
            "Choose your two strongest areas",
            _url("strengths", application),
            DONE if len(written.strengths) == 2 else TO_DO,
        ),
        *(
            _task(
                f"Write about {each.area.name}",
                _url("strength", application, each.area.number),
                DONE
                if policies.strength(
                    experience=each.experience, impact=each.impact, evidence=each.evidence
                ).allowed
                else TO_DO,
            )
            for each in written.strengths
        ),
    ]
    sponsor = [
        _task(
            "Name your sponsor",
            _url("name_sponsor", application),
            DONE if application.sponsor_email else TO_DO,
            application.sponsor_name,
        )
    ]
    so_far = [*about, *scores, *strongest, *sponsor]
    whole = scored and all(task["status"] == DONE[0] for task in so_far)
    send = _task(
        "Check your answers and send",
        _url("send", application) if whole else "",
        TO_DO if whole else LATER,
    )
    return [
        {"title": "About you", "tasks": about, "name": "about"},
        {"title": "How you see your experience", "tasks": scores, "name": "scores"},
        {"title": "Your two strongest areas", "tasks": strongest, "name": "strongest"},
        {"title": "Your sponsor", "tasks": sponsor, "name": "sponsor"},
        {"title": "Send", "tasks": [send], "name": "send"},
    ]


def progress(groups: list[dict[str, Any]]) -> tuple[int, int]:
    """How many of the tasks are done."""
    tasks = [task for group in groups for task in group["tasks"]]
    return sum(task["status"] == DONE[0] for task in tasks), len(tasks)


def next_task(groups: list[dict[str, Any]]) -> dict[str, str] | None:
    """The first task that can be done now."""
    tasks = [task for group in groups for task in group["tasks"]]
    return next((task for task in tasks if task["href"] and task["status"] != DONE[0]), None)


def next_after(application: Application, written: Written, area: int | None = None) -> str:
    """Where 'Save and continue' leads: the next unscored area, else the task list."""
    following = [each for each in written.areas if area is None or each.number > area]
    unscored = next((each for each in following if each.number not in written.scores), None)
    return (
        _url("area", application, unscored.number) if unscored else _url("application", application)
    )


@dataclass(frozen=True)
class Section:
    """A card of answers."""

    title: str
    rows: list[dict[str, Any]]


def answers(
    application: Application, written: Written, *, change: bool = False, own: bool = True
) -> list[Section]:
    """Everything the applicant wrote, with links to change it where that can be done."""

    def row(key: str, value: Any, name: str, *more: Any) -> dict[str, Any]:
        made = {"key": key, "value": value}
        return made | ({"action_href": _url(name, application, *more)} if change else {})

    code = application.level.code
    school = application.school
    where = ", ".join(filter(None, (school.name, school.local_authority))) if school else ""
    about = [
        row("School", where, "school"),
        row("Role", application.post, "details"),
        row("Teacher reference number", application.trn, "details"),
    ]
    scores = [
        row(
            area.name,
            str(scales.area_step(code, written.scores[area.number]))
            if area.number in written.scores
            else "",
            "area",
            area.number,
        )
        for area in written.areas
    ]
    sections = [
        Section("About you" if own else "School and role", about),
        Section("How you see your experience" if own else "How they see their experience", scores),
    ]
    for each in written.strengths:
        parts = (
            ("Experience", each.experience),
            ("Difference made", each.impact),
            ("Evidence", each.evidence),
        )
        sections.append(
            Section(
                f"Strongest area: {each.area.name}",
                [row(key, text, "strength", each.area.number) for key, text in parts],
            )
        )
    sponsor = [
        row("Name", application.sponsor_name, "name_sponsor"),
        row("Email address", application.sponsor_email, "name_sponsor"),
    ]
    return [*sections, Section("Your sponsor" if own else "Their sponsor", sponsor)]


def where_it_is(application: Application, *, sponsor_has_begun: bool) -> dict[str, str]:
    """One sentence saying where the application is, and one saying what happens next."""
    text, colour = TO_THE_APPLICANT[application.status]
    name = application.sponsor_name
    sentences = {
        _S.WITH_SPONSOR: (
            f"{name} has started to answer."
            if sponsor_has_begun
            else f"We have written to {name}.",
            "You do not need to do anything. It takes them about ten minutes, and we write to you when "
            "they have answered.",
        ),
        _S.SPONSOR_NEEDED: (
            f"{name} cannot be your sponsor.",
            "Name somebody else who knows your work well. Nothing that you wrote is lost.",
        ),
        _S.READY: (
            "Your sponsor has answered and we are looking at your application.",
            "You do not need to do anything. We write to you when it is decided.",
        ),
        _S.REFERRED: (
            "Your sponsor has answered and we are looking at your application.",
            "You do not need to do anything. We may speak with your sponsor, and write to you when it is "
            "decided.",
        ),
        _S.ACCEPTED: (
            f"You have a place on {application.level.code}.",
            f"Your cohort starts on {uk_date(application.cohort.starts_on)}.",
        ),
        _S.DECLINED: (
            "We are not offering you a place this time.",
            "Your feedback is below. You can apply again for a later cohort.",
        ),
        _S.WITHDRAWN: (
            "You withdrew this application.",
            "You can apply again while a cohort is open.",
        ),
    }
    sentence, then = sentences.get(_S(application.status), ("", ""))
    return {"status": text, "colour": colour, "sentence": sentence, "then": then}


def own_timeline(application: Application, enrolled: Any = None) -> list[dict[str, Any]]:
    """What the applicant did and was told, newest first; nothing of who decides or why (A6)."""
    moments = [
        ("You started this application", application.started_at),
        ("You signed it and sent it to your sponsor", application.sent_at),
        ("You withdrew it", application.withdrawn_at),
        ("We decided", application.decided_at),
    ]
    return [{"text": text, "at": at} for text, at in reversed(moments) if at]
