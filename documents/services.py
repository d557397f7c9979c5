"""The verbs of the documents room: store a file, ask for a report, and the steps of a report's life.

What a file or a report is about belongs to the room above; how a report is made belongs to `jobs`.
"""

import uuid
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from core import audit, clock, outbox
from core.errors import Refused
from documents import anonymity, events, reading, registry, storage
from documents.inspection import extension_of, inspect
from documents.models import ReportJob, StoredFile
from documents.policies import (
    CONTENT_TYPES,
    PDF,
    WRITE_UP,
    Accepts,
    FileFacts,
    Finding,
    may_store,
)
from documents.states import JOB, JobStatus

MOST_ATTEMPTS = 3
LONGEST_NAME = 200
GAVE_UP = (
    "Something went wrong three times while your report was being made. Nothing is lost. "
    "Try again in a few minutes; if it happens again, tell your provider's team the reference of this page."
)
NO_PDF = (
    "PDFs are switched off on this computer, because the system library Pango is missing. "
    "Everything in the report can still be read on its page."
)


# Files


def store(*, by: User | None, upload: Any, accepts: Accepts, field: str = "") -> StoredFile:
    """Check an upload and keep it. Raises Refused with one plain sentence for each thing wrong.

    `field` is the form's field that the sentences belong to. A write-up is also read and its words counted.
    """
    name = _plain_name(str(upload.name or ""))
    most = settings.UPLOAD_MAX_BYTES
    with TemporaryFile() as copy:
        size = _copy(upload, copy, most)
        facts = inspect(copy, name=name, size=size, most_bytes=most)
        may_store(facts, accepts, field).require()
        stored = _keep(by=by, file=copy, name=name, facts=facts, accepts=accepts, field=field)
    return stored


def store_bytes(*, by: User | None, name: str, content: bytes, content_type: str) -> StoredFile:
    """Keep a file that the portal itself made; it is not inspected."""
    with TemporaryFile() as copy, transaction.atomic():
        copy.write(content)
        extension = extension_of(name)
        return _row(by, copy, _plain_name(name), extension, len(content), content_type)


def _copy(upload: Any, to: BinaryIO, most: int) -> int:
    """Copy the upload, at most one chunk further than is allowed; its size as far as that is known."""
    size = 0
    for chunk in upload.chunks():
        size += len(chunk)
        to.write(chunk)
        if size > most:
            break
    to.flush()
    return max(size, getattr(upload, "size", None) or 0)


def _plain_name(name: str) -> str:
    """The last part of a name without control characters, short enough to keep, ending and all."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = " ".join("".join(c if c.isprintable() else " " for c in last).split()) or "file"
    ending = PurePath(plain).suffix[:8]
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(ending)] + ending


def _keep(
    *,
    by: User | None,
    file: BinaryIO,
    name: str,
    facts: FileFacts,
    accepts: Accepts,
    field: str,
) -> StoredFile:
    try:
        with transaction.atomic():
            kind = CONTENT_TYPES[facts.extension]
            stored = _row(by, file, name, facts.extension, facts.size, kind)
            if accepts is WRITE_UP:
                reading.remember(stored)
            return stored
    except reading.Unreadable as error:
        unreadable = FileFacts(
            name,
            facts.extension,
            facts.size,
            facts.most_bytes,
            findings=frozenset({Finding.UNREADABLE}),
        )
        may_store(unreadable, accepts, field).require()
        raise Refused(str(error)) from error


def _row(
    by: User | None, file: BinaryIO, name: str, extension: str, size: int, content_type: str
) -> StoredFile:
    """The file first, then its row: a crash between leaves a file that the sweep finds, never a bare row."""
    stored = StoredFile.objects.create(
        name=name,
        extension=extension[:8],
        content_type=content_type,
        size=size,
        sha256=storage.digest(file),
        content=storage.keep(file, extension[:8]),
        stored_by=by,
    )
    audit.record(events.FILE_STORED, by=by, on=stored, size=size, sha256=stored.sha256)
    return stored


def anonymous_copy(stored_file: StoredFile) -> bytes:
    """The file without what names its writer: properties, authors of comments and changes (S9)."""
    with storage.opened(stored_file) as content:
        return anonymity.anonymous(content.read(), stored_file.extension)


# Reports


def ask_for_report(*, by: User, report: str, subject: str) -> ReportJob:
    """Have a report made by the queue; asked for twice while unfinished, the same job. Raises Refused."""
    registry.find(report)
    if not settings.PDF_AVAILABLE:
        raise Refused(NO_PDF)
    unfinished = ReportJob.objects.filter(
        report=report,
        subject=subject,
        asked_by=by,
        status__in=(JobStatus.WAITING, JobStatus.RUNNING),
    )
    try:
        with transaction.atomic():
            if job := unfinished.first():
                return job
            job = ReportJob.objects.create(report=report, subject=subject, asked_by=by)
            audit.record(events.REPORT_ASKED, by=by, on=job, report=report, subject=subject)
            _ring(job)
            return job
    except IntegrityError:
        # Asked for at the same moment on another connection, which was quicker.
        return unfinished.get()


@transaction.atomic
def retry(*, by: User, job: ReportJob) -> ReportJob:
    """Set a failed report to be made again, with all its attempts before it."""
    job = ReportJob.objects.select_for_update().get(pk=job.pk)
    _put_back(job, by)
    job.attempts = 0
    job.save(update_fields=["attempts"])
    return job


@transaction.atomic
def start(*, job: int) -> ReportJob | None:
    """Claim a waiting job for one run; None when there is nothing to do or another run has it."""
    row = ReportJob.objects.select_for_update(skip_locked=True).filter(pk=job).first()
    if row is None or not JOB.allows("start", row.status):
        return None
    row.status = JOB.target("start", row.status)
    row.claim = uuid.uuid4()
    row.started_at = row.alive_at = clock.now()
    row.attempts += 1
    row.step = 0
    row.save(update_fields=["status", "claim", "started_at", "alive_at", "attempts", "step"])
    audit.record(events.REPORT_STARTED, by=None, on=row, attempt=row.attempts)
    return row


class LostClaim(Exception):
    """The job was given to another run meanwhile; this one stops and writes nothing."""


def tell_progress(*, job: ReportJob, step: int, steps: int) -> None:
    """Note how far a run is and that it lives; committed at once. Raises LostClaim."""
    steps = max(steps, 1)
    mine = ReportJob.objects.filter(pk=job.pk, claim=job.claim, status=JobStatus.RUNNING)
    if not mine.update(step=min(max(step, 0), steps), steps=steps, alive_at=clock.now()):
        raise LostClaim


@transaction.atomic
def finish(*, job: ReportJob, content: bytes) -> ReportJob:
    """Keep the report that was made; the run that has the claim does so, once. Raises LostClaim."""
    row = _claimed(job)
    report = registry.find(row.report)
    row.file = store_bytes(
        by=row.asked_by,
        name=f"{report.title} {row.subject}{PDF}",
        content=content,
        content_type=CONTENT_TYPES[PDF],
    )
    row.status = JOB.target("finish", row.status)
    row.step = row.steps
    row.finished_at = clock.now()
    row.claim = None
    row.save(update_fields=["file", "status", "step", "finished_at", "claim"])
    audit.record(events.REPORT_FINISHED, by=None, on=row, file=row.file.reference)
    return row


@transaction.atomic
def fail(*, job: ReportJob, trouble: str) -> ReportJob:
    """Give a job up, with words for the person who waits. Raises LostClaim."""
    row = _claimed(job)
    _fail(row, trouble)
    return row


@transaction.atomic
def stumble(*, job: ReportJob) -> ReportJob:
    """A run broke off: the job waits for another, until it has had its attempts. Raises LostClaim."""
    row = _claimed(job)
    _put_back_or_fail(row)
    return row


@transaction.atomic
def recover(*, job: int, dead_since: Any) -> bool:
    """Take a job from a run that gave no sign since then, or ring again for one that nobody fetched."""
    row = (
        ReportJob.objects.select_for_update(skip_locked=True)
        .filter(pk=job)
        .exclude(alive_at__gt=dead_since)
        .first()
    )
    if row is None or row.status not in (JobStatus.RUNNING, JobStatus.WAITING):
        return False
    if row.status == JobStatus.RUNNING:
        _put_back_or_fail(row)
    else:
        row.alive_at = clock.now()
        row.save(update_fields=["alive_at"])
        _ring(row)
    return True


def _claimed(job: ReportJob) -> ReportJob:
    row = (
        ReportJob.objects.select_for_update()
        .filter(Q(claim=job.claim), pk=job.pk, status=JobStatus.RUNNING)
        .first()
    )
    if row is None:
        raise LostClaim
    return row


def _put_back_or_fail(row: ReportJob) -> None:
    if row.attempts >= MOST_ATTEMPTS:
        _fail(row, GAVE_UP)
    else:
        _put_back(row, None)


def _put_back(row: ReportJob, by: User | None) -> None:
    row.status = JOB.target("retry", row.status)
    row.claim = None
    row.alive_at = clock.now()
    row.step = 0
    row.trouble = ""
    row.finished_at = None
    row.save(update_fields=["status", "claim", "alive_at", "step", "trouble", "finished_at"])
    audit.record(events.REPORT_RETRIED, by=by, on=row, attempts=row.attempts)
    _ring(row)


def _fail(row: ReportJob, trouble: str) -> None:
    row.status = JOB.target("fail", row.status)
    row.trouble = trouble[:300]
    row.claim = None
    row.finished_at = clock.now()
    row.save(update_fields=["status", "trouble", "claim", "finished_at"])
    audit.record(events.REPORT_FAILED, by=None, on=row, attempts=row.attempts)


def _ring(row: ReportJob) -> None:
    outbox.put("documents.make_report", key=f"{row.reference}:{uuid.uuid4().hex}", job=row.pk)
