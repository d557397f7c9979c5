"""The letters about a decision, as parts that page, preview and PDF show alike (A9, A10).

`facts_of` gathers what one letter says, `letter` puts it into words. A letter says nothing of what the sponsor
answered, nor of who decided (A6).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings

from applications import policies
from applications.models import Application
from applications.queries import decisions as queries
from applications.queries import places
from applications.queries.funding import current_decision
from applications.states import AppealOutcome, ApplicationStatus, FundingRoute
from core import clock
from core.templatetags.portal import uk_date
from programmes.policies import deadline_to_present

_S = ApplicationStatus
# (choice) What somebody brings on the first day.
BRING = (
    "this letter, on paper or on your phone",
    "a laptop or tablet that you can write on",
    "your school’s improvement plan, if your headteacher agrees",
)
PAID_BY: dict[str, str] = {
    FundingRoute.SELF: "You pay the fee yourself",
    FundingRoute.SCHOOL: "Your school or trust pays the fee",
    FundingRoute.SCHOLARSHIP: "You asked for a scholarship: we write to you when that is decided",
    FundingRoute.APPRENTICESHIP: "The apprenticeship levy pays the fee",
}


class Kind(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Facts:
    """Everything that one letter says, in no words yet."""

    application: Application
    kind: Kind
    decided_on: date
    upheld: bool = False
    reason: str = ""
    feedback: str = ""
    areas: Sequence[str] = ()
    behaviours: Sequence[str] = ()
    appeal_until: date | None = None
    may_appeal: bool = False
    cohorts: Sequence[Any] = ()
    paid_by: str = ""
    closed: Sequence[str] = ()
    """References of their other applications that this place closed (A11)."""


@dataclass(frozen=True)
class Section:
    """One part of a letter under its heading."""

    heading: str
    paragraphs: Sequence[str] = ()
    rows: Sequence[tuple[str, str]] = ()
    items: Sequence[str] = ()
    typed: str = ""
    after: Sequence[str] = ()


@dataclass(frozen=True)
class Letter:
    """A letter from first line to last."""

    title: str
    application: Application
    decided_on: date
    opening: Sequence[str]
    sections: Sequence[Section] = field(default_factory=tuple)


def facts_of(application: Application) -> Facts:
    """The facts of the letter whose decision stands. The application is one of queries.letters_visible_to."""
    appeal = queries.appeal_of(application)
    assert application.decided_at is not None
    decided_on = application.decided_at.astimezone(clock.LONDON).date()
    if application.status in (_S.DECLINED, _S.APPEALED):
        dismissed = appeal is not None and appeal.outcome == AppealOutcome.DISMISSED
        if appeal is not None and dismissed and appeal.decided_at:
            decided_on = appeal.decided_at.astimezone(clock.LONDON).date()
        return declining(
            application,
            feedback=application.feedback,
            areas=[each.name for each in application.feedback_areas.all()],
            behaviours=[each.name for each in application.feedback_behaviours.all()],
            decided_on=decided_on,
            kind=Kind.DISMISSED if dismissed else Kind.DECLINED,
            reason=appeal.reason if appeal else "",
            may_appeal=appeal is None,
        )
    upheld = (
        appeal is not None
        and appeal.outcome == AppealOutcome.UPHELD
        and appeal.decided_at == application.decided_at
    )
    return accepting(
        application,
        has_place=application.status == _S.ACCEPTED,
        upheld=upheld,
        reason=appeal.reason if appeal and upheld else "",
        decided_on=decided_on,
    )


def accepting(
    application: Application,
    *,
    has_place: bool,
    upheld: bool = False,
    reason: str = "",
    decided_on: date | None = None,
) -> Facts:
    """The facts of a yes: given, or about to be given today."""
    return Facts(
        application=application,
        kind=Kind.ACCEPTED if has_place else Kind.WAITING,
        decided_on=decided_on or clock.today(),
        upheld=upheld,
        reason=reason,
        paid_by=_paid_by(application) if has_place else "",
        closed=[each.reference for each in places.closed_by(application)] if has_place else (),
    )


def declining(
    application: Application,
    *,
    feedback: str,
    areas: Sequence[str],
    behaviours: Sequence[str],
    decided_on: date | None = None,
    kind: Kind = Kind.DECLINED,
    reason: str = "",
    may_appeal: bool = True,
) -> Facts:
    """The facts of a no: given, or about to be given today."""
    return Facts(
        application=application,
        kind=kind,
        decided_on=decided_on or clock.today(),
        reason=reason,
        feedback=feedback,
        areas=areas,
        behaviours=behaviours,
        appeal_until=queries.appeal_until(application)
        or queries.appeal_until_if_decided(clock.today()),
        may_appeal=may_appeal,
        cohorts=list(queries.next_cohorts(application)[:3]),
    )


def would_get_a_place(application: Application) -> bool:
    """Whether accepting it now would give a place at once (A11)."""
    left = places.places_for_newcomers(application.cohort, clock.today())
    return policies.gets_a_place(is_late=application.is_late, places_left=left)


def letter(facts: Facts) -> Letter:
    """The letter in words: the decision, next steps with dates, and whom to ask."""
    make = {
        Kind.ACCEPTED: _accepted,
        Kind.WAITING: _waiting,
        Kind.DECLINED: _declined,
        Kind.DISMISSED: _declined,
    }[facts.kind]
    title, opening, sections = make(facts)
    return Letter(
        title=title,
        application=facts.application,
        decided_on=facts.decided_on,
        opening=opening,
        sections=(*sections, _who_to_ask(facts)),
    )


_Parts = tuple[str, list[str], list[Section]]


def _accepted(facts: Facts) -> _Parts:
    application, cohort = facts.application, facts.application.cohort
    level = application.level
    if facts.upheld:
        opening = [
            "You asked us to look again at our decision, and you were right to ask. Your appeal is upheld.",
            f"You have a place on the {level.name} ({level.code}).",
        ]
    else:
        opening = [
            "We are very pleased to tell you that your application has been accepted. "
            f"You have a place on the {level.name} ({level.code}).",
        ]
    rows = [("Your group", cohort.name), ("It starts on", uk_date(cohort.starts_on))]
    if cohort.local_group:
        rows.append(("Where it meets", cohort.local_group))
    rows.append(
        (
            "Your work is due by",
            f"{uk_date(deadline_to_present(cohort.starts_on))}, if you start on the first day: you have "
            "18 months from the day you start",
        )
    )
    rows.append(("The fee", f"£{cohort.fee_pence / 100:,.2f}".removesuffix(".00")))
    if facts.paid_by:
        rows.append(("Who pays", facts.paid_by))
    if facts.closed:
        rows.append(("Closed by this place", f"Your application {' and '.join(facts.closed)}"))
    return (
        f"You have a place on {level.code}",
        opening,
        [
            *_why(facts, "Why we changed our decision"),
            Section("Your place", rows=rows),
            Section("What to bring on the first day", items=BRING),
            Section(
                "What happens next",
                paragraphs=[
                    "Your home page in the portal shows your place and every date. Before the first day we "
                    "write to you with the times and how to find us.",
                    "If something changes and you cannot start, tell us as soon as you can: somebody else may "
                    "be waiting for a place.",
                ],
            ),
        ],
    )


def _waiting(facts: Facts) -> _Parts:
    application, cohort = facts.application, facts.application.cohort
    level = application.level
    why = (
        f"You sent it after {cohort.name} had closed, and those who applied on time come first"
        if application.is_late
        else f"There is no free place in {cohort.name} at the moment"
    )
    opening = (
        [
            "You asked us to look again at our decision, and you were right to ask. Your appeal is upheld."
        ]
        if facts.upheld
        else []
    )
    opening.append(
        f"We have accepted your application for the {level.name} ({level.code}), and would like you to join us. "
        f"{why}, so you are on its waiting list."
    )
    return (
        f"You are on the waiting list for {level.code}",
        opening,
        [
            *_why(facts, "Why we changed our decision"),
            Section(
                "What happens next",
                paragraphs=[
                    "When a place is free we offer it to you by email. The email says by when we need your "
                    "answer.",
                    f"{cohort.name} starts on {uk_date(cohort.starts_on)}. You do not have to apply again, and "
                    "you can leave the waiting list at any time on your application’s page.",
                ],
            ),
        ],
    )


def _declined(facts: Facts) -> _Parts:
    level = facts.application.level
    thanks = (
        "Thank you for your application and for the care that you put into it. We have looked at it closely, "
        "and we are not offering you a place this time."
    )
    opening = [thanks]
    if facts.kind == Kind.DISMISSED:
        opening = [
            "You asked us to look again at our decision. Somebody who was not involved before has read everything, "
            "and has decided that it stands: we are not offering you a place this time.",
        ]
    sections = [
        *(_why(facts, "Why your appeal was dismissed") if facts.kind == Kind.DISMISSED else []),
        Section("Feedback to help you develop", typed=facts.feedback),
    ]
    named = [
        Section(heading, items=list(names))
        for heading, names in (
            ("Areas to develop", facts.areas),
            ("Leadership behaviours to develop", facts.behaviours),
        )
        if names
    ]
    title = (
        f"Your appeal about {level.code}"
        if facts.kind == Kind.DISMISSED
        else f"Your application for {level.code}"
    )
    return title, opening, [*sections, *named, _again(facts), _appeal(facts)]


def _again(facts: Facts) -> Section:
    paragraphs = [
        "You can apply again as soon as you feel ready, for any group that takes applications. What you wrote "
        "this time does not count against you.",
    ]
    items = [
        f"{each.name} starts on {uk_date(each.starts_on)}: apply by {uk_date(each.applications_close_on)}"
        for each in facts.cohorts
    ]
    return Section("When you can apply again", paragraphs=paragraphs, items=items)


def _appeal(facts: Facts) -> Section:
    if facts.kind == Kind.DISMISSED:
        return Section("If you do not agree", paragraphs=["There is no second appeal."])
    if not facts.may_appeal:
        return Section(
            "If you do not agree", paragraphs=["You have appealed against this decision."]
        )
    return Section(
        "If you do not agree",
        paragraphs=[
            f"You can appeal once, until 11:59pm on {uk_date(facts.appeal_until)}: that is "
            f"{queries.days_to_appeal()} working days. Choose ‘Appeal’ on your application’s page and tell us why "
            "you think that the decision was wrong. Somebody who was not involved before decides.",
        ],
    )


def _why(facts: Facts, heading: str) -> list[Section]:
    return [Section(heading, typed=facts.reason)] if facts.reason else []


def _who_to_ask(facts: Facts) -> Section:
    return Section(
        "Who to ask",
        paragraphs=[
            f"Ask the programme team at {settings.PROVIDER_NAME} and give your reference, "
            f"{facts.application.reference}.",
        ],
    )


def _paid_by(application: Application) -> str:
    """Who pays, as it was decided, else as the applicant said."""
    decision = current_decision(application)
    if decision is not None and decision.scholarship:
        return "A scholarship pays the fee"
    route = decision.route if decision is not None else application.funding_route
    return PAID_BY.get(route, "")
