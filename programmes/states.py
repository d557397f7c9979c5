"""The life of an enrolment (P1): separate facts with dates, and the one status that they add up to."""

from django.db.models import TextChoices

from core.lifecycle import Lifecycle, move


class EnrolmentStatus(TextChoices):
    """Where an enrolment is."""

    ENROLLED = "enrolled", "Enrolled"
    COMMENCED = "commenced", "Taking part"
    PRESENTED = "presented", "Presented"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DEFERRED = "deferred", "Deferred"
    PASSED = "passed", "Passed"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Made in error"


class PauseReason(TextChoices):
    """Why somebody leaves or pauses (P1)."""

    HEALTH = "health", "Health or family"
    WORKLOAD = "workload", "Workload at school"
    NEW_POST = "new_post", "A new post or school"
    LEFT_TEACHING = "left_teaching", "Left the profession"
    FUNDING = "funding", "Funding or school support ended"
    OTHER = "other", "Another reason"


# Those who still have a place; one person has one such enrolment for each level.
LIVE = frozenset({EnrolmentStatus.ENROLLED, EnrolmentStatus.COMMENCED, EnrolmentStatus.PRESENTED})
# After these, enrolling again links to the earlier enrolment (A13).
MAY_COME_BACK = frozenset(
    {EnrolmentStatus.WITHDRAWN, EnrolmentStatus.DEFERRED, EnrolmentStatus.FAILED}
)

_S = EnrolmentStatus

ENROLMENT = Lifecycle(
    "enrolment",
    _S.choices,
    move("commence", [_S.ENROLLED], _S.COMMENCED, "Their start has been recorded already."),
    move("withdraw", [_S.ENROLLED, _S.COMMENCED, _S.DEFERRED], _S.WITHDRAWN),
    move("defer", [_S.ENROLLED, _S.COMMENCED], _S.DEFERRED),
    move("resume", [_S.DEFERRED], _S.COMMENCED),
    move(
        "cancel",
        [_S.ENROLLED],
        _S.CANCELLED,
        "They have started, so this place cannot be taken back: record a withdrawal instead.",
    ),
    move("present", [_S.COMMENCED], _S.PRESENTED),
    move("conclude_passed", [_S.PRESENTED], _S.PASSED),
    move("conclude_failed", [_S.PRESENTED], _S.FAILED),
)
