"""Celery's thin entrances to the documents room, and the outbox's way to them."""

from celery import shared_task

from core import outbox
from documents import jobs


@shared_task(name="documents.make_report")
def make_report(pk: int) -> None:
    """Make one report."""
    jobs.make(pk)


@outbox.handles("documents.make_report")
def hand_to_the_queue(job: int) -> None:
    """Follows a committed request. With Redis away this raises, and the outbox tries again."""
    make_report.delay(job)


@shared_task(name="documents.sweep_reports")
def sweep_reports() -> None:
    """Find reports whose worker died; beat calls this twice a minute."""
    jobs.sweep()


@shared_task(name="documents.sweep_files")
def sweep_files() -> None:
    """Delete files left by a process that was killed in the middle of an upload."""
    jobs.sweep_files()
