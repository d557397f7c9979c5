"""People as administrators read of them: one person, two side by side, and likely pairs."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from applications.presenters import applicant
from applications.queries.people import Pair
from core.templatetags.portal import plural, uk_date


def link(user: User) -> str:
    """The page of somebody."""
    return reverse("applications:person", args=[user.reference])


def pairs(found: list[Pair]) -> list[dict[str, Any]]:
    """Pairs that look like one person, each with why, and what can be done about it."""
    return [
        {
            "people": [
                {"name": user.name, "email": user.email, "trn": user.trn, "url": link(user)}
                for user in (each.first, each.second)
            ],
            "about": f"{each.first.name} and {each.second.name}",
            "reasons": each.likeness.reasons,
            "merge": reverse(
                "applications:merge", args=[each.first.reference, each.second.reference]
            ),
            "apart": reverse(
                "applications:tell_apart", args=[each.first.reference, each.second.reference]
            ),
        }
        for each in found
    ]


def person(user: User, has: dict[str, Any]) -> dict[str, Any]:
    """Everything that is somebody's, in words."""
    return {
        "facts": facts(user, has),
        "applications": [
            {
                "text": f"{each.level.code}, {each.cohort.name}",
                "url": each.get_absolute_url(),
                "reference": each.reference,
                "status": each.get_status_display(),
                "colour": applicant.COLOURS[each.status],
                "on": each.started_at,
            }
            for each in has["applications"]
        ],
        "enrolments": [
            {
                "text": f"{each.level.code}, {each.cohort.name}",
                "url": each.get_absolute_url(),
                "reference": each.reference,
                "status": each.get_status_display(),
                "on": each.enrolled_on,
            }
            for each in has["enrolments"]
        ],
        "sponsored": [
            {
                "text": f"{each.applicant.name}, {each.level.code}",
                "url": each.get_absolute_url(),
                "reference": each.reference,
            }
            for each in has["sponsored"]
        ],
    }


def facts(user: User, has: dict[str, Any]) -> list[tuple[str, str]]:
    """Who somebody is and was, as rows."""
    roles = ", ".join(str(Role(role).label) for role in sorted(user.roles))
    former = "; ".join(
        f"{each.reference} ({each.email}), merged on {uk_date(each.merged_at)}"
        for each in has["former"]
    )
    found = [
        ("Email", user.email),
        ("TRN", user.trn or "Not known"),
        ("Reference", user.reference),
        ("Since", uk_date(user.joined_at)),
        ("Roles", roles),
        ("Also known as", former),
    ]
    return [(key, value) for key, value in found if value]


def side_by_side(accounts: list[tuple[User, dict[str, Any]]]) -> dict[str, Any]:
    """Two accounts in columns, row by row, with what would move from either."""
    rows = [
        ("Name", [user.name for user, _ in accounts]),
        ("Email", [user.email for user, _ in accounts]),
        ("TRN", [user.trn or "Not known" for user, _ in accounts]),
        ("Since", [uk_date(user.joined_at) for user, _ in accounts]),
        ("Last signed in", [uk_date(user.last_login) or "Never" for user, _ in accounts]),
        ("Applications", [_all(has["applications"]) for _, has in accounts]),
        ("Enrolments", [_all(has["enrolments"]) for _, has in accounts]),
        ("Sponsors", [plural(len(has["sponsored"]), "application") for _, has in accounts]),
    ]
    return {"names": [user.reference for user, _ in accounts], "rows": rows}


def _all(rows: list[Any]) -> str:
    return (
        "; ".join(
            f"{each.level.code}, {each.cohort.name}: {each.get_status_display().lower()}"
            for each in rows
        )
        or "None"
    )


def choices(accounts: list[tuple[User, dict[str, Any]]]) -> list[tuple[str, str]]:
    """Which account stays, as one chooses it: with what then comes from the other."""
    (one, has_one), (other, has_other) = accounts
    return [
        (one.reference, f"{one.email}: takes over {_comes(has_other)} from {other.email}"),
        (other.reference, f"{other.email}: takes over {_comes(has_one)} from {one.email}"),
    ]


def _comes(has: dict[str, Any]) -> str:
    counted = (
        (len(has["applications"]), "application"),
        (len(has["enrolments"]), "enrolment"),
        (len(has["sponsored"]), "sponsor’s answer"),
    )
    said = [plural(number, word) for number, word in counted if number]
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1]))) if said else "nothing"
