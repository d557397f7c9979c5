"""The verbs of delivery: schools, cohorts and the life of an enrolment. Nothing else sets a status."""

from programmes.services.cohorts import end_hold, hold_place, lock_cohort, open_cohort
from programmes.services.enrolments import (
    cancel,
    commence,
    conclude,
    defer,
    enrol,
    present,
    resume,
    withdraw,
)
from programmes.services.schools import add_school

__all__ = [
    "add_school",
    "cancel",
    "commence",
    "conclude",
    "defer",
    "end_hold",
    "enrol",
    "hold_place",
    "lock_cohort",
    "open_cohort",
    "present",
    "resume",
    "withdraw",
]
