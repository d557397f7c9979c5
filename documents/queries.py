"""Which files and reports: a report is seen by the person who asked for it, and by nobody else."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from documents.models import ReportJob
from documents.states import JobStatus


def visible_to(user: User) -> QuerySet[ReportJob]:
    """The reports that this person asked for."""
    return ReportJob.objects.filter(asked_by=user).select_related("file")


def report_for(user: User, report: str, subject: str) -> ReportJob | None:
    """The latest report of that kind about that subject which this person asked for."""
    asked = visible_to(user).filter(report=report, subject=subject)
    return asked.order_by("-asked_at", "-pk").first()


def without_sign_of_life(running_since: datetime, waiting_since: datetime) -> QuerySet[ReportJob]:
    """Jobs whose run gave no sign since then, and waiting ones that nobody has fetched."""
    never = Q(alive_at__isnull=True)
    return ReportJob.objects.filter(
        Q(status=JobStatus.RUNNING, alive_at__lte=running_since)
        | Q(status=JobStatus.WAITING, alive_at__lte=waiting_since)
        | (never & Q(status=JobStatus.WAITING, asked_at__lte=waiting_since))
    ).order_by("pk")
