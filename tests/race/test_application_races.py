"""Two at once in entry, with real connections: each race with its lock, and what happens without (A3, A11).

Every scenario returns what came of it. The test asserts what must be; its canary takes the lock or the
constraint away and sees the same scenario go wrong, which proves that the test can fail.
"""

import pytest

from accounts.states import Role
from applications import services
from applications.models import Application
from applications.states import ApplicationStatus
from core.models import AuditEntry
from programmes import services as programmes
from programmes.models import Enrolment, HeldPlace
from tests.applications import steps
from tests.race.meeting import at_once, no_constraint, no_locks

pytestmark = [
    pytest.mark.race,
    pytest.mark.whole,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]
APPLICATIONS = "applications_application"
MOVED = ("applications.sponsor_signed", "applications.withdrawn")


def one_person_starts_twice() -> tuple[list[str], int]:
    person, cohort = steps.make_person(), steps.make_cohort()
    results = at_once(
        *[lambda: services.start(by=person, cohort=cohort)] * 2, after_reading=APPLICATIONS
    )
    return sorted(results), Application.objects.count()


def test_one_person_starts_twice_and_has_one_application():
    assert one_person_starts_twice() == (["Refused", "done"], 1)


def test_without_the_lock_the_second_start_meets_an_error():
    with no_locks():
        assert one_person_starts_twice() == (["IntegrityError", "done"], 1)


def test_without_lock_and_constraint_there_are_two():
    with no_locks(), no_constraint(Application, "one_live_application"):
        assert one_person_starts_twice() == (["done", "done"], 2)


def sponsor_signs_while_withdrawn() -> tuple[list[str], str, bool]:
    application = steps.application_at("answered")
    results = at_once(
        lambda: services.sign(
            by=application.sponsor, application=application, signed_name="Sam Okafor"
        ),
        lambda: services.withdraw(by=application.applicant, application=application),
        after_reading=APPLICATIONS,
    )
    application.refresh_from_db()
    return results, application.status, application.answers.get().signed_at is not None


def test_the_sponsor_signs_while_the_applicant_withdraws():
    """Whoever is first: signed, then withdrawn; or withdrawn, and the sponsor told so."""
    results, status, signed = sponsor_signs_while_withdrawn()
    assert results == (["done", "done"] if signed else ["WrongMoment", "done"])
    assert status == ApplicationStatus.WITHDRAWN


def test_without_the_lock_a_withdrawn_one_may_come_to_life():
    """Both go on from what they read: an order that cannot be, in one try or another."""
    with no_locks():
        results, status, _ = sponsor_signs_while_withdrawn()
    assert (results, status) != (["WrongMoment", "done"], ApplicationStatus.WITHDRAWN)
    last = AuditEntry.objects.filter(event__in=MOVED).order_by("-pk")[:2]
    assert {each.before["status"] for each in last} == {ApplicationStatus.WITH_SPONSOR}


def sponsor_signs_while_replaced() -> tuple[list[str], bool]:
    """What came of both, and whether an answer is both signed and replaced."""
    application = steps.application_at("answered")
    other = steps.make_person(first_name="Nia", last_name="Grant")
    results = at_once(
        lambda: services.sign(
            by=application.sponsor, application=application, signed_name="Sam Okafor"
        ),
        lambda: services.name_sponsor(
            by=application.applicant,
            application=application,
            email=other.email,
            first_name=other.first_name,
            last_name=other.last_name,
        ),
        after_reading=APPLICATIONS,
    )
    both = application.answers.filter(signed_at__isnull=False, replaced_at__isnull=False).exists()
    return results, both


def test_a_sponsor_signs_while_they_are_replaced():
    """Whoever is first: signed and not replaced, or replaced and refused."""
    results, both = sponsor_signs_while_replaced()
    assert results in (["done", "WrongMoment"], ["PermissionDenied", "done"])
    assert not both


def test_without_the_lock_an_answer_is_signed_and_replaced():
    with no_locks():
        results, both = sponsor_signs_while_replaced()
    assert results == ["done", "done"]
    assert both


def two_confirm_one_application() -> tuple[list[str], int]:
    application = steps.application_at("ready")
    pair = [steps.make_person(Role.ADMINISTRATOR) for _ in range(2)]
    results = at_once(
        *[lambda by=by: services.confirm(by=by, application=application) for by in pair],
        after_reading=APPLICATIONS,
    )
    return sorted(results), Enrolment.objects.count()


def test_two_administrators_confirm_one_application():
    assert two_confirm_one_application() == (["WrongMoment", "done"], 1)


def test_without_the_lock_the_second_is_told_something_else():
    """The person's lock held back the second no more: a constraint did, and the words are not the right ones."""
    with no_locks():
        results, _ = two_confirm_one_application()
    assert results != ["WrongMoment", "done"]


def two_of_one_person_are_accepted() -> tuple[list[str], list[str]]:
    """One person's applications for two cohorts of a level, confirmed at once."""
    person = steps.make_person()
    pair = [steps.application_at("ready", applicant=person) for _ in range(2)]
    by = steps.make_person(Role.ADMINISTRATOR)
    results = at_once(
        *[lambda each=each: services.confirm(by=by, application=each) for each in pair],
        after_reading=APPLICATIONS,
    )
    states = Application.objects.filter(applicant=person).values_list("status", flat=True)
    return sorted(results), sorted(states)


def test_accepting_one_closes_the_other_even_at_once():
    results, states = two_of_one_person_are_accepted()
    assert results == ["WrongMoment", "done"]
    assert states == [ApplicationStatus.ACCEPTED, ApplicationStatus.CLOSED]


def test_without_locks_the_other_is_not_closed_in_time():
    with no_locks():
        assert two_of_one_person_are_accepted()[0] != ["WrongMoment", "done"]


def the_last_place_twice() -> tuple[list[str], int]:
    """Two people for one place, confirmed at once: their states, and how many places were given."""
    cohort = steps.make_cohort(capacity=1)
    pair = [steps.application_at("ready", cohort=cohort) for _ in range(2)]
    by = steps.make_person(Role.ADMINISTRATOR)
    results = at_once(
        *[lambda each=each: services.confirm(by=by, application=each) for each in pair],
        after_reading="programmes_heldplace",
    )
    assert results == ["done", "done"]
    states = Application.objects.filter(cohort=cohort).values_list("status", flat=True)
    return sorted(states), cohort.enrolments.count()


def test_the_last_place_is_given_once():
    assert the_last_place_twice() == ([ApplicationStatus.ACCEPTED, ApplicationStatus.WAITING], 1)


def test_without_the_lock_the_last_place_is_given_twice():
    with no_locks():
        assert the_last_place_twice() == ([ApplicationStatus.ACCEPTED] * 2, 2)


def two_sweeps_fill_one_place() -> tuple[list[str], list[str], int]:
    """Two who wait, a place that becomes free, and two sweeps at once."""
    cohort = steps.make_cohort(capacity=1)
    first = steps.application_at("accepted", cohort=cohort)
    for _ in range(2):
        steps.application_at("accepted", cohort=cohort)
    programmes.cancel(by=None, enrolment=first.enrolment, reason="Made in error")
    results = at_once(
        *[lambda: services.fill(by=None, cohort=cohort)] * 2,
        after_reading="programmes_heldplace",
    )
    states = Application.objects.filter(cohort=cohort, enrolment=None).values_list(
        "status", flat=True
    )
    return results, sorted(states), HeldPlace.objects.filter(ended_at=None).count()


def test_two_sweeps_offer_a_place_once():
    assert two_sweeps_fill_one_place() == (
        ["done", "done"],
        [ApplicationStatus.OFFERED, ApplicationStatus.WAITING],
        1,
    )


def test_without_the_lock_the_sweeps_collide():
    with no_locks():
        assert two_sweeps_fill_one_place() != (
            ["done", "done"],
            [ApplicationStatus.OFFERED, ApplicationStatus.WAITING],
            1,
        )
