"""What a participant reads about their tasks, their files and the checklist."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from assessment import policies
from assessment.models import Script, SupportingDocument
from assessment.queries import TaskOfEnrolment
from assessment.states import ScriptStatus
from assessment.visibility import Part, Viewer, sees
from frameworks.models import DocumentRequirement, TaskCriterion

COLOURS = {
    ScriptStatus.STARTED: "blue",
    ScriptStatus.SUBMITTED: "purple",
    ScriptStatus.ALLOCATED: "purple",
    ScriptStatus.WAITING: "yellow",
    ScriptStatus.MARKED: "teal",
    ScriptStatus.RELEASED: "green",
}
# A participant is told no more than that marking goes on.
_AT_MARKING = frozenset(
    {ScriptStatus.SUBMITTED, ScriptStatus.ALLOCATED, ScriptStatus.WAITING, ScriptStatus.MARKED}
)


def task_rows(tasks: Iterable[TaskOfEnrolment]) -> list[dict[str, Any]]:
    """One line of the participant's list for each task."""
    return [_task_row(each) for each in tasks]


def _task_row(each: TaskOfEnrolment) -> dict[str, Any]:
    script = each.script
    limit = f"Up to {each.task.word_limit:,} words"
    row = {"title": f"{each.task.level.code} task {each.task.number}: {each.task.title}"}
    if script is None:
        href = reverse("assessment:start", args=[each.enrolment.reference, each.task.number])
        return {**row, "href": href, "hint": limit, "status": "Not started", "colour": "grey"}
    if script.status == ScriptStatus.STARTED:
        href = reverse("assessment:workspace", args=[script.reference])
        return {**row, "href": href, "hint": limit, "status": "Being prepared", "colour": "blue"}
    if script.status in _AT_MARKING:
        href = reverse("assessment:receipt", args=[script.reference])
        hint = f"Your result is due by {day(script.answer_due_on)}"
        return {**row, "href": href, "hint": hint, "status": "Submitted", "colour": "purple"}
    href = reverse("assessment:result", args=[script.reference])
    return {
        **row,
        "href": href,
        "hint": "Read your result",
        "status": "Result ready",
        "colour": "green",
    }


def file_rows(
    script: Script,
    requirements: Iterable[DocumentRequirement],
    documents: Iterable[SupportingDocument],
) -> list[dict[str, Any]]:
    """The write-up and each required document: what is there and where to send it."""
    there = {each.requirement_id: each.file for each in documents}
    rows = [
        {
            "title": "Write-up",
            "href": reverse("assessment:attach_write_up", args=[script.reference]),
            "hint": _file_hint(script.write_up, f"{script.words or 0:,} words counted"),
            **_state(script.write_up is not None),
        }
    ]
    for each in requirements:
        codes = sorted(criterion.criterion.code for criterion in each.criteria.all())
        noun = "criterion" if len(codes) == 1 else "criteria"
        serves = f"For {noun} {' and '.join(codes)}" if codes else "Asked for by your provider"
        rows.append(
            {
                "title": f"Appendix {policies.appendix(each.position)}: {each.name}",
                "href": reverse(
                    "assessment:attach_document", args=[script.reference, each.position]
                ),
                "hint": _file_hint(there.get(each.pk), serves),
                **_state(each.pk in there),
            }
        )
    return rows


def _file_hint(file: Any, words: str) -> str:
    return (
        f"{file.name} ({size(file.size)}) – {words}"
        if file
        else words.removesuffix("0 words counted")
    )


def _state(there: bool) -> dict[str, str]:
    return {"status": "Uploaded", "colour": ""} if there else {"status": "To do", "colour": "blue"}


def condition_rows(conditions: Iterable[policies.Condition]) -> list[dict[str, str]]:
    """The checklist: each condition, whether it is met, and why."""
    rows = []
    for number, each in enumerate(conditions, start=1):
        met, colour = ("Met", "green") if each.met else ("Not yet", "grey")
        if not each.met and each.warning:
            met, colour = "Look at this", "yellow"
        rows.append(
            {
                "key": str(number),
                "title": each.title,
                "why": each.why,
                "status": met,
                "colour": colour,
            }
        )
    return rows


def word_rows(counts: dict[str, Any]) -> list[tuple[str, str]]:
    """Where the counted words stand, and what was left out (S2)."""
    names = (
        ("body", "In the text, headings included"),
        ("tables", "In tables"),
        ("notes", "In footnotes and endnotes"),
        ("text_boxes", "In text boxes"),
    )
    rows = [(label, f"{counts[name]:,}") for name, label in names if name in counts]
    excluded = counts.get("excluded") or {}
    rows += [
        (f"Not counted: {str(name).replace('_', ' ')}", f"{number:,}")
        for name, number in excluded.items()
        if isinstance(number, int) and number
    ]
    return rows


def criteria_by_area(scheme: Iterable[TaskCriterion]) -> list[dict[str, Any]]:
    """What assessors look for, area by area."""
    areas: dict[int, dict[str, Any]] = {}
    for each in scheme:
        area = each.criterion.area
        entry = areas.setdefault(area.pk, {"area": area, "part": each.part, "criteria": []})
        entry["criteria"].append(each)
    return list(areas.values())


def receipt_files(script: Script) -> list[dict[str, Any]]:
    """What was submitted, under the names that the files carry when downloaded (S1, S5)."""
    if not sees(Viewer.PARTICIPANT, Part.RECEIPT, script.status):
        return []
    return [
        {
            "title": each["document"]
            if each["position"] is None
            else f"Appendix {policies.appendix(each['position'])}: {each['document']}",
            "size": size(each["size"]),
            "sha256": each["sha256"],
            "href": reverse("assessment:file", args=[script.reference, each["reference"]]),
        }
        for each in script.snapshot
    ]


def days_left(conditions: Iterable[policies.Condition]) -> policies.Condition | None:
    """The condition about the deadline, which no page hides."""
    return next((each for each in conditions if each.rule == "P2"), None)


def size(number: int) -> str:
    """'340 KB' or '1.2 MB'."""
    if number < 1_000_000:
        return f"{max(round(number / 1000), 1)} KB"
    return f"{number / 1_000_000:.1f} MB"


def day(value: Any) -> str:
    """'12 March 2027'; 'a date to be set' where there is none."""
    return date_format(value, "j F Y") if value else "a date to be set"
