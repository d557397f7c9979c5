"""Mails about the applicant's form after it was returned (A8)."""

from applications import queries
from applications.notifications.mailing import mail
from core import outbox


@outbox.handles("applications.sent_back")
def send_sent_back(reference: str) -> None:
    """To the moderator: the applicant gave what was asked for, and it can be decided."""
    application = queries.with_facts().get(reference=reference)
    if application.moderator is None:
        return
    key = f"{reference}:{application.returns.count()}"
    mail(application, "sent_back", key, application.moderator)
