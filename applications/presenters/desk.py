"""The administrator's list: its lines, and how many there are, in words."""

from typing import Any

from django.urls import reverse

from applications import queries
from applications.models import Application, SavedFilter
from applications.presenters import applicant
from applications.queries import desk
from applications.states import ApplicationStatus


def rows(applications: list[Application]) -> list[dict[str, Any]]:
    """The lines of the list."""
    return [line(each) for each in applications]


def line(application: Application) -> dict[str, Any]:
    """One line: whose it is, for what, from where, how far, and whom it waits for since how long."""
    whom = desk.waits_for(application)
    school = application.school
    return {
        "application": application,
        "reference": application.reference,
        "url": application.get_absolute_url(),
        "name": application.applicant.name,
        "level": application.level.code,
        "cohort": application.cohort.name,
        "school": application.school_name,
        "region": school.region if school else "",
        "status": application.get_status_display(),
        "colour": applicant.COLOURS[application.status],
        "waits_for": whom.label if whom else "",
        "days": queries.days_waiting(application) if whom else None,
        "moderator": moderator(application),
    }


def moderator(application: Application) -> str:
    """Who decides it, or that somebody has to be chosen."""
    if application.moderator:
        return application.moderator.name
    return "Not chosen yet" if application.status == ApplicationStatus.REFERRED else ""


def how_many(number: int, is_more: bool) -> str:
    """'53 applications', '1,000+ applications'."""
    if is_more:
        return f"More than {number:,} applications"
    return f"{number:,} {'application' if number == 1 else 'applications'}"


def saved(filters: list[SavedFilter], query: str) -> list[dict[str, Any]]:
    """The kept filters as links; the one that is shown now is marked."""
    address = reverse("applications:list")
    return [
        {"name": each.name, "url": f"{address}?{each.query}", "is_shown": each.query == query}
        for each in filters
    ]
