"""The verbs of entry: what the applicant, the sponsor and those who decide do. Nothing else sets a status."""

from applications.services.answering import (
    begin_answer,
    come_by_invitation,
    decline_to_sponsor,
    endorse,
    score_behaviours,
    sign,
)
from applications.services.applying import (
    goes_to_sponsor,
    missing,
    name_sponsor,
    send,
    send_back,
    start,
    withdraw,
)
from applications.services.deciding import accept, confirm, decline
from applications.services.readiness import change_rule
from applications.services.referral import (
    assign_moderator,
    cover_region,
    log_contact,
    return_to_sponsor,
)
from applications.services.schools_unlisted import match_school
from applications.services.writing import (
    choose_strengths,
    keep_strength,
    save_details,
    save_funding,
    save_unlisted_school,
    score_areas,
    write_strength,
    write_strengths,
)

__all__ = [
    "accept",
    "assign_moderator",
    "begin_answer",
    "change_rule",
    "choose_strengths",
    "come_by_invitation",
    "confirm",
    "cover_region",
    "decline",
    "decline_to_sponsor",
    "endorse",
    "goes_to_sponsor",
    "keep_strength",
    "log_contact",
    "match_school",
    "missing",
    "name_sponsor",
    "return_to_sponsor",
    "save_details",
    "save_funding",
    "save_unlisted_school",
    "score_areas",
    "score_behaviours",
    "send",
    "send_back",
    "sign",
    "start",
    "withdraw",
    "write_strength",
    "write_strengths",
]
