"""From submitted marks to a result in the participant's hands: outcome (S11) and release (S16)."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from assessment import events, notifications, policies, queries
from assessment.models import Outcome, Script
from assessment.states import SCRIPT
from core import audit, clock, outbox
from core.errors import Refused
from programmes import services as programmes
from programmes.models import Enrolment
from programmes.states import ENROLMENT


@transaction.atomic
def compute(*, by: User | None, script: Script) -> Outcome:
    """Work out the outcome of a script that waited for its pass mark. Raises Refused while there is none."""
    row = _locked(script)
    target = SCRIPT.target("compute", row.status)
    marking = queries.first_marking(row)
    marks = queries.values_of(marking) if marking else {}
    outcome = _compute(row, marks, by=by, target=target)
    if outcome is None:
        raise Refused("The pass mark of this task has not been entered. Enter it first.")
    _move(row, target)
    script.status = target
    return outcome


def finish_marking(
    *, by: User | None, script: Script, marks: Mapping[str, int | None]
) -> Outcome | None:
    """The step of a script, already locked, whose marks have just been submitted."""
    target = SCRIPT.target("finish_marking", script.status)
    outcome = _compute(script, marks, by=by, target=target)
    if outcome is None:
        before, target = script.status, SCRIPT.target("await_pass_mark", script.status)
        audit.record(
            events.OUTCOME_AWAITED,
            by=by,
            on=script,
            before={"status": before},
            after={"status": target},
            task=script.task.reference,
        )
    _move(script, target)
    return outcome


@transaction.atomic
def release(*, by: User, scripts: Iterable[Script]) -> list[Outcome]:
    """Release the outcomes of these scripts, all or none, with their messages (S16)."""
    wanted = sorted({script.pk for script in scripts})
    if not wanted:
        raise Refused("Choose at least one script to release.")
    rows = list(
        Script.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("outcome", "enrolment__participant")
        .order_by("pk")
    )
    now = clock.now()
    released = []
    for row in rows:
        target = SCRIPT.target("release", row.status)
        before, row.status = row.status, target
        row.save(update_fields=["status"])
        outcome = row.outcome
        outcome.released_at, outcome.released_by = now, by
        outcome.save(update_fields=["released_at", "released_by"])
        audit.record(
            events.RELEASED,
            by=by,
            on=row,
            for_whom=row.enrolment.participant,
            before={"status": before},
            after={"status": target},
            passed=outcome.passed,
            total=outcome.total,
        )
        outbox.put(notifications.RESULT, key=row.reference, script=row.reference)
        released.append(outcome)
    for enrolment in sorted({row.enrolment_id for row in rows}):
        _conclude_when_whole(enrolment, by=by)
    return released


def _locked(script: Script) -> Script:
    return (
        Script.objects.select_for_update(of=("self",))
        .select_related("enrolment__participant", "task__level__edition")
        .get(pk=script.pk)
    )


def _compute(
    script: Script, marks: Mapping[str, int | None], *, by: User | None, target: str
) -> Outcome | None:
    """The outcome by S11, recorded with the pass mark that was used and the state it leads to.

    None when it cannot be known.
    """
    entered = queries.pass_mark(script.task)
    decision = policies.outcome(marks, entered.value if entered else None)
    if entered is None or decision.passed is None or decision.total is None:
        return None
    outcome = Outcome.objects.create(
        script=script,
        passed=decision.passed,
        total=decision.total,
        marks_available=script.task.marks_available,
        pass_mark=entered.value,
        pass_mark_source=entered.source,
        pass_mark_is_demonstration=entered.is_demonstration,
        reasons=list(decision.reasons),
        computed_at=clock.now(),
    )
    audit.record(
        events.OUTCOME_COMPUTED,
        by=by,
        on=script,
        before={"status": script.status},
        after={"status": target},
        passed=outcome.passed,
        total=outcome.total,
        pass_mark=outcome.pass_mark,
    )
    return outcome


def _move(row: Script, target: str) -> None:
    row.status = target
    row.save(update_fields=["status"])


def _conclude_when_whole(enrolment_pk: int, *, by: User) -> None:
    """Every task's newest attempt released: the level is passed or failed (S11)."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment_pk)
    result = policies.level_result(queries.newest_results(enrolment))
    if result is None:
        return
    if ENROLMENT.allows("conclude_passed" if result else "conclude_failed", enrolment.status):
        programmes.conclude(by=by, enrolment=enrolment, passed=result)
