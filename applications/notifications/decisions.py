"""Mails about what was decided: one link each, to the letter or to where the application is now (A9, A10)."""

from django.conf import settings
from django.urls import reverse

from applications.models import Application
from applications.notifications.mailing import mail
from applications.queries import decisions as queries
from applications.queries import with_facts
from applications.states import ApplicationStatus
from core import outbox
from programmes.policies import deadline_to_present


@outbox.handles("applications.accepted")
def send_accepted(reference: str) -> None:
    """To the applicant: they have a place; the letter says what comes next."""
    application = with_facts().get(reference=reference)
    if application.enrolment is None:
        return
    mail(
        application,
        "accepted",
        _key(application),
        application.applicant,
        link=_letter(application),
        deadline=deadline_to_present(application.cohort.starts_on),
    )


@outbox.handles("applications.declined")
def send_declined(reference: str) -> None:
    """To the applicant: not this time, with feedback in the letter, and until when they can appeal (A9, A10)."""
    application = with_facts().get(reference=reference)
    if application.status != ApplicationStatus.DECLINED:
        return
    mail(
        application,
        "declined",
        _key(application),
        application.applicant,
        link=_letter(application),
        appeal_until=queries.appeal_until(application),
        may_appeal=queries.appeal_of(application) is None,
    )


@outbox.handles("applications.appealed")
def send_appealed(reference: str) -> None:
    """To the applicant: we have the appeal, and by when we answer."""
    application = with_facts().get(reference=reference)
    mail(
        application,
        "appealed",
        reference,
        application.applicant,
        answer_by=queries.answer_by(application.appealed),
    )


@outbox.handles("applications.appeal_handed")
def send_appeal_handed(reference: str) -> None:
    """To the regional moderator who is to decide an appeal, unless it has gone to somebody else meanwhile."""
    application = with_facts().get(reference=reference)
    appeal = application.appealed
    if appeal.handed_to is None or appeal.outcome:
        return
    mail(
        application,
        "appeal_handed",
        f"{reference}:{appeal.handed_to.reference}",
        appeal.handed_to,
        answer_by=queries.answer_by(appeal),
    )


@outbox.handles("applications.appeal_upheld")
def send_appeal_upheld(reference: str) -> None:
    """To the applicant: the appeal was right, and they are accepted."""
    application = with_facts().get(reference=reference)
    mail(
        application,
        "appeal_upheld",
        reference,
        application.applicant,
        link=_letter(application),
        has_place=application.enrolment is not None,
    )


@outbox.handles("applications.appeal_dismissed")
def send_appeal_dismissed(reference: str) -> None:
    """To the applicant: the decision stands, with the reason in the letter."""
    application = with_facts().get(reference=reference)
    mail(
        application, "appeal_dismissed", reference, application.applicant, link=_letter(application)
    )


@outbox.handles("applications.decision_undone")
def send_decision_undone(reference: str, undoing: int) -> None:
    """To the applicant: a decision was taken back, why, and what comes next."""
    application = with_facts().get(reference=reference)
    undone = application.undoings.get(pk=undoing)
    mail(
        application,
        "decision_undone",
        f"{reference}:{undone.pk}",
        application.applicant,
        undone=undone,
        had_a_place=undone.was_status == ApplicationStatus.ACCEPTED,
    )


def _key(application: Application) -> str:
    """One mail for each decision: one that is taken again after it was undone is another."""
    return f"{application.reference}:{application.decided_at:%Y%m%d%H%M%S%f}"


def _letter(application: Application) -> str:
    return settings.BASE_URL + reverse("applications:letter", args=[application.reference])
