"""Whether something may be done to a school, a cohort or an enrolment, and the dates that follow. Pure.

Knows neither user, request, clock nor database; the days it judges are given to it.
"""

from programmes.policies.cohorts import (
    Intake,
    a_place_is_free,
    cohort,
    description,
    intake,
    usual_closing,
)
from programmes.policies.enrolments import (
    MONTHS_TO_PRESENT,
    cancellation,
    clean_trn,
    coming_back,
    commencement,
    deadline_to_present,
    enrolment,
    pause,
    presentation,
)
from programmes.policies.school_file import (
    Row,
    header_troubles,
    places_of,
    read_row,
)
from programmes.policies.schools import (
    MOST_LETTERS,
    WORDS_OF_MANY,
    clean_postcode,
    errors_forgiven,
    is_closed,
    is_open,
    names_alike,
    plain_words,
    postcode_among,
    search_text,
    typed_words,
    typing_errors,
)

__all__ = [
    "MONTHS_TO_PRESENT",
    "MOST_LETTERS",
    "WORDS_OF_MANY",
    "Intake",
    "Row",
    "a_place_is_free",
    "cancellation",
    "clean_postcode",
    "clean_trn",
    "cohort",
    "coming_back",
    "commencement",
    "deadline_to_present",
    "description",
    "enrolment",
    "errors_forgiven",
    "header_troubles",
    "intake",
    "is_closed",
    "is_open",
    "names_alike",
    "pause",
    "places_of",
    "plain_words",
    "postcode_among",
    "presentation",
    "read_row",
    "search_text",
    "typed_words",
    "typing_errors",
    "usual_closing",
]
