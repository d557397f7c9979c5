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
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not accepted"
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
LIVE = (_S.DRAFT, _S.WITH_SPONSOR, _S.SPONSOR_NEEDED, _S.READY, _S.REFERRED)
# Both have signed: scores are locked (A5).
SIGNED = frozenset({_S.READY, _S.REFERRED, _S.ACCEPTED, _S.DECLINED})

# Whom a live application waits for.
WAITS_FOR = {
    _S.DRAFT: "the applicant",
    _S.WITH_SPONSOR: "the sponsor",
    _S.SPONSOR_NEEDED: "the applicant",
    _S.READY: "us",
    _S.REFERRED: "a regional moderator",
}

_SENT = "This has been sent, so it can no longer be changed."
_ANSWERED = "This has been answered and signed, so it can no longer be changed."
_DECIDED = "This application is not waiting for that decision now."

APPLICATION = Lifecycle(
    "application",
    _S.choices,
    move("save_details", [_S.DRAFT], _S.DRAFT, _SENT),
    move("score_areas", [_S.DRAFT], _S.DRAFT, _SENT),
    move("write_strengths", [_S.DRAFT], _S.DRAFT, _SENT),
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
    move("confirm", [_S.READY], _S.ACCEPTED, _DECIDED),
    move("log_contact", [_S.REFERRED], _S.REFERRED, _DECIDED),
    move("return_to_sponsor", [_S.REFERRED], _S.WITH_SPONSOR, _DECIDED),
    move("accept", [_S.REFERRED], _S.ACCEPTED, _DECIDED),
    move("decline", [_S.REFERRED], _S.DECLINED, _DECIDED),
    move("withdraw", LIVE, _S.WITHDRAWN, "This application is closed already."),
)
