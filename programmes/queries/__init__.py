"""Which rows: schools looked for, cohorts that are open, enrolments somebody may see. Nothing here writes."""

from programmes.queries.cohorts import (
    TAKES_A_PLACE,
    cohorts_of,
    cohorts_page,
    cohorts_to_apply_for,
    cohorts_with_places,
    holds_a_place,
    open_cohorts,
    partner_names,
    places_left,
    programme_level,
    programme_levels,
    programme_of,
)
from programmes.queries.enrolments import enrolments_of, enrolments_visible_to, filtered, page_of
from programmes.queries.school_imports import (
    page_of_imports,
    refused_rows,
    school_changes,
    school_imports,
)
from programmes.queries.schools import find_schools

__all__ = [
    "TAKES_A_PLACE",
    "cohorts_of",
    "cohorts_page",
    "cohorts_to_apply_for",
    "cohorts_with_places",
    "enrolments_of",
    "enrolments_visible_to",
    "filtered",
    "find_schools",
    "holds_a_place",
    "open_cohorts",
    "page_of",
    "page_of_imports",
    "partner_names",
    "places_left",
    "programme_level",
    "programme_levels",
    "programme_of",
    "refused_rows",
    "school_changes",
    "school_imports",
]
