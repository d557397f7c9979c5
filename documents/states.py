"""The life of a report that the queue makes."""

from django.db.models import TextChoices

from core.lifecycle import Lifecycle, move


class JobStatus(TextChoices):
    """Where a report job is."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


JOB = Lifecycle(
    "report",
    JobStatus.choices,
    move("start", [JobStatus.WAITING], JobStatus.RUNNING),
    move("finish", [JobStatus.RUNNING], JobStatus.READY),
    move("fail", [JobStatus.RUNNING], JobStatus.FAILED),
    move("retry", [JobStatus.FAILED, JobStatus.RUNNING], JobStatus.WAITING),
)
