"""Scripts, their documents, markings, marks and outcomes: tables and constraints, no decisions.

Triggers (migration 0002) refuse any change to a submitted script's work and to submitted marks.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessment.states import MarkingStatus, ScriptStatus
from core import clock
from core.references import ReferenceField
from documents.models import StoredFile
from frameworks.models import DocumentRequirement, Task, TaskCriterion
from programmes.models import Enrolment

MOST_ATTEMPTS = 3
HIGHEST_MARK = 2


def new_candidate_number() -> str:
    """A number such as 48213-7, drawn at random so that nothing about the candidate can be read from it (S9)."""
    drawn = secrets.randbelow(900_000) + 100_000
    return f"{drawn // 10}-{drawn % 10}"


def _both_or_neither(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True}) | Q(
        **{f"{one}__isnull": False, f"{other}__isnull": False}
    )


class MarkingPoint(models.Model):
    """A day on which a marking window opens; a script joins the next one after it was submitted (S6)."""

    opens_on = models.DateField(unique=True)

    class Meta:
        ordering = ("opens_on",)

    def __str__(self) -> str:
        return f"{self.opens_on:%-d %B %Y}"

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"MKP-{self.opens_on:%Y%m%d}"


class Script(models.Model):
    """One attempt at one task (S1). Markers know it by its candidate number only (S9)."""

    reference = ReferenceField("SCR")
    candidate_number = models.CharField(
        max_length=7, unique=True, editable=False, default=new_candidate_number
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="scripts")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="scripts")
    attempt = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        max_length=10, choices=ScriptStatus.choices, default=ScriptStatus.STARTED
    )
    write_up = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.PositiveIntegerField("words counted (S2)", null=True)
    word_counts = models.JSONField("words by where they stand", default=dict, blank=True)
    counter_version = models.CharField(max_length=10, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_name = models.CharField(max_length=200, blank=True)
    snapshot = models.JSONField("files submitted with their SHA-256", default=list, blank=True)
    answer_due_on = models.DateField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment", "task", "attempt"), name="one_script_per_attempt"
            ),
            models.UniqueConstraint(
                fields=("enrolment", "task"),
                condition=Q(status=ScriptStatus.STARTED),
                name="one_script_in_preparation",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ScriptStatus.values), name="script_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(attempt__range=(1, MOST_ATTEMPTS)), name="script_attempt_one_to_three"
            ),
            models.CheckConstraint(
                condition=Q(candidate_number__regex=r"^[0-9]{5}-[0-9]$"),
                name="candidate_number_shape",
            ),
            models.CheckConstraint(
                condition=_both_or_neither("submitted_at", "submitted_by"),
                name="script_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status=ScriptStatus.STARTED, submitted_at__isnull=True)
                | (
                    ~Q(status=ScriptStatus.STARTED)
                    & Q(submitted_at__isnull=False, write_up__isnull=False, words__isnull=False)
                    & ~Q(signed_name="")
                ),
                name="script_submitted_whole",
            ),
        )
        indexes = (models.Index(fields=("status", "-id"), name="script_by_status"),)

    def __str__(self) -> str:
        return self.reference


class SupportingDocument(models.Model):
    """A required document beside the write-up (F6)."""

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(
        DocumentRequirement, on_delete=models.PROTECT, related_name="supplied"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("requirement__position",)
        constraints = (
            models.UniqueConstraint(
                fields=("script", "requirement"), name="one_document_per_requirement"
            ),
        )

    def __str__(self) -> str:
        return f"{self.script_id} {self.requirement_id}"


class Ordinal(models.TextChoices):
    """Which marking of a script it is."""

    FIRST = "first", "First"
    SECOND = "second", "Second"
    THIRD = "third", "Third"


class Marking(models.Model):
    """One assessor's marking of one script."""

    reference = ReferenceField("MRK")
    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="markings")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="markings"
    )
    ordinal = models.CharField(max_length=6, choices=Ordinal.choices, default=Ordinal.FIRST)
    status = models.CharField(
        max_length=10, choices=MarkingStatus.choices, default=MarkingStatus.ALLOCATED
    )
    allocated_at = models.DateTimeField(default=clock.now)
    allocated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    feedback = models.TextField("overall feedback", blank=True)
    feedback_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("allocated_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("script", "ordinal"), name="one_marking_per_ordinal"),
            models.UniqueConstraint(fields=("script", "assessor"), name="one_marking_per_assessor"),
            models.CheckConstraint(
                condition=Q(status__in=MarkingStatus.values), name="marking_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ordinal__in=Ordinal.values), name="marking_ordinal_is_known"
            ),
            models.CheckConstraint(
                condition=_both_or_neither("submitted_at", "submitted_by"),
                name="marking_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status=MarkingStatus.SUBMITTED, submitted_at__isnull=False)
                | (~Q(status=MarkingStatus.SUBMITTED) & Q(submitted_at__isnull=True)),
                name="marking_submitted_with_its_time",
            ),
        )
        indexes = (
            models.Index(fields=("assessor", "status", "allocated_at"), name="marking_by_assessor"),
        )

    def __str__(self) -> str:
        return self.reference


class Confidence(models.TextChoices):
    """How surely a mark stands where it is (S10)."""

    SECURE = "secure", "Secure"
    JUST = "just", "Just"


class Mark(models.Model):
    """0, 1 or 2 for one criterion, with its reason (S10). `value` is null while blank, and blank is never 0."""

    marking = models.ForeignKey(Marking, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(TaskCriterion, on_delete=models.PROTECT, related_name="marks")
    value = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("criterion__position",)
        constraints = (
            models.UniqueConstraint(fields=("marking", "criterion"), name="one_mark_per_criterion"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__in=(0, 1, HIGHEST_MARK)),
                name="mark_0_1_or_2",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(value=0) | ~Q(reason=""),
                name="mark_0_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, confidence="")
                | Q(value__isnull=False, confidence__in=Confidence.values),
                name="mark_secure_or_just",
            ),
        )

    def __str__(self) -> str:
        return f"{self.marking_id} {self.criterion_id}"


class Outcome(models.Model):
    """What a script's marks come to (S11), with the pass mark that was used and where it comes from (F8)."""

    script = models.OneToOneField(Script, on_delete=models.PROTECT, related_name="outcome")
    passed = models.BooleanField()
    total = models.PositiveSmallIntegerField()
    marks_available = models.PositiveSmallIntegerField()
    pass_mark = models.PositiveSmallIntegerField()
    pass_mark_source = models.CharField(max_length=200)
    pass_mark_is_demonstration = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True)
    computed_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(total__lte=F("marks_available")), name="outcome_total_within_marks"
            ),
            models.CheckConstraint(
                condition=Q(passed=False) | Q(total__gte=F("pass_mark")),
                name="outcome_passed_at_pass_mark",
            ),
            models.CheckConstraint(
                condition=_both_or_neither("released_at", "released_by"),
                name="outcome_released_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.script_id} {'passed' if self.passed else 'failed'}"
