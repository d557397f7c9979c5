"""What an assessor reads: the text, the strip of criteria and one criterion at a time, by candidate number (S9).

Everything here comes through visibility; nothing here knows the candidate's name but to take it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from assessment import policies
from assessment.models import Confidence, Mark, Marking, Script, SupportingDocument
from assessment.visibility import Part, Person, Viewer, identifying, sees
from core.clock import LONDON
from documents import reading
from documents.models import StoredFile
from programmes.models import Enrolment

FEEDBACK = "feedback"


@dataclass(frozen=True)
class Candidate:
    """All that a marker is told of a script."""

    number: str
    level: str
    task: str
    words: int
    word_limit: int
    over: int
    due_on: Any

    @classmethod
    def of(cls, script: Script) -> "Candidate":
        """Only what visibility lets a marker see; outside that an empty number."""
        number = script.candidate_number
        if not sees(Viewer.MARKER, Part.CANDIDATE_NUMBER, script.status):
            number = ""
        words = script.words or 0
        return cls(
            number=number,
            level=script.task.level.code,
            task=script.task.title,
            words=words,
            word_limit=script.task.word_limit,
            over=policies.words_over(words, script.task.word_limit),
            due_on=script.answer_due_on,
        )


@dataclass(frozen=True)
class Cell:
    """One criterion in the strip: told apart by sign, words and border, not by colour alone."""

    code: str
    sign: str
    state: str
    label: str
    href: str
    current: bool = False


def strip(marking: Marking, marks: Iterable[Mark], *, current: str = "") -> list[Cell]:
    """All criteria of the script with what has been given."""
    page = reverse("assessment:marking", args=[marking.reference])
    return [
        cell(
            mark,
            href=f"{page}?criterion={mark.criterion.code}",
            current=current == mark.criterion.code,
        )
        for mark in marks
    ]


def cell(mark: Mark, *, href: str = "", current: bool = False) -> Cell:
    """One cell: blank is a dash, never a 0 (S10)."""
    code = mark.criterion.code
    if mark.value is None:
        return Cell(code, "–", "blank", f"{code}: not marked yet", href, current)
    just = mark.confidence == Confidence.JUST
    state = ("zero" if mark.value == 0 else "given") + (" just" if just else "")
    sure = "just" if just else "secure"
    return Cell(code, str(mark.value), state, f"{code}: mark {mark.value}, {sure}", href, current)


def masked_words(enrolment: Enrolment) -> tuple[str, ...]:
    """What is taken out of everything that a marker reads of this enrolment's scripts."""
    people = [_person(enrolment.participant)]
    if enrolment.sponsor:
        people.append(_person(enrolment.sponsor))
    return identifying(people, school=enrolment.school.name, urn=enrolment.school.urn)


def _person(user: Any) -> Person:
    return Person(user.first_name, user.last_name, user.email, user.trn)


def text(script: Script, mask: tuple[str, ...]) -> Any:
    """The script's text without what identifies, with the cut-off marked; None where a marker may not read it."""
    if script.write_up is None or not sees(Viewer.MARKER, Part.ANONYMOUS_WORK, script.status):
        return None
    return _read(script.write_up, script.write_up.sha256, script.task.word_limit, mask)


@lru_cache(maxsize=64)
def _read(file: StoredFile, sha256: str, limit: int, mask: tuple[str, ...]) -> Any:
    """Read once for each process; the file's hash is part of the key, so that another content is another text."""
    return reading.as_html(file, limit=limit, mask=mask)


def documents(marking: Marking, rows: Iterable[SupportingDocument]) -> list[dict[str, str]]:
    """Documents to download, under the candidate number."""
    script = marking.script
    return [
        {
            "title": f"Appendix {policies.appendix(each.requirement.position)}: {each.requirement.name}",
            "kind": each.file.extension.lstrip(".").upper(),
            "href": reverse(
                "assessment:marking_document", args=[marking.reference, each.requirement.position]
            ),
        }
        for each in rows
        if sees(Viewer.MARKER, Part.ANONYMOUS_WORK, script.status)
    ]


def saved_at(moment: Any) -> str:
    """'Saved at 14:02'; nothing where nothing has been saved."""
    return f"Saved at {moment.astimezone(LONDON):%H:%M}" if moment else ""


def progress(marks: Iterable[Mark]) -> str:
    """'5 of 14 criteria marked'."""
    values = [mark.value for mark in marks]
    return f"{sum(value is not None for value in values)} of {len(values)} criteria marked"
