"""The verbs of referral: who is given what, conflicts that arise later, regions, asking for more (A5, A8, G4)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import services as accounts
from accounts.states import Role
from applications import services
from applications.models import Application, RegionModerator, SchoolInterest
from applications.queries import referral as queries
from applications.services import referral
from applications.states import ApplicationStatus
from core import clock
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from tests.applications import steps
from tests.applications.referring import events_since, fresh, last_entry, moderator_of

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


class TestGiving:
    def test_to_the_one_of_the_region_with_the_fewest(self):
        first = steps.regional_moderator()
        moderator_of("London")
        assert steps.application_at("referred").moderator == first
        second = moderator_of()
        assert steps.application_at("referred").moderator == second
        assert steps.application_at("referred").moderator == first

    def test_what_is_away_does_not_count_as_load(self):
        first = steps.regional_moderator()
        away = steps.application_at("referred")
        services.return_to_applicant(by=first, application=away, reason="Which years?")
        moderator_of()
        assert steps.application_at("referred").moderator == first

    @pytest.mark.parametrize("kind", ["interest", "sponsor", "sponsor_address"])
    def test_never_to_one_in_conflict(self, kind):
        """A8: not the school's, not the sponsor, nor one whose address was typed as the sponsor's."""
        school = steps.make_school()
        conflicted = steps.regional_moderator()
        sponsor = None
        if kind == "interest":
            services.declare_interest(
                by=conflicted, moderator=conflicted, school=school, why="Governor"
            )
        if kind == "sponsor":
            sponsor = conflicted
        application = steps.application_at("answered", school=school, sponsor=sponsor)
        if kind == "sponsor_address":
            Application.objects.filter(pk=application.pk).update(
                sponsor_email=conflicted.email.replace("@", "+x@").upper()
            )
        steps.answer(application, application.sponsor, "referred")
        services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
        row = fresh(application)
        assert (row.status, row.moderator) == (S.REFERRED, None)
        assert list(queries.without_moderator()) == [row]
        other = moderator_of()
        assert fresh(application).moderator == other

    def test_a_region_that_gets_somebody_is_given_out(self):
        school = steps.make_school(region="London")
        application = steps.application_at("referred", school=school)
        assert application.moderator is None
        somebody = moderator_of("London")
        assert fresh(application).moderator == somebody
        assert fresh(application).moderator_assigned_at is not None

    def test_somebody_who_left_is_stuck_until_another_has_it(self):
        application = steps.application_at("referred")
        left = application.moderator
        accounts.revoke_role(by=None, user=left, role=Role.REGIONAL_MODERATOR)
        assert list(queries.without_moderator()) == [application]
        other = moderator_of()
        services.assign_moderator(
            by=steps.make_person(Role.ADMINISTRATOR), application=application, moderator=other
        )
        assert list(queries.without_moderator()) == []


class TestConflictLater:
    def test_an_interest_declared_after_it_was_given(self):
        application = steps.application_at("contacted")
        first, other = application.moderator, moderator_of()
        kept = steps.application_at("referred")
        Application.objects.filter(pk=kept.pk).update(moderator=first)
        last = last_entry()
        taken = services.declare_interest(
            by=first, moderator=first, school=application.school, why="Governor"
        )
        assert taken == 1
        assert fresh(application).moderator == other
        assert fresh(kept).moderator == first
        assert events_since(last) == ["interest_declared", "moderator_taken", "moderator_assigned"]
        taken_entry = AuditEntry.objects.get(event="applications.moderator_taken")
        assert taken_entry.facts == {
            "moderator": first.reference,
            "conflict": "has declared an interest in the school",
        }
        with pytest.raises(PermissionDenied):
            services.accept(by=first, application=application, reason="Quick")

    def test_taken_from_one_with_nobody_else(self):
        application = steps.application_at("referred")
        services.declare_interest(
            by=steps.make_person(Role.ADMINISTRATOR),
            moderator=application.moderator,
            school=application.school,
            why="Head",
        )
        row = fresh(application)
        assert (row.moderator, row.moderator_assigned_at) == (None, None)

    def test_the_moderator_is_named_as_the_next_sponsor(self):
        application = steps.application_at("referred")
        moderator = application.moderator
        services.return_to_sponsor(by=moderator, application=application, reason="Look again")
        services.name_sponsor(
            by=application.applicant,
            application=application,
            email=moderator.email,
            first_name="Rhona",
            last_name="Vale",
        )
        assert fresh(application).moderator is None
        services.begin_answer(by=moderator, application=application)
        steps.answer(application, moderator, "referred")
        services.sign(by=moderator, application=application, signed_name="Rhona Vale")
        assert (fresh(application).status, fresh(application).moderator) == (S.REFERRED, None)

    def test_the_applicant_moves_to_a_school_of_the_moderators(self):
        application = steps.application_at("referred")
        moderator, school = application.moderator, steps.make_school()
        services.declare_interest(by=moderator, moderator=moderator, school=school, why="Head")
        services.return_to_applicant(by=moderator, application=application, reason="Which school?")
        services.save_details(
            by=application.applicant, application=application, school=school, post="Head of year"
        )
        assert fresh(application).moderator is None


class TestRegions:
    def test_taking_a_region_leaves_what_was_given_and_says_how_many(self):
        application = steps.application_at("referred")
        moderator = application.moderator
        last = last_entry()
        stay = services.uncover_region(by=None, moderator=moderator, region="North West")
        assert stay == 1
        assert fresh(application).moderator == moderator
        assert RegionModerator.objects.count() == 0
        assert services.uncover_region(by=None, moderator=moderator, region="North West") == 1
        assert events_since(last) == ["region_left"]

    def test_only_regional_moderators_and_the_nine_regions(self):
        with pytest.raises(Refused, match="Only a regional moderator"):
            services.cover_region(
                by=None, moderator=steps.make_person(Role.MODERATOR), region="London"
            )
        with pytest.raises(Refused, match="one of the nine regions"):
            services.cover_region(
                by=None, moderator=steps.make_person(Role.REGIONAL_MODERATOR), region="Mars"
            )
        assert RegionModerator.objects.count() == 0

    def test_a_region_is_given_once(self):
        last = last_entry()
        moderator = moderator_of()
        services.cover_region(by=None, moderator=moderator, region="North West")
        assert events_since(last) == ["region_covered"]


class TestInterests:
    def test_nobody_else_declares_or_withdraws(self):
        moderator, school = steps.regional_moderator(), steps.make_school()
        other = moderator_of("London")
        participant = steps.make_person(Role.PARTICIPANT)
        for by, whose in ((other, moderator), (participant, participant)):
            with pytest.raises(PermissionDenied):
                services.declare_interest(by=by, moderator=whose, school=school, why="Head")
            with pytest.raises(PermissionDenied):
                services.withdraw_interest(by=by, moderator=whose, school=school)
        assert SchoolInterest.objects.count() == 0

    def test_declared_withdrawn_and_recorded(self):
        moderator, school = steps.regional_moderator(), steps.make_school()
        last = last_entry()
        for why in ("Governor", "Chair of governors"):
            services.declare_interest(by=moderator, moderator=moderator, school=school, why=why)
        assert list(SchoolInterest.objects.values_list("why", flat=True)) == ["Chair of governors"]
        services.withdraw_interest(by=moderator, moderator=moderator, school=school)
        services.withdraw_interest(by=moderator, moderator=moderator, school=school)
        assert SchoolInterest.objects.count() == 0
        assert events_since(last) == ["interest_declared"] * 2 + ["interest_withdrawn"]

    def test_without_a_reason_nothing_is_kept(self):
        moderator = steps.regional_moderator()
        with pytest.raises(Refused, match="Say what the school is"):
            services.declare_interest(
                by=moderator, moderator=moderator, school=steps.make_school(), why=" "
            )
        assert SchoolInterest.objects.count() == 0


class TestAssigning:
    def test_to_somebody_of_any_region(self):
        application = steps.application_at("referred")
        administrator, other = steps.make_person(Role.ADMINISTRATOR), moderator_of("London")
        before = application.moderator
        last = last_entry()
        for _ in range(2):
            services.assign_moderator(by=administrator, application=application, moderator=other)
        assert fresh(application).moderator == other
        (entry,) = AuditEntry.objects.filter(pk__gt=last)
        assert (entry.before, entry.after) == (
            {"moderator": before.reference},
            {"moderator": other.reference},
        )

    def test_not_to_one_in_conflict_nor_without_the_role(self):
        application = steps.application_at("referred")
        administrator = steps.make_person(Role.ADMINISTRATOR)
        conflicted = moderator_of("London")
        services.declare_interest(
            by=conflicted, moderator=conflicted, school=application.school, why="Head"
        )
        for who in (conflicted, steps.make_person(Role.MODERATOR), application.sponsor):
            with pytest.raises(Refused, match="nothing to do with"):
                services.assign_moderator(by=administrator, application=application, moderator=who)
        assert fresh(application).moderator == application.moderator

    def test_only_while_it_waits_for_a_decision(self):
        application = steps.application_at("ready")
        with pytest.raises(WrongMoment):
            services.assign_moderator(
                by=steps.make_person(Role.ADMINISTRATOR),
                application=application,
                moderator=steps.regional_moderator(),
            )


class TestBeforeDeciding:
    @pytest.mark.parametrize("verb", ["accept", "decline"])
    def test_a_conversation_comes_first(self, verb):
        application = steps.application_at("referred")
        more = {} if verb == "accept" else {"feedback": "Lead more", "areas": [1]}

        def decide():
            getattr(services, verb)(
                by=application.moderator, application=application, reason="Because", **more
            )

        with pytest.raises(Refused, match="Log your conversation with the sponsor first"):
            decide()
        assert fresh(application).status == S.REFERRED
        services.log_contact(
            by=application.moderator,
            application=application,
            means="phone",
            on=clock.today(),
            note="We spoke.",
        )
        decide()
        assert fresh(application).status in (S.ACCEPTED, S.DECLINED)

    @pytest.mark.parametrize("verb", ["accept", "decline", "log_contact", "return_to_applicant"])
    def test_only_by_the_one_it_was_given_to(self, verb):
        application = steps.application_at("contacted")
        more = {
            "accept": {"reason": "Yes"},
            "decline": {"reason": "No", "feedback": "More", "areas": [1]},
            "log_contact": {"means": "phone", "on": clock.today(), "note": "Hm"},
            "return_to_applicant": {"reason": "What?"},
        }[verb]
        for who in (moderator_of(), steps.make_person(Role.ADMINISTRATOR), application.sponsor):
            with pytest.raises(PermissionDenied):
                getattr(services, verb)(by=who, application=application, **more)

    def test_a_conversation_with_an_earlier_sponsor_does_not_count(self):
        with clock.travel(clock.now() - timedelta(days=5)):
            application = steps.application_at("contacted")
            moderator = application.moderator
            services.return_to_sponsor(by=moderator, application=application, reason="Look again")
        sponsor = steps.make_person(first_name="Nia", last_name="Roy")
        services.name_sponsor(
            by=application.applicant,
            application=application,
            email=sponsor.email,
            first_name="Nia",
            last_name="Roy",
        )
        services.begin_answer(by=sponsor, application=application)
        steps.answer(application, sponsor, "referred")
        services.sign(by=sponsor, application=application, signed_name="Nia Roy")
        assert fresh(application).moderator == moderator
        with pytest.raises(Refused, match="Log your conversation"):
            services.accept(by=moderator, application=application, reason="Yes")


class TestAskingTheApplicant:
    def test_it_goes_back_with_a_reason_and_the_clock_stands(self):
        with clock.travel(clock.now() - timedelta(days=21)):
            application = steps.application_at("referred")
            last = last_entry()
            services.return_to_applicant(
                by=application.moderator, application=application, reason=" Which years? "
            )
        row = fresh(application)
        assert (row.status, row.moderator) == (S.RETURNED, application.moderator)
        asked = row.returns.get()
        assert (asked.to, asked.reason, asked.came_back_at) == ("applicant", "Which years?", None)
        assert events_since(last) == ["returned_to_applicant"]
        found = queries.clock_of(row)
        assert found.worked == 0
        assert found.paused >= 12
        assert list(queries.away_from(row.moderator)) == [row]
        assert list(queries.to_decide(row.moderator)) == []

    def test_without_words_nothing_happens(self):
        application = steps.application_at("referred")
        with pytest.raises(Refused, match="Say what you need"):
            services.return_to_applicant(
                by=application.moderator, application=application, reason=" "
            )
        assert fresh(application).status == S.REFERRED
        assert application.returns.count() == 0

    def test_sent_back_unchanged_it_is_the_same_moderators_again(self):
        application = steps.application_at("referred")
        services.return_to_applicant(
            by=application.moderator, application=application, reason="Which years?"
        )
        applicant = application.applicant
        services.send_back(by=applicant, application=application, signed_name=applicant.name)
        row = fresh(application)
        assert (row.status, row.moderator) == (S.REFERRED, application.moderator)
        assert row.returns.get().came_back_at is not None

    def test_what_goes_on_to_the_sponsor_is_still_away(self):
        application = steps.application_at("referred")
        services.return_to_applicant(
            by=application.moderator, application=application, reason="Score again"
        )
        applicant = application.applicant
        services.score_areas(by=applicant, application=application, scores={1: 4})
        services.send_back(by=applicant, application=application, signed_name=applicant.name)
        row = fresh(application)
        assert row.status == S.WITH_SPONSOR
        assert row.returns.get().came_back_at is None
        assert queries.clock_of(row).paused_since == clock.today()

    def test_the_clock_keeps_its_first_day(self):
        with clock.travel(clock.now() - timedelta(days=6)):
            application = steps.application_at("referred")
            first = application.referred_at
            services.return_to_sponsor(
                by=application.moderator, application=application, reason="Look again"
            )
        services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
        row = fresh(application)
        assert (row.status, row.referred_at) == (S.REFERRED, first)
        assert queries.clock_of(row).worked == 0


def test_what_has_no_moderator_is_taken_from_nobody():
    assert referral.end_conflict(steps.application_at("draft")) is False
