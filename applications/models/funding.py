"""Funding by year as data, and what was decided for each application (A12)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from applications.models.application import Application
from applications.states import FundingRoute
from core import clock


class FundingYear(models.Model):
    """One year's rules: which workplaces are eligible for a scholarship, and what support schools get."""

    code = models.CharField(max_length=7, unique=True, help_text="'2023-24'")
    starts_on = models.DateField()
    ends_on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="funding_year_has_days"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"FUND-{self.code}"


class EligibleWorkplace(models.Model):
    """A kind of workplace whose staff may have a scholarship in a year, as the establishment file names it."""

    year = models.ForeignKey(FundingYear, on_delete=models.CASCADE, related_name="workplaces")
    kind = models.CharField("type of establishment, or its group", max_length=100)

    class Meta:
        ordering = ("kind",)
        constraints = (
            models.UniqueConstraint(fields=("year", "kind"), name="one_row_per_workplace"),
        )

    def __str__(self) -> str:
        return self.kind


class SupportBand(models.Model):
    """What a school of one phase and size is paid for each participant in a year."""

    year = models.ForeignKey(FundingYear, on_delete=models.CASCADE, related_name="bands")
    phase = models.CharField(max_length=60)
    pupils_from = models.PositiveIntegerField()
    pupils_to = models.PositiveIntegerField(null=True)
    pence = models.PositiveIntegerField()

    class Meta:
        ordering = ("phase", "pupils_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(pupils_to__isnull=True) | Q(pupils_to__gte=F("pupils_from")),
                name="band_has_pupils",
            ),
            models.UniqueConstraint(
                fields=("year", "phase", "pupils_from"), name="one_band_from_a_size"
            ),
        )

    def __str__(self) -> str:
        return f"{self.phase} {self.pupils_from}"


class FundingDecision(models.Model):
    """Who pays, what the school is due, why, and everything it was worked out from (A12)."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="funding_decisions"
    )
    year = models.ForeignKey(FundingYear, on_delete=models.PROTECT, null=True, related_name="+")
    route = models.CharField(max_length=14, choices=FundingRoute.choices)
    scholarship = models.BooleanField()
    dual_award = models.BooleanField("apprenticeship beside the NPQ", default=False)
    support_pence = models.PositiveIntegerField("targeted support due to the school")
    reason_code = models.CharField(max_length=40)
    inputs = models.JSONField()
    decided_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(replaced_at__isnull=True),
                name="one_funding_decision",
            ),
            models.CheckConstraint(
                condition=~Q(reason_code=""), name="funding_decided_with_a_code"
            ),
        )

    def __str__(self) -> str:
        return self.reason_code
