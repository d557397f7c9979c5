"""What is seen: which parts of a script a viewer may see in each phase (S9, S16). Pure; every page asks here.

Parts, viewer and phase in, parts out. Which rows somebody knows of at all is queries.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from assessment.states import ScriptStatus


class Viewer(Enum):
    """Who looks at a script."""

    PARTICIPANT = "participant"
    MARKER = "marker"
    ADMINISTRATOR = "administrator"
    QUALITY_AGENT = "quality agent"


class Part(Enum):
    """What there is to see."""

    IDENTITY = "who wrote it, and their school"
    CANDIDATE_NUMBER = "candidate number"
    WORK = "the write-up and its documents as uploaded"
    ANONYMOUS_WORK = "the work with what identifies taken out"
    WORDS = "the words counted"
    RECEIPT = "what was submitted, when, and its hashes"
    ASSESSOR = "who marks it"
    OWN_MARKS = "the marks that the viewer gives"
    MARKS = "the marks and reasons"
    FEEDBACK = "the overall feedback"
    OUTCOME = "passed or not, the total and why"


_S = ScriptStatus
_AFTER_SUBMISSION = frozenset(_S) - {_S.STARTED}
_WITH_MARKER = _AFTER_SUBMISSION - {_S.SUBMITTED}
_AFTER_MARKING = frozenset({_S.WAITING, _S.MARKED, _S.RELEASED})
_WITH_OUTCOME = frozenset({_S.MARKED, _S.RELEASED})
_RELEASED = frozenset({_S.RELEASED})
_ALWAYS = frozenset(_S)

# The whole rule in one table: from which phases each viewer sees each part. What is not here is not seen.
_SEEN: dict[Viewer, dict[Part, frozenset[ScriptStatus]]] = {
    Viewer.PARTICIPANT: {
        Part.IDENTITY: _ALWAYS,
        Part.WORK: _ALWAYS,
        Part.WORDS: _ALWAYS,
        Part.RECEIPT: _AFTER_SUBMISSION,
        Part.MARKS: _RELEASED,
        Part.FEEDBACK: _RELEASED,
        Part.OUTCOME: _RELEASED,
    },
    Viewer.MARKER: {
        Part.CANDIDATE_NUMBER: _WITH_MARKER,
        Part.ANONYMOUS_WORK: _WITH_MARKER,
        Part.WORDS: _WITH_MARKER,
        Part.OWN_MARKS: _WITH_MARKER,
    },
    Viewer.ADMINISTRATOR: {
        Part.IDENTITY: _ALWAYS,
        Part.CANDIDATE_NUMBER: _ALWAYS,
        Part.WORK: _AFTER_SUBMISSION,
        Part.WORDS: _ALWAYS,
        Part.RECEIPT: _AFTER_SUBMISSION,
        Part.ASSESSOR: _WITH_MARKER,
        Part.MARKS: _AFTER_MARKING,
        Part.FEEDBACK: _AFTER_MARKING,
        Part.OUTCOME: _WITH_OUTCOME,
    },
    Viewer.QUALITY_AGENT: {
        Part.CANDIDATE_NUMBER: _RELEASED,
        Part.ANONYMOUS_WORK: _RELEASED,
        Part.WORDS: _RELEASED,
        Part.MARKS: _RELEASED,
        Part.FEEDBACK: _RELEASED,
        Part.OUTCOME: _RELEASED,
    },
}


def seen(viewer: Viewer, status: str) -> frozenset[Part]:
    """The parts that this viewer may see of a script in this phase."""
    phase = ScriptStatus(status)
    return frozenset(part for part, phases in _SEEN[viewer].items() if phase in phases)


def sees(viewer: Viewer, part: Part, status: str) -> bool:
    """Whether this viewer may see one part in this phase."""
    return part in seen(viewer, status)


@dataclass(frozen=True)
class Person:
    """What identifies somebody in a text."""

    first_name: str
    last_name: str
    email: str = ""
    trn: str = ""


# Words that end a school's name and say nothing about which school it is.
_KINDS_OF_SCHOOL = frozenset(
    [
        "academy",
        "ce",
        "church",
        "college",
        "community",
        "federation",
        "first",
        "high",
        "infant",
        "infants",
        "junior",
        "middle",
        "nursery",
        "of",
        "primary",
        "rc",
        "school",
        "schools",
        "secondary",
        "sixth",
        "form",
        "the",
        "trust",
    ]
)


def identifying(people: Iterable[Person], *, school: str, urn: str = "") -> tuple[str, ...]:
    """What is taken out of a text before a marker reads it, longest first (S9)."""
    found = {words for person in people for words in _of_person(person)}
    found |= set(_of_school(school)) | {urn}
    return tuple(
        sorted((words for words in found if len(words) > 1), key=lambda each: (-len(each), each))
    )


def _of_person(person: Person) -> Iterator[str]:
    first, last = person.first_name.strip(), person.last_name.strip()
    yield from (f"{first} {last}".strip(), first, last, person.email.strip())
    if person.trn:
        yield person.trn
        if short := person.trn.lstrip("0"):
            yield short


def _of_school(name: str) -> Iterator[str]:
    """The name, and the name without the words that only say what kind of school it is."""
    whole = re.sub(r"\s+", " ", name).strip()
    yield whole
    words = whole.split(" ")
    while words and words[-1].strip(",.").lower() in _KINDS_OF_SCHOOL:
        words.pop()
    if len(words) > 1:
        yield " ".join(words)
