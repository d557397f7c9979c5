"""The verbs: what each does, in which order it is recorded, when it refuses, and that it is all or nothing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from accounts.states import Role
from assessment import queries, services
from assessment.models import Mark, Marking, Script, SupportingDocument
from assessment.states import ScriptStatus
from core import clock
from core.errors import Refused, WrongMoment
from core.models import OutboxMessage
from documents.models import StoredFile
from frameworks import queries as frameworks
from tests.assessment import steps
from tests.assessment.trail import events

pytestmark = pytest.mark.django_db


# Submission


def test_a_submission_is_a_snapshot_with_hashes_words_and_a_date_for_the_answer(at_commit):
    services.set_marking_point(by=None, opens_on=clock.today() + timedelta(days=20))
    with at_commit():
        script = steps.script_at("submitted")
    assert script.status == ScriptStatus.SUBMITTED
    assert script.signed_name == script.enrolment.participant.name
    assert script.answer_due_on == clock.today() + timedelta(days=20 + 84)
    files = [script.write_up, *(each.file for each in queries.documents_of(script))]
    assert [each["sha256"] for each in script.snapshot] == [each.sha256 for each in files]
    assert len(script.snapshot) == 8
    assert script.words == script.word_counts["total"]
    assert [message.to for message in mail.outbox] == [[script.enrolment.participant.email]]
    assert script.enrolment.status == "presented"


def test_the_whole_life_of_a_script_in_the_audit_trail_in_order():
    script = steps.script_at("released")
    marks = ["assessment.mark_saved"] * 14
    assert events("assessment.", "programmes.presented", "programmes.concluded") == [
        "assessment.started",
        "assessment.write_up_attached",
        *["assessment.document_attached"] * 7,
        "assessment.submitted",
        "programmes.presented",
        "assessment.allocated",
        *marks,
        "assessment.marks_submitted",
        "assessment.outcome_computed",
        "assessment.released",
        "programmes.concluded",
    ]
    assert script.enrolment.status == "passed"


def test_starting_again_gives_the_script_that_is_being_prepared():
    enrolment = steps.enrolment()
    task = steps.task()
    first = services.start(by=enrolment.participant, enrolment=enrolment, task=task)
    again = services.start(by=enrolment.participant, enrolment=enrolment, task=task)
    assert (again.pk, Script.objects.count()) == (first.pk, 1)


def test_a_task_of_another_level_cannot_be_started():
    enrolment = steps.enrolment("NPQML")
    with pytest.raises(Refused, match="does not belong to the level"):
        services.start(by=enrolment.participant, enrolment=enrolment, task=steps.task("NPQSL"))
    assert not Script.objects.exists()


def test_another_attempt_waits_for_the_result_of_the_first():
    script = steps.script_at("submitted")
    with pytest.raises(Refused, match="has no result yet"):
        services.start(by=None, enrolment=script.enrolment, task=script.task)


def test_after_a_fail_a_second_attempt_has_its_own_candidate_number():
    code = frameworks.scheme(steps.task())[0].code
    failed = steps.script_at("released", marks={code: 0})
    second = services.start(by=None, enrolment=failed.enrolment, task=failed.task)
    assert (failed.outcome.passed, second.attempt) == (False, 2)
    assert second.candidate_number != failed.candidate_number


@pytest.mark.parametrize("level", ["NPQH"])
def test_a_level_of_two_tasks_is_presented_with_the_second(level):
    enrolment = steps.enrolment(level)
    first = steps.script_at("submitted", level=level, number=1, of=enrolment)
    assert first.enrolment.status == "commenced"
    second = steps.script_at("submitted", level=level, number=2, of=enrolment)
    assert second.enrolment.status == "presented"


def test_a_level_of_two_tasks_is_concluded_when_both_results_are_out():
    enrolment = steps.enrolment("NPQH")
    parts = [
        steps.script_at("marked", level="NPQH", number=number, of=enrolment) for number in (1, 2)
    ]
    administrator = steps.person(Role.ADMINISTRATOR)
    services.release(by=administrator, scripts=parts[:1])
    assert steps.fresh(parts[0]).enrolment.status == "presented"
    services.release(by=administrator, scripts=parts[1:])
    assert steps.fresh(parts[0]).enrolment.status == "passed"


def test_nothing_is_submitted_while_something_is_missing():
    script = steps.script_at("started")
    requirement = frameworks.document_requirements(script.task)[0]
    writer = script.enrolment.participant
    services.remove_document(by=writer, script=script, requirement=requirement)
    before = events()
    with pytest.raises(Refused, match=f"Still to upload: {requirement.name}"):
        services.submit(by=writer, script=script, signed_name=writer.name)
    assert steps.fresh(script).status == ScriptStatus.STARTED
    assert events() == before
    assert not OutboxMessage.objects.filter(kind="assessment.receipt").exists()


def test_after_the_last_day_nothing_is_submitted():
    script = steps.script_at("started")
    writer = script.enrolment.participant
    late = clock.now() + timedelta(days=600)
    with clock.travel(late), pytest.raises(Refused, match="The last day to submit was"):
        services.submit(by=writer, script=script, signed_name=writer.name)
    assert steps.fresh(script).submitted_at is None


def test_somebody_who_has_not_commenced_may_prepare_and_not_submit():
    script = steps.script_at("started", of=steps.enrolment(commenced=False))
    with pytest.raises(Refused, match="not taking part"):
        services.submit(by=script.enrolment.participant, script=script, signed_name="A Name")


def test_a_refused_file_leaves_nothing_behind():
    script = steps.script_at("started")
    count, write_up, before = StoredFile.objects.count(), script.write_up_id, events()
    empty = steps.docx()
    empty.file.truncate(0)
    empty.size = 0
    with pytest.raises(Refused):
        services.attach_write_up(by=None, script=script, upload=empty)
    assert (StoredFile.objects.count(), steps.fresh(script).write_up_id) == (count, write_up)
    assert events() == before


def test_another_file_takes_the_place_of_the_first():
    script = steps.script_at("started")
    requirement = frameworks.document_requirements(script.task)[0]
    services.attach_document(
        by=None, script=script, requirement=requirement, upload=steps.docx("New", name="new.docx")
    )
    documents = SupportingDocument.objects.filter(script=script, requirement=requirement)
    assert [each.file.name for each in documents] == ["new.docx"]


def test_a_document_of_another_task_is_refused():
    script = steps.script_at("started")
    other = frameworks.document_requirements(steps.task("NPQML"))[0]
    with pytest.raises(Refused, match="does not ask for that document"):
        services.attach_document(by=None, script=script, requirement=other, upload=steps.docx())


@pytest.mark.parametrize("state", ["submitted", "allocated", "marked", "released"])
def test_submitted_work_is_not_changed_in_any_later_state(state):
    script = steps.script_at(state)
    requirement = frameworks.document_requirements(script.task)[0]
    before, recorded = script.snapshot, events()
    with pytest.raises(WrongMoment):
        services.attach_write_up(by=None, script=script, upload=steps.docx("Other"))
    with pytest.raises(WrongMoment):
        services.attach_document(
            by=None, script=script, requirement=requirement, upload=steps.docx()
        )
    with pytest.raises(WrongMoment):
        services.remove_document(by=None, script=script, requirement=requirement)
    with pytest.raises(WrongMoment):
        services.submit(by=script.enrolment.participant, script=script, signed_name="Again")
    assert steps.fresh(script).snapshot == before
    assert events() == recorded


def test_the_database_itself_refuses_to_change_submitted_work_and_marks():
    script = steps.script_at("marked")
    attempts = (
        lambda: Script.objects.filter(pk=script.pk).update(words=1),
        lambda: Script.objects.filter(pk=script.pk).update(status="started"),
        lambda: script.documents.all().delete(),
        lambda: Mark.objects.filter(marking__script=script).update(value=1),
        lambda: Marking.objects.filter(script=script).update(feedback="Other"),
        lambda: Mark.objects.filter(marking__script=script).delete(),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert list(script.markings.get().marks.values_list("value", flat=True)) == [2] * 14


# Allocation


def test_allocation_makes_a_blank_mark_for_each_criterion_and_tells_the_assessor(at_commit):
    script = steps.script_at("submitted")
    assessor = steps.person(Role.ASSESSOR)
    mail.outbox.clear()
    with at_commit():
        marking = services.allocate(by=None, script=script, assessor=assessor)
    marks = queries.marks_of(marking)
    assert [each.code for each in frameworks.scheme(script.task)] == [
        each.criterion.code for each in marks
    ]
    assert {each.value for each in marks} == {None}
    (message,) = mail.outbox
    assert message.to == [assessor.email]
    assert script.candidate_number in message.subject


@pytest.mark.parametrize("tie", ["participant", "sponsor", "school", "role"])
def test_nobody_with_a_tie_is_given_the_script(tie):
    assessor = steps.person(Role.ASSESSOR)
    if tie == "participant":
        script = steps.script_at("submitted", of=steps.enrolment(participant=assessor))
    elif tie == "sponsor":
        script = steps.script_at("submitted", of=steps.enrolment(sponsor=assessor))
    elif tie == "school":
        school = steps.school()
        steps.enrolment("NPQML", participant=assessor, school=school)
        script = steps.script_at("submitted", of=steps.enrolment(school=school))
    else:
        script = steps.script_at("submitted")
        assessor = steps.person()
    with pytest.raises(Refused):
        services.allocate(by=None, script=script, assessor=assessor)
    assert not Marking.objects.exists()
    assert steps.fresh(script).status == ScriptStatus.SUBMITTED


def test_who_marked_the_first_attempt_does_not_mark_the_second():
    code = frameworks.scheme(steps.task())[0].code
    first = steps.script_at("released", marks={code: 0})
    assessor = queries.first_marking(first).assessor
    tie = queries.conflicts(first, [assessor])[assessor.pk]
    assert tie.marked_earlier_attempt is False
    second = services.start(by=None, enrolment=first.enrolment, task=first.task)
    assert queries.conflicts(second, [assessor])[assessor.pk].marked_earlier_attempt is True
