"""What this room records in the audit trail, each with the sentence that auditors read (G4)."""

from core.events import Event

STARTED = Event(
    "assessment.started", "{by} started attempt {attempt} at task {task} for {for_whom}"
)
WRITE_UP_ATTACHED = Event(
    "assessment.write_up_attached", "{by} put a write-up of {words} words with {object}"
)
DOCUMENT_ATTACHED = Event(
    "assessment.document_attached", "{by} put document {position} with {object}"
)
DOCUMENT_REMOVED = Event(
    "assessment.document_removed", "{by} took document {position} away from {object}"
)
SUBMITTED = Event("assessment.submitted", "{by} submitted {object} with {words} words")
ALLOCATED = Event("assessment.allocated", "{by} allocated {object} to {assessor}")
MARK_SAVED = Event("assessment.mark_saved", "{by} marked {criterion} in {object}")
MARKS_SUBMITTED = Event("assessment.marks_submitted", "{by} submitted the marks of {object}")
OUTCOME_COMPUTED = Event(
    "assessment.outcome_computed",
    "the outcome of {object} was worked out from pass mark {pass_mark}",
)
OUTCOME_AWAITED = Event(
    "assessment.outcome_awaited", "{object} waits, because task {task} has no pass mark"
)
RELEASED = Event("assessment.released", "{by} released the outcome of {object} to {for_whom}")
MARKING_POINT_SET = Event("assessment.marking_point_set", "{by} set the marking point {opens_on}")
