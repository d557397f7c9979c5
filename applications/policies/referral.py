"""Referral: who may decide, conversations with the sponsor, asking for more, and the moderator's clock (A5, A8). Pure."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from applications.policies.answers import with_a_reason
from applications.policies.working_days import is_working_day, working_days
from applications.states import ContactMeans
from core.decisions import Decision, Reason

# The nine regions of England as the establishment file's column GOR (name) has them (choice, G3).
REGIONS = (
    "North East",
    "North West",
    "Yorkshire and the Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)


def region(name: str) -> Decision:
    """Whether somebody can decide for it: one of the nine regions (A8)."""
    if name in REGIONS:
        return Decision()
    return Decision((Reason("Choose one of the nine regions of England", "region", "A8"),))


def interest(*, has_school: bool, why: str) -> Decision:
    """Whether an interest in a school is declared whole: which school, and what it is to them (A8)."""

    def reasons() -> Iterator[Reason]:
        if not has_school:
            yield Reason("Choose the school", "school", "A8")
        if not why.strip():
            yield Reason("Say what the school is to them, such as ‘governor’", "why", "A8")

    return Decision.of(reasons())


def conflicts(
    *,
    is_applicant: bool = False,
    is_sponsor: bool = False,
    has_interest: bool = False,
    has_left: bool = False,
) -> tuple[str, ...]:
    """Why somebody may not decide an application, each reason in words; none is none (A8)."""
    reasons = {
        "is the applicant": is_applicant,
        "is the sponsor": is_sponsor,
        "has declared an interest in the school": has_interest,
        "is no regional moderator any more": has_left,
    }
    return tuple(text for text, holds in reasons.items() if holds)


def return_to_applicant(reason: str) -> Decision:
    """Whether a moderator says what the applicant is asked for (A8)."""
    return with_a_reason(reason, says="Say what you need from the applicant")


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


@dataclass(frozen=True)
class ReferralClock:
    """A moderator's time for one application, in working days; the day of the referral is day 0."""

    worked: int
    paused: int
    allowed: int
    paused_since: date | None
    due_on: date | None
    """The last day to decide in time; None while it stands still."""

    @property
    def left(self) -> int:
        """Working days left; 0 when none are."""
        return max(self.allowed - self.worked, 0)

    @property
    def is_overdue(self) -> bool:
        """Whether the last day has passed."""
        return self.worked > self.allowed


def referral_clock(
    *,
    referred_on: date,
    pauses: Sequence[tuple[date, date | None]] = (),
    today: date,
    holidays: Collection[date],
    allowed: int,
) -> ReferralClock:
    """How long a moderator has had an application: the time that others hold it does not count (A8).

    A pause is the day it was handed over and the day it came back, None while it is away. The day it is
    handed over counts and the day it comes back does not, as with the referral itself, so that a pause
    within one day changes nothing. Worked and paused are together the working days since the referral.
    """

    def stands(day: date) -> bool:
        return any(start < day and (end is None or day <= end) for start, end in pauses)

    passed = working_days(referred_on, today, holidays) if today > referred_on else 0
    days = (
        referred_on + timedelta(days=number) for number in range(1, (today - referred_on).days + 1)
    )
    paused = sum(is_working_day(day, holidays) and stands(day) for day in days)
    away_since = min((start for start, end in pauses if end is None), default=None)
    return ReferralClock(
        worked=passed - paused,
        paused=paused,
        allowed=allowed,
        paused_since=away_since,
        due_on=None if away_since else _due(referred_on, stands, holidays, allowed),
    )


def _due(
    referred_on: date, stands: Callable[[date], bool], holidays: Collection[date], allowed: int
) -> date:
    day = referred_on
    while allowed > 0:
        day += timedelta(days=1)
        allowed -= is_working_day(day, holidays) and not stands(day)
    return day
