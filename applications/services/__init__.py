"""The verbs of entry: what the applicant, the sponsor and those who decide do. Nothing else sets a status."""

from applications.services.answering import (
    begin_answer,
    come_by_invitation,
    decline_to_sponsor,
    endorse,
    score_behaviours,
    sign,
)
from applications.services.appealing import appeal, dismiss, hand_appeal, uphold
from applications.services.applying import (
    goes_to_sponsor,
    missing,
    name_sponsor,
    send,
    send_back,
    start,
    withdraw,
)
from applications.services.chasing import chase_sponsor, chase_sponsors
from applications.services.deciding import accept, confirm, decline
from applications.services.desk import note, record_export, remove_filter, save_filter
from applications.services.funding import (
    change_bands,
    change_workplaces,
    copy_funding_year,
    decide_funding,
    load_funding,
    load_funding_rules,
)
from applications.services.people import merge_people, tell_apart
from applications.services.places import (
    fill,
    lapse,
    move_to_cohort,
    sweep_places,
    take_up,
    turn_down,
    undo_lapse,
)
from applications.services.readiness import change_rule
from applications.services.referral import (
    assign_moderator,
    cover_region,
    declare_interest,
    log_contact,
    return_to_applicant,
    return_to_sponsor,
    uncover_region,
    withdraw_interest,
)
from applications.services.schools_unlisted import match_school
from applications.services.selfcheck import start_with_scores
from applications.services.undoing import undo_accept, undo_confirm, undo_decline
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
    "appeal",
    "assign_moderator",
    "begin_answer",
    "change_bands",
    "change_rule",
    "change_workplaces",
    "chase_sponsor",
    "chase_sponsors",
    "choose_strengths",
    "come_by_invitation",
    "confirm",
    "copy_funding_year",
    "cover_region",
    "decide_funding",
    "declare_interest",
    "decline",
    "decline_to_sponsor",
    "dismiss",
    "endorse",
    "fill",
    "goes_to_sponsor",
    "hand_appeal",
    "keep_strength",
    "lapse",
    "load_funding",
    "load_funding_rules",
    "log_contact",
    "match_school",
    "merge_people",
    "missing",
    "move_to_cohort",
    "name_sponsor",
    "note",
    "record_export",
    "remove_filter",
    "return_to_applicant",
    "return_to_sponsor",
    "save_details",
    "save_filter",
    "save_funding",
    "save_unlisted_school",
    "score_areas",
    "score_behaviours",
    "send",
    "send_back",
    "sign",
    "start",
    "start_with_scores",
    "sweep_places",
    "take_up",
    "tell_apart",
    "turn_down",
    "uncover_region",
    "undo_accept",
    "undo_confirm",
    "undo_decline",
    "undo_lapse",
    "uphold",
    "withdraw",
    "withdraw_interest",
    "write_strength",
    "write_strengths",
]
