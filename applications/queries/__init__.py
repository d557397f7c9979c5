"""Which rows: the applications somebody may know of, the worklists, and what a decision needs. Writes nothing.

What only one part of the room asks is in that part's module.
"""

from applications.queries.applications import (
    Answered,
    Written,
    answered,
    applied_by,
    areas_of,
    behaviours_of,
    counts_by_status,
    current_answer,
    days_waiting,
    latest_readiness,
    live_application,
    page_of,
    referred_to,
    rule_in_force,
    school,
    sponsored_by,
    visible_to,
    waiting_for_provider,
    waiting_for_sponsor,
    with_facts,
    written,
)

__all__ = [
    "Answered",
    "Written",
    "answered",
    "applied_by",
    "areas_of",
    "behaviours_of",
    "counts_by_status",
    "current_answer",
    "days_waiting",
    "latest_readiness",
    "live_application",
    "page_of",
    "referred_to",
    "rule_in_force",
    "school",
    "sponsored_by",
    "visible_to",
    "waiting_for_provider",
    "waiting_for_sponsor",
    "with_facts",
    "written",
]
