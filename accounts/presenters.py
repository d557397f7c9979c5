"""Words for the pages about people and invitations. No decision is made here."""

from typing import Any

from accounts.models import Persona, User
from accounts.policies import Link
from accounts.states import Role

# The page of each link that no longer works: its heading and its sentences.
DEAD_LINKS: dict[Link, tuple[str, tuple[str, ...]]] = {
    Link.EXPIRED: (
        "This link has expired",
        (
            "For safety, links stop working after 14 days. What you were asked for is still wanted.",
            "We can send a new link to the address that this one went to.",
        ),
    ),
    Link.REPLACED: (
        "There is a newer link",
        ("This link was replaced. Use the one in the newest email about this request.",),
    ),
    Link.ANSWERED: (
        "You have already answered",
        (
            "Thank you. Your answer was received and this link is no longer needed.",
            "If you think something is wrong with it, contact the provider.",
        ),
    ),
    Link.CLOSED: (
        "This request has been closed",
        (
            "The person who asked you no longer needs an answer, or has asked somebody else.",
            "You do not need to do anything.",
        ),
    ),
}


def dead_link(link: Link, *, can_send: bool) -> dict[str, Any]:
    """Heading, sentences and whether a fresh link may be asked for."""
    title, lines = DEAD_LINKS[link]
    return {"title": title, "lines": lines, "can_send": can_send}


def masked(email: str) -> str:
    """'s•••@school.example': enough to know which mailbox to open, too little to learn an address."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


def role_names(user: User) -> list[str]:
    """The roles in the order of the list of roles, in words."""
    return [role.label for role in Role if role in user.roles]


def personas_by_role(personas: list[Persona]) -> list[dict[str, Any]]:
    """Groups of {role, people}; somebody with several roles stands under the first."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for persona in personas:
        held = {membership.role for membership in persona.user.memberships.all()}
        first = next((role.label for role in Role if role in held), "No role yet")
        groups.setdefault(first, []).append(
            {
                "name": persona.user.name,
                "reference": persona.user.reference,
                "email": persona.user.email,
                "story": persona.story,
            }
        )
    return [{"role": role, "people": people} for role, people in groups.items()]
