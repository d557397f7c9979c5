"""Cohorts, the partners who deliver them, places held in them, and what a level's programme is like (A11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from frameworks.models import Level


class Partner(models.Model):
    """Somebody who delivers programmes with the provider."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """What a level's programme is like with this provider: for the public pages (A11, F10, Q4)."""

    level = models.OneToOneField(Level, on_delete=models.CASCADE, related_name="programme")
    description = models.TextField(blank=True)
    hours_induction = models.PositiveSmallIntegerField("hours of induction", null=True)
    hours_face_to_face = models.PositiveSmallIntegerField("hours face to face", null=True)
    hours_online = models.PositiveSmallIntegerField("hours online", null=True)
    hours_formative = models.PositiveSmallIntegerField("hours of formative tasks", null=True)
    hours_coaching = models.PositiveSmallIntegerField("hours of coaching", null=True)

    def __str__(self) -> str:
        return f"{self.level_id}"

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"PRG-{self.level.code}"


class Cohort(models.Model):
    """A group that starts a level together (A11)."""

    reference = ReferenceField("COH")
    name = models.CharField(max_length=100)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="cohorts")
    starts_on = models.DateField()
    applications_close_on = models.DateField()
    capacity = models.PositiveIntegerField(default=30)
    fee_pence = models.PositiveIntegerField(default=0)
    local_group = models.CharField("where the group meets", max_length=120, blank=True)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, related_name="cohorts"
    )
    closed_at = models.DateTimeField("closed to applications early", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("level", "name"), name="one_cohort_per_name_and_level"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="cohort_has_places"),
            models.CheckConstraint(
                condition=Q(applications_close_on__lte=models.F("starts_on")),
                name="cohort_closes_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="cohort_closed_at_and_by",
            ),
        )
        ordering = ("starts_on", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:cohort", args=[self.reference])


class HeldPlace(models.Model):
    """A place kept for somebody who has been offered it; it counts as taken until it ends (A11)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="held_places")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="held_places"
    )
    held_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "person"),
                condition=Q(ended_at__isnull=True),
                name="one_held_place_per_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.person_id}"
