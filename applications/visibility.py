"""What is seen of an application, by whom (A6). Pure: a relation in, the parts out."""

from enum import StrEnum


class Relation(StrEnum):
    """What somebody is to one application."""

    APPLICANT = "applicant"
    SPONSOR = "sponsor"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"
    NOBODY = "nobody"


class Part(StrEnum):
    """A part of an application that somebody may or may not see."""

    FACTS = "facts"
    SELF_SCORES = "self_scores"
    STRENGTHS = "strengths"
    SPONSOR_PROGRESS = "sponsor_progress"
    SPONSOR_ANSWER = "sponsor_answer"
    READINESS = "readiness"
    CONTACTS = "contacts"
    DECISION_REASON = "decision_reason"
    FEEDBACK = "feedback"
    NOTES = "notes"


_WROTE = {Part.FACTS, Part.SELF_SCORES, Part.STRENGTHS}
_SEES: dict[Relation, frozenset[Part]] = {
    Relation.APPLICANT: frozenset({*_WROTE, Part.SPONSOR_PROGRESS, Part.FEEDBACK}),
    Relation.SPONSOR: frozenset({*_WROTE, Part.SPONSOR_ANSWER}),
    Relation.MODERATOR: frozenset(Part) - {Part.NOTES},
    Relation.ADMINISTRATOR: frozenset(Part),
    Relation.NOBODY: frozenset(),
}


def parts(relation: Relation) -> frozenset[Part]:
    """The parts that this relation sees; the applicant never the sponsor's scores (A6)."""
    return _SEES[relation]
