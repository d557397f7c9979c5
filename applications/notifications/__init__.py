"""Mails of entry, by what they are about. Texts are in templates/mail/applications/."""

from applications.notifications import (
    decisions,
    entry,
    places,
)  # registers what the outbox carries out
from applications.notifications.entry import sponsor_purpose

__all__ = ["decisions", "entry", "places", "sponsor_purpose"]
