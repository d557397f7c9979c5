"""The sponsor's side: one answer to one application and its parts (A4, A5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from core import clock
from frameworks.models import Area, Behaviour


class SponsorAnswer(models.Model):
    """What one sponsor says; one that was declined or replaced is kept and another may follow."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sponsor_answers"
    )
    begun_at = models.DateTimeField(default=clock.now)
    statements_verified = models.BooleanField(null=True)
    signed_name = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(declined_at__isnull=True, replaced_at__isnull=True),
                name="one_answer_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_name="")
                | (Q(signed_at__isnull=False) & ~Q(signed_name="")),
                name="answer_signed_with_a_name",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(statements_verified__isnull=False),
                name="signed_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | ~Q(decline_reason=""),
                name="declined_to_sponsor_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}"


class AreaEndorsement(models.Model):
    """The sponsor's yes or no to one self-score; a no has its reason."""

    answer = models.ForeignKey(SponsorAnswer, on_delete=models.CASCADE, related_name="endorsements")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    endorsed = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("area__number",)
        constraints = (
            models.UniqueConstraint(fields=("answer", "area"), name="one_endorsement_per_area"),
            models.CheckConstraint(
                condition=Q(endorsed=True) | ~Q(reason=""), name="disputed_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.endorsed}"


class BehaviourScore(models.Model):
    """The sponsor's 1 to 4 for one behaviour; a 1 or 2 has its comment."""

    answer = models.ForeignKey(
        SponsorAnswer, on_delete=models.CASCADE, related_name="behaviour_scores"
    )
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("behaviour__position",)
        constraints = (
            models.UniqueConstraint(fields=("answer", "behaviour"), name="one_score_per_behaviour"),
            models.CheckConstraint(condition=Q(score__range=(1, 4)), name="behaviour_score_1_to_4"),
            models.CheckConstraint(
                condition=Q(score__gte=3) | ~Q(comment=""), name="low_behaviour_with_a_comment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.score}"
