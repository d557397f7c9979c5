"""Celery's thin entrances to entry, and what the outbox hands to services."""

from celery import shared_task

from applications import services
from core import outbox
from programmes.models import Cohort


@shared_task(name="applications.fill_waiting_lists")
def fill_waiting_lists() -> None:
    """End offers that are over and offer free places (A11); beat calls this every few minutes."""
    services.sweep_places()


@shared_task(name="applications.chase_sponsors")
def chase_sponsors() -> None:
    """Remind sponsors who have not answered (A4); beat calls this every hour."""
    services.chase_sponsors()


@outbox.handles("applications.place_freed")
def fill_freed_place(cohort: str) -> None:
    """Follows a committed change that may have freed a place: offer it to the next who waits."""
    services.fill(by=None, cohort=Cohort.objects.get(reference=cohort))
