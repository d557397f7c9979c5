"""Which rows each person knows of, worklists in their order, and that lists cost the same at 1 row and at 50."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.states import Role
from assessment import queries
from assessment.models import Mark, Marking, Outcome, Script
from assessment.states import MarkingStatus, ScriptStatus
from core import clock
from frameworks import queries as frameworks
from tests.assessment import steps

pytestmark = pytest.mark.django_db


def references(rows):
    return {row.reference for row in rows}


def test_scripts_are_known_to_their_writer_to_administrators_and_once_released_to_agents():
    mine, released = steps.script_at("submitted"), steps.script_at("released")
    both = references([mine, released])
    agent = steps.person(Role.QUALITY_AGENT)
    administrator = steps.person(Role.ADMINISTRATOR)
    assessor = queries.first_marking(released).assessor
    assert references(queries.scripts_visible_to(mine.enrolment.participant)) == {mine.reference}
    assert references(queries.scripts_visible_to(administrator)) == both
    assert references(queries.scripts_visible_to(agent)) == {released.reference}
    assert references(queries.scripts_visible_to(assessor)) == set()
    assert references(queries.results_of(mine.enrolment.participant)) == set()
    assert references(queries.results_of(released.enrolment.participant)) == {released.reference}


def test_worklists_hold_each_script_where_it_waits():
    scripts = {state: steps.script_at(state) for state in steps.STATES}
    assert references(queries.waiting_to_be_allocated()) == {scripts["submitted"].reference}
    assert references(queries.waiting_to_be_released()) == {scripts["marked"].reference}
    assert references(queries.waiting_for_pass_mark()) == set()
    assert vars(queries.numbers_waiting()) == {
        "to_allocate": 1,
        "for_pass_mark": 0,
        "to_release": 1,
    }
    marking = queries.first_marking(scripts["allocated"])
    (waiting,) = queries.waiting_for_assessor(marking.assessor)
    assert (waiting.reference, waiting.marked, waiting.criteria) == (marking.reference, None, 14)


def test_assessors_are_offered_by_words_with_their_load():
    busy, free = steps.person(Role.ASSESSOR), steps.person(Role.ASSESSOR)
    steps.person(Role.ADMINISTRATOR)
    given = steps.script_at("allocated", assessor=busy)
    found = queries.assessors_for(steps.script_at("submitted"))
    assert [(each.assessor, each.scripts, each.words) for each in found] == [
        (free, 0, 0),
        (busy, 1, given.words),
    ]


def test_tasks_of_somebody_are_those_of_their_level_with_the_newest_script():
    enrolment = steps.enrolment("NPQH")
    script = steps.script_at("submitted", level="NPQH", number=2, of=enrolment)
    found = queries.tasks_of(enrolment.participant)
    assert [(each.task.number, each.script) for each in found] == [(1, None), (2, script)]


# The same number of queries at 1 row and at 50


def many(script: Script, number: int, *, status: str, assessor=None) -> None:
    """More scripts like this one, made as rows: only their number matters here."""
    for _ in range(number):
        enrolment = steps.enrolment()
        copy = Script.objects.create(
            enrolment=enrolment,
            task=script.task,
            status=status,
            write_up=script.write_up,
            words=script.words,
            submitted_at=clock.now(),
            submitted_by=enrolment.participant,
            signed_name="A Name",
            answer_due_on=clock.today(),
        )
        if assessor:
            done = status != ScriptStatus.ALLOCATED
            marking = Marking.objects.create(script=copy, assessor=assessor)
            Mark.objects.bulk_create(
                Mark(marking=marking, criterion=each) for each in frameworks.scheme(script.task)
            )
            if done:
                Marking.objects.filter(pk=marking.pk).update(
                    status=MarkingStatus.SUBMITTED, submitted_at=clock.now(), submitted_by=assessor
                )
                Outcome.objects.create(
                    script=copy, passed=True, total=28, marks_available=28, pass_mark=20
                )


def cost(client, address: str) -> int:
    """Queries of the page, asked for a second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/scripts/", ScriptStatus.MARKED),
        ("/scripts/release/", ScriptStatus.MARKED),
        ("/marking/", ScriptStatus.ALLOCATED),
    ],
)
def test_a_list_costs_the_same_at_1_and_50_rows(address, status, signed_in):
    assessor, administrator = steps.person(Role.ASSESSOR), steps.person(Role.ADMINISTRATOR)
    script = steps.script_at(str(status), assessor=assessor, administrator=administrator)
    client = signed_in(assessor if address == "/marking/" else administrator)
    one = cost(client, address)
    many(script, 49, status=status, assessor=assessor)
    assert cost(client, address) == one
    assert one <= 15


def test_the_marking_page_costs_the_same_at_1_and_50_markings(signed_in):
    assessor = steps.person(Role.ASSESSOR)
    script = steps.script_at("allocated", assessor=assessor)
    client = signed_in(assessor)
    address = f"/marking/{steps.marking_of(script).reference}/"
    one = cost(client, address)
    many(script, 49, status=ScriptStatus.ALLOCATED, assessor=assessor)
    steps.mark_all(steps.marking_of(script))
    assert cost(client, address) == one
    assert one <= 15


def test_the_other_pages_cost_at_most_15_queries(signed_in):
    started, released = steps.script_at("started"), steps.script_at("released")
    submitted = steps.script_at("submitted")
    administrator = signed_in(steps.person(Role.ADMINISTRATOR))
    writer = {each.pk: signed_in(each.enrolment.participant) for each in (started, released)}
    pages = {
        "tasks": (writer[started.pk], "/submissions/"),
        "workspace": (writer[started.pk], f"/scripts/{started.reference}/"),
        "attach": (writer[started.pk], f"/scripts/{started.reference}/documents/1/"),
        "submit": (writer[started.pk], f"/scripts/{started.reference}/submit/"),
        "receipt": (writer[released.pk], f"/scripts/{released.reference}/receipt/"),
        "result": (writer[released.pk], f"/scripts/{released.reference}/result/"),
        "record": (administrator, f"/scripts/{released.reference}/record/"),
        "allocate": (administrator, f"/scripts/{submitted.reference}/allocate/"),
    }
    costs = {name: cost(client, address) for name, (client, address) in pages.items()}
    assert {name: number for name, number in costs.items() if number > 15} == {}
