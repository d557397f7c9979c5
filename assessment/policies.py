"""Whether: the rulebook's section 5 as pure functions, facts in, decisions with plain reasons out.

Knows neither user, request, clock nor database. Which state allows what is states; who may is permissions.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.decisions import Decision, Reason

ANSWER_DAYS = 84
MARKS = (0, 1, 2)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


# Submission (S1 to S3)


@dataclass(frozen=True)
class SubmissionFacts:
    """What the checklist looks at. `words` is None while no write-up is there."""

    taking_part: bool
    words: int | None
    word_limit: int
    required: tuple[str, ...]
    supplied: frozenset[str]
    deadline: date | None
    today: date


@dataclass(frozen=True)
class Condition:
    """One line of the checklist: what is asked, whether it is met, and why; a warning does not hold work back."""

    title: str
    met: bool
    why: str
    rule: str
    warning: bool = False


def checklist(facts: SubmissionFacts) -> tuple[Condition, ...]:
    """Each condition of a submission, met or not and why (S1)."""
    return (
        _taking_part(facts),
        _write_up(facts),
        _documents(facts),
        _words(facts),
        _deadline(facts),
    )


def submission(facts: SubmissionFacts, *, signed_name: str) -> Decision:
    """Whether the work may be submitted, with the declaration signed (S1). Too many words never refuse (S3)."""
    reasons = [
        Reason(condition.why, rule=condition.rule)
        for condition in checklist(facts)
        if not condition.met and not condition.warning
    ]
    if not signed_name.strip():
        reasons.append(Reason("Enter your full name to sign the declaration", "signed_name", "S1"))
    return Decision.of(reasons)


def words_over(words: int | None, limit: int) -> int:
    """How many words lie after the cut-off (S3)."""
    return max((words or 0) - limit, 0)


def _taking_part(facts: SubmissionFacts) -> Condition:
    why = (
        "You are enrolled and taking part."
        if facts.taking_part
        else "Your enrolment shows that you are not taking part at the moment. Ask your provider to put this right."
    )
    return Condition("You are taking part in the programme", facts.taking_part, why, "S1")


def _write_up(facts: SubmissionFacts) -> Condition:
    met = bool(facts.words)
    if met:
        why = "Your write-up is here and can be read."
    elif facts.words == 0:
        why = "Your write-up holds no words that count. Upload another one."
    else:
        why = "Upload your write-up."
    return Condition("Your write-up", met, why, "S1")


def _documents(facts: SubmissionFacts) -> Condition:
    missing = [name for name in facts.required if name not in facts.supplied]
    there = len(facts.required) - len(missing)
    title = f"Every document the task asks for ({there} of {len(facts.required)})"
    if missing:
        return Condition(title, False, f"Still to upload: {_listed(missing)}.", "F6")
    return Condition(title, True, "All of them are here.", "F6")


def _words(facts: SubmissionFacts) -> Condition:
    over = words_over(facts.words, facts.word_limit)
    title = f"No more than {facts.word_limit:,} words"
    if facts.words is None:
        return Condition(title, False, "Counted when you upload your write-up.", "S2", warning=True)
    if not over:
        return Condition(title, True, f"{_count(facts.words, 'word')} counted.", "S2")
    why = (
        f"{_count(facts.words, 'word')} counted. You can submit, but your assessor stops reading "
        f"after word {facts.word_limit:,}: the last {_count(over, 'word')} will not be marked."
    )
    return Condition(title, False, why, "S3", warning=True)


def _deadline(facts: SubmissionFacts) -> Condition:
    if facts.deadline is None:
        return Condition(
            "In time", False, "Your last day to submit is set once you start taking part.", "P2"
        )
    day = _day(facts.deadline)
    title = f"By 11:59pm on {day}"
    if facts.today > facts.deadline:
        why = f"The last day to submit was {day}. Ask your provider about an extension."
        return Condition(title, False, why, "P2")
    left = (facts.deadline - facts.today).days
    return Condition(
        title, True, "Today is the last day." if not left else f"{_count(left, 'day')} left.", "P2"
    )


def next_attempt(earlier_passed: Iterable[bool | None], *, most: int) -> Decision:
    """Whether another attempt at a task may start; None is an earlier attempt without a result (S17)."""
    results = list(earlier_passed)
    if any(result is None for result in results):
        return Decision(
            (Reason("Your earlier attempt at this task has no result yet.", rule="S17"),)
        )
    if any(results):
        return Decision((Reason("You have passed this task.", rule="S17"),))
    if len(results) >= most:
        return Decision((Reason(f"You have had all {most} attempts at this task.", rule="S17"),))
    return Decision()


def answer_due(submitted_on: date, points: Iterable[date], *, days: int = ANSWER_DAYS) -> date:
    """The day by which the outcome is due: so many days after the next marking point opens (S6).

    With no marking point to come, the days run from submission.
    """
    opens = min((point for point in points if point >= submitted_on), default=submitted_on)
    return opens + timedelta(days=days)


def file_name(
    owner: str, level: str, document: str, extension: str, *, position: int | None
) -> str:
    """What a file is called when downloaded: 'Joe Bloggs_NPQSL_Appendix A_Raw data analysis.docx' (S5).

    `owner` is the participant's name, or for markers the candidate number; `position` None is the write-up.
    """
    parts = [owner, level]
    if position is not None:
        parts.append(f"Appendix {appendix(position)}")
    parts.append(document)
    return "_".join(part.replace("_", " ") for part in parts) + f".{extension.lstrip('.')}"


def appendix(position: int) -> str:
    """The letter of a document: A for the first."""
    return LETTERS[position - 1] if 1 <= position <= len(LETTERS) else str(position)


# Allocation (S8)


@dataclass(frozen=True)
class ConflictFacts:
    """What ties an assessor to a script."""

    is_participant: bool = False
    is_sponsor: bool = False
    same_school: bool = False
    marked_earlier_attempt: bool = False


def conflict(facts: ConflictFacts) -> Decision:
    """Whether this assessor may have this script."""
    reasons = (
        (facts.is_participant, "It is their own work"),
        (facts.is_sponsor, "They sponsor this participant"),
        (facts.same_school, "They are tied to the participant’s school"),
        (facts.marked_earlier_attempt, "They marked an earlier attempt"),
    )
    return Decision.of(Reason(text, "assessor", "S8") for holds, text in reasons if holds)


# Marks (S10)


def mark(value: int | None, reason: str, *, in_task: bool = True) -> Decision:
    """Whether this may be saved as a draft mark. Nothing is ever read as 0 but 0."""

    def reasons() -> Iterator[Reason]:
        if not in_task:
            yield Reason("This criterion is not marked in this task", "value", "F4")
        if value is not None and value not in MARKS:
            yield Reason("A mark is 0, 1 or 2", "value", "S10")
        if value == 0 and not reason.strip():
            yield Reason("Say why the mark is 0", "reason", "S10")

    return Decision.of(reasons())


def submitting_marks(marks: Mapping[str, int | None]) -> Decision:
    """Whether the marks are complete; each blank is named with its own field (S10)."""
    return Decision.of(
        Reason(f"Mark criterion {code}", f"mark-{code}", "S10")
        for code, value in marks.items()
        if value is None
    )


# Outcome (S11)


@dataclass(frozen=True)
class OutcomeDecision:
    """`passed` is None where no outcome can be known, and `total` where a mark is blank; reasons say why."""

    passed: bool | None
    total: int | None
    reasons: tuple[str, ...]

    @property
    def known(self) -> bool:
        return self.passed is not None


def outcome(marks: Mapping[str, int | None], pass_mark: int | None) -> OutcomeDecision:
    """Fail if any criterion is 0 or the total is under the pass mark, else pass (S11).

    A blank mark is no mark, and without a pass mark nothing is decided (F8).
    """
    blank = [code for code, value in marks.items() if value is None]
    given = [value for value in marks.values() if value is not None]
    total = None if blank or not marks else sum(given)
    if total is None or pass_mark is None:
        reasons = []
        if not marks:
            reasons.append("No criterion has been marked.")
        if blank:
            reasons.append(f"Not marked yet: {_listed(blank)}.")
        if pass_mark is None:
            reasons.append("The pass mark of this task has not been entered.")
        return OutcomeDecision(None, total, tuple(reasons))
    zeros = [code for code, value in marks.items() if value == 0]
    reasons = []
    if zeros:
        reasons.append(f"The mark is 0 for {_listed(zeros)}. Every criterion needs at least 1.")
    if total < pass_mark:
        reasons.append(f"The total is {total}. The pass mark is {pass_mark}.")
    if not reasons:
        return OutcomeDecision(
            True, total, (f"The total is {total}, the pass mark is {pass_mark}, and no mark is 0.",)
        )
    return OutcomeDecision(False, total, tuple(reasons))


def level_result(results: Iterable[bool | None]) -> bool | None:
    """Whether the level is passed, from each of its tasks' released results; None while one is to come (S11)."""
    known = list(results)
    if not known or any(result is None for result in known):
        return None
    return all(known)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
