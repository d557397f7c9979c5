"""The sponsor's pages: saved and resumed, several applicants at once, no longer asked, an address that fails (A3-A6)."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Notification
from accounts.states import MailState, Role
from applications import services
from applications.models import Application, SponsorAnswer
from applications.presenters import mail as about_mail
from applications.states import ApplicationStatus
from core import clock, outbox
from core.models import AuditEntry
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus
SPONSORED = reverse("applications:sponsored")
STEPS = ["endorse", "verify", "sign", "decline_to_sponsor"]


def fresh(application: Application) -> Application:
    return Application.objects.select_related("applicant", "sponsor").get(pk=application.pk)


def replace(application: Application, email: str = "nia@example.org") -> None:
    services.name_sponsor(
        by=application.applicant,
        application=application,
        email=email,
        first_name="Nia",
        last_name="Roy",
    )


class TestSavedAndResumed:
    def test_the_first_page_says_who_what_and_how_long(self):
        application = steps.application_at("begun")
        said = text_of(signed_in(application.sponsor).get(url("sponsor", application)))
        assert "Asha" in said
        assert "asks you to be their sponsor" in said
        assert "about ten minutes" in said
        assert "Start" in said
        assert "I can’t do this" in said
        assert "Carry on" not in said

    def test_a_part_of_the_scores_is_kept_for_later_and_the_page_says_how_far(self):
        application = steps.application_at("begun")
        phone = signed_in(application.sponsor)
        part = {"area_1": "yes", "area_2": "no", "reason_2": "Less than that", "area_3": "no"}
        response = phone.post(url("endorse", application), part | {"later": "x"})
        assert (response.status_code, response.url) == (302, url("sponsor", application))
        kept = {
            each.area.number: (each.endorsed, each.reason)
            for each in application.answers.get().endorsements.select_related("area")
        }
        assert kept == {1: (True, ""), 2: (False, "Less than that")}
        said = text_of(phone.get(url("sponsor", application)))
        assert "You have answered 2 of 14 questions" in said
        assert "2 of 6 answered In progress" in said
        assert "Carry on" in said
        page = phone.get(url("endorse", application)).content.decode()
        assert "Less than that" in page
        assert len(re.findall(r"<input[^>]* checked", page)) == 2

    def test_save_and_continue_asks_for_what_is_missing_and_keeps_what_was_typed(self):
        application = steps.application_at("begun")
        part = {"area_1": "yes", "area_2": "no", "reason_2": ""}
        response = signed_in(application.sponsor).post(url("endorse", application), part)
        assert response.status_code == 422
        said = text_of(response)
        assert said.count("Say whether you agree with the score for") >= 4
        assert "Say why you do not agree with the score for" in said
        assert application.answers.get().endorsements.count() == 0

    def test_each_step_leads_to_the_next_and_the_last_to_the_check(self):
        application = steps.application_at("begun")
        phone = signed_in(application.sponsor)
        agreed = {f"area_{number}": "yes" for number in range(1, 7)}
        assert phone.post(url("endorse", application), agreed).url == url("verify", application)
        following = phone.post(url("verify", application), {"verified": "yes"}).url
        for position in range(1, 8):
            assert following == url("behaviour", application, position)
            page = text_of(phone.get(following))
            assert f"Step 3 of 3: behaviour {position} of 7" in page
            following = phone.post(following, {"score": "3", "comment": ""}).url
        assert following == url("sign", application)
        check = phone.get(following)
        assert "Check your answers" in text_of(check)
        assert check.content.decode().count("Change<") == 14
        # A changed answer leads straight back to the check.
        changed = phone.post(
            url("behaviour", application, 2), {"score": "2", "comment": "Needs practice"}
        )
        assert changed.url == url("sign", application)
        assert "Needs practice" in text_of(phone.get(changed.url))
        landing = text_of(phone.get(url("sponsor", application)))
        assert "You have answered 14 of 14 questions. Nothing is sent before you sign." in landing
        done = phone.post(url("sign", application), {"signed_name": "Sam Okafor", "confirm": "on"})
        assert done.status_code == 302
        assert fresh(application).status in (S.READY, S.REFERRED)
        assert "signed and sent" in text_of(phone.get(url("sponsor", application)))

    @pytest.mark.parametrize("score", [1, 2])
    def test_a_low_score_needs_its_comment(self, score):
        application = steps.application_at("begun")
        response = signed_in(application.sponsor).post(
            url("behaviour", application, 1), {"score": str(score), "comment": " "}
        )
        assert response.status_code == 422
        assert "Say briefly why you chose this answer for" in text_of(response)
        assert application.answers.get().behaviour_scores.count() == 0

    def test_what_the_moderator_asks_to_look_at_stands_on_the_first_page(self):
        application = steps.application_at("referred")
        services.return_to_sponsor(
            by=application.moderator, application=application, reason="Two scores are unclear"
        )
        phone = signed_in(application.sponsor)
        said = text_of(phone.get(url("sponsor", application)))
        assert "We ask you to look at your answers again: Two scores are unclear" in said
        assert "You have answered 14 of 14 questions" in said
        services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
        assert "Two scores are unclear" not in text_of(phone.get(url("sponsor", application)))


class TestSeveralApplicants:
    def test_all_of_them_with_their_state(self):
        sponsor = steps.make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor")
        waiting, started, signed, invited, declined, replaced = (
            steps.application_at(stage, sponsor=sponsor)
            for stage in ("begun", "begun", "ready", "with_sponsor", "sponsor_needed", "begun")
        )
        services.endorse(by=sponsor, application=started, answers={1: (True, "")})
        replace(replaced)
        Application.objects.filter(pk=waiting.pk).update(
            sponsor_asked_at=clock.now() - timedelta(days=3)
        )
        page = signed_in(sponsor).get(SPONSORED)
        said = text_of(page)
        assert f"Answer for {waiting.applicant.name} (NPQSL)" in said
        assert f"Carry on for {started.applicant.name} (NPQSL)" in said
        assert f"Answer for {invited.applicant.name} (NPQSL)" in said
        assert "3 days ago" in said
        assert "Asked today" in said
        assert re.search(rf"{signed.applicant.name}, NPQSL\s+Signed on", said)
        assert re.search(
            rf"{declined.applicant.name}, NPQSL\s+You told us that you could not do this", said
        )
        assert re.search(
            rf"{replaced.applicant.name}, NPQSL\s+Somebody else was asked instead", said
        )
        for hidden in (declined, replaced):
            assert url("sponsor", hidden) not in page.content.decode()

    def test_nobody_yet_says_what_will_appear(self):
        said = text_of(signed_in(steps.make_person(Role.SPONSOR)).get(SPONSORED))
        assert "Nobody waits for your answer. When a colleague names you" in said

    def test_the_page_of_one_tells_of_the_others(self):
        sponsor = steps.make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor")
        first, _ = (steps.application_at("begun", sponsor=sponsor) for _ in range(2))
        said = text_of(signed_in(sponsor).get(url("sponsor", first)))
        assert "Somebody else also waits for your answer" in said

    def test_it_costs_the_same_for_one_and_for_ten(self):
        sponsor = steps.make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor")
        browser = signed_in(sponsor)
        for stage in ("begun", "ready", "with_sponsor", "sponsor_needed"):
            steps.application_at(stage, sponsor=sponsor)
        browser.get(SPONSORED)
        one = queries_of(browser, SPONSORED)
        for stage in ("begun", "ready", "with_sponsor", "sponsor_needed") * 2:
            steps.application_at(stage, sponsor=sponsor)
        assert queries_of(browser, SPONSORED) == one <= 15


class TestComingWithoutTheMail:
    """Somebody who showed that an address is theirs comes to what was sent there, by a button and not by itself."""

    def begin(self, application: Application) -> str:
        return reverse("applications:begin_answer", args=[application.reference])

    def test_by_a_button(self):
        sponsor = steps.make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor")
        application = steps.application_at("with_sponsor", sponsor=sponsor)
        browser = signed_in(sponsor)
        browser.get(SPONSORED)
        assert fresh(application).sponsor is None
        response = browser.post(self.begin(application))
        assert response.url == url("sponsor", application)
        assert fresh(application).sponsor == sponsor
        assert browser.get(response.url).status_code == 200
        last = AuditEntry.objects.latest("pk")
        assert (last.event, last.by) == ("applications.answer_begun", sponsor.reference)

    def test_not_with_another_address(self):
        application = steps.application_at("with_sponsor")
        other = signed_in(steps.make_person(Role.SPONSOR))
        assert other.post(self.begin(application)).status_code == 404
        assert fresh(application).sponsor is None

    def test_not_with_an_address_that_nobody_proved(self):
        sponsor = steps.make_person(Role.SPONSOR)
        application = steps.application_at("with_sponsor", sponsor=sponsor)
        sponsor.emailaddress_set.update(verified=False)
        assert signed_in(sponsor).post(self.begin(application)).status_code == 404
        assert "Nobody waits for your answer" in text_of(signed_in(sponsor).get(SPONSORED))

    def test_not_by_the_applicant(self):
        application = steps.application_at("with_sponsor")
        Application.objects.update(sponsor_email=application.applicant.email)
        browser = signed_in(application.applicant)
        assert browser.post(self.begin(application)).status_code == 404
        assert fresh(application).sponsor is None

    @pytest.mark.parametrize("stage", ["draft", "withdrawn", "ready"])
    def test_not_when_nothing_is_asked(self, stage):
        sponsor = steps.make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor")
        application = steps.application_at(stage, sponsor=sponsor)
        assert signed_in(sponsor).post(self.begin(application)).status_code == 404


class TestNoLongerAsked:
    @pytest.mark.parametrize("name", ["sponsor", *STEPS])
    def test_a_replaced_sponsor_reads_it_on_every_page(self, name):
        application = steps.application_at("begun")
        browser = signed_in(application.sponsor)
        replace(application)
        response = browser.get(url(name, application))
        assert response.status_code == 410
        said = text_of(response)
        assert "You do not need to answer" in said
        assert f"{application.applicant.name} named another sponsor on" in said

    def test_and_when_it_happens_while_they_answer(self):
        application = steps.application_at("begun")
        browser = signed_in(application.sponsor)
        replace(application)
        response = browser.post(url("behaviour", application, 1), {"score": "3"})
        assert response.status_code == 410
        assert SponsorAnswer.objects.get().behaviour_scores.count() == 0

    def test_who_declined_reads_that(self):
        application = steps.application_at("sponsor_needed")
        response = signed_in(SponsorAnswer.objects.get().sponsor).get(url("sponsor", application))
        assert response.status_code == 410
        assert "You told us on" in text_of(response)

    def test_nobody_else_does(self):
        application = steps.application_at("begun")
        replace(application)
        stranger = signed_in(steps.make_person(Role.SPONSOR))
        assert stranger.get(url("sponsor", application)).status_code == 404


class TestAnAddressThatFails:
    def bounce(self, application: Application, state: str = MailState.BOUNCED) -> Notification:
        """The carrier says that the last mail to the sponsor did not arrive."""
        from accounts import services as accounts

        outbox.sweep()
        row = Notification.objects.filter(to_email=application.sponsor_email).latest("pk")
        row.carrier_id = f"carrier-{row.pk}"
        row.save()
        said = "permanent-failure" if state == MailState.BOUNCED else "technical-failure"
        accounts.take_receipt(carrier_id=row.carrier_id, said=said)
        outbox.sweep()
        return row

    def test_the_applicant_is_told_by_mail_and_page_and_mends_it(self):
        application = steps.application_at("with_sponsor")
        mail.outbox.clear()
        self.bounce(application)
        (told,) = [each for each in mail.outbox if "could not reach" in each.subject]
        assert told.to == [application.applicant.email]
        assert f"at {application.sponsor_email}, and our email came back" in told.body
        assert url("name_sponsor", application) in told.body
        step = about_mail.own_step(fresh(application))
        assert step.text == (
            f"We could not deliver our email to {application.sponsor_email}: check the address."
        )
        assert [action.url for action in step.actions] == [url("name_sponsor", application)]
        replace(application)
        outbox.sweep()
        assert about_mail.own_step(fresh(application)) is None

    def test_the_same_address_asked_again_is_given_another_chance(self):
        application = steps.application_at("with_sponsor")
        self.bounce(application)
        replace(application, email=application.sponsor_email)
        outbox.sweep()
        assert about_mail.own_step(fresh(application)) is None

    def test_each_asking_is_told_of_once(self):
        application = steps.application_at("with_sponsor")
        self.bounce(application)
        row = Notification.objects.filter(to_email=application.sponsor_email).latest("pk")
        Notification.objects.filter(pk=row.pk).update(state=MailState.SENT)
        self.bounce(application)
        assert len([each for each in mail.outbox if "could not reach" in each.subject]) == 1

    def test_a_failure_of_ours_does_not_blame_the_address(self):
        application = steps.application_at("with_sponsor")
        self.bounce(application, MailState.FAILED)
        assert "We are looking into it" in about_mail.own_step(fresh(application)).text
        assert not [each for each in mail.outbox if "could not reach" in each.subject]

    def test_a_mail_to_the_applicant_that_comes_back_says_nothing_of_the_sponsor(self):
        application = steps.application_at("with_sponsor")
        outbox.sweep()
        row = Notification.objects.get(to_email=application.applicant.email)
        Notification.objects.filter(pk=row.pk).update(carrier_id="x")
        from accounts import services as accounts

        accounts.take_receipt(carrier_id="x", said="permanent-failure")
        outbox.sweep()
        assert about_mail.own_step(fresh(application)) is None
        assert not [each for each in mail.outbox if "could not reach" in each.subject]

    def test_after_the_answer_it_no_longer_matters(self):
        application = steps.application_at("answered")
        self.bounce(application)
        services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
        assert about_mail.own_step(fresh(application)) is None


class TestThePanel:
    def test_staff_see_the_mails_and_how_far_they_came(self):
        application = steps.application_at("with_sponsor")
        outbox.sweep()
        admin = steps.make_person(Role.ADMINISTRATOR)
        with CaptureQueriesContext(connection) as captured:
            panel = about_mail.panel(fresh(application), admin)
        assert [row["mail"].to_email for row in panel.context["rows"]] == [
            application.applicant.email,
            application.sponsor_email,
        ]
        assert {row["state"] for row in panel.context["rows"]} == {"Sent"}
        assert panel.context["unreached"] == ""
        assert len(captured) <= 4
        Notification.objects.filter(to_email=application.sponsor_email).update(
            state=MailState.BOUNCED
        )
        panel = about_mail.panel(fresh(application), admin)
        assert panel.context["unreached"] == application.sponsor_email

    @pytest.mark.parametrize("role", [Role.REGIONAL_MODERATOR, Role.SPONSOR, Role.PARTICIPANT])
    def test_nobody_else_has_it(self, role):
        application = steps.application_at("with_sponsor")
        assert about_mail.panel(application, steps.make_person(role)) is None


def test_no_page_of_the_sponsor_asks_the_database_too_often():
    application = steps.application_at("answered")
    phone = signed_in(application.sponsor)
    phone.get(SPONSORED)
    pages = [url(name, application) for name in ("sponsor", *STEPS)]
    pages.append(url("behaviour", application, 3))
    asked = {page: queries_of(phone, page) for page in pages}
    assert {page: count for page, count in asked.items() if count > 15} == {}
