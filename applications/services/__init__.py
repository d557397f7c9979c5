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
    choose_strengths,
    missing,
    name_sponsor,
    save_details,
    score_areas,
    send,
    start,
    withdraw,
    write_strength,
    write_strengths,
)
from applications.services.deciding import accept, confirm, decline
from applications.services.readiness import change_rule
from applications.services.referral import (
    assign_moderator,
    cover_region,
    log_contact,
    return_to_sponsor,
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
    "log_contact",
    "missing",
    "name_sponsor",
    "return_to_sponsor",
    "save_details",
    "score_areas",
    "score_behaviours",
    "send",
    "sign",
    "start",
    "withdraw",
    "write_strength",
    "write_strengths",
]
