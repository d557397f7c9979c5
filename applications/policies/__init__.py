"""Whether an application, a sponsor's answer or a decision says what it must, and what the rule finds. Pure.

Knows neither user, request, clock nor database: facts in, a Decision with plain reasons out.
"""

from applications.policies.answers import (
    behaviour_score,
    cannot_sponsor,
    contact,
    decline,
    endorsements,
    return_to_sponsor,
    whole_answer,
    with_a_reason,
)
from applications.policies.application import (
    STRENGTH_WORDS,
    area_scores,
    chosen_areas,
    count_words,
    details,
    has_figure,
    same_mailbox,
    signature,
    sponsor,
    start,
    strength,
    whole_application,
)
from applications.policies.readiness import (
    AGAINST,
    DEFAULT_RULE,
    FOR,
    NOT_READY,
    Clause,
    Rule,
    Verdict,
    readiness,
    verb_after_signing,
)

__all__ = [
    "AGAINST",
    "DEFAULT_RULE",
    "FOR",
    "NOT_READY",
    "STRENGTH_WORDS",
    "Clause",
    "Rule",
    "Verdict",
    "area_scores",
    "behaviour_score",
    "cannot_sponsor",
    "chosen_areas",
    "contact",
    "count_words",
    "decline",
    "details",
    "endorsements",
    "has_figure",
    "readiness",
    "return_to_sponsor",
    "same_mailbox",
    "signature",
    "sponsor",
    "start",
    "strength",
    "verb_after_signing",
    "whole_answer",
    "whole_application",
    "with_a_reason",
]
