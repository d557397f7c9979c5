"""What a decision adds to shared pages: the applicant's step, the staff's panel; rows of the appeals' list."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from accounts.models import User
from applications import policies
from applications.models import Appeal, Application, Undoing
from applications.presenters.parts import Action, Panel, Step
from applications.queries import decisions as queries
from applications.queries import latest_readiness
from applications.queries import referral as referrals
from applications.states import APPLICATION, AppealOutcome, ApplicationStatus
from core import clock
from core.errors import WrongMoment
from core.templatetags.portal import plural, uk_date
from programmes.states import ENROLMENT

_S = ApplicationStatus
DECIDED = {
    _S.WAITING: "accepted it for the waiting list",
    _S.OFFERED: "accepted it for the waiting list",
    _S.LAPSED: "accepted it for the waiting list",
    _S.ACCEPTED: "accepted it",
    _S.DECLINED: "declined it",
    _S.APPEALED: "declined it",
}


def _url(name: str, application: Application) -> str:
    return reverse(f"applications:{name}", args=[application.reference])


def own_step(application: Application) -> Step | None:
    """What the applicant reads of the decision, and what they can do about it; None before there is one."""
    status = application.status
    letter = Action("Read your letter", _url("letter", application), "primary")
    if status == _S.ACCEPTED:
        level, cohort = application.level, application.cohort
        return Step(
            f"You have a place on {level.code}. {cohort.name} starts on {uk_date(cohort.starts_on)}.",
            [letter],
        )
    if status == _S.DECLINED:
        return _declined(application, letter)
    if status == _S.APPEALED:
        by = uk_date(queries.answer_by(application.appealed))
        return Step(
            f"You have appealed against our decision. Somebody who was not involved before decides, and we write "
            f"to you by {by}. You do not need to do anything.",
            [Action("Read our letter again", _url("letter", application), "secondary")],
        )
    if status in (_S.WAITING, _S.OFFERED):
        return Step(
            "We have accepted your application.",
            [Action("Read your letter", _url("letter", application), "link")],
        )
    if status in (_S.READY, _S.REFERRED):
        return _taken_back(application)
    return None


def _declined(application: Application, letter: Action) -> Step:
    appeal = queries.appeal_of(application)
    if appeal is not None and appeal.outcome == AppealOutcome.DISMISSED:
        return Step(
            "We looked at your application again, and our decision stands: we are not offering you a place this "
            "time. Your letter says why, and when you can apply again.",
            [letter],
        )
    said = (
        "We are not offering you a place this time. Your letter has feedback written for you, and says when you "
        "can apply again."
    )
    if cannot_appeal(application):
        return Step(said, [letter])
    until = uk_date(queries.appeal_until(application))
    return Step(
        f"{said} You can appeal until 11:59pm on {until}.",
        [letter, Action("Appeal", _url("appeal", application), "secondary")],
    )


def _taken_back(application: Application) -> Step | None:
    undone = next(iter(queries.undoings(application)), None)
    if undone is None:
        return None
    was = "accepted" if undone.was_status == _S.ACCEPTED else "not accepted"
    place = " You do not have a place for now." if undone.was_status == _S.ACCEPTED else ""
    return Step(
        f"On {uk_date(undone.was_decided_at)} we wrote to you that you were {was}. We took that decision back on "
        f"{uk_date(undone.undone_at)}: {_sentence(undone.reason)}{place} We are looking at your application again "
        "and write to you when it is decided. You do not need to do anything."
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def cannot_appeal(application: Application) -> list[str]:
    """Why the applicant cannot appeal, in sentences; empty when they can (A10)."""
    until = queries.appeal_until(application)
    if until is None or not APPLICATION.allows("appeal", application.status):
        return ["There is no decision to appeal against now"]
    found = policies.appeal(
        grounds="some",
        today=clock.today(),
        until=until,
        has_appealed=queries.appeal_of(application) is not None,
        has_another=queries.another_live(application),
    )
    return [each.text for each in found.reasons]


def not_yet(application: Application) -> list[str]:
    """What is still missing before a moderator may decide, in sentences (A8)."""
    found = policies.contacted(
        conversations=list(application.contacts.values_list("on", flat=True)),
        since=referrals.contact_needed_since(application),
    )
    return [each.text for each in found.reasons]


def stands_in_the_way(application: Application, user: User) -> list[str]:
    """Why this person may not decide the appeal, in sentences (A10)."""
    found = policies.uninvolved(queries.involved_people(application).get(user.pk, set()))
    return [each.text for each in found.reasons]


def first_feedback(application: Application) -> dict[str, Any]:
    """What a decline starts from: a text, areas and behaviours from the clauses of the last result (A9)."""
    result = latest_readiness(application)
    level = application.level
    made = policies.feedback_from(
        result.clauses if result else [],
        {area.number: area.name for area in level.areas.all()},
        {each.position: each.name for each in level.edition.behaviours.all()},
    )
    return {"feedback": made.text, "areas": made.areas, "behaviours": made.behaviours}


def panel(application: Application, user: User) -> Panel | None:
    """The decision, its letter, the appeal, what was taken back, and what this person can do now."""
    undoings = queries.undoings(application)
    decided = application.decided_by is not None
    if not decided and not undoings:
        return None
    appeal = queries.appeal_of(application) if application.feedback or undoings else None
    has_letter = application.status in queries.WITH_A_LETTER
    return Panel(
        title="Decision",
        template="applications/panels/decisions.html",
        context={
            "decision": {
                "who": application.decided_by.name if application.decided_by else "",
                "did": DECIDED.get(_S(application.status), "decided it"),
                "at": application.decided_at,
                "reason": application.decision_reason,
            }
            if decided
            else None,
            "letter_url": _url("letter", application) if has_letter else "",
            "appeal": _shown_appeal(application, appeal),
            "undoings": [_shown_undoing(each, appeal) for each in undoings],
            "closed": list(queries.closed_for(application)) if undoings else [],
        },
        actions=_actions(application, user),
    )


def _shown_appeal(application: Application, appeal: Appeal | None) -> dict[str, Any] | None:
    if appeal is None:
        return None
    by = queries.answer_by(appeal)
    is_open = not appeal.outcome and application.status == _S.APPEALED
    return {
        "made_at": appeal.made_at,
        "grounds": appeal.grounds,
        "is_open": is_open,
        "answer_by": by,
        "left": days_left(by) if is_open else "",
        "handed_to": appeal.handed_to.name if appeal.handed_to else "",
        "outcome": appeal.get_outcome_display().lower(),
        "who": appeal.decided_by.name if appeal.decided_by else "",
        "at": appeal.decided_at,
        "reason": appeal.reason,
    }


def _shown_undoing(undone: Undoing, appeal: Appeal | None) -> dict[str, Any]:
    by_appeal = (
        appeal is not None
        and appeal.outcome == AppealOutcome.UPHELD
        and undone.was_status == _S.DECLINED
        and undone.reason == appeal.reason
    )
    return {
        "was": DECIDED.get(_S(undone.was_status), "decided it"),
        "who": undone.was_decided_by.name,
        "at": undone.was_decided_at,
        "was_reason": undone.was_reason,
        "was_feedback": undone.was_feedback,
        "undone_by": undone.undone_by.name,
        "undone_at": undone.undone_at,
        "how": "changed it by upholding the appeal" if by_appeal else "took it back",
        "reason": undone.reason,
        "enrolment": undone.enrolment.reference if undone.enrolment else "",
    }


def _actions(application: Application, user: User) -> Sequence[Action]:
    actions = []
    if application.status == _S.APPEALED and user.has_perm(
        "applications.decide_appeal", application
    ):
        if not stands_in_the_way(application, user):
            actions += [
                Action("Uphold the appeal", _url("uphold", application)),
                Action("Dismiss the appeal", _url("dismiss", application)),
            ]
        if user.has_perm("applications.hand_appeal", application):
            actions.append(
                Action("Hand it to a regional moderator", _url("hand_appeal", application), "link")
            )
    verb = queries.undo_verb(application)
    if verb and user.has_perm("applications.undo", application):
        actions.append(Action("Take this decision back", _url(verb, application), "link"))
    return actions


def days_left(until: Any) -> str:
    """'12 working days left', 'due today', '3 working days late'."""
    left = queries.working_days_left(until)
    if until == clock.today():
        return "due today"
    days = "day" if abs(left) == 1 else "days"
    return f"{left} working {days} left" if left >= 0 else f"{-left} working {days} late"


def appeal_rows(applications: Sequence[Application]) -> list[dict[str, Any]]:
    """The lines of the list of appeals."""
    return [
        {
            "application": each,
            "made_at": each.appealed.made_at,
            "answer_by": (by := queries.answer_by(each.appealed)),
            "left": days_left(by),
            "is_late": by < clock.today(),
            "handed_to": each.appealed.handed_to,
        }
        for each in applications
    ]


def moderator_choices(application: Application) -> list[tuple[str, str]]:
    """Those to whom an appeal can be handed, each with how much they have to do."""
    return [
        (each.reference, f"{each.name} ({plural(getattr(each, 'load', 0), 'referral')} open)")
        for each in queries.uninvolved_moderators(application)[:100]
    ]


def undo_facts(application: Application) -> dict[str, Any]:
    """What will happen when the standing decision is taken back."""
    verb = queries.undo_verb(application)
    return {
        "cannot": _cannot_undo(application),
        "enrolment": application.enrolment,
        "closed": list(queries.closed_for(application)),
        "goes_to": "the provider, to be confirmed again"
        if verb == "undo_confirm"
        else f"{application.moderator.name}, to be decided again"
        if application.moderator
        else "a regional moderator, to be decided again",
    }


def _cannot_undo(application: Application) -> list[str]:
    """Why the standing decision cannot be taken back, in sentences; the services ask again."""
    found = policies.undo(
        reason="some",
        appeal_was_decided=application.status == _S.DECLINED and queries.was_dismissed(application),
        has_another=queries.another_live(application),
    )
    reasons = [f"{each.text}." for each in found.reasons]
    if application.enrolment is not None:
        try:
            ENROLMENT.target("cancel", application.enrolment.status)
        except WrongMoment as refusal:
            reasons.append(refusal.message)
    return reasons
