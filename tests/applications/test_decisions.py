"""Confirm, accept, decline: their pages, the letter before it is sent, mails, one place for each person."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from accounts.states import Role
from applications import services
from applications.models import Application
from applications.presenters import decisions as presenters
from applications.states import ApplicationStatus
from core import outbox
from core.errors import Refused
from core.models import AuditEntry, HandledForm
from programmes import services as programmes
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus, PauseReason
from tests.applications import stages, steps
from tests.applications.pages import signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus
GIVEN = {
    "reason": "Two behaviours need time.",
    "feedback": "Lead one project across the school, and ask for feedback.",
    "areas": ["1"],
    "behaviours": ["1", "2"],
}


def subjects_to(application):
    outbox.sweep()
    return [each.subject for each in mail.outbox if each.to == [application.applicant.email]]


class TestDecline:
    def test_it_starts_from_the_clauses_with_what_they_name_ticked(self):
        application = steps.application_at("contacted")
        response = signed_in(application.moderator).get(url("decline", application))
        form = response.context["form"]
        assert form.initial["behaviours"] == (1, 2)
        assert form.initial["areas"] == ()
        assert "You are on the way in Commitment and Collaboration." in text_of(response)
        assert response.content.decode().count("checked") == 2

    def test_the_letter_is_read_before_it_is_sent(self):
        application = steps.application_at("contacted")
        browser = signed_in(application.moderator)
        response = browser.post(url("decline", application), GIVEN)
        text = text_of(response)
        assert response.status_code == 200
        assert f"This is what {application.applicant.first_name} will read" in text
        assert "Nothing has been decided or sent yet." in text
        assert GIVEN["feedback"] in text
        assert "Areas to develop Strategy and improvement" in text
        assert "Leadership behaviours to develop Commitment Collaboration" in text
        assert GIVEN["reason"] not in text.replace(f'value="{GIVEN["reason"]}"', "")
        assert Application.objects.get(pk=application.pk).status == S.REFERRED
        # 'Change it' leads back with everything still there.
        again = browser.post(url("decline", application), {**GIVEN, "step": "change"})
        assert again.status_code == 200
        assert GIVEN["reason"] in text_of(again)
        assert again.content.decode().count("checked") == 3

    def test_sent_it_is_declined_once(self):
        application = steps.application_at("contacted")
        browser = signed_in(application.moderator)
        sent = {**GIVEN, "step": "send", "idempotency_key": "0b0f1c9e-6f0e-4c38-9d6f-000000000001"}
        for _ in range(2):
            response = browser.post(url("decline", application), sent)
            assert (response.status_code, response.url) == (302, application.get_absolute_url())
        row = Application.objects.get(pk=application.pk)
        assert (row.status, row.feedback, row.decision_reason) == (
            S.DECLINED,
            GIVEN["feedback"],
            GIVEN["reason"],
        )
        assert [each.number for each in row.feedback_areas.all()] == [1]
        assert HandledForm.objects.count() == 1

    @pytest.mark.parametrize(
        ("left_out", "says"),
        [
            ("reason", "Give the reason for your decision"),
            ("feedback", "Write feedback that helps the applicant to develop"),
            ("areas", "Choose at least one area or behaviour to develop"),
        ],
    )
    @pytest.mark.parametrize("step", ["", "send"])
    def test_what_is_missing_is_said_before_any_letter(self, left_out, says, step):
        application = steps.application_at("contacted")
        given = {name: value for name, value in GIVEN.items() if name != left_out}
        if left_out == "areas":
            del given["behaviours"]
        response = signed_in(application.moderator).post(
            url("decline", application), {**given, "step": step}
        )
        text = text_of(response)
        assert response.status_code == 422
        assert says in text
        assert all(value in text for name, value in given.items() if isinstance(value, str))
        assert Application.objects.get(pk=application.pk).status == S.REFERRED

    def test_before_a_conversation_the_page_says_so_and_leads_there(self):
        application = steps.application_at("referred")
        browser = signed_in(application.moderator)
        for name in ("decline", "accept"):
            response = browser.get(url(name, application))
            assert "Log your conversation with the sponsor first." in text_of(response)
            assert url("log_contact", application) in response.content.decode()
        response = browser.post(url("decline", application), GIVEN)
        assert response.status_code == 422
        assert "Log your conversation with the sponsor first." in text_of(response)
        with pytest.raises(Refused, match="Log your conversation"):
            services.decline(
                by=application.moderator, application=application, reason="x", feedback="y"
            )


class TestAccept:
    def test_page_and_effect(self):
        application = steps.application_at("contacted")
        browser = signed_in(application.moderator)
        text = text_of(browser.get(url("accept", application)))
        assert "will read" in text
        assert "What to bring on the first day" in text
        response = browser.post(url("accept", application), {"reason": "Convinced"})
        assert response.url == application.get_absolute_url()
        row = Application.objects.get(pk=application.pk)
        assert (row.status, row.decision_reason) == (S.ACCEPTED, "Convinced")
        assert row.enrolment.status == EnrolmentStatus.ENROLLED

    def test_without_a_free_place_page_and_letter_speak_of_the_waiting_list(self):
        cohort = steps.make_cohort(capacity=1)
        application = steps.application_at("ready", cohort=cohort)
        stages.full_cohort(cohort)
        administrator = stages.administrator()
        text = text_of(signed_in(administrator).get(url("confirm", application)))
        assert "is put on the waiting list" in text
        assert "You are on the waiting list for NPQSL" in text
        services.confirm(by=administrator, application=application)
        assert Application.objects.get(pk=application.pk).status == S.WAITING

    @pytest.mark.parametrize(("verb", "stage"), [("accept", "contacted"), ("decline", "contacted")])
    def test_another_moderator_does_not_decide(self, verb, stage):
        application = steps.application_at(stage)
        other = steps.make_person(Role.REGIONAL_MODERATOR)
        assert signed_in(other).get(url(verb, application)).status_code == 404
        before = AuditEntry.objects.count()
        with pytest.raises(PermissionDenied):
            services.accept(by=other, application=application, reason="Convinced")
        assert AuditEntry.objects.count() == before


class TestOnePlaceForEachPerson:
    """A11: one accepted for each person, level and cohort, in words."""

    def test_somebody_who_left_is_not_accepted_again_for_the_same_cohort(self):
        first = steps.application_at("accepted")
        programmes.commence(by=None, enrolment=first.enrolment)
        programmes.withdraw(by=None, enrolment=first.enrolment, reason=PauseReason.HEALTH)
        again = steps.application_at("ready", applicant=first.applicant, cohort=first.cohort)
        enrolments = Enrolment.objects.count()
        with pytest.raises(Refused, match="has been accepted on this level already"):
            services.confirm(by=stages.administrator(), application=again)
        assert Application.objects.get(pk=again.pk).status == S.READY
        assert Enrolment.objects.count() == enrolments

    def test_the_page_says_it_in_its_summary(self):
        first = steps.application_at("accepted")
        programmes.commence(by=None, enrolment=first.enrolment)
        programmes.withdraw(by=None, enrolment=first.enrolment, reason=PauseReason.HEALTH)
        again = steps.application_at("ready", applicant=first.applicant, cohort=first.cohort)
        response = signed_in(stages.administrator()).post(url("confirm", again))
        assert response.status_code == 422
        assert "The applicant has been accepted on this level already" in text_of(response)


class TestMails:
    def test_one_mail_with_one_link_to_the_letter(self):
        application = steps.application_at("declined")
        subjects = subjects_to(application)
        assert subjects[-1] == "Your NPQSL application: our decision and feedback"
        body = mail.outbox[-1].body
        assert body.count("http") == 1
        assert url("letter", application) in body
        assert "you can appeal until 11:59pm on" in body
        # The feedback itself stays in the portal.
        assert "Lead a project across the whole school" not in body
        assert subjects_to(application) == subjects

    def test_accepted_again_after_it_was_undone_is_mailed_again(self):
        application = steps.application_at("accepted")
        administrator = stages.administrator()
        services.undo_confirm(by=administrator, application=application, reason="In error")
        services.confirm(by=administrator, application=application)
        subjects = subjects_to(application)
        assert [each[:20] for each in subjects[-3:]] == [
            "You have a place on ",
            "We have taken back o",
            "You have a place on ",
        ] or sorted(each[:20] for each in subjects[-2:]) == [
            "We have taken back o",
            "You have a place on ",
        ]


class TestPanelAndStep:
    def test_before_a_decision_there_is_none(self):
        application = steps.application_at("ready")
        assert presenters.panel(application, stages.administrator()) is None
        assert presenters.own_step(application) is None

    def test_an_accepted_one(self):
        application = stages.accepted_after_referral()
        shown = presenters.panel(application, stages.administrator())
        assert shown.context["decision"]["reason"] == "Convinced"
        assert [each.text for each in shown.actions] == ["Take this decision back"]
        assert shown.actions[0].url == url("undo_accept", application)
        step = presenters.own_step(application)
        assert step.text.startswith("You have a place on NPQSL. ")
        assert step.actions[0].url == url("letter", application)

    def test_the_moderator_who_decided_cannot_undo(self):
        application = stages.accepted_after_referral()
        assert presenters.panel(application, application.moderator).actions == []

    def test_one_that_waits_has_its_letter(self):
        step = presenters.own_step(stages.waiting())
        assert step.text == "We have accepted your application."
        assert [each.text for each in step.actions] == ["Read your letter"]
