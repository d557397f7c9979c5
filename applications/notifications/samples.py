"""Made-up words for the mails of entry, so that an administrator can read what each of them says.

Every text may name what `mailing.words` gives; what one needs besides stands in MORE. A new text under
templates/mail/applications/ needs its line here, and a test says so.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from accounts.models import User
from accounts.notifications import register_sample
from accounts.samples import invitation
from applications.models import Appeal, Application, Undoing
from applications.notifications.mailing import words
from core import clock
from frameworks.models import Level
from programmes.models import Cohort


def _person(first_name: str, last_name: str) -> User:
    address = f"{first_name}.{last_name}@school.example".lower()
    return User(first_name=first_name, last_name=last_name, email=address)


def _soon() -> datetime:
    return clock.now() + timedelta(days=7)


def _application() -> Application:
    """An application of nobody, never kept."""
    level = Level(code="NPQSL", name="NPQ for Senior Leadership")
    today = clock.today()
    cohort = Cohort(
        name="NPQSL spring",
        level=level,
        starts_on=today + timedelta(days=60),
        applications_close_on=today + timedelta(days=30),
    )
    application = Application(
        reference="APP-2345BCDF",
        applicant=_person("Asha", "Bello"),
        level=level,
        cohort=cohort,
        sponsor=_person("Sam", "Okafor"),
        sponsor_first_name="Sam",
        sponsor_last_name="Okafor",
        sponsor_email="sam.okafor@school.example",
        moderator=_person("Rhona", "Vale"),
        offer_expires_at=_soon(),
    )
    application.appealed = Appeal(handed_to=_person("Rhona", "Vale"))
    return application


def _reminder() -> dict[str, Any]:
    return {
        "invitation": invitation(),
        "asked_on": clock.now() - timedelta(days=3),
        "is_last": False,
        "is_returned": False,
        "came_back": False,
        "begun": False,
    }


def _undone() -> dict[str, Any]:
    reason = "The letter was meant for somebody else."
    return {
        "undone": Undoing(was_decided_at=clock.now() - timedelta(days=2), reason=reason),
        "had_a_place": True,
    }


def _nothing() -> dict[str, Any]:
    return {}


MORE: dict[str, Callable[[], dict[str, Any]]] = {
    "accepted": lambda: {"deadline": clock.today() + timedelta(days=600)},
    "appeal_dismissed": _nothing,
    "appeal_handed": lambda: {"answer_by": _soon()},
    "appeal_upheld": lambda: {"has_place": True},
    "appealed": lambda: {"answer_by": _soon()},
    "decision_undone": _undone,
    "declined": lambda: {"may_appeal": True, "appeal_until": _soon()},
    "lapsed": _nothing,
    "moved_to_cohort": _nothing,
    "offered": _nothing,
    "received": _nothing,
    "referral": lambda: {"moderator": _person("Rhona", "Vale"), "due_on": _soon()},
    "returned": _nothing,
    "sent_back": _nothing,
    "sponsor_answered": _nothing,
    "sponsor_chased": _reminder,
    "sponsor_declined": _nothing,
    "sponsor_looked_again": lambda: {
        "moderator": _person("Rhona", "Vale"),
        "due_on": _soon(),
    },
    "sponsor_reminder": _reminder,
    "sponsor_reminder_begun": _reminder,
    "sponsor_unreached": lambda: {"address": "sam.okafor@school.example"},
    "waiting": _nothing,
    "waiting_again": _nothing,
}


def _sample(more: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    return words(_application()) | more()


for _name, _more in MORE.items():
    register_sample(f"applications/{_name}", partial(_sample, _more))
