"""Mails of entry, by what they are about. Texts are in templates/mail/applications/."""

from applications.notifications import (
    chasing,
    decisions,
    entry,
    form,
    places,
    referral,
    samples,
)  # registers what the outbox carries out
from applications.notifications.entry import sponsor_purpose

__all__ = [
    "chasing",
    "decisions",
    "entry",
    "form",
    "places",
    "referral",
    "samples",
    "sponsor_purpose",
]
