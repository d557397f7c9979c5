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


_S = EnrolmentStatus

ENROLMENT = Lifecycle(
    "enrolment",
    _S.choices,
    move("commence", [_S.ENROLLED], _S.COMMENCED),
    move("withdraw", [_S.ENROLLED, _S.COMMENCED, _S.DEFERRED], _S.WITHDRAWN),
    move("defer", [_S.ENROLLED, _S.COMMENCED], _S.DEFERRED),
    move("resume", [_S.DEFERRED], _S.COMMENCED),
    move("present", [_S.COMMENCED], _S.PRESENTED),
    move("conclude_passed", [_S.PRESENTED], _S.PASSED),
    move("conclude_failed", [_S.PRESENTED], _S.FAILED),
)
