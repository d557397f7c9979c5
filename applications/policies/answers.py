"""What a sponsor's answer, and a decision after referral, must say (A4, A5, A9). Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from core.decisions import Decision, Reason

SCALE = range(1, 5)
LOW = (1, 2)


def endorsements(answers: Mapping[int, tuple[bool, str]], areas: Mapping[int, str]) -> Decision:
    """Whether each area is agreed with, or disputed with a reason; a part may be saved (A4)."""

    def reasons() -> Iterator[Reason]:
        for number, (endorsed, reason) in answers.items():
            if number not in areas:
                yield Reason(f"There is no area {number} on this level", rule="A4")
            elif not endorsed and not reason.strip():
                yield Reason(
                    f"Say why you do not agree with the score for {areas[number]}",
                    f"reason_{number}",
                    "A4",
                )

    return Decision.of(reasons())


def behaviour_score(score: int, comment: str, *, name: str = "this behaviour") -> Decision:
    """Whether a score is 1 to 4, and a 1 or 2 is explained (A4)."""
    if score not in SCALE:
        return Decision((Reason(f"Choose one of the four answers for {name}", "score", "A4"),))
    if score in LOW and not comment.strip():
        return Decision(
            (Reason(f"Say briefly why you chose this answer for {name}", "comment", "A4"),)
        )
    return Decision()


def whole_answer(
    *, unanswered_areas: Sequence[str], verified: bool | None, unscored_behaviours: Sequence[str]
) -> Decision:
    """Whether everything is there to be signed; each missing part by name (A5)."""

    def reasons() -> Iterator[Reason]:
        for name in unanswered_areas:
            yield Reason(f"Say whether you agree with the score for {name}", rule="A4")
        if verified is None:
            yield Reason("Say whether the statements are true", rule="A4")
        for name in unscored_behaviours:
            yield Reason(f"Choose an answer for {name}", rule="A4")

    return Decision.of(reasons())


def with_a_reason(reason: str, *, says: str, field: str = "reason") -> Decision:
    """Whether a reason was given."""
    return Decision() if reason.strip() else Decision((Reason(says, field),))


def cannot_sponsor(reason: str) -> Decision:
    """Whether somebody who cannot sponsor says why, so that the applicant knows what to do (A4)."""
    return with_a_reason(reason, says="Say why you cannot do this")


def decline(
    *,
    reason: str,
    feedback: str,
    areas: Collection[int],
    behaviours: Collection[int],
    known_areas: Collection[int],
    known_behaviours: Collection[int],
) -> Decision:
    """Whether a decline has its reason, and feedback that names areas or behaviours to develop (A9)."""

    def reasons() -> Iterator[Reason]:
        if not reason.strip():
            yield Reason("Give the reason for your decision", "reason", "A9")
        if not feedback.strip():
            yield Reason("Write feedback that helps the applicant to develop", "feedback", "A9")
        if not areas and not behaviours:
            yield Reason("Choose at least one area or behaviour to develop", "areas", "A9")
        if not set(areas) <= set(known_areas):
            yield Reason("Choose from the areas of this level", "areas", "A9")
        if not set(behaviours) <= set(known_behaviours):
            yield Reason("Choose from the leadership behaviours", "behaviours", "A9")

    return Decision.of(reasons())
