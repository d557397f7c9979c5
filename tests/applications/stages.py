"""An application in each state of its table, walked there by the real services."""

from datetime import timedelta

from accounts.models import User
from accounts.states import Role
from applications import services
from applications.models import Application
from applications.states import ApplicationStatus
from core import clock
from programmes import services as programmes
from programmes.models import Cohort
from tests.applications import steps

S = ApplicationStatus

# States that steps.application_at knows, under its own names; the others are made here.
_STAGES = {
    S.DRAFT: "draft",
    S.WITH_SPONSOR: "answered",
    S.SPONSOR_NEEDED: "sponsor_needed",
    S.READY: "ready",
    S.REFERRED: "contacted",
    S.ACCEPTED: "accepted",
    S.DECLINED: "declined",
    S.WITHDRAWN: "withdrawn",
}


def application_in(status: str) -> Application:
    """An application in this state; a referred one has been spoken about with its sponsor."""
    made = {
        S.RETURNED: _returned,
        S.WAITING: waiting,
        S.OFFERED: offered,
        S.LAPSED: _lapsed,
        S.APPEALED: appealed,
        S.CLOSED: _closed,
    }
    state = S(status)
    application = made[state]() if state in made else steps.application_at(_STAGES[state])
    assert application.status == status
    return application


def administrator() -> User:
    """Somebody new who was not involved in anything."""
    return steps.make_person(Role.ADMINISTRATOR)


def fresh(application: Application) -> Application:
    return Application.objects.select_related(
        "applicant", "sponsor", "cohort", "level", "moderator", "enrolment"
    ).get(pk=application.pk)


def full_cohort(cohort: Cohort | None = None) -> Cohort:
    """A cohort of one place, which somebody has; given one, its places are all taken."""
    cohort = cohort or steps.make_cohort(capacity=1)
    for _ in range(cohort.capacity - cohort.enrolments.count()):
        steps.enrolled_participant(cohort=cohort, commence=False)
    return cohort


def waiting(kind: str = "ready") -> Application:
    """Accepted for the waiting list of a cohort of one place."""
    cohort = steps.make_cohort(capacity=1)
    application = steps.application_at(kind, cohort=cohort)
    full_cohort(cohort)
    services.confirm(by=administrator(), application=application)
    return fresh(application)


def offered() -> Application:
    """Waited, and has been offered the place that was freed."""
    application = waiting()
    programmes.cancel(
        by=None, enrolment=application.cohort.enrolments.get(), reason="Given in error"
    )
    services.fill(by=None, cohort=application.cohort)
    return fresh(application)


def appealed() -> Application:
    """Declined, and the applicant has appealed."""
    application = steps.application_at("declined")
    services.appeal(
        by=application.applicant, application=application, grounds="You did not see my last year."
    )
    return fresh(application)


def accepted_after_referral() -> Application:
    """Accepted by a regional moderator, with a reason."""
    application = steps.application_at("contacted")
    services.accept(by=application.moderator, application=application, reason="Convinced")
    return fresh(application)


def _returned() -> Application:
    application = steps.application_at("contacted")
    services.return_to_applicant(
        by=application.moderator, application=application, reason="Say more of your evidence"
    )
    return fresh(application)


def _lapsed() -> Application:
    application = offered()
    assert application.offer_expires_at is not None
    with clock.travel(application.offer_expires_at + timedelta(seconds=1)):
        services.lapse(by=None, application=application)
    return fresh(application)


def _closed() -> Application:
    application = steps.application_at("with_sponsor")
    other = steps.application_at("ready", applicant=application.applicant)
    services.confirm(by=administrator(), application=other)
    return fresh(application)
