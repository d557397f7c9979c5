"""The verbs of delivery: schools, cohorts and the life of an enrolment. Nothing else sets a status."""

from programmes.services.cohorts import (
    change_cohort,
    close_cohort,
    end_hold,
    hold_place,
    lock_cohort,
    open_cohort,
    reopen_cohort,
)
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
from programmes.services.people import hand_over
from programmes.services.programmes import describe_programme, load_programmes
from programmes.services.school_import import import_schools
from programmes.services.schools import add_school

__all__ = [
    "add_school",
    "cancel",
    "change_cohort",
    "close_cohort",
    "commence",
    "conclude",
    "defer",
    "describe_programme",
    "end_hold",
    "enrol",
    "hand_over",
    "hold_place",
    "import_schools",
    "load_programmes",
    "lock_cohort",
    "open_cohort",
    "present",
    "reopen_cohort",
    "resume",
    "withdraw",
]
