"""The sponsor's pages: the steps in order, where they are, and the answers to check."""

from datetime import date
from typing import Any

from django.urls import reverse

from applications.models import Application, SponsorAnswer
from applications.presenters import scales
from applications.presenters.applicant import Section
from applications.queries import Answered, Written
from core import clock
from core.templatetags.portal import plural, uk_date


def _url(name: str, application: Application, *more: Any) -> str:
    return reverse(f"applications:{name}", args=[application.reference, *more])


def steps(application: Application, written: Written, answered: Answered) -> list[tuple[str, bool]]:
    """Each step's address and whether it is done, in order."""
    behaviours = [
        (_url("behaviour", application, each.position), each.position in answered.scores)
        for each in answered.behaviours
    ]
    return [
        (
            _url("endorse", application),
            all(area.number in answered.endorsements for area in written.areas),
        ),
        (_url("verify", application), answered.answer.statements_verified is not None),
        *behaviours,
    ]


def has_begun(answered: Answered) -> bool:
    """Whether anything is answered yet."""
    verified = answered.answer.statements_verified
    return bool(answered.endorsements or answered.scores) or verified is not None


def parts(application: Application, written: Written, answered: Answered) -> list[dict[str, Any]]:
    """The three parts of the answer, each with how far it is and where it goes on."""
    name = application.applicant.first_name
    behaviours = [each.position for each in answered.behaviours]
    missing = [position for position in behaviours if position not in answered.scores]
    verified = answered.answer.statements_verified is not None
    first = (missing or behaviours or [1])[0]
    rows = [
        (
            f"Do you agree with how {name} sees their experience?",
            _url("endorse", application),
            sum(area.number in answered.endorsements for area in written.areas),
            len(written.areas),
        ),
        (f"Is what {name} wrote true?", _url("verify", application), int(verified), 1),
        (
            f"How do you see {name} as a leader?",
            _url("behaviour", application, first),
            len(behaviours) - len(missing),
            len(behaviours),
        ),
    ]
    return [
        {"title": title, "href": href, **_state(done, whole)} for title, href, done, whole in rows
    ]


def _state(done: int, whole: int) -> dict[str, str]:
    if done >= whole:
        return {"status": "Completed", "colour": "", "hint": ""}
    if not done:
        return {"status": "Not started", "colour": "blue", "hint": ""}
    return {"status": "In progress", "colour": "teal", "hint": f"{done} of {whole} answered"}


def next_step(application: Application, written: Written, answered: Answered) -> str:
    """The first step not done, else the page to check and sign."""
    for href, done in steps(application, written, answered):
        if not done:
            return href
    return _url("sign", application)


def progress(written: Written, answered: Answered) -> tuple[int, int]:
    """How many questions are answered, of how many: each area, the statements, each behaviour."""
    verified = answered.answer.statements_verified is not None
    done = len(answered.endorsements) + int(verified) + len(answered.scores)
    return done, len(written.areas) + 1 + len(answered.behaviours)


def sections(
    application: Application,
    written: Written,
    answered: Answered,
    *,
    change: bool = True,
    own: bool = False,
) -> list[Section]:
    """Everything that the sponsor answered, with links to change it until it is signed.

    `own` speaks to the sponsor, otherwise to somebody who reads what the sponsor said.
    """
    level = application.level.code
    name = application.applicant.first_name

    def row(key: str, value: str, url: str) -> dict[str, Any]:
        return {"key": key, "value": value} | ({"action_href": url} if change else {})

    areas = []
    for area in written.areas:
        given = answered.endorsements.get(area.number)
        score = scales.area_step(level, written.scores[area.number])
        if given is None:
            text = ""
        elif given.endorsed:
            text = f"{score}. {'You agree' if own else 'Agreed'}"
        else:
            text = f"{score}. {'You see it differently' if own else 'Disputed'}: {given.reason}"
        areas.append(row(area.name, text, _url("endorse", application)))
    verified = answered.answer.statements_verified
    knows = "you know" if own else "the sponsor knows"
    said = {True: f"True as far as {knows}", False: "Not confirmed", None: ""}[verified]
    behaviours = []
    for behaviour in answered.behaviours:
        given_score = answered.scores.get(behaviour.position)
        text = ""
        if given_score:
            step = scales.behaviour_step(given_score.score)
            text = f"{step}. {given_score.comment}" if given_score.comment else str(step)
        behaviours.append(
            row(behaviour.name, text, _url("behaviour", application, behaviour.position))
        )
    return [
        Section(f"How {name} sees their experience", areas),
        Section(f"What {name} wrote", [row("Their statements", said, _url("verify", application))]),
        Section(f"{name} as a leader", behaviours),
    ]


# A sponsor of several applicants


def asked_row(application: Application, today: date) -> dict[str, Any]:
    """One that waits for this sponsor: who, for what, how long it has waited, how far the answer is."""
    asked_at = application.sponsor_asked_at or application.moved_at
    days = (today - asked_at.astimezone(clock.LONDON).date()).days
    begun = getattr(application, "begun", False)
    who = f"{application.applicant.name} ({application.level.code})"
    return {
        "application": application,
        "button": f"Carry on for {who}" if begun else f"Answer for {who}",
        "asked": f"Asked {uk_date(asked_at)}, {plural(days, 'day')} ago" if days else "Asked today",
        "status": "Started" if begun else "Not started",
        "colour": "teal" if begun else "blue",
    }


def ended(answer: SponsorAnswer) -> tuple[str, str]:
    """How an answer that is no longer asked for came to its end, and when."""
    if answer.declined_at:
        return "You told us that you could not do this", uk_date(answer.declined_at)
    return "Somebody else was asked instead", uk_date(answer.replaced_at)
