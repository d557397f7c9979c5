"""What happened to one application, from the columns of every part of the room, in one query. Writes nothing.

The audit trail is never read for it: what a page tells is what the tables hold (G4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Invitation, Notification, User
from accounts.states import MailState
from applications.models import (
    Appeal,
    Application,
    Chase,
    Contact,
    FundingDecision,
    Note,
    Return,
    SponsorAnswer,
    Undoing,
)

SPONSOR_PURPOSE = "sponsor"


@dataclass(frozen=True)
class Moment:
    """One thing that happened: its kind, when, who did it, what exactly, and the words that go with it."""

    kind: str
    at: datetime
    who: str
    what: str
    note: str


def moments(application: Application, *, with_notes: bool) -> list[Moment]:
    """Everything that has a row of its own; what the application's own columns tell is not repeated."""
    parts = list(_parts(application, with_notes))
    rows = parts[0].union(*parts[1:], all=True)
    return [Moment(*row) for row in rows]


def _parts(application: Application, with_notes: bool) -> Iterator[QuerySet[Any]]:
    own = {"application": application}
    answers = SponsorAnswer.objects.filter(**own)
    reference = application.reference
    asked = Invitation.objects.filter(purpose=SPONSOR_PURPOSE, subject=reference)
    yield _rows(asked, "asked", "invited_at", who=("first_name", "last_name"), what="email")
    yield _rows(answers, "began", "begun_at", who="sponsor")
    yield _rows(answers.exclude(signed_at=None), "signed", "signed_at", who="sponsor")
    declined = answers.exclude(declined_at=None)
    yield _rows(declined, "cannot", "declined_at", who="sponsor", note="decline_reason")
    yield _rows(answers.exclude(replaced_at=None), "replaced", "replaced_at", who="sponsor")
    yield _rows(Chase.objects.filter(**own), "chased", "chased_at", what="day")
    returns = Return.objects.filter(**own)
    yield _rows(returns, "returned", "returned_at", who="returned_by", what="to", note="reason")
    yield _rows(returns.exclude(came_back_at=None), "came_back", "came_back_at", what="to")
    contacts = Contact.objects.filter(**own)
    yield _rows(contacts, "contact", "logged_at", who="logged_by", what="means", note="note")
    undoings = Undoing.objects.filter(**own)
    yield _rows(
        undoings,
        "had_decided",
        "was_decided_at",
        who="was_decided_by",
        what="was_status",
        note="was_reason",
    )
    yield _rows(undoings, "undone", "undone_at", who="undone_by", what="was_status", note="reason")
    appeals = Appeal.objects.filter(**own)
    yield _rows(appeals, "appealed", "made_at", note="grounds")
    yield _rows(
        appeals.exclude(decided_at=None),
        "appeal_decided",
        "decided_at",
        who="decided_by",
        what="outcome",
        note="reason",
    )
    funding = FundingDecision.objects.filter(**own)
    yield _rows(funding, "funded", "decided_at", who="decided_by", what="route")
    back = Q(state__in=(MailState.BOUNCED, MailState.FAILED))
    mails = Notification.objects.filter(back, about=reference)
    yield _rows(mails, "bounced", "state_at", what="to_email", note="detail")
    merged = User.objects.filter(merged_into=application.applicant_id)
    yield _rows(merged, "merged", "merged_at", what="reference", note="email")
    if with_notes:
        notes = Note.objects.filter(**own)
        yield _rows(notes, "noted", "written_at", who="written_by", note="text")


def _rows(
    rows: QuerySet[Any],
    kind: str,
    at: str,
    *,
    who: str | tuple[str, str] = "",
    what: str = "",
    note: str = "",
) -> QuerySet[Any]:
    """One part of the union: five columns of the same kinds."""
    names = who if isinstance(who, tuple) else (f"{who}__first_name", f"{who}__last_name")
    name = Concat(names[0], Value(" "), names[1]) if who else Value("")
    return rows.order_by().values_list(
        Value(kind, CharField()),
        Cast(F(at), DateTimeField()),
        Cast(name, TextField()),
        Cast(F(what) if what else Value(""), TextField()),
        Cast(F(note) if note else Value(""), TextField()),
    )
