"""The sponsor's home: who asks for what, and how long it takes."""

from django.urls import reverse

from accounts.models import User
from applications import queries as applications
from applications.models import Application
from applications.queries import sponsoring
from npq_portal.homes import sentences
from npq_portal.homes.parts import Button, Home, Part


def sponsor(user: User) -> Home:
    """Everyone who has asked this person to sponsor them and waits for the answer.

    Also those who named their address and for whom they have not begun: their list lets them begin.
    """
    everybody = reverse("applications:sponsored")
    asked = [
        (each, reverse("applications:sponsor", args=[each.reference]))
        for each in applications.waiting_for_sponsor(user)
    ] + [(each, everybody) for each in sponsoring.asked_by_address(user)[: sponsoring.MOST]]
    rows = [_row(each, href) for each, href in asked]
    return Home(
        sentence=sentences.waiting(
            len(asked), "applicant", "You have answered everybody who named you as their sponsor."
        ),
        button=Button(f"Answer for {asked[0][0].applicant.name}", asked[0][1]) if asked else None,
        parts=[
            Part(
                "People you sponsor",
                rows,
                "When a colleague names you as their sponsor, their application waits for you here.",
                more=Button("See everybody you sponsor", everybody),
            )
        ],
        ask="Cannot answer for somebody? Open their application and choose 'I can't do this'.",
    )


def _row(application: Application, href: str) -> dict[str, str]:
    asked_at = application.sponsor_asked_at or application.moved_at
    return {
        "title": f"{application.applicant.name}, {application.level.code}",
        "href": href,
        "hint": f"Asked on {sentences.day(asked_at)}. It takes about ten minutes.",
        "status": "Waiting for you",
        "colour": "blue",
    }
