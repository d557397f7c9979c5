"""The homes of the provider's people and of the Department's agent."""

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import User
from applications import queries as applications
from assessment import queries as assessment
from core import clock
from npq_portal.homes import sentences
from npq_portal.homes.parts import Button, Figure, Home, Part

SHOWN = 5


def administrator(user: User) -> Home:
    """What is stuck and on whom, what is due, and the way to the figures."""
    stages = applications.counts_by_status()
    scripts = assessment.counts_by_status()
    held_up = assessment.tasks_without_pass_mark()
    lists, work = reverse("applications:list"), reverse("assessment:scripts")
    ours = stages.get("ready", 0) + scripts.get("submitted", 0) + scripts.get("marked", 0)

    def applied(status: str, label: str, direction: str) -> Figure:
        link = f"{lists}?status={status}"
        return Figure(
            label, stages.get(status, 0), direction, link, f"See applications: {label.lower()}"
        )

    def sent(status: str, label: str, direction: str) -> Figure:
        link = f"{work}?status={status}"
        return Figure(
            label, scripts.get(status, 0), direction, link, f"See scripts: {label.lower()}"
        )

    return Home(
        sentence=sentences.waiting(
            ours, "thing", "Nothing waits for you: everything is with somebody else."
        ),
        button=_first_step(stages, scripts),
        figures=[
            applied("ready", "Ready to confirm", "Waiting for us"),
            applied("with_sponsor", "With a sponsor", "Waiting for the sponsor"),
            applied("referred", "Referred", "Waiting for a regional moderator"),
            sent("submitted", "To allocate", "Waiting for us"),
            sent("allocated", "Being marked", "Waiting for an assessor"),
            sent("marked", "To release", "Waiting for us"),
        ],
        parts=[
            Part(
                "What holds work up",
                [
                    {
                        "title": f"{task.level.code} task {task.number} has no pass mark",
                        "href": reverse(
                            "frameworks:pass_mark",
                            args=[task.level.edition.code, task.level.code, task.number],
                        ),
                        "hint": "Marked scripts wait until it is entered with its source.",
                        "status": "Enter it",
                        "colour": "red",
                    }
                    for task in held_up
                ],
                "Nothing is held up. Missing pass marks and the like will be listed here.",
                more=Button("See the figures", reverse("quality:dashboard")),
            )
        ],
    )


def _first_step(stages: dict[str, int], scripts: dict[str, int]) -> Button | None:
    steps = (
        (
            scripts.get("marked", 0),
            "Release results",
            reverse("assessment:scripts") + "?status=marked",
        ),
        (
            scripts.get("submitted", 0),
            "Allocate scripts",
            reverse("assessment:scripts") + "?status=submitted",
        ),
        (
            stages.get("ready", 0),
            "Confirm applications",
            reverse("applications:list") + "?status=ready",
        ),
    )
    return next((Button(text, href) for number, text, href in steps if number), None)


def assessor(user: User) -> Home:
    """Scripts that wait, how many words, by when; and the next one."""
    today = clock.today()
    waiting = list(assessment.waiting_for_assessor(user))
    words = sum(each.script.words or 0 for each in waiting)
    due = min(
        (each.script.answer_due_on for each in waiting if each.script.answer_due_on), default=None
    )
    facts = [("Words to read", f"{words:,}")] if waiting else []
    if due:
        facts.append(("First result due", sentences.by_when(due, today)))
    return Home(
        sentence=sentences.waiting(
            len(waiting), "script", "You have marked everything that was given to you."
        ),
        button=Button("Mark the next one", _marking(waiting[0])) if waiting else None,
        facts=facts,
        parts=[
            Part(
                "Scripts to mark",
                [_marking_row(each, today) for each in waiting[:SHOWN]],
                "Scripts that the provider gives you will be listed here, by candidate number.",
                more=Button("See all your marking", reverse("assessment:marking_list")),
            )
        ],
        ask="Recognise the work or its author? Do not mark it: tell the provider at once.",
    )


def _marking(marking: Any) -> str:
    return reverse("assessment:marking", args=[marking.reference])


def _marking_row(marking: Any, today: date) -> dict[str, Any]:
    script = marking.script
    due = f", due {sentences.by_when(script.answer_due_on, today)}" if script.answer_due_on else ""
    marked = marking.marked or 0
    return {
        "title": f"Candidate {script.candidate_number}: {script.task.level.code} task {script.task.number}",
        "href": _marking(marking),
        "hint": f"{script.words or 0:,} words{due}",
        "status": f"{marked} of {marking.criteria} marked" if marked else "Not begun",
        "colour": "blue" if marked else "grey",
    }


def regional_moderator(user: User) -> Home:
    """The applications in doubt."""
    referred = list(applications.referred_to(user))
    rows = [
        {
            "title": f"{each.applicant.name}, {each.level.code}",
            "href": each.get_absolute_url(),
            "hint": f"Referred on {sentences.day(each.moved_at)}",
            "status": "To decide",
            "colour": "blue",
        }
        for each in referred
    ]
    return Home(
        sentence=sentences.waiting(
            len(referred), "application", "No application waits for your decision."
        ),
        button=Button("Decide the oldest", rows[0]["href"]) if rows else None,
        parts=[
            Part(
                "Applications to decide",
                rows[:SHOWN],
                "Applications that are borderline or not ready yet will be listed here.",
                more=Button("See all referrals", reverse("applications:referrals")),
            )
        ],
    )


def moderator(user: User) -> Home:
    """Moderation has no queue before marking windows are moderated."""
    return Home(
        sentence="No script waits for moderation.",
        parts=[
            Part(
                "Scripts to moderate",
                (),
                "Scripts chosen for moderation will be listed here, each with why it was chosen.",
            )
        ],
    )


def tutor(user: User) -> Home:
    """Tutors see their participants once they are given some."""
    return Home(
        sentence="No participant is assigned to you.",
        parts=[
            Part(
                "Your participants",
                (),
                "Participants whose progress you follow will be listed here, those who are behind first.",
            )
        ],
    )


def quality_agent(user: User) -> Home:
    """The figures, and nothing that is not the agent's to see."""
    return Home(
        sentence="The figures of this provider are ready for you to read.",
        button=Button("See the figures", reverse("quality:dashboard")),
        parts=[
            Part(
                "What you can read",
                [
                    {
                        "title": "Recruitment, presentation within 18 months and the pass rate",
                        "href": reverse("quality:dashboard"),
                        "hint": "By level, for this academic year and earlier ones",
                        "status": "Open",
                        "colour": "",
                    },
                    {
                        "title": "The framework that participants are assessed against",
                        "href": reverse("frameworks:levels"),
                        "hint": "Levels, statements, criteria and tasks",
                        "status": "Open",
                        "colour": "",
                    },
                ],
                "",
            )
        ],
    )
