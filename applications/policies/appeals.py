"""Appeals and decisions taken back: until when, by whom, and what must be said (A10). Pure."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from core.decisions import Decision, Reason


class Involvement(StrEnum):
    """What somebody had to do with an application before the appeal; the words go on from 'who'."""

    APPLICANT = "made this application"
    SPONSOR = "is, or was, its sponsor"
    DECIDED = "took a decision on it"
    MODERATOR = "is the regional moderator it was given to"
    CONTACT = "spoke with the sponsor about it"
    RETURNED = "asked for more about it"
    UNDID = "took a decision on it back"
    INTEREST = "has an interest in the school"


_YOURS = {
    Involvement.APPLICANT: "made this application",
    Involvement.SPONSOR: "are, or were, its sponsor",
    Involvement.DECIDED: "took a decision on it",
    Involvement.MODERATOR: "are the regional moderator it was given to",
    Involvement.CONTACT: "spoke with the sponsor about it",
    Involvement.RETURNED: "asked for more about it",
    Involvement.UNDID: "took a decision on it back",
    Involvement.INTEREST: "have an interest in the school",
}


def appeal(
    *, grounds: str, today: date, until: date, has_appealed: bool, has_another: bool
) -> Decision:
    """Whether an applicant may appeal: once, until that day's end, saying why (A10, G1)."""

    def reasons() -> Iterator[Reason]:
        if has_appealed:
            yield Reason("You have appealed already, and can do so once", rule="A10")
        elif today > until:
            yield Reason(
                f"The time to appeal ended on {until.day} {until:%B %Y} at 11:59pm", rule="A10"
            )
        if has_another:
            yield Reason(
                "You have another application for this cohort: withdraw it before you appeal",
                rule="A11",
            )
        if not grounds.strip():
            yield Reason("Say why you think the decision was wrong", "grounds", "A10")

    return Decision.of(reasons())


def uninvolved(involvements: Collection[Involvement], *, oneself: bool = True) -> Decision:
    """Whether somebody had nothing to do with an application before, so may decide its appeal (A10)."""
    found = [each for each in Involvement if each in involvements]
    if not found:
        return Decision()
    if oneself:
        said = "; you ".join(_YOURS[each] for each in found)
        return Decision(
            (
                Reason(
                    f"Somebody who was not involved before decides an appeal: you {said}",
                    rule="A10",
                ),
            )
        )
    return Decision(
        (
            Reason(
                "Choose somebody who was not involved before: this person "
                + "; ".join(str(each) for each in found),
                "moderator",
                "A10",
            ),
        )
    )


def undo(*, reason: str, appeal_was_decided: bool, has_another: bool) -> Decision:
    """Whether a decision can be taken back: with a reason, and not over the head of an appeal (A10, A11)."""

    def reasons() -> Iterator[Reason]:
        if appeal_was_decided:
            yield Reason(
                "An appeal against this decision was dismissed, so it stands. The applicant can apply again",
                rule="A10",
            )
        if has_another:
            yield Reason(
                "The applicant has another application for this cohort that is still open, "
                "so this one cannot be opened again",
                rule="A11",
            )
        if not reason.strip():
            yield Reason("Say why the decision is taken back", "reason", "G4")

    return Decision.of(reasons())
