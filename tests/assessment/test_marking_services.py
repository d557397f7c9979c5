"""Marking, outcomes and release by the services: what they keep, refuse and record."""

import pytest
from django.core import mail

from accounts.states import Role
from assessment import queries, services
from assessment.models import Outcome
from assessment.states import MarkingStatus, ScriptStatus
from core.errors import Refused, Stale, WrongMoment
from core.models import AuditEntry, OutboxMessage
from frameworks import queries as frameworks
from frameworks.models import PassMark
from tests.assessment import steps
from tests.assessment.trail import events

pytestmark = pytest.mark.django_db


def first_criterion(script):
    return frameworks.scheme(script.task)[0]


def test_a_saved_mark_keeps_value_reason_confidence_and_counts_its_versions():
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    criterion = first_criterion(script)
    by = marking.assessor
    services.save_mark(by=by, marking=marking, criterion=criterion, value=1, reason="Brief")
    mark = services.save_mark(
        by=by, marking=marking, criterion=criterion, value=2, reason="Full", confidence="just"
    )
    assert (mark.value, mark.reason, mark.confidence, mark.version) == (2, "Full", "just", 2)
    assert steps.marking_of(script).status == MarkingStatus.STARTED
    entry = AuditEntry.objects.filter(event="assessment.mark_saved").last()
    assert (entry.before, entry.after) == (
        {"value": 1, "confidence": "secure"},
        {"value": 2, "confidence": "just"},
    )


def test_a_mark_taken_back_is_blank_again():
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    criterion = first_criterion(script)
    for value in (1, None):
        mark = services.save_mark(by=None, marking=marking, criterion=criterion, value=value)
    assert (mark.value, mark.confidence) == (None, "")


@pytest.mark.parametrize(
    ("value", "reason", "confidence"),
    [(3, "R", ""), (-1, "R", ""), (0, "", ""), (0, "  ", "just"), (1, "R", "perhaps")],
)
def test_what_is_no_mark_is_refused_and_nothing_is_written(value, reason, confidence):
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    before = events()
    with pytest.raises(Refused):
        services.save_mark(
            by=marking.assessor,
            marking=marking,
            criterion=first_criterion(script),
            value=value,
            reason=reason,
            confidence=confidence,
        )
    assert set(marking.marks.values_list("value", "reason", "version")) == {(None, "", 0)}
    assert events() == before


def test_a_criterion_of_another_task_is_refused():
    marking = steps.marking_of(steps.script_at("allocated"))
    other = frameworks.scheme(steps.task("NPQML"))[0]
    with pytest.raises(Refused, match="not marked in this task"):
        services.save_mark(by=None, marking=marking, criterion=other, value=1)


def test_another_assessor_changes_nothing():
    marking = steps.marking_of(steps.script_at("allocated"))
    other = steps.person(Role.ASSESSOR)
    criterion = first_criterion(marking.script)
    with pytest.raises(Refused, match="Another assessor"):
        services.save_mark(by=other, marking=marking, criterion=criterion, value=1)
    with pytest.raises(Refused, match="Another assessor"):
        services.write_feedback(by=other, marking=marking, text="Mine")
    with pytest.raises(Refused, match="Another assessor"):
        services.submit_marks(by=other, marking=marking)
    assert set(marking.marks.values_list("value", flat=True)) == {None}


def test_a_stale_save_keeps_both_versions_and_writes_neither_over_the_other():
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    criterion = first_criterion(script)
    services.save_mark(
        by=None, marking=marking, criterion=criterion, value=1, reason="First", version=0
    )
    with pytest.raises(Stale) as found:
        services.save_mark(
            by=None, marking=marking, criterion=criterion, value=2, reason="Second", version=0
        )
    assert found.value.theirs == {
        "value": 1,
        "reason": "First",
        "confidence": "secure",
        "version": 1,
    }
    assert found.value.yours == {"value": 2, "reason": "Second", "confidence": "secure"}
    assert queries.marks_of(marking)[0].reason == "First"


def test_stale_feedback_keeps_both_versions():
    marking = steps.marking_of(steps.script_at("allocated"))
    services.write_feedback(by=None, marking=marking, text="First", version=0)
    with pytest.raises(Stale) as found:
        services.write_feedback(by=None, marking=marking, text="Second", version=0)
    assert found.value.theirs == {"feedback": "First", "version": 1}
    assert found.value.yours == {"feedback": "Second"}


def test_marks_with_a_blank_are_not_submitted():
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    codes = [each.code for each in frameworks.scheme(script.task)]
    steps.mark_all(marking)
    last = frameworks.scheme(script.task)[-1]
    services.save_mark(by=None, marking=marking, criterion=last, value=None)
    with pytest.raises(Refused) as found:
        services.submit_marks(by=marking.assessor, marking=marking)
    assert [each.field for each in found.value.reasons] == [f"mark-{codes[-1]}"]
    assert not Outcome.objects.exists()
    assert steps.fresh(script).status == ScriptStatus.ALLOCATED


@pytest.mark.parametrize("state", ["marked", "released"])
def test_submitted_marks_are_not_changed(state):
    script = steps.script_at(state)
    marking = steps.marking_of(script)
    before = events()
    with pytest.raises(WrongMoment):
        services.save_mark(
            by=None, marking=marking, criterion=first_criterion(script), value=1, reason="Other"
        )
    with pytest.raises(WrongMoment):
        services.write_feedback(by=None, marking=marking, text="Other")
    with pytest.raises(WrongMoment):
        services.submit_marks(by=marking.assessor, marking=marking)
    assert events() == before


@pytest.mark.parametrize(
    ("ones", "zeros", "passed", "total"),
    [(8, 0, True, 20), (9, 0, False, 19), (0, 1, False, 26)],
)
def test_the_outcome_of_npqsl_by_its_published_pass_mark(ones, zeros, passed, total):
    codes = [each.code for each in frameworks.scheme(steps.task())]
    marks = dict.fromkeys(codes[:ones], 1) | dict.fromkeys(codes[:zeros], 0)
    script = steps.script_at("marked", marks=marks)
    outcome = script.outcome
    assert (outcome.passed, outcome.total, outcome.pass_mark) == (passed, total, 20)
    assert (outcome.marks_available, outcome.released_at) == (28, None)
    assert script.status == ScriptStatus.MARKED


def test_without_a_pass_mark_the_script_waits_and_goes_on_when_it_is_entered():
    script = steps.script_at("allocated", level="NPQML")
    PassMark.objects.filter(task=script.task).delete()
    marking = steps.marking_of(script)
    steps.mark_all(marking)
    assert services.submit_marks(by=marking.assessor, marking=marking) is None
    script = steps.fresh(script)
    assert script.status == ScriptStatus.WAITING
    assert queries.tasks_without_pass_mark() == [script.task]
    with pytest.raises(Refused, match="pass mark"):
        services.compute(by=None, script=script)
    assert not Outcome.objects.exists()
    PassMark.objects.create(task=script.task, value=18, source="Handbook")
    outcome = services.compute(by=None, script=script)
    assert (outcome.passed, outcome.pass_mark_source) == (True, "Handbook")
    assert steps.fresh(script).status == ScriptStatus.MARKED


# Release


def test_release_is_all_or_nothing(at_commit):
    administrator = steps.person(Role.ADMINISTRATOR)
    marked, early = steps.script_at("marked"), steps.script_at("allocated")
    with at_commit(), pytest.raises(WrongMoment):
        services.release(by=administrator, scripts=[marked, early])
    assert steps.fresh(marked).status == ScriptStatus.MARKED
    assert "assessment.released" not in events()
    assert not OutboxMessage.objects.filter(kind="assessment.result").exists()


def test_a_release_tells_each_participant_once(at_commit):
    administrator = steps.person(Role.ADMINISTRATOR)
    scripts = [steps.script_at("marked"), steps.script_at("marked")]
    mail.outbox.clear()
    with at_commit():
        outcomes = services.release(by=administrator, scripts=[*scripts, scripts[0]])
    assert {each.released_by for each in outcomes} == {administrator}
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        each.enrolment.participant.email for each in scripts
    )
    with pytest.raises(WrongMoment):
        services.release(by=administrator, scripts=scripts)


def test_releasing_nothing_is_refused():
    with pytest.raises(Refused, match="at least one"):
        services.release(by=steps.person(Role.ADMINISTRATOR), scripts=[])


def test_a_failed_task_fails_the_level_and_no_name_is_in_the_trail():
    code = frameworks.scheme(steps.task())[0].code
    script = steps.script_at("released", marks={code: 0})
    assert script.enrolment.status == "failed"
    writer = script.enrolment.participant
    trail = str(list(AuditEntry.objects.values()))
    assert writer.last_name not in trail
    assert writer.email not in trail
