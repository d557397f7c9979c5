"""Mails about places: the waiting list and offers (A11)."""

from django.conf import settings
from django.urls import reverse

from applications import queries
from applications.notifications.mailing import mail
from applications.states import ApplicationStatus
from core import outbox


@outbox.handles("applications.waiting")
def send_waiting(reference: str) -> None:
    """To the applicant: accepted, and waiting for a place."""
    application = queries.with_facts().get(reference=reference)
    key = f"{reference}:{application.waiting_since}"
    mail(application, "waiting", key, application.applicant)


@outbox.handles("applications.waiting_again")
def send_waiting_again(reference: str) -> None:
    """To the applicant whose offer lapsed: staff put them back where they waited."""
    application = queries.with_facts().get(reference=reference)
    if application.status in (ApplicationStatus.WAITING, ApplicationStatus.OFFERED):
        key = f"{reference}:{application.moved_at}"
        mail(application, "waiting_again", key, application.applicant)


@outbox.handles("applications.moved_to_cohort")
def send_moved_to_cohort(reference: str) -> None:
    """To the applicant: they wait for a later cohort now."""
    application = queries.with_facts().get(reference=reference)
    key = f"{reference}:{application.cohort.reference}"
    mail(application, "moved_to_cohort", key, application.applicant)


@outbox.handles("applications.offered")
def send_offered(reference: str) -> None:
    """To the applicant: a place is kept for them, until when. Nothing when it is answered already."""
    application = queries.with_facts().get(reference=reference)
    if application.status != ApplicationStatus.OFFERED:
        return
    mail(
        application,
        "offered",
        f"{reference}:{application.offered_at}",
        application.applicant,
        link=settings.BASE_URL + reverse("applications:offer", args=[reference]),
    )


@outbox.handles("applications.lapsed")
def send_lapsed(reference: str) -> None:
    """To the applicant: the offer is over, and what they can do."""
    application = queries.with_facts().get(reference=reference)
    if application.status == ApplicationStatus.LAPSED:
        mail(application, "lapsed", f"{reference}:{application.lapsed_at}", application.applicant)
