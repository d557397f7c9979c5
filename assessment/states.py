"""When: the lives of a script and of a marking. From these tables come guards, buttons, tests and docs/states.md."""

from django.db.models import TextChoices

from core.lifecycle import NEW, Lifecycle, move


class ScriptStatus(TextChoices):
    """Where one attempt at one task is."""

    STARTED = "started", "Being prepared"
    SUBMITTED = "submitted", "Submitted"
    ALLOCATED = "allocated", "With an assessor"
    WAITING = "waiting", "Waiting for a pass mark"
    MARKED = "marked", "Marked"
    RELEASED = "released", "Result released"


class MarkingStatus(TextChoices):
    """Where one assessor's marking of one script is."""

    ALLOCATED = "allocated", "To mark"
    STARTED = "started", "Being marked"
    SUBMITTED = "submitted", "Marks submitted"


_S = ScriptStatus
_M = MarkingStatus
_SENT = "This work has been submitted, so it cannot be changed."
_GIVEN = "These marks have been submitted, so they cannot be changed."

SCRIPT = Lifecycle(
    "script",
    _S.choices,
    move("start", [NEW], _S.STARTED),
    move("attach_write_up", [_S.STARTED], _S.STARTED, _SENT),
    move("attach_document", [_S.STARTED], _S.STARTED, _SENT),
    move("remove_document", [_S.STARTED], _S.STARTED, _SENT),
    move("submit", [_S.STARTED], _S.SUBMITTED, "This work has been submitted already."),
    move(
        "allocate",
        [_S.SUBMITTED],
        _S.ALLOCATED,
        "Only submitted work that no assessor has can be allocated.",
    ),
    move("finish_marking", [_S.ALLOCATED], _S.MARKED),
    move("await_pass_mark", [_S.ALLOCATED], _S.WAITING),
    move(
        "compute",
        [_S.WAITING],
        _S.MARKED,
        "Only a script that waits for a pass mark can have its outcome worked out here.",
    ),
    move(
        "release",
        [_S.MARKED],
        _S.RELEASED,
        "Only a marked script whose result has not been released can be released.",
    ),
)

MARKING = Lifecycle(
    "marking",
    _M.choices,
    move("allocate", [NEW], _M.ALLOCATED),
    move("save_mark", [_M.ALLOCATED, _M.STARTED], _M.STARTED, _GIVEN),
    move("write_feedback", [_M.ALLOCATED, _M.STARTED], _M.STARTED, _GIVEN),
    move(
        "submit_marks",
        [_M.STARTED],
        _M.SUBMITTED,
        "There are no marks to submit, or they have been submitted already.",
    ),
)

BEFORE_SUBMISSION = frozenset({_S.STARTED})
TO_BE_MARKED = frozenset({_M.ALLOCATED, _M.STARTED})
