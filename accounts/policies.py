"""Whether an invitation's link or code may be used. Pure: facts in, answers out."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from accounts.states import InvitationStatus
from core.decisions import Decision, Reason

# (choice) How many codes one invitation may send within an hour, and how many fresh links within a day.
MOST_CODES = 5
CODES_WITHIN = timedelta(hours=1)
MOST_LINKS = 5
LINKS_WITHIN = timedelta(days=1)


class Link(StrEnum):
    """What a link is worth when somebody follows it."""

    OPEN = "open"
    EXPIRED = "expired"
    ANSWERED = "answered"
    REPLACED = "replaced"
    CLOSED = "closed"


def link_state(status: str, expires_at: datetime, now: datetime) -> Link:
    """An open invitation's link works until the moment it expires; after that only its end counts."""
    if status == InvitationStatus.OPEN:
        return Link.OPEN if now < expires_at else Link.EXPIRED
    return Link(status)


def another_code(sent_lately: int) -> Decision:
    """Whether one more code may be mailed, given how many were within CODES_WITHIN."""
    if sent_lately < MOST_CODES:
        return Decision()
    return Decision(
        (Reason("We have sent you several codes. Wait an hour, then ask for another."),)
    )


def another_link(sent_lately: int) -> Decision:
    """Whether one more link may be mailed for a subject, given how many were within LINKS_WITHIN."""
    if sent_lately < MOST_LINKS:
        return Decision()
    return Decision((Reason("We have sent several links today. Ask for another tomorrow."),))


def code_answer(
    *, exists: bool, matches: bool, tries_left: int, used: bool, expires_at: datetime, now: datetime
) -> Decision:
    """Whether the code that was typed lets its person in; every way to fail says what to do."""
    if not exists:
        text = "Ask for a code first"
    elif used:
        text = "This code has been used. Ask for a new code"
    elif now >= expires_at:
        text = "This code has expired. Ask for a new code"
    elif tries_left <= 0:
        text = "This code was entered wrongly too often. Ask for a new code"
    elif not matches:
        text = "Enter the 6-digit code from the newest email we sent you"
    else:
        return Decision()
    return Decision((Reason(text, field="code"),))


def sign_in_problem(*, active: bool) -> Decision:
    """Whether an invited person's account may be signed in to."""
    if active:
        return Decision()
    return Decision((Reason("This account has been closed. Contact the provider.", field="code"),))


def equality(
    answers: Mapping[str, str], known: Mapping[str, Collection[str]], asks: Mapping[str, str]
) -> Decision:
    """Whether each answer given is one of the question's; every question may be left open (G5)."""
    return Decision.of(
        Reason(asks[question], question, "G5")
        for question, codes in known.items()
        if answers.get(question) and answers[question] not in codes
    )
