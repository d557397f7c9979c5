"""The timeline that staff read on an application: what happened in plain sentences, newest first."""

from datetime import datetime
from typing import Any

from applications.models import Application, ReadinessResult
from applications.presenters.funding import ROUTE_WORDS
from applications.queries.history import Moment
from applications.states import (
    AppealOutcome,
    ApplicationStatus,
    ContactMeans,
    ReturnedTo,
)
from core.templatetags.portal import uk_date, uk_datetime

_S = ApplicationStatus
# What somebody did when they decided, by the state that it led to.
DECIDED = {
    _S.ACCEPTED: "accepted it",
    _S.WAITING: "accepted it for the waiting list",
    _S.OFFERED: "accepted it for the waiting list",
    _S.LAPSED: "accepted it for the waiting list",
    _S.DECLINED: "declined it",
    _S.APPEALED: "declined it",
}
Told = tuple[str, datetime | None, str]


def timeline(
    application: Application, moments: list[Moment], results: list[ReadinessResult]
) -> list[dict[str, Any]]:
    """Everything that happened: of two things at one moment, the later in the story stands above."""
    told = [
        *_beginning(application),
        *(_told(application, each) for each in moments),
        *_found(results),
        *_decision(application, moments),
        *_place(application),
    ]
    happened = [each for each in told if each[1]]
    in_order = sorted(enumerate(happened), key=lambda each: (each[1][1], each[0]), reverse=True)
    return [{"text": text, "at": at, "note": note} for _, (text, at, note) in in_order]


def _beginning(application: Application) -> list[Told]:
    name = application.applicant.name
    late = ", after the cohort had closed" if application.is_late else ""
    return [
        (f"{name} started this application", application.started_at, ""),
        (f"{name} named {application.sponsor_name} as sponsor", application.sponsor_named_at, ""),
        (f"{name} signed it and sent it to their sponsor{late}", application.sent_at, ""),
    ]


def _told(application: Application, moment: Moment) -> Told:
    """One moment as a sentence."""
    name = application.applicant.name
    who = moment.who.strip() or "The portal"
    sentences = {
        "asked": f"We asked {who} to be the sponsor, at {moment.what}",
        "began": f"{who} came to answer as the sponsor",
        "signed": f"{who} signed their answer",
        "cannot": f"{who} cannot be the sponsor",
        "replaced": f"{who} was replaced as the sponsor",
        "chased": f"We reminded the sponsor and {name}: day {moment.what}",
        "returned": f"{who} returned it to {_label(ReturnedTo, moment.what)}",
        "came_back": f"It came back from {_label(ReturnedTo, moment.what)}",
        "contact": f"{who} spoke with the sponsor, {_label(ContactMeans, moment.what).lower()}",
        "had_decided": f"{who} {DECIDED.get(_status(moment.what), 'decided it')}",
        "undone": f"{who} took the decision back",
        "appealed": f"{name} appealed",
        "appeal_decided": f"{who} {_appeal(moment.what)}",
        "funded": f"Funding was decided{_route(moment.what)}",
        "bounced": f"A mail to {moment.what} did not arrive",
        "merged": f"Another account of {name}, {moment.what}, was merged into this one",
        "noted": f"{who} wrote a note",
    }
    return sentences[moment.kind], moment.at, moment.note


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _route(value: str) -> str:
    who = ROUTE_WORDS.get(value, "")
    return f": paid by {who[0].lower()}{who[1:]}" if who else ""


def _status(value: str) -> ApplicationStatus:
    return _S(value) if value in _S.values else _S.DRAFT


def _appeal(outcome: str) -> str:
    return "upheld the appeal" if outcome == AppealOutcome.UPHELD else "dismissed the appeal"


def _found(results: list[ReadinessResult]) -> list[Told]:
    return [
        (
            f"Version {each.rule_version} of the readiness rule found: "
            f"{each.get_verdict_display().lower()}",
            each.found_at,
            "",
        )
        for each in results
    ]


def _decision(application: Application, moments: list[Moment]) -> list[Told]:
    moderator = application.moderator
    told: list[Told] = [
        ("It was referred to a regional moderator", application.referred_at, ""),
        (
            f"{moderator.name} was chosen to decide it" if moderator else "",
            application.moderator_assigned_at,
            "",
        ),
    ]
    upheld = any(
        each.kind == "appeal_decided" and each.what == AppealOutcome.UPHELD for each in moments
    )
    if application.decided_by and not upheld:
        did = DECIDED.get(_S(application.status), "decided it")
        if application.status == _S.ACCEPTED and not application.referred_at:
            did = "confirmed it"
        told.append(
            (
                f"{application.decided_by.name} {did}",
                application.decided_at,
                application.decision_reason,
            )
        )
    return told


def _place(application: Application) -> list[Told]:
    name = application.applicant.name
    until = uk_datetime(application.offer_expires_at)
    enrolment = application.enrolment
    turned_down = (
        application.status == _S.WITHDRAWN and application.offered_at and not application.lapsed_at
    )
    told: list[Told] = [
        ("It went on the waiting list", application.waiting_since, ""),
        (f"A place was offered, until {until}", application.offered_at, ""),
        ("The offer ended without an answer", application.lapsed_at, ""),
        (
            f"{name} turned the place down" if turned_down else f"{name} withdrew it",
            application.withdrawn_at,
            "",
        ),
        ("It was closed, because a place was accepted elsewhere", application.closed_at, ""),
    ]
    if enrolment:
        took = f"{name} took up the place and was" if application.offered_at else f"{name} was"
        text = f"{took} enrolled as {enrolment.reference}"
        told.append((text, enrolment.enrolled_at, ""))
        told += [
            (
                f"{name} took part since {uk_date(enrolment.commenced_on)}",
                enrolment.commenced_at,
                "",
            ),
            ("The enrolment was cancelled", enrolment.cancelled_at, enrolment.cancelled_reason),
            ("They withdrew from the programme", enrolment.withdrawn_at, enrolment.withdrawn_note),
            ("They deferred", enrolment.deferred_at, enrolment.deferred_note),
            ("They came back to the programme", enrolment.resumed_at, ""),
            ("They had submitted every task", enrolment.presented_at, ""),
        ]
    return told
