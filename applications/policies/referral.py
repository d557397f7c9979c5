"""Referral: who may decide, conversations with the sponsor, asking for more, and the moderator's clock (A5, A8). Pure."""

from collections.abc import Collection, Iterator
from datetime import date

from applications.policies.answers import with_a_reason
from applications.states import ContactMeans
from core.decisions import Decision, Reason


def return_to_sponsor(reason: str) -> Decision:
    """Whether a moderator says why a signed answer is opened again (A5)."""
    return with_a_reason(reason, says="Say what the sponsor is asked to look at again")


def contact(*, means: str, on: date, note: str, today: date) -> Decision:
    """Whether a conversation with a sponsor is noted whole, and has taken place (A8)."""

    def reasons() -> Iterator[Reason]:
        if means not in ContactMeans.values:
            yield Reason("Choose how you spoke with the sponsor", "means", "A8")
        if on > today:
            yield Reason("The date cannot be in the future", "on", "A8")
        if not note.strip():
            yield Reason("Write what was said", "note", "A8")

    return Decision.of(reasons())


def moderator(*, has_no_conflict: bool) -> Decision:
    """Whether somebody may decide a referred application: not the same school, sponsor or applicant (A8)."""
    if not has_no_conflict:
        return Decision(
            (
                Reason(
                    "Choose a regional moderator who has nothing to do with the applicant, "
                    "the sponsor or the school",
                    "moderator",
                    "A8",
                ),
            )
        )
    return Decision()


def contacted(*, conversations: Collection[date], since: date) -> Decision:
    """Whether the moderator may decide: at least one conversation with the sponsor since the referral (A8).

    `since` is the day of the referral, or that on which the present sponsor came when that was later.
    """
    if any(on >= since for on in conversations):
        return Decision()
    return Decision((Reason("Log your conversation with the sponsor first", rule="A8"),))
