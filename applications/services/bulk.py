"""One thing done to several applications: what would happen to each, then each in its own transaction (A11, A12).

A preview writes nothing and gives each row a mark of how it stood. A row that stands otherwise when it is
carried out, or that would end otherwise than its preview said, is refused.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from applications.models import Application
from applications.policies import bulk as rules
from applications.policies import funding as funding_rules
from applications.policies import places as place_rules
from applications.policies.bulk import Line
from applications.queries import bulk as queries
from applications.queries import funding as funding_queries
from applications.services import deciding, funding, places
from applications.services.rows import locked_with_person
from applications.states import APPLICATION, ApplicationStatus, FundingRoute
from core import clock
from core.errors import PortalError
from programmes.models import Cohort

logger = logging.getLogger(__name__)

CHANGED = "It has changed since the preview, so nothing was done"
NOT_YOURS = "You are its applicant or sponsor, so somebody else does this"


class Action(StrEnum):
    """What can be done to several applications at once."""

    CONFIRM = "confirm"
    MOVE = "move_to_cohort"
    FUND = "decide_funding"


PERMISSIONS = {
    Action.CONFIRM: "applications.confirm",
    Action.MOVE: "applications.manage_places",
    Action.FUND: "applications.fund",
}


@dataclass(frozen=True)
class Previewed:
    """An application, what would happen to it, and the mark of how it stood."""

    application: Application
    line: Line
    mark: str


@dataclass(frozen=True)
class Done:
    """What became of one row."""

    reference: str
    done: bool
    says: str


def preview(
    *,
    by: User,
    action: Action,
    applications: Sequence[Application],
    cohort: Cohort | None = None,
    route: str = "",
) -> list[Previewed]:
    """What carrying out would do to each, in this order. Writes nothing."""
    if action == Action.CONFIRM:
        lines = _confirmations(by, applications)
    elif action == Action.MOVE:
        lines = [] if cohort is None else _moves(by, applications, cohort)
    else:
        lines = [] if route not in FundingRoute.values else _fundings(by, applications, route)
    return [
        Previewed(each, line, _mark(_stands(each), line.outcome) if line.allowed else "")
        for each, line in zip(applications, lines, strict=False)
    ]


def carry_out(
    *,
    by: User,
    action: Action,
    previewed: Sequence[tuple[Application, str]],
    cohort: Cohort | None = None,
    route: str = "",
) -> list[Done]:
    """Do it to each, in this order, each in a transaction of its own; the mark is its preview's."""
    return [
        _one(by, action, application, mark, cohort=cohort, route=route)
        for application, mark in previewed
    ]


def _one(by: User, action: Action, application: Application, mark: str, **arguments: Any) -> Done:
    try:
        with transaction.atomic():
            row = locked_with_person(application)
            if not by.has_perm(PERMISSIONS[action], row):
                raise PermissionDenied
            stood = _stands(row)
            outcome, says = _VERBS[action](by, row, **arguments)
            if _mark(stood, outcome) != mark:
                raise _Changed
            return Done(row.reference, True, says)
    except _Changed:
        return Done(application.reference, False, CHANGED)
    except PermissionDenied:
        return Done(application.reference, False, NOT_YOURS)
    except PortalError as refusal:
        return Done(application.reference, False, refusal.message)
    except Exception:  # the others are carried out all the same, and this one is told honestly
        logger.exception("%s of %s failed", action, application.reference)
        return Done(application.reference, False, "This failed, and nothing was done to it")


class _Changed(Exception):
    """Rolls back what would have ended otherwise than its preview said."""


def _stands(row: Application) -> str:
    return f"{row.status} {row.moved_at.isoformat()} {row.cohort.reference}"


def _mark(stands: str, outcome: str) -> str:
    return hashlib.sha256(f"{stands} {outcome}".encode()).hexdigest()[:16]


def _against(by: User, action: Action, application: Application) -> str:
    """Why this person cannot do it to this application at all; '' when they can."""
    if not by.has_perm(PERMISSIONS[action], application):
        return NOT_YOURS
    if action == Action.FUND:
        accepted = application.status == ApplicationStatus.ACCEPTED
        return "" if accepted else f"{_stage(application)}: funding follows acceptance"
    if not APPLICATION.allows(action, application.status):
        waits = "ready to confirm" if action == Action.CONFIRM else "on a waiting list"
        return f"{_stage(application)}: it is not {waits}"
    return ""


def _stage(application: Application) -> str:
    return str(application.get_status_display())


# Confirming


def _confirmations(by: User, applications: Sequence[Application]) -> list[Line]:
    enrolled = queries.enrolled(applications)
    chosen = []
    for each in applications:
        against = _against(by, Action.CONFIRM, each)
        if not against and each.school is None:
            against = "Its school is not matched with the register yet"
        if not against and (each.applicant_id, each.level_id) in enrolled:
            against = "They already have a place on this level"
        chosen.append(
            rules.Chosen(
                each.reference,
                each.applicant.reference,
                each.level.code,
                each.cohort.reference,
                each.is_late,
                against,
            )
        )
    return rules.confirm_all(chosen, queries.places_for_newcomers(applications, clock.today()))


def _confirm(by: User, row: Application, **_: Any) -> tuple[str, str]:
    enrolment = deciding.confirm(by=by, application=row)
    if enrolment is None:
        return "waiting", "On the waiting list"
    return "place", f"Enrolled as {enrolment.reference}"


# Moving


def _moves(by: User, applications: Sequence[Application], cohort: Cohort) -> list[Line]:
    live = queries.people_with_another(applications, cohort)
    lines = []
    for each in applications:
        against = _against(by, Action.MOVE, each)
        if not against:
            against = " ".join(
                reason.text
                for reason in place_rules.move_to_cohort(
                    is_same=each.cohort_id == cohort.pk,
                    is_same_level=each.level_id == cohort.level_id,
                    has_started=cohort.starts_on <= clock.today(),
                    has_live=each.applicant_id in live,
                ).reasons
            )
        says = against or f"Waits for {cohort.name}, as long as they have waited"
        lines.append(Line(each.reference, not against, says, "" if against else "waits"))
    return lines


def _move(by: User, row: Application, *, cohort: Cohort, **_: Any) -> tuple[str, str]:
    places.move_to_cohort(by=by, application=row, cohort=cohort)
    return "waits", f"Waits for {cohort.name}"


# Funding


def _fundings(by: User, applications: Sequence[Application], route: str) -> list[Line]:
    years = [(each, funding_queries.rules_of(each)) for each in funding_queries.years()]
    lines = []
    for each in applications:
        against = _against(by, Action.FUND, each)
        if against or each.school is None:
            says = against or "Its school is not matched with the register yet"
            lines.append(Line(each.reference, False, says))
            continue
        day = each.cohort.starts_on
        found = funding_rules.funding(
            route=route,
            level=each.level.code,
            workplace=funding_queries.workplace(each.school),
            year=next(
                (known for year, known in years if year.starts_on <= day <= year.ends_on), None
            ),
        )
        says = _funded(found.reason, found.support_pence)
        lines.append(Line(each.reference, True, says, f"{found.reason} {found.support_pence}"))
    return lines


def _fund(by: User, row: Application, *, route: str, **_: Any) -> tuple[str, str]:
    made = funding.decide_funding(by=by, application=row, route=route)
    reason = funding_rules.RouteReason(made.reason_code)
    return f"{reason} {made.support_pence}", _funded(reason, made.support_pence)


def _funded(reason: funding_rules.RouteReason, pence: int) -> str:
    due = f" The school is due £{pence // 100:,}." if pence else ""
    return f"{funding_rules.WORDS[reason]}{due}"


_VERBS: dict[Action, Callable[..., tuple[str, str]]] = {
    Action.CONFIRM: _confirm,
    Action.MOVE: _move,
    Action.FUND: _fund,
}
