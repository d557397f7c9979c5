"""The verbs of the assessment room, each in one transaction with its audit entry and its messages.

Submission, marking and release are modules of this package; callers say services.submit(...).
"""

from assessment.services.allocation import allocate, set_marking_point
from assessment.services.marking import save_mark, submit_marks, write_feedback
from assessment.services.release import compute, release
from assessment.services.submission import (
    attach_document,
    attach_write_up,
    facts_of,
    remove_document,
    start,
    submit,
)

__all__ = (
    "allocate",
    "attach_document",
    "attach_write_up",
    "compute",
    "facts_of",
    "release",
    "remove_document",
    "save_mark",
    "set_marking_point",
    "start",
    "submit",
    "submit_marks",
    "write_feedback",
)
