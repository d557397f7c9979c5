"""The page of one application for staff: what to do now first, everything that happened, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Notification
from accounts.states import MailState, Role
from applications import services
from applications.models import Application, Chase
from applications.presenters.parts import Action, Panel
from applications.presenters.staff import in_order
from applications.presenters.timeline import timeline
from applications.queries.history import Moment, moments
from core import clock
from programmes import services as programmes
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of

pytestmark = pytest.mark.whole


def test_what_can_be_done_now_stands_first():
    read = Panel("Read", "t")
    some = Panel("Some", "t", actions=[Action("A", "/a"), Action("B", "/b", "link")])
    main = Panel("Main", "t", actions=[Action("A", "/a", "link"), Action("B", "/b", "primary")])
    linked = Panel("Linked", "t", actions=[Action("A", "/a", "link")])
    titles = [each.title for each in in_order([read, some, linked, main])]
    assert titles == ["Main", "Some", "Linked", "Read"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestTimeline:
    def told(self, application, **asked):
        row = Application.objects.get(pk=application.pk)
        happened = moments(row, with_notes=True)
        results = list(row.readiness_results.all())
        return [each["text"] for each in timeline(row, happened, results)]

    def test_every_kind_of_thing_is_a_plain_sentence(self):
        """From the start through returns, decision, appeal and merge, in order, newest first."""
        now = clock.now()
        helen = steps.make_person(Role.ADMINISTRATOR, first_name="Helen", last_name="Marlowe")
        sam = steps.make_person(first_name="Sam", last_name="Okafor")
        asha = steps.make_person(first_name="Asha", last_name="Bello")
        with clock.travel(now - timedelta(days=20)):
            application = steps.application_at("referred", applicant=asha, sponsor=sam)
        rhona = application.moderator
        Chase.objects.create(
            application=application,
            asked_at=application.sponsor_asked_at,
            day=3,
            chased_at=now - timedelta(days=17),
        )
        Notification.objects.create(
            key="k",
            template="t",
            about=application.reference,
            to_email="old@example.org",
            state=MailState.BOUNCED,
            state_at=now - timedelta(days=16),
            detail="No such mailbox",
        )
        with clock.travel(now - timedelta(days=10)):
            services.return_to_sponsor(by=rhona, application=application, reason="Say more.")
        with clock.travel(now - timedelta(days=9)):
            services.sign(by=sam, application=application, signed_name=sam.name)
        with clock.travel(now - timedelta(days=8)):
            services.log_contact(
                by=rhona, application=application, means="phone", on=clock.today(), note="Spoke."
            )
        with clock.travel(now - timedelta(days=7)):
            services.decline(
                by=rhona,
                application=application,
                reason="Not yet.",
                feedback="Lead across the school.",
                areas=[1],
            )
        with clock.travel(now - timedelta(days=6)):
            services.appeal(by=asha, application=application, grounds="The impact was missed.")
        with clock.travel(now - timedelta(days=5)):
            services.note(by=helen, application=application, text="Ring on Monday.")
        with clock.travel(now - timedelta(days=4)):
            other = steps.make_person(first_name="A", last_name="Bello")
            services.merge_people(by=helen, keep=asha, other=other, reason="They told us.")
        told = self.told(application)
        wanted = [
            f"Another account of Asha Bello, {other.reference}, was merged into this one",
            "Helen Marlowe wrote a note",
            "Asha Bello appealed",
            "Rhona Vale declined it",
            "Rhona Vale spoke with the sponsor, by phone",
            "Sam Okafor signed their answer",
            "Rhona Vale returned it to the sponsor",
            "A mail to old@example.org did not arrive",
            "We reminded the sponsor and Asha Bello: day 3",
            "It was referred to a regional moderator",
            "Asha Bello signed it and sent it to their sponsor",
            "Asha Bello started this application",
        ]
        assert [each for each in told if each in wanted] == wanted
        assert "It came back from the sponsor" in told
        assert "Rhona Vale was chosen to decide it" in told
        assert f"We asked Sam Okafor to be the sponsor, at {sam.email}" in told
        assert sum("readiness rule found: borderline" in each for each in told) == 2
        page = text_of(signed_in(helen).get(application.get_absolute_url()))
        for words in (*told, "No such mailbox", "Ring on Monday.", "The impact was missed."):
            assert words in page, words

    def test_a_place_from_the_waiting_list_to_enrolment(self):
        helen = steps.make_person(Role.ADMINISTRATOR, first_name="Helen", last_name="Marlowe")
        cohort = steps.make_cohort(capacity=1)
        first = steps.application_at("accepted", cohort=cohort)
        application = steps.application_at("ready", cohort=cohort)
        services.confirm(by=helen, application=application)
        name = application.applicant.name
        assert self.told(application)[:2] == [
            "It went on the waiting list",
            "Helen Marlowe accepted it for the waiting list",
        ]
        first.refresh_from_db()
        programmes.cancel(by=helen, enrolment=first.enrolment, reason="Made in error.")
        services.fill(by=helen, cohort=cohort)
        application.refresh_from_db()
        assert application.status == "offered"
        assert any(
            each.startswith("A place was offered, until ") for each in self.told(application)
        )
        services.take_up(by=application.applicant, application=application)
        told = self.told(application)
        application.refresh_from_db()
        enrolment = application.enrolment.reference
        assert f"{name} took up the place and was enrolled as {enrolment}" in told
        assert "Helen Marlowe confirmed it" in told

    def test_a_confirmed_one_says_so_and_what_became_of_it(self):
        application = steps.application_at("accepted")
        told = self.told(application)
        assert f"{application.decided_by.name} confirmed it" in told
        text = f"{application.applicant.name} was enrolled as {application.enrolment.reference}"
        assert text in told
        withdrawn = steps.application_at("withdrawn")
        assert f"{withdrawn.applicant.name} withdrew it" in self.told(withdrawn)

    def test_it_is_one_query_and_notes_only_when_asked_for(self, django_assert_num_queries):
        application = steps.application_at("referred")
        helen = steps.make_person(Role.ADMINISTRATOR)
        services.note(by=helen, application=application, text="Mind the gap.")
        application = Application.objects.get(pk=application.pk)
        with django_assert_num_queries(1):
            found = moments(application, with_notes=False)
        assert "noted" not in {each.kind for each in found}
        with_notes = moments(application, with_notes=True)
        noted = next(each for each in with_notes if each.kind == "noted")
        assert noted == Moment("noted", noted.at, helen.name, "", "Mind the gap.")


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestPage:
    def test_everything_stands_on_one_page_and_the_next_step_first(self):
        helen = steps.make_person(Role.ADMINISTRATOR)
        application = steps.application_at("ready")
        page = signed_in(helen).get(application.get_absolute_url())
        text = text_of(page)
        order = [
            "Waits for us",
            "Confirm and enrol",
            "Readiness: ready",
            "What the sponsor answered",
            "What the applicant wrote",
            "At a glance",
            "What happened",
        ]
        places = [text.index(each) for each in order]
        assert places == sorted(places)
        assert reverse("applications:person", args=[application.applicant.reference]) in (
            page.content.decode()
        )

    def test_a_moderator_sees_the_same_page_without_notes_and_people(self):
        application = steps.application_at("referred")
        page = signed_in(application.moderator).get(application.get_absolute_url())
        text = text_of(page)
        assert "What the sponsor answered" in text
        assert "Referral" in text
        assert "Notes" not in text
        assert "/people/" not in page.content.decode()

    @pytest.mark.parametrize(
        "stage", ["draft", "begun", "ready", "referred", "accepted", "declined", "withdrawn"]
    )
    def test_at_every_stage_it_costs_at_most_fifteen_queries(self, stage):
        application = steps.application_at(stage)
        helen = steps.make_person(Role.ADMINISTRATOR)
        services.note(by=helen, application=application, text="One.")
        viewers = [helen, application.moderator] if application.moderator else [helen]
        for person in viewers:
            browser = signed_in(person)
            browser.get(application.get_absolute_url())
            assert queries_of(browser, application.get_absolute_url()) <= 15
