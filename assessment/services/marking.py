"""The assessor's verbs: save a mark, write the feedback, submit the marks (S10)."""

from django.db import transaction

from accounts.models import User
from assessment import events, policies, queries
from assessment.models import Confidence, Mark, Marking, Outcome, Script
from assessment.services import release
from assessment.states import MARKING
from core import audit, clock
from core.decisions import Reason
from core.errors import Refused, Stale
from frameworks.models import TaskCriterion

STALE = (
    "This was saved somewhere else after you opened the page. Both versions are kept: choose one."
)


@transaction.atomic
def save_mark(
    *,
    by: User | None,
    marking: Marking,
    criterion: TaskCriterion,
    value: int | None,
    reason: str = "",
    confidence: str = "",
    version: int | None = None,
) -> Mark:
    """Save one draft mark; `value` None leaves it blank, which is never 0 (S10).

    `version` is the one that the page showed. Raises Stale when another has been saved since, Refused for a
    mark outside 0 to 2 or a 0 without a reason, WrongMoment once the marks are submitted.
    """
    row = _locked(marking, by=by)
    target = MARKING.target("save_mark", row.status)
    mark = row.marks.filter(criterion=criterion).first()
    policies.mark(value, reason, in_task=mark is not None).require()
    assert mark is not None
    mark.criterion = criterion
    reason = reason.strip()
    confidence = (confidence or Confidence.SECURE) if value is not None else ""
    if confidence and confidence not in Confidence.values:
        raise Refused((Reason("Choose secure or just", "confidence", "S10"),))
    yours: dict[str, object] = {"value": value, "reason": reason, "confidence": confidence}
    theirs: dict[str, object] = {
        "value": mark.value,
        "reason": mark.reason,
        "confidence": mark.confidence,
    }
    if theirs == yours:
        return mark
    if version is not None and version != mark.version:
        raise Stale(STALE, theirs={**theirs, "version": mark.version}, yours=yours)
    before = {"value": mark.value, "confidence": mark.confidence}
    mark.value, mark.reason, mark.confidence = value, reason, confidence
    mark.version += 1
    mark.saved_at = clock.now()
    mark.save(update_fields=["value", "reason", "confidence", "version", "saved_at"])
    _move(row, target)
    marking.status = target
    after = {"value": value, "confidence": confidence}
    if before != after:
        audit.record(
            events.MARK_SAVED,
            by=by,
            on=row,
            before=before,
            after=after,
            criterion=criterion.code,
            version=mark.version,
        )
    return mark


@transaction.atomic
def write_feedback(
    *, by: User | None, marking: Marking, text: str, version: int | None = None
) -> Marking:
    """Save the overall feedback that the participant will read. Raises Stale, WrongMoment."""
    row = _locked(marking, by=by)
    target = MARKING.target("write_feedback", row.status)
    text = text.strip()
    if text != row.feedback:
        if version is not None and version != row.feedback_version:
            raise Stale(
                STALE,
                theirs={"feedback": row.feedback, "version": row.feedback_version},
                yours={"feedback": text},
            )
        row.feedback = text
        row.feedback_version += 1
        row.status = target
        row.save(update_fields=["feedback", "feedback_version", "status"])
    marking.feedback, marking.feedback_version = row.feedback, row.feedback_version
    marking.status = row.status
    return marking


@transaction.atomic
def submit_marks(*, by: User, marking: Marking) -> Outcome | None:
    """Submit every mark for good; the outcome where the pass mark is known, else None and the script waits (S11).

    Raises Refused while a mark is blank, each by its criterion.
    """
    script = Script.objects.select_for_update(of=("self",)).get(pk=marking.script_id)
    row = _locked(marking, by=by)
    target = MARKING.target("submit_marks", row.status)
    marks = queries.values_of(row)
    policies.submitting_marks(marks).require()
    before = row.status
    row.status = target
    row.submitted_at, row.submitted_by = clock.now(), by
    row.save(update_fields=["status", "submitted_at", "submitted_by"])
    audit.record(
        events.MARKS_SUBMITTED,
        by=by,
        on=row,
        before={"status": before},
        after={"status": target},
        script=script.reference,
        marks=marks,
    )
    marking.status, marking.submitted_at = row.status, row.submitted_at
    return release.finish_marking(by=by, script=script, marks=marks)


def _locked(marking: Marking, *, by: User | None) -> Marking:
    """The marking's own row, held until the transaction ends; somebody else's is refused."""
    row = Marking.objects.select_for_update(of=("self",)).get(pk=marking.pk)
    if by is not None and row.assessor_id != by.pk:
        raise Refused("Another assessor marks this script.")
    return row


def _move(row: Marking, target: str) -> None:
    if row.status != target:
        row.status = target
        row.save(update_fields=["status"])
