"""What tests of people share: a purpose of invitations, people, and the mails that were sent."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core import mail

from accounts import invitations, services
from accounts.models import User
from accounts.states import Role

MOMENT = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)
PASSWORD = "three tall green boats"
ACCEPTED: list[tuple[str, str]] = []


def _describe(subject: str) -> invitations.Purpose:
    return invitations.Purpose(
        title="Ada Example asks you to be their sponsor",
        lines=("Ada Example is applying for NPQSL.", f"Their application is {subject}."),
        url="/account/",
        minutes=10,
    )


invitations.register_purpose(
    "test_request",
    _describe,
    accept=lambda subject, user: ACCEPTED.append((subject, user.email)),
)


@pytest.fixture(autouse=True)
def _clean(settings):
    """No answer is left over from the test before; demo mode is off."""
    settings.DEMO = False
    ACCEPTED.clear()


@pytest.fixture
def person(db) -> Callable[..., User]:
    """Makes a person with a password."""

    def make(email: str = "ada@school.example", *roles: Role, **names: str) -> User:
        return services.register(
            by=None,
            email=email,
            first_name=names.get("first_name", "Ada"),
            last_name=names.get("last_name", "Example"),
            password=PASSWORD,
            roles=roles,
        )

    return make


@pytest.fixture
def invite(db, at_commit):
    """Invites Sam Sponsor about APP-1 and gives the invitation and the link's path."""

    def make(**changes: str):
        asked = {
            "email": "sam@school.example",
            "first_name": "Sam",
            "last_name": "Sponsor",
            "purpose": "test_request",
            "subject": "APP-1",
            **changes,
        }
        with at_commit():
            invitation = services.invite(by=None, **asked)
        return invitation, path_in(mail.outbox[-1])

    return make


def path_in(message: mail.EmailMessage) -> str:
    """The path of a mail's one link."""
    found = re.findall(r"https?://[^/\s]+(/\S+)", str(message.body))
    assert len(set(found)) == 1, found
    return found[0]


def code_in(message: mail.EmailMessage) -> str:
    """The six digits that stand alone on a line."""
    return re.findall(r"^(\d{6})$", str(message.body), re.MULTILINE)[0]


def heading(response) -> str:
    """The page's h1."""
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)[1].strip()
