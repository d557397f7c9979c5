"""The verbs of entry told by what they do: starting, writing, the sponsor, readiness, the decision."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts import invitations
from accounts import queries as people
from accounts import services as accounts
from accounts.models import Invitation
from accounts.states import Role
from applications import queries, services
from applications.models import (
    Application,
    AreaScore,
    BehaviourScore,
    Contact,
    ReadinessRule,
    SponsorAnswer,
)
from applications.states import ApplicationStatus, Readiness
from core.errors import Refused
from core.models import AuditEntry, OutboxMessage
from programmes.states import EnrolmentStatus
from tests.applications import steps

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


class TestStart:
    def test_one_live_application_for_each_person_level_and_cohort(self):
        application = steps.application_at("started")
        with pytest.raises(Refused, match="already have an application"):
            services.start(by=application.applicant, cohort=application.cohort)
        assert Application.objects.count() == 1

    def test_the_database_says_it_too(self):
        application = steps.application_at("started")
        with pytest.raises(IntegrityError, match="one_live_application"):
            Application.objects.create(
                applicant=application.applicant,
                cohort=application.cohort,
                level=application.level,
            )

    def test_again_after_withdrawing(self):
        application = steps.application_at("withdrawn")
        again = services.start(by=application.applicant, cohort=application.cohort)
        assert again.status == S.DRAFT

    @pytest.mark.parametrize("level", ["NPQML", "NPQSL", "NPQH", "NPQEL"])
    def test_any_level(self, level):
        assert steps.application_at("ready", level=level).level.code == level


class TestWriting:
    def test_a_trn_is_kept_as_seven_digits(self):
        application = steps.application_at("started")
        services.save_details(
            by=application.applicant,
            application=application,
            school=steps.make_school(),
            post=" Head ",
            trn="RP 12/345",
        )
        application.refresh_from_db()
        assert (application.trn, application.post) == ("0012345", "Head")

    @pytest.mark.parametrize("score", [0, 5, -1, 99])
    def test_a_score_outside_the_scale_writes_nothing(self, score):
        application = steps.application_at("started")
        with pytest.raises(Refused):
            services.score_areas(
                by=application.applicant, application=application, scores={1: 3, 2: score}
            )
        assert AreaScore.objects.count() == 0

    def test_the_database_refuses_a_fifth_step(self):
        application = steps.application_at("started")
        area = application.level.areas.first()
        with pytest.raises(IntegrityError, match="area_score_1_to_4"):
            AreaScore.objects.create(application=application, area=area, score=5)

    def test_changing_an_area_keeps_what_was_written_about_the_other(self):
        application = steps.application_at("draft")
        services.choose_strengths(by=application.applicant, application=application, areas=[2, 5])
        kept = [(each.area.number, each.evidence) for each in application.strengths.all()]
        assert kept == [(2, steps.STRENGTH["evidence"]), (5, "")]

    def test_sending_needs_every_part(self):
        application = steps.application_at("started")
        with pytest.raises(Refused) as refusal:
            services.send(
                by=application.applicant, application=application, signed_name="Asha Bello"
            )
        assert len(refusal.value.reasons) == 9
        assert Invitation.objects.count() == 0

    def test_the_applicant_as_their_own_sponsor(self):
        application = steps.application_at("started")
        with pytest.raises(Refused, match="cannot be your own sponsor"):
            services.name_sponsor(
                by=application.applicant,
                application=application,
                email=application.applicant.email.upper(),
                first_name="Not",
                last_name="Me",
            )


class TestSponsor:
    def test_before_sending_nobody_is_written_to(self):
        steps.application_at("draft")
        assert Invitation.objects.count() == 0
        assert OutboxMessage.objects.count() == 0

    def test_another_sponsor_kills_the_old_link_and_the_old_answer(self):
        application = steps.application_at("answered")
        old_sponsor = application.sponsor
        services.name_sponsor(
            by=application.applicant,
            application=application,
            email="new@example.org",
            first_name="Nia",
            last_name="Roy",
        )
        invitations_now = Invitation.objects.order_by("serial").values_list("email", "status")
        assert list(invitations_now) == [
            (old_sponsor.email, "replaced"),
            ("new@example.org", "open"),
        ]
        application.refresh_from_db()
        assert application.sponsor is None
        with pytest.raises(PermissionDenied):
            services.sign(by=old_sponsor, application=application, signed_name="Sam Okafor")

    def test_the_same_sponsor_again_gets_a_new_link_and_keeps_the_answer(self):
        application = steps.application_at("answered")
        services.name_sponsor(
            by=application.applicant,
            application=application,
            email=application.sponsor.email,
            first_name="Sam",
            last_name="Okafor",
        )
        application.refresh_from_db()
        assert application.sponsor is not None
        assert queries.current_answer(application).behaviour_scores.count() == 7

    def test_coming_by_the_link_makes_them_the_sponsor(self):
        application = steps.application_at("with_sponsor")
        invitation = people.open_invitation(purpose="sponsor", subject=application.reference)
        code = accounts.ask_for_code(by=None, invitation=invitation)
        sponsor = accounts.accept(
            by=None, invitation=invitation, code=invitations.code_for(code.reference)
        )
        application.refresh_from_db()
        assert application.sponsor == sponsor
        assert sponsor.holds(Role.SPONSOR)

    def test_the_applicant_cannot_come_as_sponsor(self):
        application = steps.application_at("with_sponsor")
        with pytest.raises(Refused, match="your own sponsor"):
            services.begin_answer(by=application.applicant, application=application)
        assert SponsorAnswer.objects.count() == 0

    @pytest.mark.parametrize("score", [0, 5])
    def test_a_behaviour_outside_the_scale_writes_nothing(self, score):
        application = steps.application_at("begun")
        with pytest.raises(Refused):
            services.score_behaviours(
                by=application.sponsor,
                application=application,
                scores={1: (4, ""), 2: (score, "x")},
            )
        assert BehaviourScore.objects.count() == 0

    def test_signing_needs_every_answer(self):
        application = steps.application_at("begun")
        with pytest.raises(Refused) as refusal:
            services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
        assert len(refusal.value.reasons) == 6 + 1 + 7
        application.refresh_from_db()
        assert application.status == S.WITH_SPONSOR

    def test_after_declining_another_may_be_named_and_answers(self):
        application = steps.application_at("sponsor_needed")
        other = steps.make_person(first_name="Nia", last_name="Roy")
        services.name_sponsor(
            by=application.applicant,
            application=application,
            email=other.email,
            first_name="Nia",
            last_name="Roy",
        )
        services.begin_answer(by=other, application=application)
        steps.answer(application, other)
        result = services.sign(by=other, application=application, signed_name="Nia Roy")
        assert result.verdict == Readiness.READY


class TestReadiness:
    @pytest.mark.parametrize(
        ("stage", "verdict", "status"),
        [
            ("ready", Readiness.READY, S.READY),
            ("referred", Readiness.BORDERLINE, S.REFERRED),
            ("not_ready", Readiness.NOT_READY, S.REFERRED),
        ],
    )
    def test_is_kept_with_the_rule_and_leads_to_people(self, stage, verdict, status):
        application = steps.application_at(stage)
        result = queries.latest_readiness(application)
        assert (result.verdict, result.rule_version, application.status) == (verdict, 1, status)
        assert result.rule["mean_score_tenths"] == 25

    def test_a_newer_version_for_the_level_is_used(self):
        cohort = steps.make_cohort("NPQSL")
        ReadinessRule.objects.create(level=cohort.level, version=2, most_behaviours_at_floor=2)
        application = steps.application_at("referred", cohort=cohort)
        result = queries.latest_readiness(application)
        assert (result.rule_version, result.verdict) == (2, Readiness.READY)


class TestDecision:
    def test_confirming_makes_the_enrolment(self):
        application = steps.application_at("ready")
        administrator = steps.make_person(Role.ADMINISTRATOR)
        enrolment = services.confirm(by=administrator, application=application)
        application.refresh_from_db()
        assert application.enrolment == enrolment
        assert (enrolment.participant, enrolment.sponsor, enrolment.school, enrolment.cohort) == (
            application.applicant,
            application.sponsor,
            application.school,
            application.cohort,
        )
        assert enrolment.status == EnrolmentStatus.ENROLLED
        assert application.decided_by == administrator

    def test_when_enrolling_is_refused_nothing_is_written(self):
        application = steps.application_at("ready")
        steps.enrolled_participant(
            participant=application.applicant, cohort=application.cohort, commence=False
        )
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match="already have a place"):
            services.confirm(by=steps.make_person(Role.ADMINISTRATOR), application=application)
        application.refresh_from_db()
        assert application.status == S.READY
        # The new administrator's own two entries, and nothing else.
        assert set(AuditEntry.objects.order_by("pk")[before:].values_list("event", flat=True)) <= {
            "accounts.person_registered",
            "accounts.role_granted",
            "accounts.sessions_ended",
        }

    def test_the_trn_goes_with_the_person(self):
        application = steps.application_at("draft")
        applicant = application.applicant
        services.save_details(
            by=applicant,
            application=application,
            school=application.school,
            post="Head",
            trn="1234567",
        )
        services.send(by=applicant, application=application, signed_name="Asha Bello")
        sponsor = steps.make_person()
        services.begin_answer(by=sponsor, application=application)
        steps.answer(application, sponsor)
        services.sign(by=sponsor, application=application, signed_name="Sam Okafor")
        services.confirm(by=steps.make_person(Role.ADMINISTRATOR), application=application)
        applicant.refresh_from_db()
        assert applicant.trn == "1234567"

    def test_a_decline_keeps_its_feedback(self):
        application = steps.application_at("declined")
        assert application.feedback == "Lead a project across the whole school first."
        assert [each.number for each in application.feedback_areas.all()] == [1]
        assert [each.position for each in application.feedback_behaviours.all()] == [1, 2]

    def test_a_decline_without_feedback_is_refused(self):
        application = steps.application_at("contacted")
        with pytest.raises(Refused, match="Write feedback"):
            services.decline(
                by=application.moderator,
                application=application,
                reason="No",
                feedback="",
                areas=[1],
            )
        application.refresh_from_db()
        assert application.status == S.REFERRED

    def test_sent_back_the_sponsor_changes_and_signs_again(self):
        application = steps.application_at("referred")
        sponsor = application.sponsor
        moderator = application.moderator
        services.return_to_sponsor(by=moderator, application=application, reason="Look again")
        asked = application.returns.values_list("reason", "returned_by")
        assert list(asked) == [("Look again", moderator.pk)]
        services.score_behaviours(
            by=sponsor, application=application, scores={1: (4, ""), 2: (3, "")}
        )
        services.sign(by=sponsor, application=application, signed_name="Sam Okafor")
        verdicts = application.readiness_results.values_list("verdict", flat=True)
        assert list(verdicts) == [Readiness.BORDERLINE, Readiness.READY]
        application.refresh_from_db()
        assert application.status == S.READY

    def test_a_conversation_is_logged(self):
        application = steps.application_at("referred")
        moderator = application.moderator
        services.log_contact(
            by=moderator, application=application, means="mail", on=date(2026, 1, 5), note=" Hm "
        )
        assert list(Contact.objects.values_list("means", "note", "logged_by")) == [
            ("mail", "Hm", moderator.pk)
        ]
