"""Whether something may be done to a school, a cohort or an enrolment, and the dates that follow. Pure.

Knows neither user, request, clock nor database; the days it judges are given to it.
"""

from programmes.policies.cohorts import a_place_is_free, cohort
from programmes.policies.enrolments import (
    MONTHS_TO_PRESENT,
    cancellation,
    clean_trn,
    commencement,
    deadline_to_present,
    enrolment,
    pause,
    presentation,
)
from programmes.policies.schools import clean_postcode

__all__ = [
    "MONTHS_TO_PRESENT",
    "a_place_is_free",
    "cancellation",
    "clean_postcode",
    "clean_trn",
    "cohort",
    "commencement",
    "deadline_to_present",
    "enrolment",
    "pause",
    "presentation",
]
