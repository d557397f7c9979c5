"""Pages of those who decide: the list's rows, the whole application, its timeline (A7 to A9)."""

from typing import Any

from accounts.models import User
from applications import queries
from applications.models import Application, ReadinessResult, SponsorAnswer
from applications.policies import AGAINST, FOR, NOT_READY
from applications.presenters import applicant, sponsor
from applications.states import (
    APPLICATION,
    WAITS_FOR,
    ApplicationStatus,
    ContactMeans,
    Readiness,
)
from programmes import queries as programmes

VERDICT_COLOURS = {
    Readiness.READY: "green",
    Readiness.BORDERLINE: "yellow",
    Readiness.NOT_READY: "orange",
}
SIDES = {FOR: "For ready", AGAINST: "Against ready", NOT_READY: "For not ready"}


def rows(applications: list[Application]) -> list[dict[str, Any]]:
    """The lines of a list."""
    return [
        {
            "application": each,
            "status": each.get_status_display(),
            "colour": applicant.COLOURS[each.status],
            "waits_for": WAITS_FOR.get(ApplicationStatus(each.status), ""),
            "days": queries.days_waiting(each),
        }
        for each in applications
    ]


def readiness(result: ReadinessResult | None) -> dict[str, Any] | None:
    """What the rule found, clause by clause."""
    if result is None:
        return None
    return {
        "text": result.get_verdict_display(),
        "colour": VERDICT_COLOURS[Readiness(result.verdict)],
        "version": result.rule_version,
        "found_at": result.found_at,
        "clauses": [
            (SIDES[each["side"]], each["text"], each["side"] != FOR) for each in result.clauses
        ],
    }


def whole_page(application: Application, user: User, *, shows_answer: bool) -> dict[str, Any]:
    """Everything of one application, and what this person may do with it now."""
    written = queries.written(application)
    answers = list(application.answers.select_related("sponsor"))
    results = list(application.readiness_results.all())
    answer = next((each for each in answers if not (each.declined_at or each.replaced_at)), None)
    shown = shows_answer and answer is not None and answer.signed_at is not None
    return {
        "stage": application.get_status_display(),
        "colour": applicant.COLOURS[application.status],
        "waits_for": WAITS_FOR.get(ApplicationStatus(application.status), ""),
        "days": queries.days_waiting(application),
        "sections": applicant.answers(application, written, own=False),
        "answer_sections": sponsor.sections(
            application, written, queries.answered(application, answer), change=False
        )
        if shown and answer
        else [],
        "readiness": readiness(results[-1] if results else None),
        "contacts": [
            {
                "text": f"{contact.logged_by.name} spoke with the sponsor, "
                f"{ContactMeans(contact.means).label.lower()}",
                "on": contact.on,
                "note": contact.note,
            }
            for contact in application.contacts.select_related("logged_by")
        ],
        "timeline": timeline(application, answers, results),
        "may_confirm": APPLICATION.allows("confirm", application.status)
        and user.has_perm("applications.confirm", application),
        "may_decide": APPLICATION.allows("accept", application.status)
        and user.has_perm("applications.decide", application),
        "places": programmes.places_left(application.cohort),
    }


def timeline(
    application: Application, answers: list[SponsorAnswer], results: list[ReadinessResult]
) -> list[dict[str, Any]]:
    """What happened, newest first, from the application's own columns and its parts'."""
    name = application.applicant.name
    moments: list[tuple[str, Any, str]] = [
        (f"{name} started this application", application.started_at, ""),
        (f"{name} signed it and sent it to their sponsor", application.sent_at, ""),
        (f"{name} withdrew it", application.withdrawn_at, ""),
    ]
    for answer in answers:
        who = answer.sponsor.name
        moments += [
            (f"{who} came to answer as the sponsor", answer.begun_at, ""),
            (f"{who} signed their answer", answer.signed_at, ""),
            (f"{who} cannot be the sponsor", answer.declined_at, answer.decline_reason),
            (f"{who} was replaced as the sponsor", answer.replaced_at, ""),
        ]
    moments += [
        (f"{each.returned_by.name} asked the sponsor to look again", each.returned_at, each.reason)
        for each in application.returns.select_related("returned_by")
    ]
    moments += [
        (f"The readiness rule found: {each.get_verdict_display().lower()}", each.found_at, "")
        for each in results
    ]
    if application.decided_by:
        did = "accepted" if application.status == ApplicationStatus.ACCEPTED else "declined"
        moments.append(
            (
                f"{application.decided_by.name} {did} it",
                application.decided_at,
                application.decision_reason,
            )
        )
    happened = [(text, at, note) for text, at, note in moments if at]
    # Of two at one moment the later in the story is the newer.
    in_order = sorted(enumerate(happened), key=lambda each: (each[1][1], each[0]), reverse=True)
    return [{"text": text, "at": at, "note": note} for _, (text, at, note) in in_order]
