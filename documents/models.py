"""Files that people sent and reports that the queue makes. What a file means is told by the room above."""

from django.conf import settings
from django.db import models

from core import clock
from core.references import ReferenceField
from documents.states import JobStatus


class StoredFile(models.Model):
    """A file kept under a random name outside any web root; never changed once stored."""

    reference = ReferenceField("FIL")
    name = models.CharField("name as uploaded", max_length=255)
    extension = models.CharField(max_length=8)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="", max_length=120)
    stored_at = models.DateTimeField(default=clock.now)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_hash_is_sha256"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ReadText(models.Model):
    """A document once read: its words counted and its page made for one limit of words (S2, S3).

    Made again when the counter's version changes; what was made before stays.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="texts")
    counter = models.CharField("version of the counter", max_length=8)
    limit = models.PositiveIntegerField("words allowed", null=True)
    words = models.JSONField()
    headings = models.JSONField()
    html = models.TextField()
    cut_off = models.BooleanField()
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("file", "counter", "limit"), nulls_distinct=False, name="one_text_per_limit"
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_id} {self.counter} {self.limit}"


class ReportJob(models.Model):
    """One report asked for: which builder, about what, for whom, how far it is and the file made.

    `claim` names the run that has the job now, so that a run given up for dead cannot finish it as well.
    """

    reference = ReferenceField("REP")
    report = models.CharField("builder's name", max_length=60)
    subject = models.CharField("reference of what it is about", max_length=16)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(
                fields=("alive_at",),
                name="jobs_under_way",
                condition=models.Q(status=JobStatus.RUNNING),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("report", "subject", "asked_by"),
                condition=models.Q(status__in=[JobStatus.WAITING, JobStatus.RUNNING]),
                name="one_unfinished_job_per_asker",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=JobStatus.values), name="job_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(step__lte=models.F("steps")), name="job_step_within_steps"
            ),
            models.CheckConstraint(
                condition=models.Q(status=JobStatus.READY, file__isnull=False)
                | (~models.Q(status=JobStatus.READY) & models.Q(file__isnull=True)),
                name="job_has_file_when_ready",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report} {self.subject}"
