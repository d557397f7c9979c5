"""A decision taken back: where it goes, what is kept, what is freed, what the applicant reads (G4)."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from applications import services
from applications.models import Application, Undoing
from applications.presenters import decisions as presenters
from applications.states import ApplicationStatus
from core import outbox
from core.errors import Refused, WrongMoment
from core.models import AuditEntry, OutboxMessage
from programmes import services as programmes
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus
from tests.applications import stages, steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus

DECIDED = {
    "undo_confirm": lambda: steps.application_at("accepted"),
    "undo_accept": stages.accepted_after_referral,
    "undo_decline": lambda: steps.application_at("declined"),
}
GOES_TO = {"undo_confirm": S.READY, "undo_accept": S.REFERRED, "undo_decline": S.REFERRED}


def undo(verb, application, by=None, reason="It was given to the wrong person."):
    by = by or stages.administrator()
    return getattr(services, verb)(by=by, application=application, reason=reason)


@pytest.mark.parametrize("verb", DECIDED)
def test_nothing_of_the_decision_is_lost_and_nothing_of_it_stands(verb):
    application = DECIDED[verb]()
    by, last = stages.administrator(), AuditEntry.objects.latest("pk").pk
    undo(verb, application, by=by)
    row = Application.objects.get(pk=application.pk)
    assert row.status == GOES_TO[verb]
    assert (row.decided_at, row.decided_by, row.decision_reason, row.feedback) == (
        None,
        None,
        "",
        "",
    )
    assert (row.enrolment, row.feedback_areas.count(), row.feedback_behaviours.count()) == (
        None,
        0,
        0,
    )
    kept = Undoing.objects.get()
    assert (kept.was_status, kept.was_decided_at, kept.was_decided_by, kept.was_reason) == (
        application.status,
        application.decided_at,
        application.decided_by,
        application.decision_reason,
    )
    assert (kept.enrolment, kept.reason, kept.undone_by) == (
        application.enrolment,
        "It was given to the wrong person.",
        by,
    )
    entries = list(AuditEntry.objects.filter(pk__gt=last))
    cancelled = ["programmes.cancelled"] if application.enrolment else []
    assert [each.event for each in entries] == [*cancelled, "applications.decision_undone"]
    assert (entries[-1].before, entries[-1].after) == (
        {"status": application.status},
        {"status": row.status},
    )
    assert entries[-1].why == "It was given to the wrong person."


@pytest.mark.parametrize("verb", ["undo_confirm", "undo_accept"])
def test_the_place_is_cancelled_and_rung_for(verb):
    application = DECIDED[verb]()
    OutboxMessage.objects.all().delete()
    undo(verb, application)
    enrolment = Enrolment.objects.get(pk=application.enrolment.pk)
    assert enrolment.status == EnrolmentStatus.CANCELLED
    freed = OutboxMessage.objects.get(kind="applications.place_freed")
    assert freed.payload == {"cohort": application.cohort.reference}


def test_the_freed_place_goes_to_the_next_who_waits():
    cohort = steps.make_cohort(capacity=1)
    first, second = (steps.application_at("ready", cohort=cohort) for _ in range(2))
    for each in (first, second):
        services.confirm(by=stages.administrator(), application=each)
    assert Application.objects.get(pk=second.pk).status == S.WAITING
    undo("undo_confirm", first)
    outbox.sweep()
    assert Application.objects.get(pk=second.pk).status == S.OFFERED


def test_once_the_programme_has_begun_the_place_stays():
    application = steps.application_at("accepted")
    programmes.commence(by=None, enrolment=application.enrolment)
    administrator = stages.administrator()
    with pytest.raises(WrongMoment, match="withdrawal"):
        undo("undo_confirm", application, by=administrator)
    browser = signed_in(administrator)
    page = browser.get(url("undo_confirm", application))
    assert "withdrawal" in text_of(page)
    assert "<textarea" not in page.content.decode()
    response = browser.post(url("undo_confirm", application), {"reason": "Error"})
    assert response.status_code == 409
    assert "withdrawal" in text_of(response)
    assert Application.objects.get(pk=application.pk).status == S.ACCEPTED
    assert Undoing.objects.count() == 0
    assert not AuditEntry.objects.filter(event="applications.decision_undone").exists()


def test_how_it_was_accepted_says_how_it_is_undone():
    confirmed, accepted = steps.application_at("accepted"), stages.accepted_after_referral()
    for verb, application in (("undo_accept", confirmed), ("undo_confirm", accepted)):
        with pytest.raises(WrongMoment, match="in another way"):
            undo(verb, application)
        assert signed_in(stages.administrator()).get(url(verb, application)).status_code == 409


def test_a_dismissed_appeal_stands():
    application = stages.appealed()
    services.dismiss(by=stages.administrator(), application=application, reason="Read again")
    with pytest.raises(Refused, match="An appeal against this decision was dismissed"):
        undo("undo_decline", application)
    assert Application.objects.get(pk=application.pk).status == S.DECLINED


def test_while_an_appeal_is_open_the_decline_cannot_be_undone():
    with pytest.raises(WrongMoment):
        undo("undo_decline", stages.appealed())


def test_another_open_application_for_the_cohort_is_in_the_way():
    application = steps.application_at("declined")
    services.start(by=application.applicant, cohort=application.cohort)
    with pytest.raises(Refused, match="has another application for this cohort"):
        undo("undo_decline", application)
    assert Application.objects.get(pk=application.pk).status == S.DECLINED


@pytest.mark.parametrize("verb", DECIDED)
def test_a_reason_is_needed(verb):
    application = DECIDED[verb]()
    with pytest.raises(Refused, match="Say why the decision is taken back"):
        undo(verb, application, reason="  ")
    response = signed_in(stages.administrator()).post(url(verb, application), {"reason": ""})
    assert response.status_code == 422
    assert "Say why the decision is taken back" in text_of(response)
    assert Application.objects.get(pk=application.pk).status == application.status


def test_neither_applicant_sponsor_nor_moderator_undoes():
    application = stages.accepted_after_referral()
    for person in (application.applicant, application.sponsor):
        with pytest.raises(PermissionDenied):
            undo("undo_accept", application, by=person)
    for person in (application.applicant, application.sponsor, application.moderator):
        assert signed_in(person).get(url("undo_accept", application)).status_code == 403


def test_the_page_says_what_will_happen_and_the_applicant_reads_why():
    closed = steps.application_at("with_sponsor")
    application = steps.application_at("ready", applicant=closed.applicant)
    services.confirm(by=stages.administrator(), application=application)
    application = stages.fresh(application)
    browser = signed_in(stages.administrator())
    text = text_of(browser.get(url("undo_confirm", application)))
    assert f"the place {application.enrolment.reference} is cancelled" in text
    assert "goes back to the provider, to be confirmed again" in text
    assert closed.reference in text
    sent = browser.post(url("undo_confirm", application), {"reason": "Two people share a name."})
    assert sent.url == application.get_absolute_url()
    application = stages.fresh(application)
    # Not opened again by itself, but named beside the decision.
    assert Application.objects.get(pk=closed.pk).status == S.CLOSED
    panel = presenters.panel(application, stages.administrator())
    assert panel.context["closed"] == [closed]
    assert panel.context["decision"] is None
    step = presenters.own_step(application)
    assert "Two people share a name." in step.text
    assert "You do not have a place for now." in step.text
    outbox.sweep()
    told = [each for each in mail.outbox if each.subject.startswith("We have taken back")]
    assert [each.to for each in told] == [[application.applicant.email]]
    assert "Why: Two people share a name." in told[0].body
    assert told[0].body.count("http") == 1


def test_undone_twice_each_is_kept_and_mailed():
    application = steps.application_at("accepted")
    administrator = stages.administrator()
    for _ in range(2):
        undo("undo_confirm", application, by=administrator)
        services.confirm(by=administrator, application=application)
    assert Undoing.objects.count() == 2
    outbox.sweep()
    told = [each for each in mail.outbox if each.subject.startswith("We have taken back")]
    assert len(told) == 2
    assert len(presenters.panel(stages.fresh(application), administrator).context["undoings"]) == 2


def test_what_the_page_costs():
    application = stages.accepted_after_referral()
    browser = signed_in(stages.administrator())
    assert queries_of(browser, url("undo_accept", application)) <= 15
