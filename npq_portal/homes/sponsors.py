"""The sponsor's home: who asks for what, and how long it takes."""

from django.urls import reverse

from accounts.models import User
from applications import queries as applications
from npq_portal.homes import sentences
from npq_portal.homes.parts import Button, Home, Part


def sponsor(user: User) -> Home:
    """Everyone who has asked this person to sponsor them and waits for the answer."""
    asked = list(applications.waiting_for_sponsor(user))
    rows = [
        {
            "title": f"{each.applicant.name}, {each.level.code}",
            "href": reverse("applications:sponsor", args=[each.reference]),
            "hint": f"Asked on {sentences.day(each.sponsor_asked_at or each.moved_at)}. "
            "It takes about ten minutes.",
            "status": "Waiting for you",
            "colour": "blue",
        }
        for each in asked
    ]
    return Home(
        sentence=sentences.waiting(
            len(asked), "applicant", "You have answered everybody who named you as their sponsor."
        ),
        button=Button(f"Answer for {asked[0].applicant.name}", rows[0]["href"]) if asked else None,
        parts=[
            Part(
                "People you sponsor",
                rows,
                "When a colleague names you as their sponsor, their application waits for you here.",
                more=Button("See everybody you sponsor", reverse("applications:sponsored")),
            )
        ],
        ask="Cannot answer for somebody? Open their application and choose 'I can't do this'.",
    )
