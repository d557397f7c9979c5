"""Waiting lists and offers: every verb, its order, its end to the second, its events and mails (A11, G1, G4)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from accounts.models import Invitation
from accounts.states import InvitationStatus, Role
from applications import services
from applications.models import Application
from applications.policies import places as rules
from applications.presenters import letters
from applications.queries import places as queries
from applications.states import APPLICATION, ApplicationStatus
from applications.tasks import fill_waiting_lists
from core import clock, outbox
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from programmes import queries as programmes
from programmes import services as delivery
from programmes.models import Enrolment, HeldPlace
from programmes.states import PauseReason
from tests.applications import steps
from tests.worker import celery_worker_process, wait_for  # noqa: F401

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


def fresh(application):
    return Application.objects.select_related("applicant", "cohort", "enrolment", "level").get(
        pk=application.pk
    )


def status(application):
    return Application.objects.get(pk=application.pk).status


def full_cohort(capacity=1, **fields):
    """A cohort whose places are all taken, and those who took them."""
    cohort = steps.make_cohort(capacity=capacity, **fields)
    taken = [steps.enrolled_participant(cohort=cohort, commence=False) for _ in range(capacity)]
    return cohort, taken


def letter_of(application):
    return letters.letter(letters.facts_of(application))


def leave(enrolment):
    delivery.withdraw(by=None, enrolment=enrolment, reason=PauseReason.HEALTH)


def ready(cohort, *, late=False):
    """An application ready to confirm, written in one go: how it became so is not what is tested here."""
    now = clock.now()
    return Application.objects.create(
        applicant=steps.make_person(),
        cohort=cohort,
        level=cohort.level,
        school=steps.make_school(),
        sponsor=steps.make_person(first_name="Sam", last_name="Okafor"),
        signed_name="Asha Bello",
        sent_at=now,
        is_late=late,
        status=S.READY,
    )


def waiting(cohort, *, late=False):
    """Somebody accepted who waits."""
    application = ready(cohort, late=late)
    services.confirm(by=steps.make_person(Role.ADMINISTRATOR), application=application)
    return fresh(application)


def offered():
    """Somebody with an offer, and another who waits behind them."""
    cohort, (taken,) = full_cohort()
    first, second = waiting(cohort), waiting(cohort)
    leave(taken)
    services.fill(by=None, cohort=cohort)
    return fresh(first), fresh(second)


def lapsed():
    first, second = offered()
    with clock.travel(first.offer_expires_at + timedelta(seconds=1)):
        services.lapse(by=None, application=first)
    return fresh(first), fresh(second)


def events_since(mark):
    return list(
        AuditEntry.objects.filter(pk__gt=mark)
        .exclude(event__startswith="accounts.")
        .order_by("pk")
        .values_list("event", flat=True)
    )


def mark():
    return AuditEntry.objects.order_by("-pk").first().pk


def subjects(application):
    outbox.sweep()
    return [each.subject for each in mail.outbox if each.to == [application.applicant.email]]


class TestTakeIn:
    def test_late_or_full_waits(self):
        cohort, _ = full_cohort()
        full = waiting(cohort)
        late = waiting(steps.make_cohort(), late=True)
        for each in (full, late):
            assert each.status == S.WAITING
            assert each.waiting_since is not None
            assert each.enrolment is None

    def test_nobody_jumps_over_those_who_wait(self):
        """A place became free, but somebody waits for it: one accepted now comes after them."""
        cohort, (taken,) = full_cohort()
        first = waiting(cohort)
        leave(taken)
        second = waiting(cohort)
        assert second.status == S.WAITING
        services.fill(by=None, cohort=cohort)
        assert (status(first), status(second)) == (S.OFFERED, S.WAITING)

    def test_the_place_closes_the_others_whose_sponsors_need_not_answer(self):
        person = steps.make_person()
        other = steps.application_at("with_sponsor", applicant=person)
        head = steps.application_at("started", applicant=person, level="NPQH")
        accepted = steps.application_at("accepted", applicant=person)
        other = fresh(other)
        assert (other.status, other.closed_for) == (S.CLOSED, accepted)
        assert status(head) == S.DRAFT
        states = Invitation.objects.filter(subject=other.reference).values_list("status", flat=True)
        assert InvitationStatus.OPEN not in states
        said = [row for section in letter_of(accepted).sections for row in section.rows]
        assert ("Closed by this place", f"Your application {other.reference}") in said

    def test_closing_an_offer_lets_its_place_go_to_the_next(self):
        first, second = offered()
        steps.application_at("accepted", applicant=first.applicant)
        assert status(first) == S.CLOSED
        assert not HeldPlace.objects.filter(person=first.applicant, ended_at=None).exists()
        outbox.sweep()
        assert status(second) == S.OFFERED


class TestFill:
    def test_on_time_before_late_then_the_longest_waiting(self):
        cohort, taken = full_cohort(3)
        late = waiting(cohort, late=True)
        first, second = waiting(cohort), waiting(cohort)
        Application.objects.filter(pk=second.pk).update(
            waiting_since=first.waiting_since - timedelta(days=1)
        )
        in_order = list(queries.waiting(cohort))
        assert in_order == [second, first, late]
        assert in_order == sorted(
            in_order,
            key=lambda each: rules.waiting_order(
                is_late=each.is_late, waiting_since=each.waiting_since, number=each.pk
            ),
        )
        assert [queries.position(each) for each in in_order] == [(1, 3), (2, 3), (3, 3)]
        for each in taken:
            leave(each)
        assert services.fill(by=None, cohort=cohort) == in_order

    def test_offers_as_many_as_are_free_and_never_twice(self):
        cohort, taken = full_cohort(2)
        people = [waiting(cohort) for _ in range(3)]
        leave(taken[0])
        before = mark()
        assert services.fill(by=None, cohort=cohort) == people[:1]
        assert services.fill(by=None, cohort=cohort) == []
        fill_waiting_lists()
        assert [status(each) for each in people] == [S.OFFERED, S.WAITING, S.WAITING]
        assert HeldPlace.objects.filter(cohort=cohort, ended_at=None).count() == 1
        assert programmes.places_left(cohort) == 0
        assert events_since(before) == ["applications.offered"]

    def test_a_kept_place_is_nobody_else_s(self):
        first, _ = offered()
        newcomer = waiting(first.cohort)
        assert newcomer.status == S.WAITING

    def test_nothing_is_offered_once_the_cohort_has_started(self):
        cohort, (taken,) = full_cohort()
        waits = waiting(cohort)
        leave(taken)
        start = clock.now() + timedelta(days=60)
        with clock.travel(start):
            assert clock.today() == cohort.starts_on
            assert services.fill(by=None, cohort=cohort) == []
            fill_waiting_lists()
        assert status(waits) == S.WAITING

    def test_who_has_a_place_by_another_way_is_passed_over(self):
        cohort, (taken,) = full_cohort()
        first, second = waiting(cohort), waiting(cohort)
        steps.enrolled_participant(participant=first.applicant, commence=False)
        leave(taken)
        services.fill(by=None, cohort=cohort)
        assert (status(first), status(second)) == (S.WAITING, S.OFFERED)

    def test_the_applicant_is_told_until_when_with_one_link(self):
        first, _ = offered()
        said = subjects(first)
        assert said[-1].startswith("A place on NPQSL: accept it by ")
        body = mail.outbox[-1].body
        assert f"/apply/{first.reference}/offer/" in body
        assert "at 11:59pm" in body
        assert body.count("http") == 1


class TestOffer:
    def test_taking_it_up_enrols_at_once(self):
        first, _ = offered()
        before = mark()
        enrolment = services.take_up(by=first.applicant, application=first)
        first = fresh(first)
        assert (first.status, first.enrolment) == (S.ACCEPTED, enrolment)
        assert enrolment.cohort == first.cohort
        assert not HeldPlace.objects.filter(ended_at=None).exists()
        assert programmes.places_left(first.cohort) == 0
        assert events_since(before) == [
            "programmes.enrolled",
            "applications.funding_decided",
            "applications.taken_up",
        ]
        assert subjects(first)[-1].startswith("You have a place on NPQSL")

    def test_until_23_59_59_and_not_a_second_longer(self):
        first, _ = offered()
        ends = first.offer_expires_at
        assert ends.astimezone(clock.LONDON).strftime("%H:%M:%S") == "23:59:59"
        assert ends.astimezone(clock.LONDON).date() == clock.today() + timedelta(days=7)
        with clock.travel(ends):
            fill_waiting_lists()
            assert status(first) == S.OFFERED
            with pytest.raises(Refused, match="still be accepted"):
                services.lapse(by=None, application=first)
        with clock.travel(ends + timedelta(seconds=1)):
            with pytest.raises(Refused, match="This offer has ended"):
                services.take_up(by=first.applicant, application=first)
            assert status(first) == S.OFFERED
            assert HeldPlace.objects.filter(person=first.applicant, ended_at=None).exists()
        with clock.travel(ends):
            services.take_up(by=first.applicant, application=first)
        assert status(first) == S.ACCEPTED

    def test_the_sweep_lapses_it_and_offers_the_place_to_the_next(self):
        first, second = offered()
        before = mark()
        with clock.travel(first.offer_expires_at + timedelta(seconds=1)):
            assert services.sweep_places() == (1, 1)
            assert services.sweep_places() == (0, 0)
            assert subjects(first)[-1].startswith("Your NPQSL place: our offer ended on ")
        first, second = fresh(first), fresh(second)
        assert (first.status, second.status) == (S.LAPSED, S.OFFERED)
        assert first.lapsed_at is not None
        assert second.offer_expires_at > first.offer_expires_at
        assert events_since(before) == ["applications.lapsed", "applications.offered"]

    def test_turning_it_down_gives_it_to_the_next(self):
        first, second = offered()
        before = mark()
        services.turn_down(by=first.applicant, application=first)
        outbox.sweep()
        first = fresh(first)
        assert (first.status, first.withdrawn_by) == (S.WITHDRAWN, first.applicant)
        assert status(second) == S.OFFERED
        assert events_since(before) == ["applications.turned_down", "applications.offered"]

    def test_withdrawing_gives_it_to_the_next_too(self):
        first, second = offered()
        services.withdraw(by=first.applicant, application=first)
        outbox.sweep()
        assert (status(first), status(second)) == (S.WITHDRAWN, S.OFFERED)

    @pytest.mark.parametrize("verb", ["take_up", "turn_down"])
    def test_only_by_the_applicant(self, verb):
        first, second = offered()
        for somebody in (second.applicant, steps.make_person(Role.ADMINISTRATOR)):
            with pytest.raises(PermissionDenied):
                getattr(services, verb)(by=somebody, application=first)
        assert status(first) == S.OFFERED

    def test_when_enrolling_is_refused_the_place_stays_kept(self):
        first, _ = offered()
        steps.enrolled_participant(participant=first.applicant, commence=False)
        with pytest.raises(Refused, match="already have a place"):
            services.take_up(by=first.applicant, application=first)
        assert status(first) == S.OFFERED
        assert HeldPlace.objects.filter(person=first.applicant, ended_at=None).exists()

    def test_a_place_kept_for_nobody_is_let_go(self):
        first, second = offered()
        Application.objects.filter(pk=first.pk).update(status=S.WITHDRAWN)
        services.sweep_places()
        assert status(second) == S.OFFERED
        assert list(HeldPlace.objects.filter(ended_at=None).values_list("person", flat=True)) == [
            second.applicant_id
        ]


class TestUndoLapse:
    def test_back_to_where_they_waited(self):
        first, second = lapsed()
        third = waiting(first.cohort)
        since = first.waiting_since
        before = mark()
        services.undo_lapse(
            by=steps.make_person(Role.ADMINISTRATOR), application=first, reason="In hospital"
        )
        first = fresh(first)
        assert (first.status, first.waiting_since) == (S.WAITING, since)
        assert (first.offered_at, first.offer_expires_at, first.lapsed_at) == (None, None, None)
        assert list(queries.waiting(first.cohort)) == [first, second, third]
        assert events_since(before)[-1] == "applications.lapse_undone"
        assert AuditEntry.objects.get(event="applications.lapse_undone").why == "In hospital"
        outbox.sweep()
        assert status(first) == S.OFFERED  # the place had not gone to anybody yet

    def test_not_without_a_reason(self):
        first, _ = lapsed()
        with pytest.raises(Refused, match="Say why"):
            services.undo_lapse(by=steps.make_person(), application=first, reason=" ")

    def test_not_beside_another_application_for_the_cohort(self):
        first, _ = lapsed()
        services.start(by=first.applicant, cohort=first.cohort)
        with pytest.raises(Refused, match="another application for this cohort"):
            services.undo_lapse(by=steps.make_person(), application=first, reason="Ill")
        assert status(first) == S.LAPSED


class TestMove:
    def test_they_keep_the_time_they_waited_and_are_offered_a_place_there(self):
        cohort, _ = full_cohort()
        waits = waiting(cohort, late=True)
        following = steps.make_cohort()
        before = mark()
        administrator = steps.make_person(Role.ADMINISTRATOR)
        services.move_to_cohort(by=administrator, application=waits, cohort=following)
        moved = fresh(waits)
        assert (moved.status, moved.cohort) == (S.WAITING, following)
        assert moved.waiting_since == waits.waiting_since
        assert not moved.is_late  # it was sent before this cohort closes
        assert events_since(before) == ["applications.moved_to_cohort"]
        assert f"you now wait for {following.name}" in " ".join(subjects(moved))
        assert status(moved) == S.OFFERED

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"level": "NPQH"}, "same level"),
            ({"started": True}, "has not started"),
            ({"has_live": True}, "another application for that cohort"),
        ],
    )
    def test_refused(self, fields, says):
        cohort, _ = full_cohort()
        waits = waiting(cohort)
        other = steps.make_cohort(fields.get("level", "NPQSL"))
        if fields.get("started"):
            type(other).objects.filter(pk=other.pk).update(
                starts_on=clock.today(), applications_close_on=clock.today()
            )
            other.refresh_from_db()
        if fields.get("has_live"):
            services.start(by=waits.applicant, cohort=other)
        with pytest.raises(Refused, match=says):
            services.move_to_cohort(by=steps.make_person(), application=waits, cohort=other)
        assert fresh(waits).cohort == cohort


STAGES = {
    S.DRAFT: lambda: steps.application_at("draft"),
    S.READY: lambda: steps.application_at("ready"),
    S.ACCEPTED: lambda: steps.application_at("accepted"),
    S.WAITING: lambda: waiting(full_cohort()[0]),
    S.OFFERED: lambda: offered()[0],
    S.LAPSED: lambda: lapsed()[0],
    S.WITHDRAWN: lambda: steps.application_at("withdrawn"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_each_verb_in_each_state(stage):
    application = STAGES[stage]()
    other = steps.make_cohort()
    calls = {
        "take_up": {"by": application.applicant},
        "turn_down": {"by": application.applicant},
        "lapse": {"by": None},
        "undo_lapse": {"by": steps.make_person(), "reason": "Ill"},
        "move_to_cohort": {"by": steps.make_person(), "cohort": other},
    }
    for verb, arguments in calls.items():
        if APPLICATION.allows(verb, stage):
            continue
        with pytest.raises(WrongMoment):
            getattr(services, verb)(application=application, **arguments)
    assert status(application) == stage


def test_no_event_tells_a_name_or_an_address():
    first, _ = lapsed()
    services.undo_lapse(by=steps.make_person(), application=first, reason="Ill")
    for entry in AuditEntry.objects.filter(event__startswith="applications."):
        text = f"{entry.facts}{entry.before}{entry.after}"
        assert first.applicant.email not in text
        assert "Bello" not in text


@pytest.mark.integration
def test_the_worker_ends_offers_and_fills_waiting_lists(celery_worker_process, reference_data):  # noqa: F811
    first, second = offered()
    yesterday = clock.now() - timedelta(days=1)
    Application.objects.filter(pk=first.pk).update(offer_expires_at=yesterday)
    celery_worker_process()
    fill_waiting_lists.delay()
    wait_for(lambda: status(second) == S.OFFERED)
    assert status(first) == S.LAPSED
    assert Enrolment.objects.filter(cohort=first.cohort, withdrawn_on=None).count() == 0
