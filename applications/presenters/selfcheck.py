"""The self-check's words: its questions, and what they say about somebody, always to encourage (A7, A9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from applications.policies import Rule
from applications.policies.readiness import FOR, NOT_READY, Clause
from applications.presenters import scales
from applications.presenters.scales import Step
from core.templatetags.portal import uk_date
from frameworks.models import Area, Behaviour, Level
from programmes.models import Cohort
from programmes.policies import Intake
from programmes.presenters import cohorts as words_of

STRONG = 3  # From this score an area or behaviour stands among somebody's strengths (choice).
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# The four answers about a behaviour of one's own, the strongest first: our words.
OWN_BEHAVIOUR = (
    Step(4, "A clear strength", "Others could learn from me in this."),
    Step(3, "Mostly strong", "I can rely on this, and there is something I still want to improve."),
    Step(2, "Strong in parts", "Some sides of it come easily, others need my attention."),
    Step(1, "Hard for me so far", "I find this difficult and want to work on it."),
)


@dataclass(frozen=True)
class Finding:
    """One thing that we look at, whether it is there, and what it means."""

    title: str
    text: str
    state: str
    colour: str


def number_in_words(number: int) -> str:
    """'six'; figures from 11 on."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def choices(levels: Sequence[Level], summaries: Mapping[int, str]) -> list[tuple[Level, str]]:
    """The levels to choose from, each with what it is for."""
    return [(level, summaries.get(level.pk, "")) for level in levels]


def address(name: str, level: Level, *more: Any) -> str:
    return reverse(f"applications:selfcheck_{name}", args=[level.code, *more])


def first_question(level: Level) -> str:
    """Where a level's self-check begins; '' for a level whose areas are not known."""
    first = level.areas.order_by("number").first()
    return address("area", level, first.number) if first else ""


def next_question(
    level: Level,
    areas: Sequence[Area],
    behaviours: Sequence[Behaviour],
    scores: Mapping[int, int],
    own: Mapping[int, int],
) -> str:
    """The first question without an answer: areas, then behaviours; then the result."""
    for area in areas:
        if area.number not in scores:
            return address("area", level, area.number)
    for behaviour in behaviours:
        if behaviour.position not in own:
            return address("behaviour", level, behaviour.position)
    return address("result", level)


def findings(
    clauses: Sequence[Clause],
    areas: Mapping[str, int],
    behaviours: Mapping[str, int],
    rule: Rule,
) -> list[Finding]:
    """What we look at first, in words to somebody about themselves; none says that they would be refused."""
    return [_finding(clause, areas, behaviours, rule) for clause in clauses]


def _finding(
    clause: Clause, areas: Mapping[str, int], behaviours: Mapping[str, int], rule: Rule
) -> Finding:
    is_there = clause.side == FOR
    floor, least = rule.behaviour_floor, rule.mean_score_tenths / 10
    mean = sum(areas.values()) / len(areas)
    in_general = f"On average you scored {mean:.2f}"
    words: dict[str, tuple[str, str, str]] = {
        "R1": (
            f"Every behaviour at {floor} or more",
            "You see something to build on in every behaviour.",
            f"You find these difficult so far: {_names(behaviours, 1, floor - 1)}. Somebody who knows your work "
            "may see them otherwise: ask them.",
        ),
        "R2": (
            f"Few behaviours at {floor}",
            "Nearly all behaviours are strong or mostly strong.",
            f"Some sides of these need attention: {_names(behaviours, floor, floor)}. Talk with your sponsor "
            "about them before you apply.",
        ),
        "R3": (
            f"Every area at {rule.area_floor} or more",
            "You have some experience in every area.",
            f"New to you so far: {_names(areas, 1, rule.area_floor - 1)}. Look for a chance to take part in "
            "this at your school.",
        ),
        "R4": (
            f"An average of {least:.1f} or more over all areas",
            f"{in_general}.",
            f"{in_general}. One step more in an area or two would bring you there.",
        ),
        "N1": (
            "A talk about behaviours",
            "",
            "Several behaviours are hard for you so far. A talk with your headteacher about them is a good start.",
        ),
        "N2": (
            "A talk about the level",
            "",
            "Several areas are new to you. Ask your headteacher whether another level fits you better now, or how "
            "you could gain experience.",
        ),
    }
    title, there, not_yet = words[clause.code]
    if is_there:
        return Finding(title, there, "There", "green")
    is_for_a_talk = clause.side == NOT_READY
    return Finding(title, not_yet, "Worth a talk" if is_for_a_talk else "To develop", "blue")


def headline(level: Level, clauses: Sequence[Clause]) -> tuple[str, str]:
    """What it comes to in a heading and a sentence: encouragement, never a decision (A9)."""
    if all(clause.side == FOR for clause in clauses):
        return (
            f"You look ready to apply for {level.code}",
            "Your own scores are what we look for at this level.",
        )
    if any(clause.side == NOT_READY for clause in clauses):
        return (
            f"{level.code} would be a big step for you, and here is how to prepare for it",
            "You can apply whenever you choose. A little more experience first would make your application "
            "stronger.",
        )
    return (
        f"You are on your way to {level.code}",
        "Much is there already. What is below would make your application stronger, and you can apply whenever "
        "you choose.",
    )


def area_rows(level: Level, areas: Sequence[Area], scores: Mapping[int, int]) -> dict[str, Any]:
    """One's areas, the strong ones and those to develop, each with its statements' page."""
    rows: list[dict[str, Any]] = [
        {
            "name": area.name,
            "href": area.get_absolute_url(),
            "step": scales.area_step(level.code, scores[area.number]),
            "change": f"{address('area', level, area.number)}?change=1",
        }
        for area in areas
    ]
    return {
        "strong": [row for row in rows if row["step"].score >= STRONG],
        "develop": [row for row in rows if row["step"].score < STRONG],
    }


def behaviour_rows(
    level: Level, behaviours: Sequence[Behaviour], own: Mapping[int, int]
) -> list[dict[str, Any]]:
    """One's behaviours, the strongest first."""
    rows = [
        {
            "name": each.name,
            "step": own_step(own[each.position]),
            "change": f"{address('behaviour', level, each.position)}?change=1",
        }
        for each in behaviours
    ]
    return sorted(rows, key=lambda row: -row["step"].score)


def own_step(score: int) -> Step:
    """One of the four answers about oneself."""
    return next(step for step in OWN_BEHAVIOUR if step.score == score)


def cohort_choices(cohorts: Sequence[Cohort], today: date) -> list[tuple[Cohort, str]]:
    """The cohorts to choose from, each with what decides between them."""
    return [(each, _cohort(each, today)) for each in cohorts]


def brought(number: int) -> str:
    """What the task list says after the self-check."""
    if number == 0:
        return "You have an application for this group already: here it is, as you left it"
    scores = f"{number_in_words(number)} score{'' if number == 1 else 's'}"
    them = "it" if number == 1 else "them"
    return f"We brought your {scores} from the self-check: look at {them} again"


def _cohort(cohort: Cohort, today: date) -> str:
    is_open = words_of.intake(cohort, today) == Intake.OPEN
    when = (
        f"Apply by {words_of.apply_by(cohort, today)}. {words_of.places(cohort)}"
        if is_open
        else words_of.may_apply_late(cohort)
    )
    return f"Starts {uk_date(cohort.starts_on)}. {when}. {words_of.pounds(cohort.fee_pence)}."


def _names(scores: Mapping[str, int], least: int, most: int) -> str:
    names = [name for name, score in scores.items() if least <= score <= most]
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
