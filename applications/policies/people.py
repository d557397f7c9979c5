"""Whether two accounts look like one person, and whether they can be merged. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from applications.policies.application import same_mailbox
from core.decisions import Decision, Reason

# (choice) What each likeness weighs; a pair is shown from SHOWN_FROM up.
SAME_TRN = 60
SAME_MAILBOX = 50
SAME_NAME = 20
SAME_PLACE = 20
OTHER_TRN = -30
SHOWN_FROM = 40


@dataclass(frozen=True)
class Person:
    """What is compared of an account."""

    name: str
    email: str
    trns: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """How alike two accounts are, and why in words."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        return self.score >= SHOWN_FROM


def likeness(one: Person, other: Person) -> Likeness:
    """How alike two accounts are: the same whichever is named first."""
    found: list[tuple[int, str]] = []
    if one.trns & other.trns:
        found.append((SAME_TRN, "The same teacher reference number"))
    if same_mailbox(one.email, other.email):
        found.append((SAME_MAILBOX, "Addresses of one mailbox"))
    if _plain(one.name) == _plain(other.name):
        found.append((SAME_NAME, "The same name"))
        if one.schools & other.schools:
            found.append((SAME_PLACE, "The same school"))
        elif one.postcodes & other.postcodes:
            found.append((SAME_PLACE, "Schools with the same postcode"))
    if one.trns and other.trns and not one.trns & other.trns:
        found.append((OTHER_TRN, "But their teacher reference numbers differ"))
    return Likeness(sum(weight for weight, _ in found), tuple(text for _, text in found))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@dataclass(frozen=True)
class Account:
    """What decides whether an account can be merged: `live` and `accepted` by cohort, `enrolled` by level."""

    reference: str
    name: str
    is_staff: bool = False
    is_open: bool = True
    live: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    enrolled: frozenset[str] = frozenset()


def merge(
    keep: Account, other: Account, *, reason: str, are_between: Collection[str] = ()
) -> Decision:
    """Whether `other` can be merged into `keep`; each refusal says what to do first.

    `are_between` are references of applications of the one that the other sponsors or decides.
    """

    def reasons() -> Iterator[Reason]:
        if keep.reference == other.reference:
            yield Reason("Choose two different accounts")
        for each in (keep, other):
            if each.is_staff:
                yield Reason(
                    f"{each.name} ({each.reference}) has a staff role: end that role first"
                )
            if not each.is_open:
                yield Reason(f"The account {each.reference} is closed already")
        for cohort in sorted(keep.live & other.live):
            yield Reason(f"Both have an open application for {cohort}: withdraw one of them first")
        for cohort in sorted(keep.accepted & other.accepted):
            yield Reason(f"Both were accepted for {cohort}: take one of the decisions back first")
        for level in sorted(keep.enrolled & other.enrolled):
            yield Reason(f"Both have a place on {level}: cancel or withdraw one of them first")
        if are_between:
            yield Reason(
                "One of them is the sponsor or moderator of the other’s application "
                f"({_list(sorted(are_between))}), so they cannot be one person"
            )
        if not reason.strip():
            yield Reason("Say how you know that they are one person", "reason")

    return Decision.of(reasons())


def _list(words: Sequence[str]) -> str:
    return ", ".join(words)
