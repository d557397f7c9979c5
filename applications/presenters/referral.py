"""Referral in words: the moderator's clock and queue, the panel of one application, regions and their people (A8)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms_gds.choices import Choice
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from applications import policies
from applications.models import Application, Return
from applications.policies import FOR, ReferralClock
from applications.presenters import parts
from applications.queries import referral as queries
from applications.states import (
    APPLICATION,
    ApplicationStatus,
    ContactMeans,
    Readiness,
    ReturnedTo,
)
from core import clock
from core.templatetags.portal import plural, uk_date
from programmes.models import School

_S = ApplicationStatus
VERDICT_COLOURS = {
    Readiness.READY: "green",
    Readiness.BORDERLINE: "yellow",
    Readiness.NOT_READY: "orange",
}
REASONS_SHOWN = 2
WITH_WHOM = {
    _S.WITH_SPONSOR: "the sponsor",
    _S.SPONSOR_NEEDED: "the applicant, to name another sponsor",
    _S.RETURNED: "the applicant",
}


# The clock


def time_of(found: ReferralClock, *, decided: bool = False) -> dict[str, Any]:
    """The clock as people read it: where it stands, until when, and how urgent (A8)."""
    over = found.worked - found.allowed
    if decided:
        text, then = f"Decided on day {found.worked} of {found.allowed}", ""
    elif found.paused_since:
        text = f"Day {found.worked} of {found.allowed}"
        then = f"paused since {uk_date(found.paused_since)}"
    elif found.is_overdue:
        text = f"Overdue by {plural(over, 'working day')}"
        then = f"it was due on {uk_date(found.due_on)}"
    elif found.worked == 0:
        text, then = f"New: {found.allowed} working days", f"decide by {uk_date(found.due_on)}"
    else:
        text = f"Day {found.worked} of {found.allowed}"
        then = f"decide by {uk_date(found.due_on)}"
    overdue = found.is_overdue and not decided and not found.paused_since
    return {
        "text": text,
        "then": then,
        "sentence": f"{text}: {then}" if then else text,
        "is_overdue": overdue,
        "is_near": not overdue and not found.paused_since and found.left <= 2,
        "paused": found.paused,
    }


# Lists


def line(application: Application) -> dict[str, Any]:
    """One referral in a list, from what the query brought along."""
    results = list(application.readiness_results.all())
    against = (
        [each["text"] for each in results[-1].clauses if each["side"] != FOR] if results else []
    )
    contacts = list(application.contacts.all())
    asked = next((each for each in application.returns.all() if not each.came_back_at), None)
    return {
        "application": application,
        "region": application.school.region if application.school else "",
        "verdict": results[-1].get_verdict_display() if results else "",
        "colour": VERDICT_COLOURS[Readiness(results[-1].verdict)] if results else "",
        "reasons": against[:REASONS_SHOWN],
        "more": max(len(against) - REASONS_SHOWN, 0),
        "spoken_on": contacts[-1].on if contacts else None,
        "time": time_of(queries.clock_of(application)),
        "with_whom": WITH_WHOM.get(_S(application.status), ""),
        "asked": asked,
        "moderator": application.moderator,
        "assign": reverse("applications:assign_moderator", args=[application.reference]),
    }


def decided(application: Application) -> dict[str, Any]:
    """One that was decided lately: which way, and when."""
    accepted = application.status not in (_S.DECLINED, _S.APPEALED)
    return {
        "application": application,
        "outcome": "Accepted" if accepted else "Declined",
        "colour": "green" if accepted else "orange",
        "on": application.decided_at,
    }


# The panel and the applicant's step


def own_step(application: Application) -> parts.Step | None:
    """What the applicant is asked for, or that we have it; nothing of who asks or what was found (A6)."""
    asked = application.returns.filter(to=ReturnedTo.APPLICANT).last()
    if asked is None:
        return None
    if application.status == _S.RETURNED:
        return parts.Step(
            f"On {uk_date(asked.returned_at)} we asked you: {asked.reason}",
            [
                parts.Action(
                    "Send it back", reverse("applications:send_back", args=[application.reference])
                )
            ],
        )
    if application.status == _S.REFERRED and asked.came_back_at:
        return parts.Step(
            f"You gave us what we asked for on {uk_date(asked.came_back_at)}. We go on from there."
        )
    return None


def panel(application: Application, user: User) -> parts.Panel | None:
    """What a moderator needs to decide a referral, and what an administrator may do with it (A8)."""
    if application.referred_at is None:
        return None
    queries.bring_story(application)
    contacts, returns = list(application.contacts.all()), list(application.returns.all())
    has_spoken = policies.contacted(
        conversations=[each.on for each in contacts],
        since=queries.contact_needed_since(application),
    ).allowed
    is_open = APPLICATION.allows("log_contact", application.status)
    decides = is_open and user.has_perm("applications.decide", application)
    sponsor = application.sponsor
    return parts.Panel(
        "Referral",
        "applications/panels/referral.html",
        {
            "referral": {
                "moderator": application.moderator,
                "is_own": application.moderator_id == user.pk,
                "is_open": is_open,
                "time": time_of(
                    queries.clock_of(application), decided=application.status not in queries.HELD
                ),
                "with_whom": WITH_WHOM.get(_S(application.status), ""),
                "has_spoken": has_spoken,
                "decides": decides,
                "sponsor": sponsor,
                "sponsor_rows": _sponsor(application),
                "contacts": [
                    {
                        "text": f"{each.logged_by.name} spoke with the sponsor, "
                        f"{ContactMeans(each.means).label.lower()}",
                        "on": each.on,
                        "note": each.note,
                    }
                    for each in contacts
                ],
                "returns": [_asked(each) for each in returns],
            }
        },
        _actions(application, user, decides=decides, has_spoken=has_spoken, is_open=is_open),
    )


def _actions(
    application: Application, user: User, *, decides: bool, has_spoken: bool, is_open: bool
) -> list[parts.Action]:
    def action(text: str, name: str, kind: str = "secondary") -> parts.Action:
        return parts.Action(
            text, reverse(f"applications:{name}", args=[application.reference]), kind
        )

    actions: list[parts.Action] = []
    if decides and has_spoken:
        actions += [
            action("Accept", "accept", "primary"),
            action("Decline", "decline"),
            action("Log another conversation", "log_contact"),
        ]
    elif decides:
        actions.append(action("Log a conversation", "log_contact", "primary"))
    if decides:
        actions += [
            action("Ask the applicant for more", "return_to_applicant", "link"),
            action("Ask the sponsor to look again", "return_to_sponsor", "link"),
        ]
    if is_open and user.has_perm("applications.assign_moderator", application):
        text = "Give it to somebody else" if application.moderator else "Choose who decides"
        actions.append(
            action(text, "assign_moderator", "secondary" if application.moderator else "primary")
        )
    return actions


def _sponsor(application: Application) -> list[tuple[str, Any]]:
    sponsor = application.sponsor
    name = sponsor.name if sponsor else application.sponsor_name
    email = sponsor.email if sponsor else application.sponsor_email
    if not email:
        return []
    return [
        ("Sponsor", name),
        ("Email", format_html('<a class="govuk-link" href="mailto:{}">{}</a>', email, email)),
    ]


def _asked(row: Return) -> dict[str, Any]:
    return {
        "text": f"{row.returned_by.name} asked {ReturnedTo(row.to).label}",
        "on": row.returned_at,
        "reason": row.reason,
        "came_back": row.came_back_at,
    }


# Regions and people


def slug(region: str) -> str:
    """The region in an address."""
    return region.lower().replace(" ", "-")


def region_of(slugged: str) -> str | None:
    """The region that an address means."""
    return next((each for each in policies.REGIONS if slug(each) == slugged), None)


def load(user: Any, today: date | None = None) -> str:
    """How much somebody has to do: '3 to decide, the oldest 6 days'; `load` and `oldest` come with them."""
    if not user.load:
        return "none to decide"
    days = ((today or clock.today()) - user.oldest.astimezone(clock.LONDON).date()).days
    return f"{user.load} to decide, the oldest {plural(days, 'day')}"


def regions(found: dict[str, list[User]]) -> list[dict[str, Any]]:
    """Each region with who decides for it; those without anybody say so."""
    return [
        {
            "name": region,
            "people": [{"user": each, "load": load(each)} for each in people],
            "url": reverse("applications:cover_region", args=[slug(region)])
            if region in policies.REGIONS
            else "",
        }
        for region, people in found.items()
    ]


def people(found: Iterable[User]) -> list[dict[str, Any]]:
    """Every regional moderator with their regions, load and schools of interest."""
    return [
        {
            "user": each,
            "regions": [row.region for row in each.moderated_regions.all()],
            "load": load(each),
            "interests": len(each.school_interests.all()),
            "url": reverse("applications:interests", args=[each.reference]),
        }
        for each in found
    ]


def region_choices(found: Iterable[User], region: str) -> list[Choice]:
    """Everybody who can decide for a region, each with what else they decide for."""
    return [Choice(each.reference, each.name, hint=_about(each, region)) for each in found]


def _about(user: Any, region: str) -> str:
    others = [row.region for row in user.moderated_regions.all() if row.region != region]
    also = f"also {in_a_row(others)}; " if others else ""
    said = f"{also}{load(user)}"
    return f"{said[:1].upper()}{said[1:]}"


def candidate_choices(found: Iterable[queries.Candidate]) -> list[Choice]:
    """Those who may decide an application, each with regions and load."""
    return [
        Choice(
            each.user.reference,
            each.user.name,
            hint=f"{in_a_row(sorted(each.regions)) or 'No region'}: {load(each.user)}",
        )
        for each in found
    ]


def school_choices(found: Iterable[School]) -> list[Choice]:
    """Schools that were found, told apart by place and number."""
    return [
        Choice(
            each.urn,
            each.name,
            hint=", ".join(filter(None, (each.district, each.postcode, f"URN {each.urn}"))),
        )
        for each in found
    ]


def in_a_row(names: list[str]) -> str:
    """'North East, London and South West'."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
