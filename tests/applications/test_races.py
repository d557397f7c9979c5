"""Two people at once, on real connections: the lock and the constraint make one (A11)."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from accounts.states import Role
from applications import services
from applications.models import Application
from core.errors import Refused, WrongMoment
from programmes.models import Enrolment
from tests.applications import steps

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Start every call at the same moment; what each came to, in any order."""
    barrier, results = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            call()
            results.append("done")
        except (Refused, WrongMoment) as refusal:
            results.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_one_person_starts_twice_at_once():
    person, cohort = steps.make_person(), steps.make_cohort()
    results = at_once(*[lambda: services.start(by=person, cohort=cohort)] * 2)
    assert results == ["Refused", "done"]
    assert Application.objects.count() == 1


def test_two_administrators_confirm_at_once():
    application = steps.application_at("ready")
    pair = [steps.make_person(Role.ADMINISTRATOR) for _ in range(2)]
    results = at_once(
        *[lambda by=by: services.confirm(by=by, application=application) for by in pair]
    )
    assert results == ["WrongMoment", "done"]
    assert Enrolment.objects.count() == 1


def test_the_sponsor_signs_while_the_applicant_withdraws():
    """Whoever is first, the other finds what is true: signed then withdrawn, or withdrawn and unsigned."""
    application = steps.application_at("answered")
    results = at_once(
        lambda: services.sign(
            by=application.sponsor, application=application, signed_name="Sam Okafor"
        ),
        lambda: services.withdraw(by=application.applicant, application=application),
    )
    application.refresh_from_db()
    signed = application.answers.get().signed_at is not None
    assert application.status == "withdrawn"
    assert results == (["done", "done"] if signed else ["WrongMoment", "done"])
