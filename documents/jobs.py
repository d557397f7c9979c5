"""Carries out the report jobs: one run from claim to file, and the sweep for runs that died.

The states of a job are changed by `services` alone; a run holds no transaction while it works.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings

from core import clock
from core.errors import PortalError
from documents import printing, queries, registry, services, storage
from documents.models import ReportJob

logger = logging.getLogger(__name__)

# Longer than the longest step between two signs of life; the hard limit of a task is five minutes.
DEAD_AFTER = timedelta(seconds=90)
FETCHED_WITHIN = timedelta(minutes=3)


def make(pk: int) -> bool:
    """Make one report unless it is done or in other hands. True when this run finished it."""
    job = services.start(job=pk)
    if job is None:
        return False
    try:
        content = _content(job)
        services.finish(job=job, content=content)
        return True
    except services.LostClaim:
        logger.warning("report %s went to another run", job.reference)
    except PortalError as refusal:
        _or_lost(services.fail, job=job, trouble=refusal.message)
    except Exception:  # whatever a builder or the PDF maker raises, the job is kept and tried again
        logger.exception("report %s broke off", job.reference)
        _or_lost(services.stumble, job=job)
    return False


def _content(job: ReportJob) -> bytes:
    """The PDF; its making is one step after the builder's own."""
    report = registry.find(job.report)

    told = {"steps": 1}

    def progress(step: int, steps: int) -> None:
        told["steps"] = max(steps, 1)
        services.tell_progress(job=job, step=step, steps=told["steps"] + 1)

    context = report.build(job.subject, progress)
    progress(told["steps"], told["steps"])
    furniture = {
        "report_title": report.title,
        "subject": job.subject,
        "provider_name": settings.PROVIDER_NAME,
        "generated_at": clock.now(),
        "as_pdf": True,
    }
    return printing.pdf(report.template, {**furniture, **context})


def _or_lost(verb: Callable[..., object], **arguments: object) -> None:
    """Call the verb; when another run has the job meanwhile, that run's outcome is the one that counts."""
    try:
        verb(**arguments)
    except services.LostClaim:
        logger.warning("the job went to another run meanwhile")


def sweep() -> int:
    """Start again what a dead worker left, and ring for what nobody fetched; the number found."""
    now = clock.now()
    found = queries.without_sign_of_life(now - DEAD_AFTER, now - FETCHED_WITHIN)
    return sum(
        services.recover(job=pk, dead_since=now - DEAD_AFTER)
        for pk in list(found.values_list("pk", flat=True)[:200])
    )


def sweep_files() -> int:
    """Delete files without a row; the number deleted."""
    return storage.remove_orphans()
