"""What the applicant's side must say (A1, A2, A3, A5). Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from core.decisions import Decision, Reason

SCALE = range(1, 5)
STRENGTH_WORDS = 500

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
    *, today: date, closes_on: date, places_left: int, has_live: bool, is_enrolled: bool
) -> Decision:
    """Whether somebody may begin an application for a cohort (A11)."""

    def reasons() -> Iterator[Reason]:
        if has_live:
            yield Reason("You already have an application for this cohort", rule="A11")
        if is_enrolled:
            yield Reason("You already have a place on this level", rule="A11")
        if today > closes_on:
            yield Reason("Applications for this cohort have closed", rule="A11")
        if places_left < 1:
            yield Reason("Every place in this cohort has been taken", rule="A11")

    return Decision.of(reasons())


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


def _mailbox(address: str) -> str:
    name, at, domain = address.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}{at}{domain}"
