"""Pairs of accounts that look alike and that somebody found to be two people."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock


class TwoPeople(models.Model):
    """Two accounts that are not one person, so that they are not shown as a pair again."""

    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="not_the_same_as"
    )
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="one_row_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
