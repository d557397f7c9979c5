"""The applicant's pages: the answers to check, where the application is, and what comes next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from applications.models import Application
from applications.presenters import scales, tasks
from applications.queries import Written
from applications.states import ApplicationStatus, ReturnedTo
from core.templatetags.portal import uk_date, uk_datetime

_S = ApplicationStatus
COLOURS: dict[str, str] = {
    _S.DRAFT: "grey",
    _S.WITH_SPONSOR: "blue",
    _S.SPONSOR_NEEDED: "orange",
    _S.READY: "teal",
    _S.REFERRED: "purple",
    _S.RETURNED: "orange",
    _S.WAITING: "yellow",
    _S.OFFERED: "magenta",
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
    _S.OFFERED: ("We offer you a place", "green"),
    _S.APPEALED: ("Your appeal is being decided", "teal"),
    _S.ACCEPTED: ("Accepted", "green"),
    _S.DECLINED: ("Not accepted", "red"),
    _S.LAPSED: ("Offer lapsed", "grey"),
    _S.CLOSED: ("Closed", "grey"),
    _S.WITHDRAWN: ("Withdrawn", "grey"),
}


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
        if not change:
            return made
        return made | {"action_href": tasks.url(name, application, *more, came_from=tasks.CHECK)}

    code = application.level.code
    about = [
        row("School", _school(application), "school"),
        row("Role", application.post, "details"),
        row("Teacher reference number", application.trn, "details"),
        row("How the place is paid for", application.get_funding_route_display(), "funding_route"),
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
    change = change and application.status != _S.RETURNED
    sponsor = [
        row("Name", application.sponsor_name, "name_sponsor"),
        row("Email address", application.sponsor_email, "name_sponsor"),
    ]
    return [*sections, Section("Your sponsor" if own else "Their sponsor", sponsor)]


def _school(application: Application) -> str:
    school = application.school
    if school:
        return ", ".join(filter(None, (school.name, school.local_authority)))
    if not application.school_typed:
        return ""
    typed = ", ".join(filter(None, (application.school_typed, application.school_typed_postcode)))
    return f"{typed} (not listed)"


def where_it_is(application: Application, *, sponsor_has_begun: bool) -> dict[str, str]:
    """One sentence saying where the application is, and one saying what happens next."""
    text, colour = TO_THE_APPLICANT[application.status]
    name = application.sponsor_name
    cohort = application.cohort
    nothing = "You do not need to do anything."
    looked_at = (
        "Your sponsor has answered and we are looking at your application.",
        f"{nothing} We may speak with your sponsor, and write to you when it is decided.",
    )
    sentences = {
        _S.WITH_SPONSOR: (
            f"{name} has started to answer."
            if sponsor_has_begun
            else f"We have written to {name}.",
            f"{nothing} It takes them about ten minutes, and we write to you when they have answered.",
        ),
        _S.SPONSOR_NEEDED: (
            f"{name} cannot be your sponsor.",
            "Name somebody else who knows your work well. Nothing that you wrote is lost.",
        ),
        # The same words: which of the two it is would tell what the rule found (A6).
        _S.READY: looked_at,
        _S.REFERRED: looked_at,
        _S.WAITING: (
            f"We accepted you, and you are on the waiting list for {cohort.name}.",
            f"{nothing} We write to you when a place is free.",
        ),
        _S.OFFERED: (
            f"A place on {application.level.code} is kept for you.",
            "Tell us whether you take it before the offer ends.",
        ),
        _S.APPEALED: (
            "We have your appeal, and somebody who was not involved before decides it.",
            f"{nothing} We write to you when it is decided.",
        ),
        _S.ACCEPTED: (
            f"You have a place on {application.level.code}.",
            f"Your cohort starts on {uk_date(cohort.starts_on)}.",
        ),
        _S.DECLINED: (
            "We are not offering you a place this time.",
            "Your feedback is below. You can apply again for a later cohort.",
        ),
        _S.LAPSED: (
            "The place that we kept for you was not taken in time.",
            "You can apply again for a later cohort.",
        ),
        _S.CLOSED: (
            "You have a place by another application, so we closed this one.",
            nothing,
        ),
        _S.WITHDRAWN: (
            "You withdrew this application.",
            "You can apply again while a cohort is open.",
        ),
    }
    sentence, then = sentences.get(_S(application.status), ("", ""))
    return {"status": text, "colour": colour, "sentence": sentence, "then": then}


def receipt(application: Application) -> list[dict[str, Any]]:
    """When it was begun and when it was sent, both on the server's clock (G1)."""
    rows = [
        {"key": "Started", "value": uk_datetime(application.started_at)},
        {"key": "Sent", "value": uk_datetime(application.sent_at)},
    ]
    closes = f"{uk_date(application.cohort.applications_close_on)} at 11:59pm"
    return [*rows, {"key": "Applications close", "value": closes}]


def in_a_list(application: Application, today: date) -> dict[str, Any]:
    """One line of somebody's own applications: where it is, and its next step with where to take it."""
    text, colour = TO_THE_APPLICANT[application.status]
    status = _S(application.status)
    step = {
        _S.DRAFT: tasks.deadline(application.cohort, today)["text"],
        _S.RETURNED: "Give what we asked you for, and send it back.",
    }.get(status)
    if step is None:
        step = where_it_is(application, sponsor_has_begun=application.sponsor_id is not None)[
            "then"
        ]
    goes_on = {
        _S.DRAFT: "Go on with it",
        _S.RETURNED: "Go on with it",
        _S.SPONSOR_NEEDED: "Name another sponsor",
        _S.OFFERED: "Answer our offer",
    }
    return {
        "application": application,
        "status": text,
        "colour": colour,
        "step": step,
        "link": goes_on.get(status, "See it"),
    }


def own_timeline(application: Application) -> list[dict[str, Any]]:
    """What the applicant did and was told, newest first; nothing of who decides or why (A6)."""
    moments = [
        ("You started this application", application.started_at),
        ("You signed it and sent it to your sponsor", application.sent_at),
        ("You withdrew it", application.withdrawn_at),
        ("We decided", application.decided_at),
        ("We offered you a place", application.offered_at),
    ]
    if application.offered_at and application.enrolment:
        moments.append(("You accepted the place", application.enrolment.enrolled_at))
    for each in application.returns.filter(to=ReturnedTo.APPLICANT):
        moments.append(("We asked you for more", each.returned_at))
        moments.append(("We had what we asked you for", each.came_back_at))
    known = sorted(((at, text) for text, at in moments if at), key=lambda moment: moment[0])
    return [{"text": text, "at": at} for at, text in reversed(known)]
