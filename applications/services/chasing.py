"""Reminding a sponsor who has not answered, and telling the applicant, on the days of the plan (A4)."""

import logging

from django.db import transaction

from accounts import services as accounts
from applications import events, policies
from applications.models import Application, Chase
from applications.queries import chasing as queries
from applications.services.rows import SPONSOR_PURPOSE, locked
from applications.states import ApplicationStatus
from core import audit, clock, outbox

logger = logging.getLogger(__name__)


@transaction.atomic
def chase_sponsor(*, by: None, application: Application) -> Chase | None:
    """Remind the sponsor by a link that works, and tell the applicant; None when nothing is due today.

    Once for each day of the plan and asking; after a long silence of the portal once, not for each day missed.
    """
    row = locked(application)
    if row.status != ApplicationStatus.WITH_SPONSOR or row.sponsor_asked_at is None:
        return None
    asked_on = row.sponsor_asked_at.astimezone(clock.LONDON).date()
    day = policies.chase_due(asked_on, clock.today(), queries.chased_days(row))
    if day is None:
        return None
    now = clock.now()
    chase = Chase.objects.create(
        application=row, asked_at=row.sponsor_asked_at, day=day, chased_at=now
    )
    accounts.lasting_link(
        purpose=SPONSOR_PURPOSE, subject=row.reference, until=now + policies.LINK_WORKS_FOR
    )
    audit.record(events.SPONSOR_CHASED, by=by, on=row, for_whom=row.applicant, day=day)
    outbox.put("applications.sponsor_chased", key=f"{chase.pk}", chase=chase.pk)
    outbox.put("applications.told_of_chase", key=f"{chase.pk}", chase=chase.pk)
    return chase


def chase_sponsors() -> int:
    """Every reminder that is due now, each in its own transaction; the number sent on their way."""
    done = 0
    for application in list(queries.may_be_chased()):
        try:
            done += chase_sponsor(by=None, application=application) is not None
        except (
            Exception
        ):  # one that fails is tried again within the hour and keeps nobody else waiting
            logger.exception("the sponsor of %s was not reminded", application.reference)
    return done
