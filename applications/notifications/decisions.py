"""Mails about what was decided: one link each, to the letter (A9, A10)."""

from django.conf import settings

from applications import queries
from applications.notifications.mailing import mail
from core import outbox
from programmes.policies import deadline_to_present


@outbox.handles("applications.accepted")
def send_accepted(reference: str) -> None:
    """To the applicant: they have a place, and what comes next."""
    application = queries.with_facts().get(reference=reference)
    enrolment = application.enrolment
    if enrolment is None:
        return
    link = settings.BASE_URL + enrolment.get_absolute_url()
    deadline = deadline_to_present(application.cohort.starts_on)
    mail(application, "accepted", reference, application.applicant, link=link, deadline=deadline)


@outbox.handles("applications.declined")
def send_declined(reference: str) -> None:
    """To the applicant: not this time, with feedback on the portal (A9)."""
    application = queries.with_facts().get(reference=reference)
    mail(application, "declined", reference, application.applicant)
