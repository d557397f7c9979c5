"""What this room records in the audit trail, each with the sentence that auditors read."""

from core.events import Event

STARTED = Event("applications.started", "{by} started application {object} for {level}")
DETAILS_SAVED = Event("applications.details_saved", "{by} saved the details of {object}")
SCHOOL_TYPED = Event(
    "applications.school_typed", "{by} named a school in {object} that is not listed"
)
SCHOOL_MATCHED = Event(
    "applications.school_matched", "{by} matched the school of {object} to URN {school}"
)
FUNDING_SAVED = Event(
    "applications.funding_saved", "{by} said how a place by {object} would be paid for"
)
DRAFT_KEPT = Event("applications.draft_kept", "{by} kept a draft about area {area} in {object}")
SENT_BACK = Event("applications.sent_back", "{by} signed {object} again and sent it back")
AREAS_SCORED = Event("applications.areas_scored", "{by} scored their areas in {object}")
STRENGTHS_WRITTEN = Event(
    "applications.strengths_written", "{by} wrote about their strongest areas in {object}"
)
SPONSOR_NAMED = Event("applications.sponsor_named", "{by} named a sponsor for {object}")
SENT = Event("applications.sent", "{by} signed {object} and sent it to the sponsor")
ANSWER_BEGUN = Event("applications.answer_begun", "{by} came to answer {object} as its sponsor")
ENDORSED = Event(
    "applications.endorsed",
    "{by} answered {for_whom}'s self-scores in {object}; disputed: {disputed}",
)
BEHAVIOURS_SCORED = Event(
    "applications.behaviours_scored", "{by} scored behaviours of {for_whom} in {object}"
)
SPONSOR_SIGNED = Event(
    "applications.sponsor_signed", "{by} signed the sponsor's answer to {object}"
)
READINESS_FOUND = Event(
    "applications.readiness_found", "rule version {rule} found {object} {verdict}"
)
RULE_CHANGED = Event(
    "applications.rule_changed",
    "{by} made version {version} of the readiness rule of {object}, because {why}",
)
SPONSOR_DECLINED = Event("applications.sponsor_declined", "{by} cannot sponsor {object}")
CONTACT_LOGGED = Event("applications.contact_logged", "{by} spoke with the sponsor of {object}")
RETURNED = Event(
    "applications.returned",
    "{by} opened the sponsor's answer to {object} for change, because {why}",
)
CONFIRMED = Event("applications.confirmed", "{by} confirmed {object}, which was ready")
ACCEPTED = Event("applications.accepted", "{by} accepted {object} after referral, because {why}")
DECLINED = Event("applications.declined", "{by} declined {object} after referral, because {why}")
CLOSED = Event(
    "applications.closed", "{object} was closed, because {for_whom} has a place by {accepted}"
)
PUT_ON_WAITING_LIST = Event(
    "applications.put_on_waiting_list", "{by} accepted {object} for the waiting list of {cohort}"
)
REGION_COVERED = Event(
    "applications.region_covered", "{by} let {object} decide for the region {region}"
)
MODERATOR_ASSIGNED = Event(
    "applications.moderator_assigned", "{object} was given to {moderator} to decide"
)
WITHDRAWN = Event("applications.withdrawn", "{by} withdrew application {object}")
APPEALED = Event("applications.appealed", "{by} appealed against the decision on {object}")
APPEAL_HANDED = Event(
    "applications.appeal_handed", "{by} gave the appeal of {object} to {moderator} to decide"
)
APPEAL_UPHELD = Event(
    "applications.appeal_upheld", "{by} upheld the appeal of {object}, because {why}"
)
APPEAL_DISMISSED = Event(
    "applications.appeal_dismissed", "{by} dismissed the appeal of {object}, because {why}"
)
DECISION_UNDONE = Event(
    "applications.decision_undone", "{by} took back the decision on {object}, because {why}"
)
REGION_LEFT = Event(
    "applications.region_left", "{by} took the region {region} from {object}; {open} stay with them"
)
INTEREST_DECLARED = Event(
    "applications.interest_declared", "{by} declared an interest of {object} in {school}: {why}"
)
INTEREST_WITHDRAWN = Event(
    "applications.interest_withdrawn", "{by} withdrew the interest of {object} in {school}"
)
MODERATOR_TAKEN = Event(
    "applications.moderator_taken",
    "{object} was taken from {moderator}, who may not decide it: {conflict}",
)
RETURNED_TO_APPLICANT = Event(
    "applications.returned_to_applicant", "{by} returned {object} to {for_whom}, because {why}"
)
OFFERED = Event("applications.offered", "{object} was offered a place that became free")
TAKEN_UP = Event("applications.taken_up", "{by} accepted the place offered to {object}")
TURNED_DOWN = Event("applications.turned_down", "{by} turned down the place offered to {object}")
LAPSED = Event("applications.lapsed", "the offer of a place to {object} ended without an answer")
LAPSE_UNDONE = Event(
    "applications.lapse_undone", "{by} put {object} back on the waiting list, because {why}"
)
MOVED_TO_COHORT = Event(
    "applications.moved_to_cohort", "{by} moved {object} to the waiting list of {cohort}"
)
FUNDING_DECIDED = Event(
    "applications.funding_decided", "the funding of {object} was decided: {reason}"
)
FUNDING_YEAR_ADDED = Event("applications.funding_year_added", "{object} was loaded")
FUNDING_YEAR_COPIED = Event("applications.funding_year_copied", "{by} began {object} from {copied}")
FUNDING_RULES_CHANGED = Event(
    "applications.funding_rules_changed", "{by} changed the funding rules of {object}"
)
NOTED = Event("applications.noted", "{by} wrote a note on {object}")
EXPORTED = Event(
    "applications.exported", "{by} took {rows} rows of the list of applications as {kind}"
)
PEOPLE_MERGED = Event(
    "applications.people_merged",
    "{by} merged {merged} into {object}, because {why}: {applications} applications, {enrolments} enrolments",
)
PEOPLE_TOLD_APART = Event(
    "applications.people_told_apart", "{by} found that {object} and {other} are two people"
)
SPONSOR_CHASED = Event(
    "applications.sponsor_chased", "The sponsor of {object} was reminded, {day} days after asking"
)
