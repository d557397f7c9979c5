"""The applicant's side: the application, its self-scores and strongest areas (A1 to A3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.states import LIVE, ApplicationStatus, FundingRoute
from core import clock
from core.references import ReferenceField
from frameworks.models import Area, Behaviour, Level
from programmes.models import Cohort, Enrolment, School


class Application(models.Model):
    """One person's wish for a place in one cohort, from first line to decision."""

    reference = ReferenceField("APP")
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications"
    )
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="applications")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(
        max_length=16, choices=ApplicationStatus.choices, default=ApplicationStatus.DRAFT
    )
    started_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField("in this state since", default=clock.now)

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    school_typed = models.CharField("school not listed", max_length=200, blank=True)
    school_typed_postcode = models.CharField(max_length=10, blank=True)
    post = models.CharField("role at school", max_length=120, blank=True)
    trn = models.CharField("teacher reference number", max_length=7, blank=True)

    sponsor_email = models.EmailField("sponsor's e-mail address", blank=True)
    sponsor_first_name = models.CharField(max_length=100, blank=True)
    sponsor_last_name = models.CharField(max_length=100, blank=True)
    sponsor_named_at = models.DateTimeField(null=True)
    sponsor_asked_at = models.DateTimeField("sponsor last asked", null=True)
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="applications_sponsored",
        help_text="Known once the sponsor has come by their invitation.",
    )

    signed_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_late = models.BooleanField("sent after the cohort closed", default=False)
    funding_route = models.CharField(max_length=14, choices=FundingRoute.choices, blank=True)
    confirmed = models.JSONField(
        "what the sponsor had confirmed when the applicant first changed it",
        null=True,
        help_text="Kept from the first change after a return until it is sent back (A5, A8).",
    )
    referred_at = models.DateTimeField(null=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="applications_moderated",
        help_text="The regional moderator who decides it (A8).",
    )
    moderator_assigned_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField("on the waiting list since", null=True)
    offered_at = models.DateTimeField(null=True)
    offer_expires_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="closed_others",
        help_text="The accepted application that closed this one (A11).",
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision_reason = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    feedback_areas = models.ManyToManyField(Area, related_name="+")
    feedback_behaviours = models.ManyToManyField(Behaviour, related_name="+")
    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, null=True, related_name="application"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("applicant", "level", "cohort"),
                condition=Q(status__in=LIVE),
                name="one_live_application",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="application_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(trn="") | Q(trn__regex=r"^[0-9]{7}$"),
                name="application_trn_seven_digits",
            ),
            models.CheckConstraint(
                condition=Q(sponsor__isnull=True) | ~Q(sponsor=models.F("applicant")),
                name="nobody_sponsors_themselves",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN))
                | (Q(sent_at__isnull=False) & ~Q(signed_name="")),
                name="sent_with_a_signature",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="application_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=(
                        ApplicationStatus.WAITING,
                        ApplicationStatus.OFFERED,
                        ApplicationStatus.APPEALED,
                        ApplicationStatus.ACCEPTED,
                        ApplicationStatus.DECLINED,
                        ApplicationStatus.LAPSED,
                    )
                )
                | Q(decided_at__isnull=False),
                name="decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=("applicant", "level", "cohort"),
                condition=Q(status=ApplicationStatus.ACCEPTED),
                name="one_accepted_application",
            ),
            models.CheckConstraint(
                condition=Q(moderator__isnull=True, moderator_assigned_at__isnull=True)
                | Q(moderator__isnull=False, moderator_assigned_at__isnull=False),
                name="moderator_and_when",
            ),
            models.CheckConstraint(
                condition=Q(moderator__isnull=True) | ~Q(moderator=models.F("applicant")),
                name="nobody_moderates_themselves",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.WAITING) | Q(waiting_since__isnull=False),
                name="waiting_since_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.OFFERED)
                | Q(offered_at__isnull=False, offer_expires_at__isnull=False),
                name="offered_until_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.CLOSED)
                | Q(closed_at__isnull=False, closed_for__isnull=False),
                name="closed_for_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.ACCEPTED) | Q(enrolment__isnull=False),
                name="accepted_with_an_enrolment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(ApplicationStatus.DECLINED, ApplicationStatus.APPEALED))
                | ~Q(feedback=""),
                name="declined_with_feedback",
            ),
        )
        indexes = (
            models.Index(fields=("status", "moved_at", "id"), name="application_by_stage"),
            models.Index(fields=("moved_at", "id"), name="application_by_age"),
            models.Index(fields=("moderator", "status"), name="application_by_moderator"),
            models.Index(fields=("cohort", "status", "waiting_since"), name="application_waiting"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def school_name(self) -> str:
        """The school as listed, else as the applicant typed it."""
        return self.school.name if self.school else self.school_typed

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.reference])

    @property
    def sponsor_name(self) -> str:
        """The sponsor's whole name as the applicant gave it."""
        return f"{self.sponsor_first_name} {self.sponsor_last_name}".strip()


class AreaScore(models.Model):
    """How the applicant sees themselves in one area, 1 to 4 (A1)."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="area_scores"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("area__number",)
        constraints = (
            models.UniqueConstraint(fields=("application", "area"), name="one_score_per_area"),
            models.CheckConstraint(condition=Q(score__range=(1, 4)), name="area_score_1_to_4"),
        )

    def __str__(self) -> str:
        return f"{self.score}"


class Strength(models.Model):
    """One of the two strongest areas: experience, impact and evidence with a figure (A2)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="strengths")
    position = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    experience = models.TextField()
    impact = models.TextField()
    evidence = models.TextField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("application", "area"), name="strengths_differ"),
            models.UniqueConstraint(
                fields=("application", "position"), name="one_strength_per_position"
            ),
            models.CheckConstraint(condition=Q(position__in=(1, 2)), name="two_strengths"),
        )

    def __str__(self) -> str:
        return f"{self.position}"
