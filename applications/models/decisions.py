"""Readiness and referral: the rule in force, what it found, and whom a moderator spoke with (A7, A8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from applications.states import ContactMeans, Readiness
from core import clock
from frameworks.models import Level


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

    class Meta:
        ordering = ("level", "-version")
        constraints = (
            models.UniqueConstraint(fields=("level", "version"), name="one_rule_per_version"),
            models.CheckConstraint(condition=Q(version__gte=2), name="version_1_is_the_default"),
        )

    def __str__(self) -> str:
        return f"{self.level_id} version {self.version}"


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


class Contact(models.Model):
    """One conversation of a moderator with a sponsor about a referred application (A8)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="contacts")
    means = models.CharField(max_length=10, choices=ContactMeans.choices)
    on = models.DateField()
    note = models.TextField()
    logged_at = models.DateTimeField(default=clock.now)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(means__in=ContactMeans.values), name="means_is_known"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="contact_has_a_note"),
        )

    def __str__(self) -> str:
        return f"{self.on}"


class Return(models.Model):
    """A signed answer opened again by a moderator, and what the sponsor was asked to look at (A5)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="returns")
    reason = models.TextField()
    returned_at = models.DateTimeField(default=clock.now)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="returned_with_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.application_id}"
