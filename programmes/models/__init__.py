"""Tables of delivery: schools, cohorts and enrolments."""

from programmes.models.cohorts import Cohort, HeldPlace, Partner, Programme
from programmes.models.enrolments import Enrolment
from programmes.models.schools import RefusedRow, School, SchoolChange, SchoolImport, SchoolWord

__all__ = [
    "Cohort",
    "Enrolment",
    "HeldPlace",
    "Partner",
    "Programme",
    "RefusedRow",
    "School",
    "SchoolChange",
    "SchoolImport",
    "SchoolWord",
]
