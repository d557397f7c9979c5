"""Enrolments: the table and its constraints. What may happen to one is in states and policies."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from frameworks.models import Level
from programmes.models.cohorts import Cohort
from programmes.models.schools import School
from programmes.states import EnrolmentStatus, PauseReason

if TYPE_CHECKING:
    from accounts.models import User


def _who() -> "models.ForeignKey[User | None, User | None]":
    """Who did it; empty when the portal itself did."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )


class Enrolment(models.Model):
    """One person on one level, edition and cohort, for good (F1). Dates are separate facts (P1)."""

    reference = ReferenceField("ENR")
    participant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="enrolments")
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="sponsored"
    )
    status = models.CharField(
        max_length=10, choices=EnrolmentStatus.choices, default=EnrolmentStatus.ENROLLED
    )
    delivery_team = models.BooleanField(
        "facilitator, administrator or delivery team member", default=False
    )
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="later",
        verbose_name="earlier enrolment",
    )
    school_fsm_percent = models.DecimalField(
        "free school meals at enrolment", max_digits=4, decimal_places=1, null=True
    )
    enrolled_at = models.DateTimeField(default=clock.now)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    enrolled_on = models.DateField()
    commenced_at = models.DateTimeField(null=True)
    commenced_by = _who()
    commenced_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = _who()
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.CharField(max_length=20, choices=PauseReason.choices, blank=True)
    withdrawn_note = models.TextField(blank=True)
    deferred_at = models.DateTimeField(null=True)
    deferred_by = _who()
    deferred_on = models.DateField(null=True)
    deferred_reason = models.CharField(max_length=20, choices=PauseReason.choices, blank=True)
    deferred_note = models.TextField(blank=True)
    resumed_at = models.DateTimeField(null=True)
    resumed_by = _who()
    resumed_on = models.DateField(null=True)
    presented_at = models.DateTimeField(null=True)
    presented_by = _who()
    presented_on = models.DateField(null=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = _who()
    outcome_on = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = _who()
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "level"),
                condition=Q(
                    status__in=(
                        EnrolmentStatus.ENROLLED,
                        EnrolmentStatus.COMMENCED,
                        EnrolmentStatus.PRESENTED,
                    )
                ),
                name="one_live_enrolment_per_level",
            ),
            models.CheckConstraint(
                condition=Q(status__in=EnrolmentStatus.values), name="enrolment_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(commenced_on__isnull=True)
                | Q(commenced_on__gte=models.F("enrolled_on")),
                name="commenced_not_before_enrolled",
            ),
            models.CheckConstraint(
                condition=Q(presented_on__isnull=True) | Q(commenced_on__isnull=False),
                name="presented_after_commencing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(deferred_on__isnull=True) | ~Q(deferred_reason=""),
                name="deferred_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=EnrolmentStatus.CANCELLED)
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_reason="")),
                name="cancelled_with_a_reason",
            ),
        )
        indexes = (
            models.Index(fields=("level", "enrolled_on"), name="enrolment_by_level_and_day"),
            models.Index(fields=("level", "commenced_on"), name="enrolment_by_commencement"),
            models.Index(fields=("-enrolled_on", "-id"), name="enrolment_newest_first"),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("programmes:enrolment", args=[self.reference])
