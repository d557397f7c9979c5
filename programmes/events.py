"""What this room records in the audit trail, each with the sentence that auditors read."""

from core.events import Event

SCHOOL_ADDED = Event("programmes.school_added", "{by} added school {object}")
SCHOOLS_IMPORTED = Event(
    "programmes.schools_imported",
    "{by} read the Department's file of schools as {object}: {added} added, {changed} changed, "
    "{closed} closed, {unchanged} unchanged, {refused} refused",
)
COHORT_OPENED = Event("programmes.cohort_opened", "{by} opened cohort {object} of {level}")
COHORT_CHANGED = Event("programmes.cohort_changed", "{by} changed cohort {object}")
COHORT_CLOSED = Event("programmes.cohort_closed", "{by} closed cohort {object} to applications")
COHORT_REOPENED = Event(
    "programmes.cohort_reopened", "{by} opened cohort {object} to applications again"
)
PROGRAMME_DESCRIBED = Event(
    "programmes.programme_described", "{by} described {level} of the {edition} edition"
)
ENROLLED = Event(
    "programmes.enrolled", "{by} enrolled {for_whom} on {level}, cohort {cohort}, as {object}"
)
CANCELLED = Event(
    "programmes.cancelled", "{by} took back {object}, the place of {for_whom}, because {why}"
)
COMMENCED = Event("programmes.commenced", "{by} recorded that {for_whom} started on {day}")
WITHDRAWN = Event("programmes.withdrawn", "{by} recorded that {for_whom} withdrew on {day}")
DEFERRED = Event("programmes.deferred", "{by} recorded that {for_whom} paused on {day}")
RESUMED = Event("programmes.resumed", "{by} recorded that {for_whom} came back on {day}")
PRESENTED = Event("programmes.presented", "{for_whom} presented every task on {day}")
CONCLUDED = Event("programmes.concluded", "{for_whom} {outcome} on {day}")
HANDED_OVER = Event(
    "programmes.handed_over",
    "{by} gave enrolment {object} to {for_whom}, whose two accounts are one",
)
