"""Mails of referral: to the moderator who is given one or gets it back, to the applicant asked for more (A8)."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from applications import queries
from applications.models import Application
from applications.notifications.mailing import mail
from applications.queries import referral
from applications.states import ApplicationStatus
from core import outbox


@outbox.handles("applications.given_to_moderator")
def send_given_to_moderator(reference: str, moderator: str) -> None:
    """To the moderator: one to decide, and by when; unless it is another's by now."""
    application = queries.with_facts().get(reference=reference)
    to = application.moderator
    if to is None or to.reference != moderator:
        return
    moment = application.moderator_assigned_at
    key = f"{reference}:{moderator}:{moment.isoformat() if moment else ''}"
    _to_the_moderator(application, "referral", key, to)


@outbox.handles("applications.sponsor_looked_again")
def send_sponsor_looked_again(reference: str) -> None:
    """To the moderator: the sponsor has signed again, and it can be decided."""
    application = queries.with_facts().get(reference=reference)
    if application.moderator is None:
        return
    key = f"{reference}:{application.returns.count()}"
    _to_the_moderator(application, "sponsor_looked_again", key, application.moderator)


@outbox.handles("applications.returned_to_applicant")
def send_returned_to_applicant(reference: str) -> None:
    """To the applicant: we need more; what it is stands on the portal (A8)."""
    application = queries.with_facts().get(reference=reference)
    if application.status != ApplicationStatus.RETURNED:
        return
    key = f"{reference}:{application.returns.count()}"
    mail(application, "returned", key, application.applicant)


def _to_the_moderator(application: Application, template: str, key: str, to: User) -> None:
    context: dict[str, Any] = {"due_on": referral.clock_of(application).due_on, "moderator": to}
    if application.status != ApplicationStatus.REFERRED:
        # Decided, or away again, while the mail waited.
        return
    link = settings.BASE_URL + reverse("applications:application", args=[application.reference])
    mail(application, template, key, to, link=link, **context)
