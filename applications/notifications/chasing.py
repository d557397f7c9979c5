"""Reminders to sponsor and applicant, and word of a sponsor's address that mail does not reach (A4)."""

from django.conf import settings
from django.urls import reverse

from accounts import queries as accounts
from accounts.models import Notification
from accounts.notifications import link_of
from accounts.policies import Link, link_state
from accounts.states import MailState
from applications import policies, queries
from applications.models import Application, Chase
from applications.notifications.mailing import mail
from applications.queries import chasing, sponsoring
from applications.states import ApplicationStatus
from core import clock, outbox

SPONSOR_PURPOSE = "sponsor"


def _awaited(chase: int) -> tuple[Chase, Application] | None:
    """The reminder and its application, unless the sponsor has answered or another was asked since."""
    row = Chase.objects.get(pk=chase)
    application = queries.with_facts().get(pk=row.application_id)
    if application.status != ApplicationStatus.WITH_SPONSOR:
        return None
    return (row, application) if application.sponsor_asked_at == row.asked_at else None


@outbox.handles("applications.sponsor_chased")
def send_sponsor_chased(chase: int) -> None:
    """To the sponsor, with the link that works now; not to an address that mail does not reach."""
    found = _awaited(chase)
    if found is None or chasing.mail_that_came_back(found[1]):
        return
    row, application = found
    invitation = accounts.open_invitation(purpose=SPONSOR_PURPOSE, subject=application.reference)
    if invitation is None:
        return
    if link_state(invitation.status, invitation.expires_at, clock.now()) is not Link.OPEN:
        return
    begun = sponsoring.has_begun(application)
    link = link_of(invitation)
    mail(
        application,
        "sponsor_reminder_begun" if begun else "sponsor_reminder",
        f"{row.pk}",
        invitation.email,
        secrets={"link": link},
        link=link,
        invitation=invitation,
        asked_on=row.asked_at,
        is_last=policies.is_last_chase(row.day),
        is_returned=sponsoring.asked_to_look_again(application) is not None,
    )


@outbox.handles("applications.told_of_chase")
def send_told_of_chase(chase: int) -> None:
    """To the applicant: that we reminded the sponsor, and that they can name another."""
    found = _awaited(chase)
    if found is None:
        return
    row, application = found
    mail(
        application,
        "sponsor_chased",
        f"{row.pk}",
        application.applicant,
        link=_name_another(application),
        asked_on=row.asked_at,
        is_last=policies.is_last_chase(row.day),
        came_back=bool(chasing.mail_that_came_back(application)),
        begun=sponsoring.has_begun(application),
    )


def sponsor_mail_bounced(notification: Notification) -> None:
    """Called when any mail came back: one to a sponsor who is awaited is told of to their applicant."""
    if notification.state != MailState.BOUNCED or not notification.about:
        return
    application = queries.with_facts().filter(reference=notification.about).first()
    if application is None or application.status != ApplicationStatus.WITH_SPONSOR:
        return
    if notification.to_email in chasing.sponsor_addresses(application):
        asked = application.sponsor_asked_at
        outbox.put(
            "applications.sponsor_unreached",
            key=f"{application.reference}:{asked.isoformat() if asked else ''}",
            reference=application.reference,
            address=notification.reference,
        )


@outbox.handles("applications.sponsor_unreached")
def send_sponsor_unreached(reference: str, address: str) -> None:
    """To the applicant: the sponsor's address does not work, so correct it; not when they have by now."""
    application = queries.with_facts().get(reference=reference)
    came_back = Notification.objects.get(reference=address)
    if application.status != ApplicationStatus.WITH_SPONSOR:
        return
    if came_back.to_email not in chasing.sponsor_addresses(application):
        return
    mail(
        application,
        "sponsor_unreached",
        address,
        application.applicant,
        link=_name_another(application),
        address=came_back.to_email,
    )


def _name_another(application: Application) -> str:
    return settings.BASE_URL + reverse("applications:name_sponsor", args=[application.reference])
