"""A school that is not in the Department's file: an administrator matches it to one that is (A1, G3)."""

from django.db import transaction

from accounts.models import User
from applications import events
from applications.models import Application
from applications.services import referral
from applications.services.rows import locked, move
from applications.states import LIVE, ApplicationStatus
from core import audit
from core.errors import WrongMoment
from programmes.models import School


@transaction.atomic
def match_school(*, by: User, application: Application, school: School) -> Application:
    """Say which listed school an application means; what the applicant typed stays to be read (A1, G3).

    A referred one that had no moderator, since its region was not known, is given to one; so is one whose
    moderator has an interest in that school (A8).
    """
    row = locked(application)
    if row.status not in LIVE:
        raise WrongMoment("This application is closed, so its school stays as it is.")
    if row.school_id or not row.school_typed:
        raise WrongMoment("The school of this application is a listed one already.")
    move(row, row.status, school=school)
    audit.record(events.SCHOOL_MATCHED, by=by, on=row, for_whom=row.applicant, school=school.urn)
    if row.status == ApplicationStatus.REFERRED:
        referral.give_to_a_moderator(row)
    return row
