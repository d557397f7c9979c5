"""Every verb: in every state, by the wrong person, whole or not at all, with its exact events."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

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
from core import clock
from core.errors import Refused, WrongMoment
from core.models import AuditEntry, OutboxMessage
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus
from tests.applications import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus

STAGES = {
    S.DRAFT: "draft",
    S.WITH_SPONSOR: "answered",
    S.SPONSOR_NEEDED: "sponsor_needed",
    S.READY: "ready",
    S.REFERRED: "referred",
    S.ACCEPTED: "accepted",
    S.DECLINED: "declined",
    S.WITHDRAWN: "withdrawn",
}


class Cast:
    """The people around one application, and each verb as one of them would call it."""

    def __init__(self, application):
        self.application = application
        self.applicant = application.applicant
        self.sponsor = application.sponsor or steps.make_person(Role.SPONSOR)
        self.administrator = steps.make_person(Role.ADMINISTRATOR)
        self.moderator = steps.make_person(Role.REGIONAL_MODERATOR)
        self.school = steps.make_school()

    def calls(self):
        return {
            "save_details": (self.applicant, {"school": self.school, "post": "Head of year"}),
            "score_areas": (self.applicant, {"scores": {1: 4}}),
            "choose_strengths": (self.applicant, {"areas": [1, 3]}),
            "write_strength": (self.applicant, {"area": 1, **steps.STRENGTH}),
            "write_strengths": (
                self.applicant,
                {"strengths": [{"area": 1, **steps.STRENGTH}, {"area": 3, **steps.STRENGTH}]},
            ),
            "name_sponsor": (
                self.applicant,
                {"email": "new@example.org", "first_name": "Nia", "last_name": "Roy"},
            ),
            "send": (self.applicant, {"signed_name": "Asha Bello"}),
            "withdraw": (self.applicant, {}),
            "begin_answer": (self.sponsor, {}),
            "endorse": (self.sponsor, {"answers": {1: (False, "Less than that")}}),
            "score_behaviours": (self.sponsor, {"scores": {1: (4, "")}}),
            "sign": (self.sponsor, {"signed_name": "Sam Okafor"}),
            "decline_to_sponsor": (self.sponsor, {"reason": "I am leaving"}),
            "confirm": (self.administrator, {}),
            "log_contact": (
                self.moderator,
                {"means": "phone", "on": clock.today(), "note": "Spoke"},
            ),
            "return_to_sponsor": (self.moderator, {"reason": "Look again"}),
            "accept": (self.moderator, {"reason": "Convinced"}),
            "decline": (
                self.moderator,
                {"reason": "Not yet", "feedback": "Lead more", "areas": [1]},
            ),
        }

    def call(self, verb, by=None):
        actor, arguments = self.calls()[verb]
        return getattr(services, verb)(by=by or actor, application=self.application, **arguments)


ALLOWED = {
    S.DRAFT: {
        "save_details": S.DRAFT,
        "score_areas": S.DRAFT,
        "choose_strengths": S.DRAFT,
        "write_strength": S.DRAFT,
        "write_strengths": S.DRAFT,
        "name_sponsor": S.DRAFT,
        "send": S.WITH_SPONSOR,
        "withdraw": S.WITHDRAWN,
    },
    S.WITH_SPONSOR: {
        "name_sponsor": S.WITH_SPONSOR,
        "begin_answer": S.WITH_SPONSOR,
        "endorse": S.WITH_SPONSOR,
        "score_behaviours": S.WITH_SPONSOR,
        "sign": S.READY,
        "decline_to_sponsor": S.SPONSOR_NEEDED,
        "withdraw": S.WITHDRAWN,
    },
    S.SPONSOR_NEEDED: {"name_sponsor": S.WITH_SPONSOR, "withdraw": S.WITHDRAWN},
    S.READY: {"confirm": S.ACCEPTED, "withdraw": S.WITHDRAWN},
    S.REFERRED: {
        "log_contact": S.REFERRED,
        "return_to_sponsor": S.WITH_SPONSOR,
        "accept": S.ACCEPTED,
        "decline": S.DECLINED,
        "withdraw": S.WITHDRAWN,
    },
    S.ACCEPTED: {},
    S.DECLINED: {},
    S.WITHDRAWN: {},
}


class Undo(Exception):
    """Rolls one call back, so that one application serves every verb."""


@pytest.mark.parametrize("status", S.values)
def test_each_verb_in_each_state(status):
    cast = Cast(steps.application_at(STAGES[S(status)]))
    results, refusals = {}, []
    for verb in cast.calls():
        entries = AuditEntry.objects.count()
        try:
            with transaction.atomic():
                cast.call(verb)
                results[verb] = Application.objects.get(pk=cast.application.pk).status
                raise Undo
        except Undo:
            pass
        except WrongMoment as refusal:
            refusals.append((refusal.message[-1], AuditEntry.objects.count() - entries))
    assert results == ALLOWED[S(status)]
    # Refused in a sentence, and nothing recorded.
    assert refusals == [(".", 0)] * (len(cast.calls()) - len(results))


OTHERS = {
    **dict.fromkeys(
        [
            "save_details",
            "score_areas",
            "choose_strengths",
            "write_strength",
            "write_strengths",
            "name_sponsor",
            "send",
            "withdraw",
        ],
        "draft",
    ),
    **dict.fromkeys(["endorse", "score_behaviours", "sign", "decline_to_sponsor"], "answered"),
}


@pytest.mark.parametrize("verb", OTHERS)
def test_nobody_else_may(verb):
    cast = Cast(steps.application_at(OTHERS[verb]))
    somebody = steps.make_person(Role.SPONSOR, Role.ADMINISTRATOR)
    before = AuditEntry.objects.count()
    with pytest.raises(PermissionDenied):
        cast.call(verb, by=somebody)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("verb", "stage"),
    [
        ("confirm", "ready"),
        ("accept", "referred"),
        ("decline", "referred"),
        ("log_contact", "referred"),
    ],
)
@pytest.mark.parametrize("who", ["applicant", "sponsor"])
def test_nobody_decides_on_themselves_or_whom_they_sponsor(verb, stage, who):
    cast = Cast(steps.application_at(stage))
    with pytest.raises(PermissionDenied):
        cast.call(verb, by=getattr(cast, who))
    assert Enrolment.objects.count() == 0


EVENTS = {
    ("save_details", "draft"): ["applications.details_saved"],
    ("score_areas", "draft"): ["applications.areas_scored"],
    ("choose_strengths", "draft"): ["applications.strengths_written"],
    ("write_strength", "draft"): ["applications.strengths_written"],
    ("write_strengths", "draft"): ["applications.strengths_written"],
    ("name_sponsor", "draft"): ["applications.sponsor_named"],
    ("name_sponsor", "answered"): [
        "applications.sponsor_named",
        "accounts.invitation_replaced",
        "accounts.invited",
    ],
    ("send", "draft"): ["applications.sent", "accounts.invited"],
    ("withdraw", "draft"): ["applications.withdrawn"],
    ("begin_answer", "with_sponsor"): ["applications.answer_begun"],
    ("endorse", "answered"): ["applications.endorsed"],
    ("score_behaviours", "answered"): ["applications.behaviours_scored"],
    ("sign", "answered"): [
        "accounts.invitation_answered",
        "applications.sponsor_signed",
        "applications.readiness_found",
    ],
    ("decline_to_sponsor", "answered"): [
        "accounts.invitation_answered",
        "applications.sponsor_declined",
    ],
    ("confirm", "ready"): [
        "programmes.enrolled",
        "applications.confirmed",
    ],
    ("log_contact", "referred"): ["applications.contact_logged"],
    ("return_to_sponsor", "referred"): ["accounts.invited", "applications.returned"],
    ("accept", "referred"): ["programmes.enrolled", "applications.accepted"],
    ("decline", "referred"): ["applications.declined"],
}


@pytest.mark.parametrize(("verb", "stage"), EVENTS)
def test_exact_events_in_order(verb, stage):
    cast = Cast(steps.application_at(stage))
    last = AuditEntry.objects.order_by("-pk").first().pk
    cast.call(verb)
    entries = AuditEntry.objects.filter(pk__gt=last).exclude(event="accounts.role_granted")
    assert [entry.event for entry in entries] == EVENTS[verb, stage]


def test_the_trail_holds_no_name_address_or_text_of_theirs():
    application = steps.application_at("declined")
    wrote = [application.applicant.email, application.sponsor.email, "Bello", "reading project"]
    for entry in AuditEntry.objects.exclude(event__startswith="accounts."):
        text = f"{entry.facts}{entry.before}{entry.after}"
        assert [each for each in wrote if each in text] == []


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

    def test_a_full_cohort(self):
        cohort = steps.make_cohort(capacity=1)
        steps.enrolled_participant(cohort=cohort, commence=False)
        with pytest.raises(Refused, match="Every place in this cohort has been taken"):
            services.start(by=steps.make_person(), cohort=cohort)

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
        application = steps.application_at("referred")
        with pytest.raises(Refused):
            services.decline(
                by=steps.make_person(Role.REGIONAL_MODERATOR),
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
        moderator = steps.make_person(Role.REGIONAL_MODERATOR)
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
        moderator = steps.make_person(Role.REGIONAL_MODERATOR)
        services.log_contact(
            by=moderator, application=application, means="mail", on=date(2026, 1, 5), note=" Hm "
        )
        assert list(Contact.objects.values_list("means", "note", "logged_by")) == [
            ("mail", "Hm", moderator.pk)
        ]
