"""Pages of entry: who gets them, what stands on them, what a hand-made post can do, how much they ask of Postgres."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation
from accounts.states import Role
from applications import services
from applications.models import Application, AreaScore, BehaviourScore
from applications.states import ApplicationStatus
from core import clock
from core.models import AuditEntry
from programmes.models import Enrolment
from tests.applications import steps
from tests.applications.pages import signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


class TestTheWholeStoryInABrowser:
    def test_from_the_public_page_to_an_enrolment(self):
        """An applicant, a sponsor and an administrator, by pages alone."""
        cohort, school = steps.make_cohort(), steps.make_school(name="Tanner Yard School")
        applicant = steps.make_person(first_name="Asha", last_name="Bello")
        browser = signed_in(applicant)
        start = reverse("applications:start", args=[cohort.reference])
        assert start in Client().get(reverse("programmes:cohorts")).content.decode()
        task_list = browser.post(start, {"idempotency_key": str(uuid.uuid4())}).url
        application = Application.objects.get()
        assert task_list == url("application", application)
        assert "You have completed 0 of 10 parts" in text_of(browser.get(task_list))

        found = browser.get(url("school", application), {"q": "tanner yard"})
        assert f'value="{school.urn}"' in found.content.decode()
        details = url("details", application)
        assert "Tanner Yard School" in text_of(browser.get(details, {"school": school.urn}))
        sent = browser.post(
            details, {"school": school.urn, "post": "Head of maths", "trn": "12345"}
        )
        assert sent.url == url("funding_route", application)
        assert browser.post(sent.url, {"route": "school"}).url == task_list
        following = url("area", application, 1)
        for number in range(1, 7):
            assert following == url("area", application, number)
            following = browser.post(following, {"score": 3}).url
        assert following == task_list
        following = browser.post(url("strengths", application), {"areas": [2, 4]}).url
        for number in (2, 4):
            assert following == url("strength", application, number)
            following = browser.post(following, steps.STRENGTH).url
        assert following == task_list
        named = {"first_name": "Sam", "last_name": "Okafor", "email": "sam@example.org"}
        browser.post(url("name_sponsor", application), named)
        assert "You have completed 11 of 12 parts" in text_of(browser.get(task_list))
        check = text_of(browser.get(url("send", application)))
        assert "Tanner Yard School" in check
        assert "0012345" in check
        sent = browser.post(url("send", application), {"signed_name": "Asha Bello"})
        assert "We have written to Sam Okafor" in text_of(browser.get(sent.url))

        sponsor = steps.make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor")
        services.begin_answer(by=sponsor, application=application)
        phone = signed_in(sponsor)
        landing = text_of(phone.get(url("sponsor", application)))
        assert "Asha Bello asks you to be their sponsor" in landing
        assert "ten minutes" in landing
        agreed = {f"area_{number}": "yes" for number in range(1, 7)}
        following = phone.post(url("endorse", application), agreed).url
        assert following == url("verify", application)
        following = phone.post(following, {"verified": "yes"}).url
        for position in range(1, 8):
            assert following == url("behaviour", application, position)
            assert f"Behaviour {position} of 7" in text_of(phone.get(following))
            following = phone.post(following, {"score": 4}).url
        assert following == url("sign", application)
        following = phone.post(following, {"signed_name": "Sam Okafor"}).url
        assert "Thank you" in text_of(phone.get(following))

        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        page = text_of(administrator.get(task_list))
        assert "Readiness: ready" in page
        decided = administrator.post(url("confirm", application)).url
        assert decided == application.get_absolute_url()
        assert Enrolment.objects.get().reference in text_of(administrator.get(decided))
        assert "You have a place on NPQSL" in text_of(browser.get(task_list))


class TestBadInput:
    @pytest.mark.parametrize("score", ["0", "5", "-1", "many", ""])
    def test_a_score_posted_by_hand(self, score):
        application = steps.application_at("started")
        before = AuditEntry.objects.count()
        response = signed_in(application.applicant).post(
            url("area", application, 1), {"score": score}
        )
        assert response.status_code == 422
        assert "Choose a score for Strategy and improvement" in text_of(response)
        assert (AreaScore.objects.count(), AuditEntry.objects.count()) == (0, before)

    @pytest.mark.parametrize("score", ["0", "5"])
    def test_a_behaviour_posted_by_hand(self, score):
        application = steps.application_at("begun")
        response = signed_in(application.sponsor).post(
            url("behaviour", application, 1), {"score": score, "comment": "x"}
        )
        assert response.status_code == 422
        assert BehaviourScore.objects.count() == 0

    def test_a_low_behaviour_without_a_comment_keeps_what_was_chosen(self):
        application = steps.application_at("begun")
        response = signed_in(application.sponsor).post(
            url("behaviour", application, 1), {"score": 2, "comment": " "}
        )
        assert response.status_code == 422
        assert "Say briefly why you chose this answer for Commitment" in text_of(response)
        assert re.search(r'value="2"[^>]*checked', response.content.decode())

    @pytest.mark.parametrize(
        ("chosen", "words"),
        [
            ([1], "Choose exactly two different areas"),
            ([1, 2, 3], "Choose exactly two different areas"),
            ([1, 99], "Choose from the areas of this level"),
        ],
    )
    def test_not_exactly_two_areas(self, chosen, words):
        application = steps.application_at("started")
        response = signed_in(application.applicant).post(
            url("strengths", application), {"areas": chosen}
        )
        assert response.status_code == 422
        assert words in text_of(response)
        assert application.strengths.count() == 0

    def test_evidence_without_a_figure_keeps_the_text(self):
        application = steps.application_at("draft")
        response = signed_in(application.applicant).post(
            url("strength", application, 1), {**steps.STRENGTH, "evidence": "They read more."}
        )
        assert response.status_code == 422
        page = response.content.decode()
        assert "Add at least one figure to your evidence" in page
        assert "They read more." in page
        assert "error-summary" in page
        # Refused for sending, and kept all the same: leaving the page loses nothing.
        assert application.strengths.get(position=1).evidence == "They read more."

    def test_the_same_form_twice_makes_one(self):
        cohort, browser = steps.make_cohort(), signed_in(steps.make_person())
        address = reverse("applications:start", args=[cohort.reference])
        key = {"idempotency_key": str(uuid.uuid4())}
        first, second = browser.post(address, key), browser.post(address, key)
        assert first.url == second.url
        assert Application.objects.count() == 1

    def test_signed_and_sent_twice_leads_to_the_same_page(self):
        application = steps.application_at("draft")
        browser = signed_in(application.applicant)
        form = {"signed_name": "Asha Bello", "idempotency_key": str(uuid.uuid4())}
        first = browser.post(url("send", application), form)
        second = browser.post(url("send", application), form)
        assert first.url == second.url == url("sent", application)
        assert Invitation.objects.count() == 1

    def test_a_late_change_is_told(self):
        application = steps.application_at("with_sponsor")
        browser = signed_in(application.applicant)
        for response in (
            browser.get(url("details", application)),
            browser.post(url("area", application, 1), {"score": 1}),
        ):
            assert response.status_code == 409
            assert "This has been sent, so it can no longer be changed." in text_of(response)

    def test_an_own_address_as_sponsor(self):
        application = steps.application_at("started")
        applicant = application.applicant
        response = signed_in(applicant).post(
            url("name_sponsor", application),
            {"first_name": "Not", "last_name": "Me", "email": applicant.email},
        )
        assert response.status_code == 422
        assert "You cannot be your own sponsor" in text_of(response)

    def test_a_school_that_does_not_exist(self):
        application = steps.application_at("started")
        response = signed_in(application.applicant).post(
            url("details", application), {"school": "999999", "post": "Head"}
        )
        assert response.status_code == 422
        assert "Choose your school" in text_of(response)

    def test_choosing_no_school_asks_again(self):
        application = steps.application_at("started")
        steps.make_school(name="Weir Bank Academy")
        steps.make_school(name="Weir Bank Primary School")
        browser = signed_in(application.applicant)
        response = browser.get(url("details", application), {"q": "weir bank"}, follow=True)
        assert "Choose your school" in text_of(response)
        assert "2 schools found" in text_of(response)

    def test_a_decline_without_anything_to_develop(self):
        application = steps.application_at("contacted")
        moderator = signed_in(application.moderator)
        response = moderator.post(
            url("decline", application), {"reason": "No", "feedback": "Lead more"}
        )
        assert response.status_code == 422
        assert "Choose at least one area or behaviour to develop" in text_of(response)
        application.refresh_from_db()
        assert application.status == S.REFERRED

    def test_a_dead_sponsor_link(self):
        application = steps.application_at("begun")
        old = application.sponsor
        services.name_sponsor(
            by=application.applicant,
            application=application,
            email="new@example.org",
            first_name="Nia",
            last_name="Roy",
        )
        response = signed_in(old).get(url("sponsor", application))
        assert response.status_code == 410
        assert "named another sponsor on" in text_of(response)


APPLICANT_PAGES = ["school", "details", "strengths", "name_sponsor", "send", "withdraw"]
SPONSOR_PAGES = ["sponsor", "endorse", "verify", "sign", "decline_to_sponsor"]
MODERATOR_PAGES = [
    "log_contact",
    "return_to_sponsor",
    "return_to_applicant",
    "accept",
    "decline",
]


class TestOtherPeople:
    @pytest.mark.parametrize("name", ["application", *APPLICANT_PAGES, *SPONSOR_PAGES])
    def test_somebody_elses_answers_like_one_that_does_not_exist(self, name):
        application = steps.application_at("begun")
        stranger = signed_in(steps.make_person(Role.PARTICIPANT, Role.SPONSOR))
        assert stranger.get(url(name, application)).status_code == 404
        nowhere = reverse(f"applications:{name}", args=["APP-NOTHING2"])
        assert stranger.get(nowhere).status_code == 404

    @pytest.mark.parametrize("name", APPLICANT_PAGES)
    def test_the_sponsor_does_not_reach_the_applicants_pages(self, name):
        application = steps.application_at("begun")
        assert signed_in(application.sponsor).get(url(name, application)).status_code == 404

    @pytest.mark.parametrize("name", SPONSOR_PAGES)
    def test_the_applicant_does_not_reach_the_sponsors_pages(self, name):
        application = steps.application_at("begun")
        assert signed_in(application.applicant).get(url(name, application)).status_code == 404

    @pytest.mark.parametrize("name", MODERATOR_PAGES)
    def test_only_its_regional_moderator_decides_a_referral(self, name):
        application = steps.application_at("referred")
        address = url(name, application)
        found = {
            role: signed_in(steps.make_person(role)).get(address).status_code
            for role in (Role.REGIONAL_MODERATOR, Role.ADMINISTRATOR, Role.ASSESSOR)
        }
        theirs = signed_in(application.moderator).get(address).status_code
        own = signed_in(application.applicant).get(address).status_code
        sponsor = signed_in(application.sponsor).get(address).status_code
        assert (theirs, *found.values(), own, sponsor) == (200, 404, 403, 404, 403, 403)

    def test_only_an_administrator_confirms(self):
        application = steps.application_at("ready")
        address = url("confirm", application)
        assert [
            signed_in(who).post(address).status_code
            for who in (
                application.applicant,
                application.sponsor,
                steps.make_person(Role.REGIONAL_MODERATOR),
                steps.make_person(Role.QUALITY_AGENT),
            )
        ] == [403, 403, 404, 404]
        assert Enrolment.objects.count() == 0

    def test_a_moderator_sees_only_what_was_referred_to_them(self):
        ready, referred = steps.application_at("ready"), steps.application_at("referred")
        moderator = signed_in(referred.moderator)
        another = signed_in(steps.make_person(Role.REGIONAL_MODERATOR))
        assert moderator.get(url("application", ready)).status_code == 404
        assert another.get(url("application", referred)).status_code == 404
        assert "Readiness: borderline" in text_of(moderator.get(url("application", referred)))

    def test_sent_back_the_sponsor_reads_why_and_nobody_else(self):
        application = steps.application_at("referred")
        moderator = signed_in(application.moderator)
        moderator.post(url("return_to_sponsor", application), {"reason": "Two are unclear"})
        sponsor = text_of(signed_in(application.sponsor).get(url("sponsor", application)))
        assert "look at your answers again: Two are unclear" in sponsor
        assert "Two are unclear" in text_of(moderator.get(url("application", application)))
        own = text_of(signed_in(application.applicant).get(url("application", application)))
        assert "Two are unclear" not in own

    def test_a_moderator_may_not_decide_their_own(self):
        moderator = steps.make_person(Role.REGIONAL_MODERATOR)
        application = steps.application_at("referred", applicant=moderator)
        browser = signed_in(moderator)
        assert browser.get(url("accept", application)).status_code == 403
        page = text_of(browser.get(reverse("applications:referrals")))
        assert "Nothing waits for you" in page

    @pytest.mark.parametrize("name", ["list", "referrals"])
    def test_lists_are_not_for_everybody(self, name):
        address = reverse(f"applications:{name}")
        assert signed_in(steps.make_person(Role.PARTICIPANT)).get(address).status_code == 403
        assert Client().get(address).status_code == 302


class TestWhatTheApplicantDoesNotSee:
    @pytest.mark.parametrize("stage", ["answered", "ready", "referred", "not_ready", "declined"])
    def test_no_score_no_verdict_no_reason_no_note(self, stage):
        """A6: the sponsor's scores, what the rule found, and what was said about it."""
        application = steps.application_at(stage)
        if application.status == S.REFERRED:
            services.log_contact(
                by=application.moderator,
                application=application,
                means="phone",
                on=clock.today(),
                note="Secret talk",
            )
        page = text_of(signed_in(application.applicant).get(url("application", application)))
        for hidden in (
            "Readiness",
            "orderline",
            "Not ready",
            "moderator",
            "Needs time",
            "Not yet",
            "A real concern",
            "Mostly strong",
            "Secret talk",
            "More time is needed",
        ):
            assert hidden not in page

    def test_a_decline_shows_its_feedback(self):
        application = steps.application_at("declined")
        page = text_of(signed_in(application.applicant).get(url("application", application)))
        assert "Lead a project across the whole school first." in page
        assert "Strategy and improvement" in page
        assert "Commitment" in page
