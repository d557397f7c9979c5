"""The life of an enrolment: every verb in every state, its facts, its events (P1, A13)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.states import Role
from core import clock
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from programmes import queries, services
from programmes.models import Cohort, Enrolment
from programmes.states import ENROLMENT, EnrolmentStatus
from tests.applications import steps

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = EnrolmentStatus

VERBS = {
    "commence": {},
    "present": {},
    "withdraw": {"reason": "health"},
    "defer": {"reason": "workload"},
    "resume": {},
    "cancel": {"reason": "The wrong person was chosen."},
}
ALLOWED = {
    S.ENROLLED: {
        "commence": S.COMMENCED,
        "withdraw": S.WITHDRAWN,
        "defer": S.DEFERRED,
        "cancel": S.CANCELLED,
    },
    S.COMMENCED: {
        "present": S.PRESENTED,
        "withdraw": S.WITHDRAWN,
        "defer": S.DEFERRED,
    },
    S.PRESENTED: {"pass": S.PASSED, "fail": S.FAILED},
    S.WITHDRAWN: {},
    S.DEFERRED: {"withdraw": S.WITHDRAWN, "resume": S.COMMENCED},
    S.PASSED: {},
    S.FAILED: {},
    S.CANCELLED: {},
}


def at(status):
    """An enrolment walked to a state."""
    enrolment = steps.enrolled_participant(commence=status not in (S.ENROLLED, S.CANCELLED))
    if status == S.CANCELLED:
        services.cancel(by=None, enrolment=enrolment, reason="The wrong person was chosen.")
    if status in (S.PRESENTED, S.PASSED, S.FAILED):
        services.present(by=None, enrolment=enrolment)
    if status in (S.PASSED, S.FAILED):
        services.conclude(by=None, enrolment=enrolment, passed=status == S.PASSED)
    if status == S.WITHDRAWN:
        services.withdraw(by=None, enrolment=enrolment, reason="health")
    if status == S.DEFERRED:
        services.defer(by=None, enrolment=enrolment, reason="health")
    return Enrolment.objects.get(pk=enrolment.pk)


def calls(enrolment, by):
    made = {
        verb: (
            lambda verb=verb, more=more: getattr(services, verb)(by=by, enrolment=enrolment, **more)
        )
        for verb, more in VERBS.items()
    }
    made["pass"] = lambda: services.conclude(by=by, enrolment=enrolment, passed=True)
    made["fail"] = lambda: services.conclude(by=by, enrolment=enrolment, passed=False)
    return made


class Undo(Exception):
    """Rolls one call back."""


@pytest.mark.parametrize("status", S.values)
def test_each_verb_in_each_state(status):
    enrolment, by = at(S(status)), steps.make_person(Role.ADMINISTRATOR)
    results = {}
    for verb, call in calls(enrolment, by).items():
        before = AuditEntry.objects.count()
        try:
            with transaction.atomic():
                call()
                results[verb] = Enrolment.objects.get(pk=enrolment.pk).status
                raise Undo
        except (Undo, WrongMoment):
            pass
        assert AuditEntry.objects.count() == before
    assert results == ALLOWED[S(status)]


def test_the_table_has_only_these_verbs():
    assert {row.verb for row in ENROLMENT.rows} == {*VERBS, "conclude_passed", "conclude_failed"}


def test_exact_events_of_a_life():
    enrolment = steps.enrolled_participant(commence=False)
    by = steps.make_person(Role.ADMINISTRATOR)
    services.commence(by=by, enrolment=enrolment)
    services.defer(by=by, enrolment=enrolment, reason="health")
    services.resume(by=by, enrolment=enrolment)
    services.present(by=None, enrolment=enrolment)
    services.conclude(by=by, enrolment=enrolment, passed=True)
    entries = AuditEntry.objects.filter(object=enrolment.reference)
    assert [(each.event, each.by, each.before, each.after) for each in entries] == [
        ("programmes.enrolled", "", None, {"status": "enrolled"}),
        ("programmes.commenced", by.reference, {"status": "enrolled"}, {"status": "commenced"}),
        ("programmes.deferred", by.reference, {"status": "commenced"}, {"status": "deferred"}),
        ("programmes.resumed", by.reference, {"status": "deferred"}, {"status": "commenced"}),
        ("programmes.presented", "", {"status": "commenced"}, {"status": "presented"}),
        ("programmes.concluded", by.reference, {"status": "presented"}, {"status": "passed"}),
    ]


class TestEnrol:
    def test_facts_are_kept(self):
        school = steps.make_school(fsm_percent="31.5")
        by, person = steps.make_person(Role.ADMINISTRATOR), steps.make_person()
        cohort = steps.make_cohort("NPQH")
        enrolment = services.enrol(by=by, participant=person, cohort=cohort, school=school)
        enrolment.refresh_from_db()
        assert (enrolment.level.code, str(enrolment.school_fsm_percent)) == ("NPQH", "31.5")
        assert (enrolment.enrolled_on, enrolment.enrolled_by) == (clock.today(), by)
        person.forget_roles()
        assert person.holds(Role.PARTICIPANT)

    def test_the_schools_figure_is_a_snapshot(self):
        enrolment = steps.enrolled_participant(school=steps.make_school(fsm_percent="29.9"))
        enrolment.school.fsm_percent = 50
        enrolment.school.save()
        enrolment.refresh_from_db()
        assert str(enrolment.school_fsm_percent) == "29.9"

    def test_one_live_place_on_a_level(self):
        enrolment = steps.enrolled_participant()
        with pytest.raises(Refused, match="already have a place on this level"):
            services.enrol(
                by=None,
                participant=enrolment.participant,
                cohort=steps.make_cohort(),
                school=enrolment.school,
            )
        with pytest.raises(IntegrityError, match="one_live_enrolment_per_level"):
            Enrolment.objects.create(
                participant=enrolment.participant,
                cohort=enrolment.cohort,
                level=enrolment.level,
                school=enrolment.school,
                enrolled_on=clock.today(),
            )

    def test_another_level_is_another_place(self):
        enrolment = steps.enrolled_participant("NPQSL")
        other = steps.enrolled_participant("NPQH", participant=enrolment.participant)
        assert other.previous is None

    @pytest.mark.parametrize("status", [S.WITHDRAWN, S.DEFERRED, S.FAILED])
    def test_coming_back_links_to_the_earlier_one(self, status):
        """A13."""
        earlier = at(status)
        again = steps.enrolled_participant(participant=earlier.participant)
        assert again.previous == earlier

    def test_who_passed_and_comes_again_is_not_linked(self):
        earlier = at(S.PASSED)
        assert steps.enrolled_participant(participant=earlier.participant).previous is None

    def test_resuming_beside_a_newer_place_is_refused(self):
        earlier = at(S.DEFERRED)
        steps.enrolled_participant(participant=earlier.participant)
        with pytest.raises(Refused, match="already have a place"):
            services.resume(by=None, enrolment=earlier)
        earlier.refresh_from_db()
        assert earlier.status == S.DEFERRED


class TestCancel:
    def test_its_facts_and_its_event(self):
        enrolment, by = (
            steps.enrolled_participant(commence=False),
            steps.make_person(Role.ADMINISTRATOR),
        )
        services.cancel(by=by, enrolment=enrolment, reason=" The wrong person. ")
        enrolment.refresh_from_db()
        assert (enrolment.status, enrolment.cancelled_by, enrolment.cancelled_reason) == (
            S.CANCELLED,
            by,
            "The wrong person.",
        )
        assert enrolment.cancelled_at is not None
        entry = AuditEntry.objects.filter(object=enrolment.reference).last()
        assert (entry.event, entry.by, entry.for_whom, entry.before, entry.after, entry.why) == (
            "programmes.cancelled",
            by.reference,
            enrolment.participant.reference,
            {"status": "enrolled"},
            {"status": "cancelled"},
            "The wrong person.",
        )

    def test_without_a_reason_nothing_is_written(self):
        enrolment = steps.enrolled_participant(commence=False)
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match="Say why the place is taken back"):
            services.cancel(by=None, enrolment=enrolment, reason=" ")
        enrolment.refresh_from_db()
        assert (enrolment.status, AuditEntry.objects.count()) == (S.ENROLLED, before)

    def test_the_place_is_free_again_and_the_level_too(self):
        cohort = steps.make_cohort(capacity=1)
        enrolment = steps.enrolled_participant(cohort=cohort, commence=False)
        services.cancel(by=None, enrolment=enrolment, reason="Twice.")
        again = steps.enrolled_participant(cohort=cohort, participant=enrolment.participant)
        assert (again.previous, again.status) == (None, S.COMMENCED)


class TestCapacity:
    """A11: never more people than places."""

    def test_a_full_cohort_takes_nobody_and_writes_nothing(self):
        cohort = steps.make_cohort(capacity=1)
        steps.enrolled_participant(cohort=cohort, commence=False)
        somebody = steps.make_person()
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match="Every place in this cohort has been taken"):
            services.enrol(by=None, participant=somebody, cohort=cohort, school=steps.make_school())
        somebody.forget_roles()
        assert not somebody.holds(Role.PARTICIPANT)
        assert cohort.enrolments.count() == 1
        assert AuditEntry.objects.count() == before + 1  # the school

    def test_a_kept_place_is_only_for_its_person_and_ends_with_it(self):
        cohort = steps.make_cohort(capacity=1)
        kept_for, other = steps.make_person(), steps.make_person()
        until = clock.now() + timedelta(days=7)
        held = services.hold_place(cohort=cohort, person=kept_for, until=until)
        with pytest.raises(Refused, match="Every place"):
            services.hold_place(cohort=cohort, person=other, until=until)
        with pytest.raises(Refused, match="Every place"):
            steps.enrolled_participant(cohort=cohort, participant=other)
        steps.enrolled_participant(cohort=cohort, participant=kept_for)
        held.refresh_from_db()
        assert held.ended_at is not None
        assert queries.places_left(Cohort.objects.get(pk=cohort.pk)) == 0

    def test_who_left_leaves_a_place_and_who_comes_back_needs_one(self):
        cohort = steps.make_cohort(capacity=1)
        away = steps.enrolled_participant(cohort=cohort)
        services.defer(by=None, enrolment=away, reason="health")
        other = steps.enrolled_participant(cohort=cohort)
        with pytest.raises(Refused, match="Every place"):
            services.resume(by=None, enrolment=away)
        services.withdraw(by=None, enrolment=other, reason="new_post")
        services.resume(by=None, enrolment=away)
        away.refresh_from_db()
        assert away.status == S.COMMENCED


class TestDates:
    def test_a_start_before_enrolling_is_refused_and_writes_nothing(self):
        enrolment = steps.enrolled_participant(enrolled_on=date(2026, 3, 1), commence=False)
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match="cannot be before they enrolled"):
            services.commence(by=None, enrolment=enrolment, on=date(2026, 2, 28))
        enrolment.refresh_from_db()
        assert (enrolment.status, enrolment.commenced_on) == (S.ENROLLED, None)
        assert AuditEntry.objects.count() == before

    def test_dates_stay_separate_facts(self):
        enrolment = steps.enrolled_participant(
            enrolled_on=date(2026, 1, 5), commenced_on=date(2026, 2, 2)
        )
        services.defer(by=None, enrolment=enrolment, reason="health", on=date(2026, 3, 3))
        services.resume(by=None, enrolment=enrolment, on=date(2026, 4, 4))
        enrolment.refresh_from_db()
        assert (
            enrolment.enrolled_on,
            enrolment.commenced_on,
            enrolment.deferred_on,
            enrolment.resumed_on,
        ) == (date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 3), date(2026, 4, 4))

    def test_who_paused_before_starting_starts_on_coming_back(self):
        enrolment = steps.enrolled_participant(enrolled_on=date(2026, 1, 5), commence=False)
        services.defer(by=None, enrolment=enrolment, reason="health", on=date(2026, 1, 6))
        services.resume(by=None, enrolment=enrolment, on=date(2026, 4, 4))
        enrolment.refresh_from_db()
        assert (enrolment.status, enrolment.commenced_on) == (S.COMMENCED, date(2026, 4, 4))

    def test_nobody_comes_back_before_they_paused_or_tomorrow(self):
        enrolment = steps.enrolled_participant(
            enrolled_on=date(2026, 1, 5), commenced_on=date(2026, 1, 5)
        )
        services.defer(by=None, enrolment=enrolment, reason="health", on=date(2026, 3, 3))
        for day, words in (
            (date(2026, 3, 2), "before they paused"),
            (clock.today() + timedelta(days=1), "in the future"),
        ):
            with pytest.raises(Refused, match=words):
                services.resume(by=None, enrolment=enrolment, on=day)


def test_a_cohort_that_closes_after_it_starts_is_not_opened():
    with pytest.raises(Refused):
        steps.make_cohort(starts_on=date(2026, 9, 1), applications_close_on=date(2026, 9, 2))
    assert Cohort.objects.count() == 0
