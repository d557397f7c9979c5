"""Words, colours and rows for the pages of enrolments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.templatetags.portal import uk_date
from programmes import policies
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus, PauseReason

_S = EnrolmentStatus
COLOURS: dict[str, str] = {
    _S.ENROLLED: "blue",
    _S.COMMENCED: "teal",
    _S.PRESENTED: "purple",
    _S.WITHDRAWN: "grey",
    _S.DEFERRED: "orange",
    _S.PASSED: "green",
    _S.FAILED: "red",
    _S.CANCELLED: "grey",
}

# What else administrators record, by verb, in the order of their buttons.
RECORDS = (
    ("resume", "Record that they came back"),
    ("defer", "Record that they paused"),
    ("withdraw", "Record that they left"),
    ("cancel", "Take back a place given in error"),
)


def record_words(verb: str, enrolment: Enrolment) -> dict[str, str]:
    """The heading of a page on which something is recorded, and what it means."""
    enrolled = f"They enrolled on {uk_date(enrolment.enrolled_on)}."
    since = uk_date(enrolment.deferred_on)
    words = {
        "commence": (
            "Record that they have started",
            f"From this day they have 18 months to present their work. {enrolled}",
        ),
        "withdraw": (
            "Record that they left",
            "Their place becomes free, and what they have done stays on record. Somebody who comes back later "
            "is enrolled again.",
        ),
        "defer": (
            "Record that they paused",
            "Their place becomes free while they are away. They can come back where a place is free then; the "
            "day by which they present their work does not move.",
        ),
        "resume": (
            "Record that they came back",
            f"They paused on {since}. They come back to {enrolment.cohort.name}, where a place must be free.",
        ),
        "cancel": (
            "Take back a place given in error",
            "It then counts nowhere, as if it had not been given. For somebody who changed their mind, record "
            "that they left instead.",
        ),
    }
    title, text = words[verb]
    return {"title": title, "text": text}


def rows(enrolments: Sequence[Enrolment], today: date) -> list[dict[str, Any]]:
    """The lines of the list of enrolments."""
    return [
        {
            "enrolment": each,
            "status": each.get_status_display(),
            "colour": COLOURS[each.status],
            "deadline": deadline(each, today),
        }
        for each in enrolments
    ]


def deadline(enrolment: Enrolment, today: date) -> dict[str, Any] | None:
    """The day to present by, and how far away it is in words (P2); None where nothing is awaited."""
    if enrolment.commenced_on is None or enrolment.status != _S.COMMENCED:
        return None
    day = policies.deadline_to_present(enrolment.commenced_on)
    days = (day - today).days
    return {"on": day, "days": days, "words": days_in_words(days)}


def days_in_words(days: int) -> str:
    """'in 12 days', 'tomorrow', 'today', '1 day ago'."""
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days > 0:
        return f"in {days:,} days"
    return "1 day ago" if days == -1 else f"{-days:,} days ago"


def facts(enrolment: Enrolment, today: date) -> list[tuple[str, str]]:
    """What is known of an enrolment."""
    due = deadline(enrolment, today)
    kept = [
        (
            "Level",
            f"{enrolment.level.name} ({enrolment.level.code}), {enrolment.level.edition.code}",
        ),
        ("Cohort", f"{enrolment.cohort.name}, starting {uk_date(enrolment.cohort.starts_on)}"),
        ("School", f"{enrolment.school.name} (URN {enrolment.school.urn})"),
        ("Sponsor", enrolment.sponsor.name if enrolment.sponsor else ""),
        ("Enrolled on", uk_date(enrolment.enrolled_on)),
        ("Started on", uk_date(enrolment.commenced_on) or "Not recorded yet"),
    ]
    if due:
        kept.append(("Present by", f"{uk_date(due['on'])} ({due['words']})"))
    return kept


def timeline(enrolment: Enrolment) -> list[dict[str, Any]]:
    """What happened, newest first, from the enrolment's own columns (P1)."""
    reasons = dict(PauseReason.choices)
    outcome = "Passed" if enrolment.status == _S.PASSED else "Not passed"

    def why(reason: str, note: str) -> str:
        return ". ".join(filter(None, (str(reasons.get(reason, "")), note)))

    moments = [
        ("Enrolled", enrolment.enrolled_at, ""),
        (f"Started on {uk_date(enrolment.commenced_on)}", enrolment.commenced_at, ""),
        (
            f"Paused on {uk_date(enrolment.deferred_on)}",
            enrolment.deferred_at,
            why(enrolment.deferred_reason, enrolment.deferred_note),
        ),
        (f"Came back on {uk_date(enrolment.resumed_on)}", enrolment.resumed_at, ""),
        (
            f"Withdrew on {uk_date(enrolment.withdrawn_on)}",
            enrolment.withdrawn_at,
            why(enrolment.withdrawn_reason, enrolment.withdrawn_note),
        ),
        (f"Presented every task on {uk_date(enrolment.presented_on)}", enrolment.presented_at, ""),
        (f"{outcome} on {uk_date(enrolment.outcome_on)}", enrolment.concluded_at, ""),
        (
            "Taken back: given in error",
            enrolment.cancelled_at,
            enrolment.cancelled_reason,
        ),
    ]
    happened = [(text, at, note) for text, at, note in moments if at]
    in_order = sorted(enumerate(happened), key=lambda each: (each[1][1], each[0]), reverse=True)
    return [{"text": text, "at": at, "note": note} for _, (text, at, note) in in_order]
