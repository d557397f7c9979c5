"""Readiness and decisions: the rule in force, what it found, appeals and decisions taken back (A7 to A10)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from applications.states import AppealOutcome, ApplicationStatus, Readiness
from core import clock
from frameworks.models import Level
from programmes.models import Enrolment


class ReadinessRule(models.Model):
    """One version of the rule for one level; the highest version is in force. Defaults are A7's.

    A level without a row uses the default, version 1.
    """

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="readiness_rules")
    version = models.PositiveSmallIntegerField()
    behaviour_floor = models.PositiveSmallIntegerField(default=2)
    most_behaviours_at_floor = models.PositiveSmallIntegerField(default=1)
    area_floor = models.PositiveSmallIntegerField(default=2)
    mean_score_tenths = models.PositiveSmallIntegerField(default=25)
    most_disputes = models.PositiveSmallIntegerField(default=0)
    not_ready_behaviours = models.PositiveSmallIntegerField(default=2)
    not_ready_areas = models.PositiveSmallIntegerField(default=3)
    not_ready_disputes = models.PositiveSmallIntegerField(default=3)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField("why it was changed", blank=True)

    class Meta:
        ordering = ("level", "-version")
        constraints = (
            models.UniqueConstraint(fields=("level", "version"), name="one_rule_per_version"),
            models.CheckConstraint(condition=Q(version__gte=2), name="version_1_is_the_default"),
        )

    def __str__(self) -> str:
        return f"{self.level_id} version {self.version}"

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"RULE-{self.level.code}-{self.version}"


class ReadinessResult(models.Model):
    """What the rule found at one signing, with every clause and the rule itself as it stood."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="readiness_results"
    )
    found_at = models.DateTimeField(default=clock.now)
    verdict = models.CharField(max_length=12, choices=Readiness.choices)
    rule_version = models.PositiveSmallIntegerField()
    rule = models.JSONField()
    clauses = models.JSONField()

    class Meta:
        ordering = ("pk",)
        get_latest_by = "pk"
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict__in=Readiness.values), name="verdict_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.verdict


class Undoing(models.Model):
    """A decision that staff took back, as it stood, and why."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="undoings")
    was_status = models.CharField(max_length=16, choices=ApplicationStatus.choices)
    was_decided_at = models.DateTimeField()
    was_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    was_reason = models.TextField(blank=True)
    was_feedback = models.TextField(blank=True)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, related_name="undoings"
    )
    reason = models.TextField()
    undone_at = models.DateTimeField(default=clock.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="undone_with_a_reason"),
        )

    def __str__(self) -> str:
        return self.was_status


class Appeal(models.Model):
    """The applicant's one appeal against a decline, and who decided it (A10)."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="appealed"
    )
    grounds = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="appeals",
        help_text="A regional moderator who was not involved before.",
    )
    outcome = models.CharField(max_length=10, choices=AppealOutcome.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(grounds=""), name="appealed_on_grounds"),
            models.CheckConstraint(
                condition=Q(outcome="", reason="", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    Q(outcome__in=AppealOutcome.values)
                    & ~Q(reason="")
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="appeal_open_or_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}"
