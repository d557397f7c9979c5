"""Mails about places: the waiting list and offers (A11)."""

from applications import queries
from applications.notifications.mailing import mail
from core import outbox


@outbox.handles("applications.waiting")
def send_waiting(reference: str) -> None:
    """To the applicant: accepted, and waiting for a place."""
    application = queries.with_facts().get(reference=reference)
    mail(application, "waiting", reference, application.applicant)
