"""What the applicant's side must say (A1, A2, A3, A5). Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from applications.states import FundingRoute
from core.decisions import Decision, Reason

SCALE = range(1, 5)
STRENGTH_WORDS = 500
# (choice) The longest text that a draft keeps: nothing typed by hand comes near it.
LONGEST_DRAFT = 30_000


@dataclass(frozen=True)
class Changed:
    """What an applicant changed after a return; the sponsor looks at it again when there is any."""

    details: bool = False
    areas: frozenset[int] = frozenset()
    strengths: bool = False

    def __bool__(self) -> bool:
        return self.details or bool(self.areas) or self.strengths


_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|"
    "thousand|half|third|quarter|doubled|halved|trebled|tripled"
)
_FIGURE = re.compile(
    rf"[0-9]|%|\bper\s?cent\b|\bgrades?\s+[A-H1-9U]\b|\b(?:{_NUMBER_WORDS})\b",
    re.IGNORECASE,
)


def start(
    *, today: date, starts_on: date, closed_early: bool, has_live: bool, is_enrolled: bool
) -> Decision:
    """Whether somebody may begin an application for a cohort (A11).

    A full cohort, or one past its closing day, may be applied for until it starts: for the waiting list.
    """

    def reasons() -> Iterator[Reason]:
        if has_live:
            yield Reason("You already have an application for this cohort", rule="A11")
        if is_enrolled:
            yield Reason("You already have a place on this level", rule="A11")
        if today >= starts_on:
            yield Reason("This cohort has started", rule="A11")
        elif closed_early:
            yield Reason("We have closed applications for this cohort early", rule="A11")

    return Decision.of(reasons())


def is_late(*, today: date, closes_on: date, closed_early: bool) -> bool:
    """Whether what is sent today is late: the closing day ends at midnight in London (A11, G1).

    When it was begun does not matter. Closing early makes late too **(choice)**.
    """
    return closed_early or today > closes_on


def school_is_listed(*, is_listed: bool) -> Decision:
    """Whether the school is one of the Department's file, which a place needs (A1, G3)."""
    if is_listed:
        return Decision()
    return Decision((Reason("Match the school first", "school", "G3"),))


def gets_a_place(*, is_late: bool, places_left: int) -> bool:
    """Whether an accepted application has its place at once; late or over capacity it waits for one (A11)."""
    return not is_late and places_left > 0


def details(*, has_school: bool, post: str, trn_typed: str, trn: str) -> Decision:
    """Whether school and post are given; a TRN is optional, but one that is given must be one (A1, G3)."""

    def reasons() -> Iterator[Reason]:
        if not has_school:
            yield Reason("Choose your school", "school", "A1")
        if not post.strip():
            yield Reason("Enter your role at the school", "post", "A1")
        if trn_typed.strip() and not trn:
            yield Reason("A teacher reference number has 5 to 7 digits, like 1234567", "trn", "G3")

    return Decision.of(reasons())


def unlisted_school(*, name: str, postcode_typed: str, postcode: str) -> Decision:
    """Whether a school that is not in the list has a name; a postcode that is given must be one (A1, G3)."""

    def reasons() -> Iterator[Reason]:
        if not name.strip():
            yield Reason("Enter the name of your school", "name", "A1")
        if postcode_typed.strip() and not postcode:
            yield Reason("Enter a full UK postcode, like LS1 4AP", "postcode", "G3")

    return Decision.of(reasons())


def funding_route(route: str) -> Decision:
    """Whether one of the ways to pay is chosen; it binds nobody (A12)."""
    if route in FundingRoute.values:
        return Decision()
    return Decision((Reason("Choose how your place will be paid for", "route", "A12"),))


def area_scores(scores: Mapping[int, int], areas: Mapping[int, str]) -> Decision:
    """Whether each score given is 1 to 4 and for an area of the level; a part of them may be saved (A1)."""

    def reasons() -> Iterator[Reason]:
        for number, score in scores.items():
            if number not in areas:
                yield Reason(f"There is no area {number} on this level", rule="A1")
            elif score not in SCALE:
                yield Reason(f"Choose 1, 2, 3 or 4 for {areas[number]}", f"area_{number}", "A1")

    return Decision.of(reasons())


def chosen_areas(numbers: Sequence[int], areas: Collection[int]) -> Decision:
    """Whether exactly two different areas of the level are chosen (A2)."""
    if any(number not in areas for number in numbers):
        return Decision((Reason("Choose from the areas of this level", "areas", "A2"),))
    if len(set(numbers)) != 2 or len(numbers) != 2:
        return Decision((Reason("Choose exactly two different areas", "areas", "A2"),))
    return Decision()


def count_words(text: str) -> int:
    """Words as the portal counts them: runs of non-space characters holding a letter or digit (S2)."""
    return sum(any(letter.isalnum() for letter in run) for run in text.split())


def has_figure(text: str) -> bool:
    """Whether there is a number, a percentage or a grade (A2)."""
    return bool(_FIGURE.search(text))


def strength(
    *, experience: str, impact: str, evidence: str, area: str = "", most_words: int = STRENGTH_WORDS
) -> Decision:
    """Whether one strongest area says what was done, what changed, and how much (A2)."""
    about = f" for {area}" if area else ""
    parts = {"experience": experience, "impact": impact, "evidence": evidence}
    asks = {
        "experience": f"Write about your experience{about}",
        "impact": f"Write about the difference you made{about}",
        "evidence": f"Write about your evidence{about}",
    }

    def reasons() -> Iterator[Reason]:
        for name, text in parts.items():
            if not text.strip():
                yield Reason(asks[name], name, "A2")
            elif (words := count_words(text)) > most_words:
                yield Reason(
                    f"Your {name}{about} has {words} words: shorten it to {most_words} or fewer",
                    name,
                    "A2",
                )
        if evidence.strip() and not has_figure(evidence):
            yield Reason(
                f"Add at least one figure to your evidence{about}: a number, a percentage or a grade, "
                "such as ‘12 of 15 pupils’ or ‘8% more than last year’",
                "evidence",
                "A2",
            )

    return Decision.of(reasons())


class Writing(StrEnum):
    """How far one strongest area is written; each value is what the task list says."""

    NOT_STARTED = "Not started"
    BEGUN = "In progress"
    TOO_LONG = "Shorten it"
    NO_FIGURE = "Add a figure"
    WHOLE = "Completed"


def writing(
    *, experience: str, impact: str, evidence: str, most_words: int = STRENGTH_WORDS
) -> Writing:
    """How far it is: whole exactly when `strength` allows it (A2)."""
    texts = (experience, impact, evidence)
    if not any(text.strip() for text in texts):
        return Writing.NOT_STARTED
    if not all(text.strip() for text in texts):
        return Writing.BEGUN
    if any(count_words(text) > most_words for text in texts):
        return Writing.TOO_LONG
    return Writing.WHOLE if has_figure(evidence) else Writing.NO_FIGURE


def strength_draft(texts: Mapping[str, str]) -> Decision:
    """Whether a draft can be kept: empty, half done or too long for sending, but not without any end (A2)."""
    return Decision.of(
        Reason(f"Your {name} is too long to be kept: shorten it", name, "A2")
        for name, text in texts.items()
        if len(text) > LONGEST_DRAFT
    )


def same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses reach one person: capitals and what follows a '+' do not tell them apart."""
    return _mailbox(one) == _mailbox(other)


def sponsor(
    *, email: str, first_name: str, last_name: str, applicant_email: str, is_applicant: bool = False
) -> Decision:
    """Whether somebody can be named as sponsor: a whole name, and not the applicant (A3)."""

    def reasons() -> Iterator[Reason]:
        if not first_name.strip():
            yield Reason("Enter your sponsor’s first name", "first_name", "A3")
        if not last_name.strip():
            yield Reason("Enter your sponsor’s last name", "last_name", "A3")
        if not email.strip():
            yield Reason("Enter your sponsor’s email address", "email", "A3")
        elif is_applicant or same_mailbox(email, applicant_email):
            yield Reason(
                "You cannot be your own sponsor: enter somebody else’s email address", "email", "A3"
            )

    return Decision.of(reasons())


def signature(signed_name: str) -> Decision:
    """Whether a declaration is signed with a typed name (A5)."""
    if len(signed_name.split()) < 2:
        return Decision((Reason("Type your full name to sign", "signed_name", "A5"),))
    return Decision()


def whole_application(
    *, has_details: bool, unscored: Sequence[str], strengths: Sequence[Decision], has_sponsor: bool
) -> Decision:
    """Whether everything is there to be sent; each missing part by name."""

    def reasons() -> Iterator[Reason]:
        if not has_details:
            yield Reason("Complete ‘About you’", rule="A1")
        for name in unscored:
            yield Reason(f"Enter a score for {name}", rule="A1")
        if len(strengths) != 2:
            yield Reason("Choose your two strongest areas", rule="A2")
        for each in strengths:
            yield from (Reason(reason.text, rule=reason.rule) for reason in each.reasons)
        if not has_sponsor:
            yield Reason("Name your sponsor", rule="A3")

    return Decision.of(reasons())


def what_changed(confirmed: Mapping[str, Any], now: Mapping[str, Any]) -> Changed:
    """What the applicant changed of what the sponsor had confirmed (A5, A8).

    Each mapping holds details, scores by area number as text, and strengths; changed back is not changed.
    """
    before, after = confirmed["scores"], now["scores"]
    return Changed(
        details=confirmed["details"] != now["details"],
        areas=frozenset(
            int(number) for number in {*before, *after} if before.get(number) != after.get(number)
        ),
        strengths=confirmed["strengths"] != now["strengths"],
    )


def _mailbox(address: str) -> str:
    name, at, domain = address.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}{at}{domain}"
