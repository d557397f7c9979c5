"""Two at once, on real connections: one report, one run."""

import threading

import pytest
from django.db import connection

from documents import services
from documents.models import ReportJob
from tests.documents import made_reports

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HOW_MANY = 4


def at_once(what) -> list:
    """The results of calling `what` in several threads that start together."""
    barrier = threading.Barrier(HOW_MANY)
    results: list = []

    def run() -> None:
        try:
            barrier.wait(10)
            results.append(what())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(HOW_MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_a_report_asked_for_at_the_same_moment_is_one(person, monkeypatch):
    monkeypatch.setattr("core.outbox.ring", lambda pk: None)

    found = at_once(
        lambda: services.ask_for_report(by=person, report=made_reports.NAME, subject="SCR-ONE").pk
    )

    assert found == [ReportJob.objects.get().pk] * HOW_MANY


def test_a_report_is_claimed_by_one_run(person, monkeypatch):
    monkeypatch.setattr("core.outbox.ring", lambda pk: None)
    job = services.ask_for_report(by=person, report=made_reports.NAME, subject="SCR-ONE")

    found = at_once(lambda: services.start(job=job.pk))

    assert sum(each is not None for each in found) == 1
    assert ReportJob.objects.get().attempts == 1
