"""Words for the pages about people, invitations and mails. No decision is made here."""

import re
from typing import Any

import nh3

from accounts import notifications
from accounts.models import Notification, Persona, User
from accounts.policies import Link
from accounts.states import MailState, Role
from core.models import OutboxMessage

# How a mail's state looks, and what it means to whoever waits for it.
MAIL_COLOURS: dict[str, str] = {
    MailState.WAITING: "yellow",
    MailState.SENT: "blue",
    MailState.DELIVERED: "green",
    MailState.BOUNCED: "red",
    MailState.FAILED: "red",
}
MAIL_SAYS: dict[str, str] = {
    MailState.WAITING: "It is tried again by itself.",
    MailState.SENT: "Handed over; whether it arrived is not known yet.",
    MailState.DELIVERED: "It arrived.",
    MailState.BOUNCED: "It came back, so nobody has read it. The address may be wrong.",
    MailState.FAILED: "It was not sent. Mend what is wrong, then try again.",
}
# What is left of a mail's HTML when it is shown inside a page: its words and their order.
SHOWN_TAGS = {"p", "strong", "em", "small", "ul", "ol", "li", "br", "hr"}
HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")

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


def mail_row(mail: Notification) -> dict[str, Any]:
    """A mail in one line: its subject, to whom, about what, how far it came."""
    return {
        "mail": mail,
        "subject": mail.subject or mail.template,
        "state": mail.get_state_display(),
        "colour": MAIL_COLOURS[mail.state],
        "says": MAIL_SAYS[mail.state],
        "trouble": mail.state in (MailState.BOUNCED, MailState.FAILED),
    }


def mail_facts(mail: Notification) -> list[tuple[str, Any]]:
    """Who gets it, about what, and by which template."""
    facts = [("To", mail.to_email), ("About", mail.about), ("Number", mail.reference)]
    facts += [("Text", mail.template), ("Carrier’s number", mail.carrier_id)]
    return [(key, value) for key, value in facts if value]


def mail_timeline(mail: Notification) -> list[dict[str, Any]]:
    """How far it came, the newest first."""
    moments = [{"text": mail.get_state_display(), "at": mail.state_at, "note": mail.detail}]
    if mail.state in (MailState.DELIVERED, MailState.BOUNCED) and mail.carrier_id:
        moments.append({"text": MailState.SENT.label, "at": mail.sent_at, "note": ""})
    return moments


def paragraphs(text: str) -> list[str]:
    """A text at its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def mail_samples() -> list[dict[str, Any]]:
    """Every mail by the room it comes from, each with the subject that a made-up person reads."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in notifications.sampled():
        room = name.partition("/")[0]
        groups.setdefault(room, []).append((name, str(notifications.compose_sample(name).subject)))
    titles = {"accounts": "People and signing in"}
    return [
        {"title": titles.get(room, room.capitalize()), "mails": mails}
        for room, mails in groups.items()
    ]


def mail_sample(name: str) -> dict[str, Any]:
    """One mail as a made-up person gets it: its subject, its text, and its HTML without anything that acts."""
    mail = notifications.compose_sample(name)
    html = str(mail.alternatives[0][0])
    body = html.partition("<body>")[2].partition("</body>")[0]
    body = HEADING.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", body)
    return {
        "name": name,
        "subject": mail.subject,
        "paragraphs": paragraphs(str(mail.body)),
        "html": nh3.clean(body, tags=SHOWN_TAGS, attributes={}, link_rel=None),
    }


def given_up(message: OutboxMessage) -> dict[str, Any]:
    """What was promised, when, and what the last attempt said."""
    return {
        "message": message,
        "what": message.kind.replace(".", ": ").replace("_", " "),
        "why": message.last_error,
    }
