"""The words, figures and links that the documents room's templates show."""

from dataclasses import dataclass

from django.urls import reverse

from documents import registry
from documents.models import ReportJob
from documents.policies import size_words
from documents.states import JOB, JobStatus


@dataclass(frozen=True)
class ShownReport:
    """A report job as its page shows it."""

    reference: str
    title: str
    subject: str
    percent: int
    text: str
    is_ready: bool
    has_failed: bool
    may_retry: bool
    trouble: str
    url: str
    status_url: str
    file_url: str
    size: str


def report(job: ReportJob) -> ShownReport:
    """How far a job is, in words and per cent."""
    file = job.file
    return ShownReport(
        reference=job.reference,
        title=_title(job.report),
        subject=job.subject,
        percent=percent(job),
        text=progress_words(job),
        is_ready=job.status == JobStatus.READY,
        has_failed=job.status == JobStatus.FAILED,
        may_retry=job.status == JobStatus.FAILED and JOB.allows("retry", job.status),
        trouble=job.trouble,
        url=reverse("documents:report", args=[job.reference]),
        status_url=reverse("documents:report_status", args=[job.reference]),
        file_url=reverse("documents:report_file", args=[job.reference]),
        size=size_words(file.size) if file else "",
    )


def _title(name: str) -> str:
    # A report that is no longer registered still has its old jobs.
    return registry.find(name).title if name in registry.names() else "Report"


def percent(job: ReportJob) -> int:
    """0 to 100; only a finished job is at 100."""
    if job.status == JobStatus.READY:
        return 100
    return min(99, 100 * job.step // max(job.steps, 1))


def progress_words(job: ReportJob) -> str:
    """One sentence on where the job is."""
    if job.status == JobStatus.READY:
        return "Your report is ready."
    if job.status == JobStatus.FAILED:
        return "Your report could not be made."
    if job.status == JobStatus.WAITING:
        return (
            "Waiting for its turn." if not job.attempts else "Something broke off; starting again."
        )
    if job.step >= job.steps - 1 and job.step:
        return "Making the PDF, the last step."
    return f"Step {job.step + 1} of {job.steps}."
