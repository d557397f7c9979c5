"""What is read of a result, by the participant and in the feedback report, and of a script, by staff."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from assessment import policies
from assessment.models import MOST_ATTEMPTS, Mark, Marking, Script
from assessment.presenters.submission import COLOURS, size
from assessment.queries import Candidate
from assessment.states import SCRIPT
from assessment.visibility import Part, Viewer, seen


def result(
    script: Script, marking: Marking | None, marks: Iterable[Mark], *, viewer: Viewer
) -> dict[str, Any]:
    """Outcome, marks and feedback, each only where this viewer may see it in this phase."""
    parts = seen(viewer, script.status)
    shown: dict[str, Any] = {"script": script, "outcome": None, "areas": [], "feedback": ""}
    if Part.OUTCOME in parts:
        shown["outcome"] = script.outcome
        shown["attempts_left"] = MOST_ATTEMPTS - script.attempt
    if Part.MARKS in parts:
        shown["areas"] = by_area(marks)
    if Part.FEEDBACK in parts and marking:
        shown["feedback"] = marking.feedback
    return shown


def by_area(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Marks with their criteria, area by area."""
    areas: dict[int, dict[str, Any]] = {}
    for mark in marks:
        area = mark.criterion.criterion.area
        areas.setdefault(area.pk, {"area": area, "marks": []})["marks"].append(mark)
    return list(areas.values())


def list_rows(scripts: Iterable[Script]) -> list[dict[str, Any]]:
    """The administrator's list."""
    rows = []
    for script in scripts:
        parts = seen(Viewer.ADMINISTRATOR, script.status)
        marking = next(iter(script.markings.all()), None)
        rows.append(
            {
                "script": script,
                "status": script.get_status_display(),
                "colour": COLOURS[script.status],  # type: ignore[index]
                "assessor": marking.assessor.name if marking and Part.ASSESSOR in parts else "",
                "href": reverse("assessment:record", args=[script.reference]),
                "actions": actions(script),
            }
        )
    return rows


def actions(script: Script) -> list[dict[str, Any]]:
    """What an administrator may do with a script now, from its table of states."""
    known = (
        ("allocate", "Allocate", "assessment:allocate", False),
        ("compute", "Work out the outcome", "assessment:compute", True),
    )
    return [
        {"text": text, "href": reverse(name, args=[script.reference]), "changes": changes}
        for verb, text, name, changes in known
        if SCRIPT.allows(verb, script.status)
    ]


def assessor_choices(candidates: Iterable[Candidate]) -> tuple[list[Any], list[dict[str, str]]]:
    """Those who may have the script with their load, and those who may not with the reason."""
    free: list[Any] = []
    held: list[dict[str, str]] = []
    for each in candidates:
        decision = policies.conflict(each.conflict)
        if decision.allowed:
            load = (
                f"{each.scripts} to mark, {each.words:,} words"
                if each.scripts
                else "Nothing to mark"
            )
            free.append((each.assessor, load))
        else:
            why = "; ".join(reason.text for reason in decision.reasons)
            held.append({"name": each.assessor.name, "why": why})
    return free, held


def record_files(script: Script, *, viewer: Viewer) -> list[dict[str, str]]:
    """The files submitted with their hashes, for those who may have them."""
    if Part.RECEIPT not in seen(viewer, script.status):
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
