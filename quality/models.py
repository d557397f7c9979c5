"""Tables of quality: the targets set for a level and period, and the months to present of an edition.

What is counted is never stored here: figures are computed from the rows of lower rooms.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Func, Q

from core import clock
from core.references import ReferenceField
from frameworks.models import Edition


class DayRange(Func):
    """Two days as a range of days."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Target(models.Model):
    """What was agreed for one level over one period (Q2, M1 to M3).

    A level stands by its code, so that editions of the same qualification share one target.
    """

    reference = ReferenceField("TGT")
    period_start = models.DateField()
    period_end = models.DateField()
    level = models.CharField(max_length=10)
    recruitment_target = models.PositiveIntegerField("number to recruit")
    fsm_target_percent = models.DecimalField(
        "percentage from schools with 30% or more eligible for free school meals",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    non_white_british_target_percent = models.DecimalField(
        "percentage not identifying as white British",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-period_start", "level")
        constraints = (
            models.UniqueConstraint(
                fields=("level", "period_start", "period_end"),
                name="one_target_per_level_and_period",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=models.F("period_start")),
                name="target_period_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(level__regex=r"^[A-Z][A-Z0-9]*$"), name="target_level_code_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(fsm_target_percent__isnull=True)
                | Q(fsm_target_percent__range=(0, 100)),
                name="target_fsm_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(non_white_british_target_percent__isnull=True)
                | Q(non_white_british_target_percent__range=(0, 100)),
                name="target_ethnicity_is_a_percentage",
            ),
            ExclusionConstraint(
                name="target_periods_of_a_level_apart",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    (
                        DayRange(
                            "period_start",
                            "period_end",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} {self.period_start} to {self.period_end}"


class PresentingTime(models.Model):
    """Months from commencing to presenting for one edition (P2); 18 where an edition has no row."""

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, related_name="presenting_time"
    )
    months = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(60)]
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(months__range=(1, 60)), name="months_to_present_1_to_60"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition}: {self.months} months"
