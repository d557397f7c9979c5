"""The homes of the provider's people and of the Department's agent."""

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import User
from applications.models import Application
from applications.presenters import referral as referral_words
from applications.queries import decisions, desk
from applications.queries import referral as referrals
from applications.queries.desk import STUCK_AFTER
from applications.states import ApplicationStatus, WaitsFor
from assessment import queries as assessment
from core import clock, outbox
from npq_portal.homes import sentences
from npq_portal.homes.parts import Button, Figure, Home, Part

SHOWN = 5


def administrator(user: User) -> Home:
    """What is stuck and on whom, what is due, and the way to the figures."""
    stands = desk.overview()
    stages = stands.by_status
    scripts = assessment.counts_by_status()
    held_up = assessment.tasks_without_pass_mark()
    given_up = outbox.dead().count()
    lists, work = reverse("applications:list"), reverse("assessment:scripts")
    ours = (
        stands.waits[WaitsFor.PROVIDER].number
        + scripts.get("submitted", 0)
        + scripts.get("marked", 0)
    )

    def waits(whom: WaitsFor, label: str) -> Figure:
        found = stands.waits[whom]
        stuck = (
            f"{found.stuck:,} for more than {STUCK_AFTER} days" if found.stuck else "None for long"
        )
        return Figure(
            label,
            found.number,
            stuck,
            f"{lists}?waits_for={whom}",
            f"See {label[0].lower()}{label[1:]}",
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
            waits(WaitsFor.PROVIDER, "Applications waiting for us"),
            waits(WaitsFor.SPONSOR, "Applications with a sponsor"),
            waits(WaitsFor.MODERATOR, "Applications with a regional moderator"),
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
                ]
                + _stuck(stands, given_up),
                "Nothing is held up. Missing pass marks and the like will be listed here.",
                more=Button("See the figures", reverse("quality:dashboard")),
            )
        ],
    )


def _stuck(stands: desk.Overview, given_up: int) -> list[dict[str, Any]]:
    rows = []
    if stands.without_moderator:
        rows.append(
            {
                "title": f"{sentences.count(stands.without_moderator, 'referral')} without a moderator",
                "href": reverse("applications:stuck_referrals"),
                "hint": "Nobody decides these until you choose somebody.",
                "status": "Choose",
                "colour": "red",
            }
        )
    if appeals := stands.by_status.get(ApplicationStatus.APPEALED, 0):
        rows.append(
            {
                "title": f"{sentences.count(appeals, 'appeal')} to decide",
                "href": reverse("applications:appeals"),
                "hint": "Somebody not involved before decides, or is handed it.",
                "status": "Decide",
                "colour": "orange",
            }
        )
    if given_up:
        rows.append(
            {
                "title": f"{sentences.count(given_up, 'message')} given up",
                "href": reverse("accounts:dead_letters"),
                "hint": "Look at why, and try again.",
                "status": "Look",
                "colour": "red",
            }
        )
    return [{**row, "title": row["title"][0].upper() + row["title"][1:]} for row in rows]


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
    """The applications in doubt, with the time left for each, and appeals handed over."""
    referred = list(referrals.to_decide(user)[: SHOWN + 1])
    number = referrals.to_decide(user).count()
    rows = [_referral_row(each) for each in referred[:SHOWN]]
    appeals = list(decisions.open_appeals(user)[:SHOWN])
    first = rows or [_appeal_row(each) for each in appeals]
    return Home(
        sentence=sentences.waiting(
            number, "application", "No application waits for your decision."
        ),
        button=Button("Decide the oldest", first[0]["href"]) if first else None,
        parts=[
            Part(
                "Applications to decide",
                rows,
                "Applications that are borderline or not ready yet will be listed here.",
                more=Button("See all referrals", reverse("applications:referrals")),
            ),
            *(
                [Part("Appeals handed to you", [_appeal_row(each) for each in appeals], "")]
                if appeals
                else []
            ),
        ],
        ask="Work at a school, or govern one? Say so under ‘Schools you do not judge’ in referrals.",
    )


def _referral_row(each: Application) -> dict[str, Any]:
    told = referral_words.line(each)
    return {
        "title": f"{each.applicant.name}, {each.level.code}",
        "href": each.get_absolute_url(),
        "hint": told["time"]["sentence"],
        "status": "Overdue" if told["time"]["is_overdue"] else "To decide",
        "colour": "red" if told["time"]["is_overdue"] else "blue",
    }


def _appeal_row(each: Application) -> dict[str, Any]:
    return {
        "title": f"{each.applicant.name}, {each.level.code}",
        "href": each.get_absolute_url(),
        "hint": f"Appealed on {sentences.day(each.appealed.made_at)}",
        "status": "To decide",
        "colour": "blue",
    }


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
