"""Which moderators may have an application, and how much each has to do (A8)."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from accounts.models import User
from accounts.states import Role
from applications.models import Application
from applications.queries.applications import current_answer
from applications.states import ApplicationStatus
from core import clock


def regional_moderators() -> QuerySet[User]:
    """Everybody with the role, each with `load`, the referred applications they have open."""
    return User.objects.filter(memberships__role=Role.REGIONAL_MODERATOR, is_active=True).annotate(
        load=Count(
            "applications_moderated",
            filter=Q(applications_moderated__status=ApplicationStatus.REFERRED),
            distinct=True,
        )
    )


def without_conflict(application: Application) -> QuerySet[User]:
    """Moderators who are not the applicant or sponsor and have no interest in the school (A8)."""
    return (
        regional_moderators()
        .exclude(pk=application.applicant_id)
        .exclude(applications_sponsored=application)
        .exclude(school_interests__school=application.school_id)
    )


def free_moderators(application: Application) -> QuerySet[User]:
    """Those of the school's region without a conflict, the least busy first."""
    region = application.school.region if application.school else ""
    return (
        without_conflict(application)
        .filter(moderated_regions__region=region)
        .order_by(F("load"), "pk")
    )


def contact_needed_since(application: Application) -> date:
    """From which day on a conversation counts: the referral, or when the present sponsor came if later."""
    answer = current_answer(application)
    moments = [application.referred_at, answer.begun_at if answer else None]
    return max(
        (each.astimezone(clock.LONDON).date() for each in moments if each), default=clock.today()
    )
