"""Mails of entry, and what an invitation to sponsor says. Texts are in templates/mail/applications/."""

from django.conf import settings
from django.urls import reverse

from accounts.invitations import Purpose
from applications import queries
from applications.notifications.mailing import mail
from core import outbox

SPONSOR_MINUTES = 10


def sponsor_purpose(reference: str) -> Purpose:
    """What an invited sponsor reads: who asks for what, and how long it takes (A4)."""
    application = queries.with_facts().get(reference=reference)
    first = application.applicant.first_name
    return Purpose(
        title=f"{application.applicant.name} asks you to sponsor their application for {application.level.code}",
        lines=(
            f"{application.level.name} ({application.level.code}), starting "
            f"{application.cohort.starts_on.day} {application.cohort.starts_on:%B %Y}.",
            f"We ask whether you agree with how {first} sees their experience, whether what they wrote "
            "is true, and how you see them as a leader: seven short questions, one on each screen.",
            f"{first} will not see your answers. Each one is saved as you go.",
        ),
        url=reverse("applications:sponsor", args=[reference]),
        minutes=SPONSOR_MINUTES,
    )


@outbox.handles("applications.received")
def send_received(reference: str) -> None:
    """To the applicant: it is sent, and with whom it is now."""
    application = queries.with_facts().get(reference=reference)
    mail(application, "received", reference, application.applicant)


@outbox.handles("applications.sponsor_answered")
def send_sponsor_answered(reference: str) -> None:
    """To the applicant: the sponsor has answered; nothing of what they said (A6)."""
    application = queries.with_facts().get(reference=reference)
    count = application.readiness_results.count()
    mail(application, "sponsor_answered", f"{reference}:{count}", application.applicant)


@outbox.handles("applications.sponsor_declined")
def send_sponsor_declined(reference: str) -> None:
    """To the applicant: name somebody else."""
    application = queries.with_facts().get(reference=reference)
    count = application.answers.filter(declined_at__isnull=False).count()
    link = settings.BASE_URL + reverse("applications:name_sponsor", args=[reference])
    mail(application, "sponsor_declined", f"{reference}:{count}", application.applicant, link=link)
