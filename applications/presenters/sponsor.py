"""The sponsor's pages: the steps in order, where they are, and the answers to check."""

from typing import Any

from django.urls import reverse

from applications.models import Application
from applications.presenters import scales
from applications.presenters.applicant import Section
from applications.queries import Answered, Written


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


def next_step(application: Application, written: Written, answered: Answered) -> str:
    """The first step not done, else the page to check and sign."""
    for href, done in steps(application, written, answered):
        if not done:
            return href
    return _url("sign", application)


def progress(application: Application, written: Written, answered: Answered) -> tuple[int, int]:
    """How many steps are done, of how many."""
    made = steps(application, written, answered)
    return sum(done for _, done in made), len(made)


def sections(
    application: Application, written: Written, answered: Answered, *, change: bool = True
) -> list[Section]:
    """Everything that the sponsor answered, with links to change it until it is signed."""
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
            text = f"{score}. Agreed"
        else:
            text = f"{score}. Disputed: {given.reason}"
        areas.append(row(area.name, text, _url("endorse", application)))
    verified = answered.answer.statements_verified
    said = {True: "True as far as the sponsor knows", False: "Not confirmed", None: ""}[verified]
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
        Section("What they wrote", [row("Their statements", said, _url("verify", application))]),
        Section(f"{name} as a leader", behaviours),
    ]
