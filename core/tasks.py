"""Celery's thin entrances to the plumbing."""

from celery import shared_task

from core import outbox


@shared_task(name="core.deliver_message")
def deliver_message(pk: int) -> None:
    """Carry out one promised effect."""
    outbox.deliver(pk)


@shared_task(name="core.sweep_outbox")
def sweep_outbox() -> None:
    """Carry out what the doorbell missed; beat calls this every few seconds."""
    outbox.sweep()
