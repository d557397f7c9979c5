"""What is mailed to whom, once; and what an invitation says."""

import pytest
from django.core import mail

from accounts.invitations import purpose
from accounts.states import Role
from applications import services
from applications.models import Application
from applications.states import ApplicationStatus
from core import outbox
from core.models import OutboxMessage
from tests.applications import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def mailed(application: Application) -> list[str]:
    """The subjects that went to the applicant, in order, after everything promised was carried out."""
    outbox.sweep()
    return [each.subject for each in mail.outbox if each.to == [application.applicant.email]]


@pytest.mark.parametrize(
    ("stage", "begins"),
    [
        ("draft", []),
        ("with_sponsor", ["We have your NPQSL application"]),
        ("sponsor_needed", ["We have your NPQSL", "Name another sponsor for your NPQSL"]),
        ("ready", ["We have your NPQSL", "Your sponsor has answered"]),
        ("accepted", ["We have your", "Your sponsor has answered", "You have a place on NPQSL"]),
        ("declined", ["We have your", "Your sponsor has answered", "Your NPQSL application: our"]),
    ],
)
def test_each_step_is_mailed_to_the_applicant_once(stage, begins):
    application = steps.application_at(stage)
    subjects = mailed(application)
    assert [
        subject[: len(start)] for subject, start in zip(subjects, begins, strict=True)
    ] == begins
    assert mailed(application) == subjects


def test_the_sponsor_is_invited_with_who_asks_and_how_long_it_takes():
    application = steps.application_at("with_sponsor")
    said = purpose("sponsor").describe(application.reference)
    assert said.title == (
        f"{application.applicant.name} asks you to sponsor their application for NPQSL"
    )
    assert (said.minutes, said.url) == (10, f"/apply/{application.reference}/sponsor/")
    outbox.sweep()
    assert [application.sponsor_email] in [each.to for each in mail.outbox]


@pytest.mark.parametrize("stage", ["ready", "declined"])
def test_no_mail_tells_the_applicant_what_the_sponsor_said(stage):
    application = steps.application_at(stage)
    mailed(application)
    for each in mail.outbox:
        text = each.body + str(each.alternatives)
        for hidden in ("Needs time", "borderline", "Mostly strong", "More time is needed"):
            assert hidden not in text


def test_a_mail_has_one_link_and_no_escaped_letters():
    application = steps.application_at("accepted", applicant=steps.make_person(last_name="O'Neil"))
    mailed(application)
    for each in mail.outbox:
        assert each.body.count("http://") + each.body.count("https://") <= 1
        assert "&#" not in each.body + each.subject


def test_without_a_queue_nothing_is_lost():
    """The promises stand in the same transaction; a later sweep carries them out."""
    application = steps.application_at("ready")
    services.confirm(by=steps.make_person(Role.ADMINISTRATOR), application=application)
    waiting = OutboxMessage.objects.filter(done_at=None).count()
    assert waiting > 0
    assert outbox.sweep() == waiting
    application.refresh_from_db()
    assert application.status == ApplicationStatus.ACCEPTED
