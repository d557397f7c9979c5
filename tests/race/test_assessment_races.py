"""Two at once with real connections and a barrier: submitting, saving a mark, submitting marks, releasing, allocating."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from accounts.states import Role
from assessment import services
from assessment.models import Marking, Outcome, Script
from core.errors import PortalError, Stale, WrongMoment
from core.models import AuditEntry, OutboxMessage
from frameworks import queries as frameworks
from tests.assessment import steps

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Each call in a thread and connection of its own, all let go together; results or portal errors."""
    barrier = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            results[place] = call()
        except PortalError as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in results)


@pytest.fixture(autouse=True)
def _framework(reference_data):
    """With real commits the tables are emptied after each test."""


def test_two_submissions_at_once_give_one():
    script = steps.script_at("started")
    writer = script.enrolment.participant

    def submit():
        mine = Script.objects.get(pk=script.pk)
        return services.submit(by=writer, script=mine, signed_name=writer.name)

    results = at_once(submit, submit)
    assert kinds(results) == ["Script", "WrongMoment"]
    assert AuditEntry.objects.filter(event="assessment.submitted").count() == 1
    assert OutboxMessage.objects.filter(kind="assessment.receipt").count() == 1


def test_two_starts_at_once_give_one_script():
    enrolment = steps.enrolment()
    task = steps.task()

    def start():
        return services.start(by=enrolment.participant, enrolment=enrolment, task=task).pk

    assert len(set(at_once(start, start))) == 1
    assert Script.objects.count() == 1


def test_a_file_sent_while_submitting_is_in_the_snapshot_or_refused():
    script = steps.script_at("started")
    writer = script.enrolment.participant
    requirement = frameworks.document_requirements(script.task)[0]
    upload = steps.docx("A later version", name="later.docx")
    at_once(
        lambda: services.submit(by=writer, script=script, signed_name=writer.name),
        lambda: services.attach_document(
            by=writer, script=script, requirement=requirement, upload=upload
        ),
    )
    stored = steps.fresh(script)
    there = {each.file.sha256 for each in stored.documents.select_related("file")}
    assert {each["sha256"] for each in stored.snapshot[1:]} == there


def test_two_saves_of_one_version_keep_one_and_show_the_other_both():
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    criterion = frameworks.scheme(script.task)[0]

    def save(value):
        return lambda: services.save_mark(
            by=marking.assessor,
            marking=Marking.objects.get(pk=marking.pk),
            criterion=criterion,
            value=value,
            reason=f"Reason {value}",
            version=0,
        )

    results = at_once(save(1), save(2))
    (stale,) = (each for each in results if isinstance(each, Stale))
    assert kinds(results) == ["Mark", "Stale"]
    mark = marking.marks.get(criterion=criterion)
    assert (mark.version, mark.reason) == (1, stale.theirs["reason"])
    assert stale.yours["reason"] != stale.theirs["reason"]


def test_marks_submitted_twice_at_once_make_one_outcome():
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    steps.mark_all(marking)

    def submit():
        mine = Marking.objects.get(pk=marking.pk)
        return services.submit_marks(by=marking.assessor, marking=mine)

    assert kinds(at_once(submit, submit)) == ["Outcome", "WrongMoment"]
    assert Outcome.objects.count() == 1


def test_two_administrators_allocate_one_script_once():
    script = steps.script_at("submitted")
    assessors = [steps.person(Role.ASSESSOR) for _ in range(2)]
    calls = [
        lambda each=each: services.allocate(
            by=None, script=Script.objects.get(pk=script.pk), assessor=each
        )
        for each in assessors
    ]
    results = at_once(*calls)
    assert kinds(results) == ["Marking", "WrongMoment"]
    assert Marking.objects.count() == 1


def test_two_releases_at_once_tell_the_participant_once():
    administrator = steps.person(Role.ADMINISTRATOR)
    script = steps.script_at("marked", administrator=administrator)
    results = at_once(
        *[lambda: services.release(by=administrator, scripts=[script]) for _ in range(2)]
    )
    assert sum(isinstance(each, WrongMoment) for each in results) == 1
    assert OutboxMessage.objects.filter(kind="assessment.result").count() == 1


def test_the_last_two_tasks_submitted_at_once_present_the_enrolment():
    enrolment = steps.enrolment("NPQH")
    scripts = [
        steps.script_at("started", level="NPQH", number=number, of=enrolment) for number in (1, 2)
    ]
    writer = enrolment.participant
    at_once(
        *[
            lambda each=each: services.submit(by=writer, script=each, signed_name=writer.name)
            for each in scripts
        ]
    )
    enrolment.refresh_from_db()
    assert enrolment.status == "presented"
    assert AuditEntry.objects.filter(event="programmes.presented").count() == 1
