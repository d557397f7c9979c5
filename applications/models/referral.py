"""Referral: who moderates which region, whom they may not judge, conversations and returns (A8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from applications.states import ContactMeans, ReturnedTo
from core import clock
from programmes.models import School


class RegionModerator(models.Model):
    """One region that one regional moderator decides for; the region as the establishment file names it."""

    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderated_regions"
    )
    region = models.CharField(max_length=60)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("region", "pk")
        constraints = (
            models.UniqueConstraint(fields=("moderator", "region"), name="one_row_per_region"),
            models.CheckConstraint(condition=~Q(region=""), name="region_is_named"),
        )

    def __str__(self) -> str:
        return self.region


class SchoolInterest(models.Model):
    """A school whose applicants a regional moderator does not judge: their own, or one they govern."""

    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="school_interests"
    )
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="interests")
    why = models.CharField(max_length=120)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("moderator", "school"), name="one_interest_per_school"),
        )

    def __str__(self) -> str:
        return self.why


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
    """A request for more from the sponsor or the applicant: the clock stands until they answer (A5, A8)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="returns")
    to = models.CharField(max_length=10, choices=ReturnedTo.choices, default=ReturnedTo.SPONSOR)
    reason = models.TextField()
    returned_at = models.DateTimeField(default=clock.now)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    came_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="returned_with_a_reason"),
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(came_back_at__isnull=True),
                name="one_return_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}"


class Chase(models.Model):
    """A reminder to sponsor and applicant that an answer is awaited; one per day of the plan and asking."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="chases")
    asked_at = models.DateTimeField(
        help_text="When the sponsor was asked: a new asking chases anew."
    )
    day = models.PositiveSmallIntegerField()
    chased_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "asked_at", "day"), name="one_chase_per_day"
            ),
        )

    def __str__(self) -> str:
        return f"day {self.day}"
