"""The verbs of the form: late applications, drafts, unlisted schools, funding, and sending back after a return."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Invitation
from accounts.states import Role
from applications import services
from applications.models import Application, Return
from applications.services.writing import version
from applications.states import ApplicationStatus, ReturnedTo
from core import clock, outbox
from core.errors import Refused, Stale, WrongMoment
from core.models import AuditEntry
from tests.applications import steps

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


def london(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=clock.LONDON)


def cohort_of(**changes):
    facts = {"starts_on": date(2027, 1, 31), "applications_close_on": date(2026, 12, 20)}
    return steps.make_cohort(**(facts | changes))


def events_of(call) -> list[str]:
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    call()
    return list(AuditEntry.objects.filter(pk__gt=last).values_list("event", flat=True))


def returned(reason: str = "Say more about your evidence") -> Application:
    """A referred application that its moderator sent back to the applicant."""
    application = steps.application_at("referred")
    services.return_to_applicant(by=application.moderator, application=application, reason=reason)
    return Application.objects.get(pk=application.pk)


class TestStart:
    def test_a_full_cohort_may_be_applied_for(self):
        cohort = steps.make_cohort(capacity=1)
        steps.enrolled_participant(cohort=cohort, commence=False)
        application = services.start(by=steps.make_person(), cohort=cohort)
        assert application.status == S.DRAFT

    def test_after_the_closing_day_until_it_starts(self):
        cohort = cohort_of()
        with clock.travel(london(2027, 1, 30, 23, 59)):
            assert services.start(by=steps.make_person(), cohort=cohort).pk
        with clock.travel(london(2027, 1, 31, 0, 0)), pytest.raises(Refused, match="has started"):
            services.start(by=steps.make_person(), cohort=cohort)
        assert Application.objects.count() == 1

    def test_one_that_was_closed_early_takes_no_more(self):
        cohort = cohort_of()
        cohort.closed_at, cohort.closed_by = clock.now(), steps.make_person(Role.ADMINISTRATOR)
        cohort.save()
        with pytest.raises(Refused, match="closed applications for this cohort early"):
            services.start(by=steps.make_person(), cohort=cohort)


class TestSending:
    @pytest.mark.parametrize(
        ("sent_at", "late"),
        [
            (london(2026, 12, 20, 23, 59, 59), False),
            (london(2026, 12, 21, 0, 0, 0), True),
        ],
    )
    def test_begun_before_and_sent_after_midnight_is_late(self, sent_at, late):
        """G1: both times are kept; the day ends at midnight in London."""
        with clock.travel(london(2026, 12, 20, 23, 50)):
            application = steps.application_at("draft", cohort=cohort_of())
        with clock.travel(sent_at):
            services.send(
                by=application.applicant, application=application, signed_name="Asha Bello"
            )
        application.refresh_from_db()
        assert application.is_late is late
        assert (application.started_at, application.sent_at) == (
            london(2026, 12, 20, 23, 50),
            sent_at,
        )
        sent = AuditEntry.objects.get(event="applications.sent")
        assert sent.facts["late"] is late

    def test_a_late_one_that_is_confirmed_waits_for_a_place(self):
        cohort = cohort_of()
        with clock.travel(london(2026, 12, 28, 9)):
            application = steps.application_at("ready", cohort=cohort)
            services.confirm(by=steps.make_person(Role.ADMINISTRATOR), application=application)
        application.refresh_from_db()
        assert (application.status, application.enrolment) == (S.WAITING, None)


class TestDrafts:
    def keep(self, application, **changes):
        texts = {"experience": "", "impact": "", "evidence": ""} | changes
        return services.keep_strength(
            by=application.applicant, application=application, area=1, **texts
        )

    def test_anything_may_be_kept_and_the_same_again_changes_nothing(self):
        application = steps.application_at("draft")
        long = "word " * 700
        first = events_of(lambda: self.keep(application, impact=f" {long}\r\nend "))
        again = events_of(lambda: self.keep(application, impact=f" {long}\r\nend "))
        kept = application.strengths.get(position=1)
        assert (kept.experience, kept.impact, kept.evidence) == ("", f"{long}\nend", "")
        assert (first, again) == (["applications.draft_kept"], [])

    def test_what_the_page_keeps_by_itself_is_not_recorded(self):
        application = steps.application_at("draft")
        found = events_of(
            lambda: services.keep_strength(
                by=application.applicant,
                application=application,
                area=1,
                experience="I",
                impact="",
                evidence="",
                by_itself=True,
            )
        )
        assert found == []
        assert application.strengths.get(position=1).experience == "I"

    def test_a_draft_without_a_figure_cannot_be_sent(self):
        application = steps.application_at("draft")
        self.keep(application, experience="I led", impact="They read", evidence="They read more")
        with pytest.raises(Refused, match="Add at least one figure to your evidence"):
            services.send(
                by=application.applicant, application=application, signed_name="Asha Bello"
            )
        application.refresh_from_db()
        assert application.status == S.DRAFT

    def test_too_long_to_be_kept_writes_nothing(self):
        application = steps.application_at("draft")
        with pytest.raises(Refused, match="too long to be kept"):
            self.keep(application, impact="x" * 40_000)
        assert application.strengths.get(position=1).impact == steps.STRENGTH["impact"]

    def test_an_older_window_does_not_overwrite_a_newer_one(self):
        application = steps.application_at("draft")
        seen = version(application.strengths.get(position=1))
        self.keep(application, impact="Newer")
        for write in (services.keep_strength, services.write_strength):
            with pytest.raises(Stale) as refusal:
                write(
                    by=application.applicant,
                    application=application,
                    area=1,
                    **(steps.STRENGTH | {"impact": "Older"}),
                    seen=seen,
                )
            assert refusal.value.theirs["Impact"] == "Newer"
            assert refusal.value.yours["Impact"] == "Older"
        assert application.strengths.get(position=1).impact == "Newer"

    def test_what_was_sent_twice_is_not_stale(self):
        application = steps.application_at("draft")
        seen = version(application.strengths.get(position=1))
        for _ in range(2):
            services.write_strength(
                by=application.applicant,
                application=application,
                area=1,
                **(steps.STRENGTH | {"impact": "Twice"}),
                seen=seen,
            )
        assert application.strengths.get(position=1).impact == "Twice"

    def test_only_the_applicant_and_only_until_it_is_sent(self):
        application = steps.application_at("draft")
        texts = {"experience": "x", "impact": "", "evidence": ""}
        with pytest.raises(PermissionDenied):
            services.keep_strength(by=steps.make_person(), application=application, area=1, **texts)
        sent = steps.application_at("with_sponsor")
        with pytest.raises(WrongMoment):
            self.keep(sent, experience="x")


class TestSchoolAndFunding:
    def test_a_school_that_is_not_listed_counts_as_given(self):
        application = steps.application_at("draft")
        by = application.applicant
        found = events_of(
            lambda: services.save_unlisted_school(
                by=by, application=application, name=" New Harbour Academy ", postcode="ls14ap"
            )
        )
        assert found == ["applications.school_typed"]
        application.refresh_from_db()
        assert (application.school, application.school_name) == (None, "New Harbour Academy")
        assert application.school_typed_postcode == "LS1 4AP"
        assert services.missing(application).allowed

    def test_role_and_trn_are_kept_beside_it_and_a_listed_school_takes_its_place(self):
        application = steps.application_at("started")
        by, school = application.applicant, steps.make_school()
        with pytest.raises(Refused, match="Choose your school"):
            services.save_details(by=by, application=application, school=None, post="Head")
        services.save_unlisted_school(by=by, application=application, name="New Academy")
        services.save_details(by=by, application=application, school=None, post="Head")
        application.refresh_from_db()
        assert (application.school_typed, application.post) == ("New Academy", "Head")
        services.save_details(by=by, application=application, school=school, post="Head")
        application.refresh_from_db()
        assert (application.school, application.school_typed) == (school, "")

    def test_the_way_to_pay_is_kept_and_may_be_left_open(self):
        application = steps.application_at("draft")
        assert services.missing(application).allowed
        found = events_of(
            lambda: services.save_funding(
                by=application.applicant, application=application, route="scholarship"
            )
        )
        application.refresh_from_db()
        assert (found, application.funding_route) == (
            ["applications.funding_saved"],
            "scholarship",
        )
        with pytest.raises(Refused, match="Choose how your place will be paid for"):
            services.save_funding(
                by=application.applicant, application=application, route="lottery"
            )


class TestSendingBack:
    def send_back(self, application, by=None):
        return services.send_back(
            by=by or application.applicant, application=application, signed_name="Asha Bello"
        )

    def test_nothing_the_sponsor_confirmed_changed_so_the_moderator_has_it(self, at_commit):
        application = returned()
        moderator = application.moderator
        services.save_funding(by=application.applicant, application=application, route="self")
        assert services.goes_to_sponsor(application) is False
        with at_commit():
            found = events_of(lambda: self.send_back(application))
        application.refresh_from_db()
        assert found == ["applications.sent_back"]
        assert (application.status, application.moderator) == (S.REFERRED, moderator)
        assert Return.objects.get(application=application).came_back_at is not None
        assert application.answers.get().signed_at is not None

    def test_the_moderator_is_told(self, at_commit, mailoutbox):
        application = returned()
        with at_commit():
            self.send_back(application)
        outbox.sweep()
        mine = [mail for mail in mailoutbox if application.moderator.email in mail.to]
        assert any(mail.subject.startswith("Asha Bello") for mail in mine)

    def test_a_changed_score_goes_to_the_sponsor_whose_yes_to_it_no_longer_counts(self):
        application = returned()
        sponsor, links = application.sponsor, Invitation.objects.count()
        services.score_areas(by=application.applicant, application=application, scores={2: 4})
        assert services.goes_to_sponsor(Application.objects.get(pk=application.pk)) is True
        found = events_of(lambda: self.send_back(application))
        assert found == ["accounts.invited", "applications.sent_back"]
        application.refresh_from_db()
        answer = application.answers.get()
        assert (application.status, application.sponsor) == (S.WITH_SPONSOR, sponsor)
        assert (answer.signed_at, answer.signed_name) == (None, "")
        assert answer.statements_verified is True
        answered = set(answer.endorsements.values_list("area__number", flat=True))
        assert answered == {1, 3, 4, 5, 6}
        assert answer.behaviour_scores.count() == 7
        assert Invitation.objects.count() == links + 1
        assert application.confirmed is None
        with pytest.raises(Refused, match="agree with the score for Teaching"):
            services.sign(by=sponsor, application=application, signed_name="Sam Okafor")

    def test_changed_statements_are_verified_again(self):
        application = returned()
        services.write_strength(
            by=application.applicant,
            application=application,
            area=1,
            **(steps.STRENGTH | {"evidence": "90% of pupils reached the standard."}),
        )
        self.send_back(application)
        answer = application.answers.get()
        assert (answer.signed_at, answer.statements_verified) == (None, None)
        assert answer.endorsements.count() == 6

    def test_a_change_taken_back_is_no_change(self):
        application = returned()
        for score in (4, steps.READY_AREAS[2]):
            services.score_areas(
                by=application.applicant, application=application, scores={2: score}
            )
        assert self.send_back(application).status == S.REFERRED

    def test_the_sponsor_signs_again_and_the_rule_is_asked_again(self):
        application = returned()
        services.score_areas(by=application.applicant, application=application, scores={2: 4})
        self.send_back(application)
        sponsor = application.sponsor
        services.endorse(by=sponsor, application=application, answers={2: (True, "")})
        services.sign(by=sponsor, application=application, signed_name="Sam Okafor")
        application.refresh_from_db()
        assert application.status == S.REFERRED
        assert application.readiness_results.count() == 2
        # The moderator's wait ends when both have signed again, not before.
        assert not Return.objects.filter(application=application, came_back_at=None).exists()

    def test_a_sponsor_cannot_be_named_and_others_cannot_send_it_back(self):
        application = returned()
        with pytest.raises(WrongMoment):
            services.name_sponsor(
                by=application.applicant,
                application=application,
                email="new@example.org",
                first_name="Nia",
                last_name="Roy",
            )
        with pytest.raises(PermissionDenied):
            self.send_back(application, by=application.moderator)
        services.keep_strength(
            by=application.applicant,
            application=application,
            area=1,
            experience="",
            impact="",
            evidence="",
        )
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match="Write about your experience"):
            self.send_back(application)
        application.refresh_from_db()
        assert (application.status, AuditEntry.objects.count()) == (S.RETURNED, before)

    @pytest.mark.parametrize("stage", ["draft", "with_sponsor", "referred"])
    def test_only_what_was_returned(self, stage):
        application = steps.application_at(stage)
        with pytest.raises(WrongMoment):
            self.send_back(application)

    def test_a_second_return_remembers_anew(self):
        application = returned()
        services.score_areas(by=application.applicant, application=application, scores={2: 4})
        self.send_back(application)
        sponsor = application.sponsor
        services.endorse(by=sponsor, application=application, answers={2: (True, "")})
        services.sign(by=sponsor, application=application, signed_name="Sam Okafor")
        application.refresh_from_db()
        Return.objects.create(
            application=application,
            to=ReturnedTo.APPLICANT,
            reason="Once more",
            returned_by=application.moderator,
            returned_at=clock.now() + timedelta(seconds=1),
        )
        application.status = S.RETURNED
        application.save()
        assert services.goes_to_sponsor(application) is False
