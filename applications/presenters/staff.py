"""Pages of those who decide: a list's rows, and the whole of one application in the order of what to do now."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from applications import permissions, queries
from applications.models import Application, ReadinessResult
from applications.policies import AGAINST, FOR, NOT_READY
from applications.presenters import (
    applicant,
    decisions,
    desk,
    funding,
    mail,
    places,
    referral,
    schools_unlisted,
    sponsor,
    timeline,
)
from applications.presenters.parts import Panel
from applications.queries import desk as lists
from applications.queries import history
from applications.queries.whole import whole
from applications.states import APPLICATION, WAITS_FOR, ApplicationStatus, Readiness
from applications.visibility import Part, parts
from programmes import queries as programmes

VERDICT_COLOURS = {
    Readiness.READY: "green",
    Readiness.BORDERLINE: "yellow",
    Readiness.NOT_READY: "orange",
}
SIDES = {FOR: "For ready", AGAINST: "Against ready", NOT_READY: "For not ready"}
# Each of these topics adds its part of the page; of equals the earlier stands above. The last come at its end.
TOPICS = (schools_unlisted, decisions, places, funding, referral)
LAST_TOPICS = (mail,)


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
    """Everything of one application that this person may see (A6), and what they may do with it now."""
    seen = parts(permissions.relation(user, application))
    both = whole(application, with_answer=shows_answer)
    results = list(application.readiness_results.all())
    happened = history.moments(application, with_notes=Part.NOTES in seen)
    panels = [made for topic in TOPICS if (made := topic.panel(application, user))]
    at_the_end = [made for topic in LAST_TOPICS if (made := topic.panel(application, user))]
    whom = lists.waits_for(application)
    may_confirm = APPLICATION.allows("confirm", application.status) and user.has_perm(
        "applications.confirm", application
    )
    return {
        "stage": application.get_status_display(),
        "colour": applicant.COLOURS[application.status],
        "waits_for": whom.label if whom else "",
        "days": queries.days_waiting(application),
        "may_confirm": may_confirm,
        "places": programmes.places_left(application.cohort) if may_confirm else None,
        "panels": [_shown(each) for each in in_order(panels)],
        "at_the_end": [_shown(each) for each in at_the_end],
        "sections": applicant.answers(application, both.written, own=False),
        "answer_sections": sponsor.sections(application, both.written, both.answered, change=False)
        if both.answered
        else [],
        "readiness": readiness(results[-1] if results else None),
        "facts": facts(application, user),
        "timeline": timeline.timeline(application, happened, results),
        "sees_notes": Part.NOTES in seen,
        "notes": [each for each in reversed(happened) if each.kind == "noted"],
        "may_note": user.has_perm("applications.note", application),
    }


def _shown(panel: Panel) -> dict[str, Any]:
    return {"panel": panel, "body": render_to_string(panel.template, panel.context)}


def in_order(panels: Sequence[Panel]) -> list[Panel]:
    """What can be done now first: a main action, then any, then what is only to be read."""

    def place(panel: Panel) -> int:
        if any(action.kind == "primary" for action in panel.actions):
            return 0
        return 1 if panel.actions else 2

    return sorted(panels, key=place)


def facts(application: Application, user: User) -> list[tuple[str, Any]]:
    """What one looks up: who, where, for what, and under which references."""
    person, cohort, school = application.applicant, application.cohort, application.school
    name: Any = person.name
    if user.has_perm("applications.merge_people"):
        url = reverse("applications:person", args=[person.reference])
        name = format_html('<a class="govuk-link" href="{}">{}</a>', url, person.name)
    email = format_html('<a class="govuk-link" href="mailto:{}">{}</a>', person.email, person.email)
    found = [
        ("Applicant", name),
        ("Email", email),
        # The provider's own to read: who decides judges nobody by it (A6, G5).
        ("TRN", (application.trn or person.trn) if user.has_perm("applications.note") else ""),
        ("School", application.school_name),
        ("Region", school.region if school else ""),
        ("Cohort", f"{application.level.code}, {cohort.name}"),
        ("Moderator", desk.moderator(application)),
        ("Reference", application.reference),
    ]
    if application.enrolment:
        url = application.enrolment.get_absolute_url()
        link = format_html(
            '<a class="govuk-link" href="{}">{}</a>', url, application.enrolment.reference
        )
        found.append(("Enrolment", link))
    return [(key, value) for key, value in found if value]
