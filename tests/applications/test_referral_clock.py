"""What a referral costs in time, and whom it writes to: days that do not count, overdue ones, mails (A8)."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.states import Role
from applications import services
from applications.queries import referral as queries
from applications.states import ApplicationStatus
from core import clock, outbox
from tests.applications import steps
from tests.applications.referring import fresh, moderator_of

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


class TestTakenBack:
    def test_the_time_between_a_decision_and_its_undoing_does_not_count(self):
        with clock.travel(clock.now() - timedelta(days=30)):
            application = steps.application_at("declined")
        services.undo_decline(
            by=steps.make_person(Role.ADMINISTRATOR), application=application, reason="A mistake"
        )
        row = fresh(application)
        assert row.status == S.REFERRED
        found = queries.clock_of(row)
        assert found.worked == 0
        assert found.paused >= 18
        assert queries.overdue() == []


class TestOverdue:
    def test_working_days_past_the_last_one(self):
        with clock.travel(clock.now() - timedelta(days=30)):
            late, away = steps.application_at("referred"), steps.application_at("referred")
            services.return_to_applicant(by=away.moderator, application=away, reason="Which?")
        steps.application_at("referred")
        assert queries.overdue() == [late]


class TestMails:
    def subjects(self, to):
        outbox.sweep()
        return [each.subject for each in mail.outbox if each.to == [to.email]]

    def test_one_to_the_moderator_who_is_given_one(self):
        applicant = steps.make_person(first_name="Asha", last_name="Bello")
        application = steps.application_at("referred", applicant=applicant)
        (subject,) = self.subjects(application.moderator)
        assert subject.startswith("A referral for you: Asha Bello, NPQSL, decide by ")
        other = moderator_of()
        services.assign_moderator(
            by=steps.make_person(Role.ADMINISTRATOR), application=application, moderator=other
        )
        assert len(self.subjects(other)) == 1
        assert len(self.subjects(application.moderator)) == 1

    def test_none_to_one_who_has_it_no_more(self):
        application = steps.application_at("referred")
        first = application.moderator
        services.declare_interest(
            by=first, moderator=first, school=application.school, why="Governor"
        )
        assert self.subjects(first) == []

    def test_the_applicant_hears_that_we_ask_not_what(self):
        application = steps.application_at("referred")
        services.return_to_applicant(
            by=application.moderator, application=application, reason="Which years?"
        )
        subjects = self.subjects(application.applicant)
        assert "We need a little more from you for your NPQSL application" in subjects
        body = mail.outbox[-1].body
        assert "Which years?" not in body
        assert "moderator" not in body.lower()
        assert application.reference in body

    def test_back_from_the_sponsor(self):
        application = steps.application_at("referred")
        services.return_to_sponsor(
            by=application.moderator, application=application, reason="Look again"
        )
        services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
        assert any(
            "sponsor has answered you: decide the NPQSL application by" in each
            for each in self.subjects(application.moderator)
        )
