"""The life of an application (A1 to A9): who it waits for, and the verbs open at each stage."""

from django.db.models import TextChoices

from core.lifecycle import Lifecycle, move


class ApplicationStatus(TextChoices):
    """Where an application is."""

    DRAFT = "draft", "Being written"
    WITH_SPONSOR = "with_sponsor", "With the sponsor"
    SPONSOR_NEEDED = "sponsor_needed", "Another sponsor needed"
    READY = "ready", "Ready to confirm"
    REFERRED = "referred", "With a regional moderator"
    RETURNED = "returned", "Returned to the applicant"
    WAITING = "waiting", "On the waiting list"
    OFFERED = "offered", "Offered a place"
    APPEALED = "appealed", "Appeal being decided"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not accepted"
    LAPSED = "lapsed", "Offer lapsed"
    CLOSED = "closed", "Closed: a place was accepted elsewhere"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Readiness(TextChoices):
    """What the rule says of a signed application; it never declines anybody (A7, A9)."""

    READY = "ready", "Ready"
    BORDERLINE = "borderline", "Borderline"
    NOT_READY = "not_ready", "Not ready yet"


class ContactMeans(TextChoices):
    """How a moderator spoke with a sponsor."""

    PHONE = "phone", "By phone"
    MAIL = "mail", "By email"
    MEETING = "meeting", "In a meeting"


_S = ApplicationStatus

# One such application for each person, level and cohort (A11).
LIVE = (
    _S.DRAFT,
    _S.WITH_SPONSOR,
    _S.SPONSOR_NEEDED,
    _S.READY,
    _S.REFERRED,
    _S.RETURNED,
    _S.WAITING,
    _S.OFFERED,
    _S.APPEALED,
)
# Both have signed: scores are locked (A5).
SIGNED = frozenset(
    {
        _S.READY,
        _S.REFERRED,
        _S.WAITING,
        _S.OFFERED,
        _S.APPEALED,
        _S.ACCEPTED,
        _S.DECLINED,
        _S.LAPSED,
        _S.CLOSED,
    }
)


class WaitsFor(TextChoices):
    """Whom, or what, a live application waits for."""

    APPLICANT = "applicant", "the applicant"
    SPONSOR = "sponsor", "the sponsor"
    PROVIDER = "provider", "us"
    MODERATOR = "moderator", "a regional moderator"
    PLACE = "place", "a place"


WAITS_FOR = {
    _S.DRAFT: WaitsFor.APPLICANT,
    _S.WITH_SPONSOR: WaitsFor.SPONSOR,
    _S.SPONSOR_NEEDED: WaitsFor.APPLICANT,
    _S.READY: WaitsFor.PROVIDER,
    _S.REFERRED: WaitsFor.MODERATOR,
    _S.RETURNED: WaitsFor.APPLICANT,
    _S.WAITING: WaitsFor.PLACE,
    _S.OFFERED: WaitsFor.APPLICANT,
    _S.APPEALED: WaitsFor.PROVIDER,
}

_SENT = "This has been sent, so it can no longer be changed."
_ANSWERED = "This has been answered and signed, so it can no longer be changed."
_DECIDED = "This application is not waiting for that decision now."
_NO_OFFER = "There is no offer of a place to answer now."
_NOT_DECIDED = "There is no such decision to undo now."

_WRITES = (_S.DRAFT, _S.RETURNED)

APPLICATION = Lifecycle(
    "application",
    _S.choices,
    *(
        move(verb, [state], state, _SENT)
        for verb in ("save_details", "score_areas", "write_strengths")
        for state in _WRITES
    ),
    move(
        "name_sponsor",
        [_S.DRAFT],
        _S.DRAFT,
        "Your sponsor has answered, so you cannot name another.",
    ),
    move("name_sponsor", [_S.WITH_SPONSOR, _S.SPONSOR_NEEDED], _S.WITH_SPONSOR),
    move("send", [_S.DRAFT], _S.WITH_SPONSOR, "This has been sent already."),
    move("begin_answer", [_S.WITH_SPONSOR], _S.WITH_SPONSOR, _ANSWERED),
    move("endorse", [_S.WITH_SPONSOR], _S.WITH_SPONSOR, _ANSWERED),
    move("score_behaviours", [_S.WITH_SPONSOR], _S.WITH_SPONSOR, _ANSWERED),
    move("sign_ready", [_S.WITH_SPONSOR], _S.READY, _ANSWERED),
    move("sign_referred", [_S.WITH_SPONSOR], _S.REFERRED, _ANSWERED),
    move("decline_to_sponsor", [_S.WITH_SPONSOR], _S.SPONSOR_NEEDED, _ANSWERED),
    move("assign_moderator", [_S.REFERRED], _S.REFERRED, _DECIDED),
    move("log_contact", [_S.REFERRED], _S.REFERRED, _DECIDED),
    move("return_to_sponsor", [_S.REFERRED], _S.WITH_SPONSOR, _DECIDED),
    move("return_to_applicant", [_S.REFERRED], _S.RETURNED, _DECIDED),
    move("send_back", [_S.RETURNED], _S.REFERRED, "This has been sent already."),
    move("send_back_to_sponsor", [_S.RETURNED], _S.WITH_SPONSOR, "This has been sent already."),
    move("confirm", [_S.READY], _S.ACCEPTED, _DECIDED),
    move("accept", [_S.REFERRED], _S.ACCEPTED, _DECIDED),
    move("put_on_waiting_list", [_S.READY, _S.REFERRED, _S.APPEALED], _S.WAITING, _DECIDED),
    move("decline", [_S.REFERRED], _S.DECLINED, _DECIDED),
    move("move_to_cohort", [_S.WAITING], _S.WAITING, "This is not on a waiting list now."),
    move("offer", [_S.WAITING], _S.OFFERED, "This is not on a waiting list now."),
    move("take_up", [_S.OFFERED], _S.ACCEPTED, _NO_OFFER),
    move("turn_down", [_S.OFFERED], _S.WITHDRAWN, _NO_OFFER),
    move("lapse", [_S.OFFERED], _S.LAPSED, _NO_OFFER),
    move("appeal", [_S.DECLINED], _S.APPEALED, "There is no decision to appeal against now."),
    move("hand_appeal", [_S.APPEALED], _S.APPEALED, "There is no appeal to decide now."),
    move("uphold", [_S.APPEALED], _S.ACCEPTED, _DECIDED),
    move("dismiss", [_S.APPEALED], _S.DECLINED, _DECIDED),
    move("undo_confirm", [_S.ACCEPTED], _S.READY, _NOT_DECIDED),
    move("undo_accept", [_S.ACCEPTED], _S.REFERRED, _NOT_DECIDED),
    move("undo_decline", [_S.DECLINED], _S.REFERRED, _NOT_DECIDED),
    move("undo_lapse", [_S.LAPSED], _S.WAITING, _NOT_DECIDED),
    move("find_ready", [_S.REFERRED], _S.READY, _DECIDED),
    move("find_referred", [_S.READY], _S.REFERRED, _DECIDED),
    move("close", LIVE, _S.CLOSED, "This application is closed already."),
    move("withdraw", LIVE, _S.WITHDRAWN, "This application is closed already."),
)


class FundingRoute(TextChoices):
    """Who pays for the place (A12)."""

    SELF = "self", "I pay myself"
    SCHOOL = "school", "My school or trust pays"
    SCHOLARSHIP = "scholarship", "A scholarship"
    APPRENTICESHIP = "apprenticeship", "An apprenticeship (levy)"


class ReturnedTo(TextChoices):
    """Who was asked for more (A8)."""

    APPLICANT = "applicant", "the applicant"
    SPONSOR = "sponsor", "the sponsor"


class AppealOutcome(TextChoices):
    """How an appeal ended (A10)."""

    UPHELD = "upheld", "Upheld"
    DISMISSED = "dismissed", "Dismissed"
