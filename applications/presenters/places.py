"""Words about places: the applicant's step, the staff panel, a cohort's waiting list with why (A11)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import User
from applications.models import Application
from applications.policies import places as rules
from applications.presenters.parts import Action, Panel, Step
from applications.queries import places as queries
from applications.states import APPLICATION, ApplicationStatus
from core import clock
from core.templatetags.portal import plural, uk_date, uk_datetime
from programmes import queries as programmes
from programmes.models import Cohort

_S = ApplicationStatus


def _url(name: str, application: Application) -> str:
    return reverse(f"applications:{name}", args=[application.reference])


def own_step(application: Application) -> Step | None:
    """What the applicant knows of their place, and what they can do about it."""
    says = {
        _S.WAITING: _own_waiting,
        _S.OFFERED: _own_offer,
        _S.LAPSED: _own_lapsed,
        _S.CLOSED: _own_closed,
    }.get(_S(application.status))
    return says(application) if says else None


def _own_waiting(application: Application) -> Step:
    cohort = application.cohort
    if not rules.takes_offers(today=clock.today(), starts_on=cohort.starts_on):
        return Step(
            f"{cohort.name} has started without a place for you. We write to you about the next cohort."
        )
    number, everybody = queries.position(application)
    late = " Those who applied on time come first." if application.is_late else ""
    return Step(
        f"You are number {number:,} of {everybody:,} on the waiting list.{late} When a place is free for you "
        "we write to you at once."
    )


def _own_offer(application: Application) -> Step:
    if not stands(application):
        return Step(
            f"Our offer ended on {uk_datetime(application.offer_expires_at)}. The place goes to somebody else."
        )
    return Step(
        f"We keep a place for you until {uk_datetime(application.offer_expires_at)}.",
        (Action("Accept or turn down the place", _url("offer", application), "primary"),),
    )


def _own_lapsed(application: Application) -> Step:
    return Step(
        f"You did not answer our offer by {uk_datetime(application.offer_expires_at)}, so the place went to "
        "somebody else. You can apply for a later cohort.",
        (Action("See the programmes that are open", reverse("programmes:cohorts")),),
    )


def _own_closed(application: Application) -> Step:
    other = application.closed_for
    if other is None:
        return Step("This application is closed.")
    return Step(
        f"You have a place on {other.level.code} by your application {other.reference}, so this one is closed.",
        (Action("See that application", other.get_absolute_url()),),
    )


def offer_facts(application: Application) -> list[tuple[str, str]]:
    """What is offered."""
    cohort = application.cohort
    facts = [
        ("Cohort", cohort.name),
        ("Starts", uk_date(cohort.starts_on)),
        ("Where", cohort.local_group),
        ("School", application.school_name),
    ]
    return [(key, value) for key, value in facts if value]


def stands(application: Application) -> bool:
    """Whether an offer can still be taken up."""
    return application.offer_expires_at is not None and rules.offer_stands(
        now=clock.now(), expires_at=application.offer_expires_at
    )


def panel(application: Application, user: User) -> Panel | None:
    """What staff see of a place waited for, offered or lost."""
    status = _S(application.status)
    if status not in (_S.WAITING, _S.OFFERED, _S.LAPSED, _S.CLOSED):
        return None
    may = user.has_perm("applications.manage_places")
    context: dict[str, Any] = {"cohort": application.cohort}
    actions = []
    if status == _S.WAITING:
        number, everybody = queries.position(application)
        context["text"] = f"Number {number:,} of {everybody:,} on the waiting list."
        context["why"] = why(application)
        actions.append(Action("Move to another cohort", _url("move_to_cohort", application)))
    elif status == _S.OFFERED:
        context["text"] = (
            f"A place is kept until {uk_datetime(application.offer_expires_at)}."
            if stands(application)
            else f"The offer ended on {uk_datetime(application.offer_expires_at)} and lapses in a few minutes."
        )
    elif status == _S.LAPSED:
        context["text"] = f"The offer ended on {uk_datetime(application.offer_expires_at)}."
        actions.append(Action("Put back on the waiting list", _url("undo_lapse", application)))
    else:
        context["other"] = application.closed_for
    if may and status != _S.CLOSED:
        actions.append(Action("See the whole waiting list", list_url(application.cohort), "link"))
    return Panel("Place", "applications/panels/places.html", context, actions if may else ())


def list_url(cohort: Cohort) -> str:
    """The staff page of a cohort's waiting list."""
    return reverse("applications:waiting_list", args=[cohort.reference])


def why(application: Application) -> str:
    """Why somebody stands where they do."""
    since = uk_datetime(application.waiting_since)
    return f"{'Sent late' if application.is_late else 'Sent on time'}, waiting since {since}"


def waiting_rows(applications: Sequence[Application], first: int) -> list[dict[str, Any]]:
    """The lines of a waiting list, numbered from `first`."""
    return [
        {
            "number": number,
            "application": each,
            "why": why(each),
            "move": _url("move_to_cohort", each),
        }
        for number, each in enumerate(applications, start=first)
    ]


def offer_rows(applications: Sequence[Application]) -> list[dict[str, Any]]:
    """Open offers with their end."""
    return [
        {
            "application": each,
            "until": uk_datetime(each.offer_expires_at),
            "is_over": not stands(each),
        }
        for each in applications
    ]


def lapsed_rows(applications: Sequence[Application]) -> list[dict[str, Any]]:
    """Offers that ended without an answer."""
    return [
        {
            "application": each,
            "ended": uk_date(each.offer_expires_at),
            "undo": _url("undo_lapse", each)
            if APPLICATION.allows("undo_lapse", each.status)
            else "",
        }
        for each in applications
    ]


def lead(cohort: Cohort, *, waiting: int, offered: int, today: date) -> str:
    """The page's one sentence: who waits, what is kept, what is left."""
    left = programmes.places_left(cohort)
    said = f"{plural(waiting, 'person,people')} {'waits' if waiting == 1 else 'wait'}"
    said += (
        f", {plural(offered, 'offer')} open, {plural(left, 'place') if left else 'no place'} left"
    )
    if not rules.takes_offers(today=today, starts_on=cohort.starts_on):
        said += ". The cohort has started, so nothing is offered: move those who wait to the next"
    return said + "."


def cohort_choices(cohorts: Sequence[Cohort]) -> list[tuple[str, str]]:
    """Cohorts to move to, in words: 'Spring, starting 1 March 2027: 3 places left'."""
    return [
        (
            each.reference,
            f"{each.name}, starting {uk_date(each.starts_on)}: "
            f"{plural(programmes.places_left(each), 'place')} left",
        )
        for each in cohorts
    ]
