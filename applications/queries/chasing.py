"""Which applications may need their sponsor reminded, and what is known of the sponsor's address."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts import queries as accounts
from accounts.models import Notification
from accounts.states import MailState
from applications.models import Application, Chase
from applications.policies.chasing import CHASE_DAYS
from applications.states import ApplicationStatus
from core import clock


def may_be_chased() -> QuerySet[Application]:
    """With a sponsor for about as long as the first reminder takes, the last of this asking not sent."""
    last = Chase.objects.filter(
        application=OuterRef("pk"), asked_at=OuterRef("sponsor_asked_at"), day=CHASE_DAYS[-1]
    )
    return Application.objects.filter(
        ~Exists(last),
        status=ApplicationStatus.WITH_SPONSOR,
        sponsor_asked_at__lt=clock.now() - timedelta(days=CHASE_DAYS[0] - 1),
    ).order_by("sponsor_asked_at", "pk")


def chased_days(application: Application) -> set[int]:
    """The days of the plan on which the sponsor was reminded since they were last asked."""
    rows = application.chases.filter(asked_at=F("application__sponsor_asked_at"))
    return set(rows.values_list("day", flat=True))


def sponsor_addresses(application: Application) -> set[str]:
    """Where mails to the sponsor go: the address that was named, and that of the person who came."""
    own = application.sponsor.email if application.sponsor else ""
    return {address.lower() for address in (application.sponsor_email, own) if address}


def mail_that_came_back(application: Application) -> Notification | None:
    """The last mail to the present sponsor, if it came back or could not be sent while they are awaited."""
    if application.status != ApplicationStatus.WITH_SPONSOR:
        return None
    newest = accounts.newest_mail(
        about=application.reference, addresses=sponsor_addresses(application)
    )
    bad = (MailState.BOUNCED, MailState.FAILED)
    return newest if newest is not None and newest.state in bad else None
