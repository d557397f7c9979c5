"""The verbs of the standards: import, publish, enter a pass mark, add a document of the provider's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit, clock
from core.decisions import Reason
from core.errors import Refused
from frameworks import events, queries
from frameworks.models import (
    Area,
    Behaviour,
    Criterion,
    DocumentRequirement,
    Edition,
    Level,
    MarkLevel,
    PassMark,
    Statement,
    StatementKind,
    Task,
    TaskCriterion,
    TaskGuidance,
)
from frameworks.policies import document as documents
from frameworks.states import EDITION

FIRST_DIFFERENCES = 5


@dataclass(frozen=True)
class Imported:
    """What an import did: created, changed or unchanged, and how much the file holds."""

    edition: str
    outcome: str
    levels: int
    statements: int
    criteria: int


@transaction.atomic
def import_edition(*, by: User | None, document: object, dry_run: bool = False) -> Imported:
    """Make a draft edition of a document, or bring a draft into line with it; levels left out stay.

    A published edition is never altered (F1): the same content changes nothing, other content is refused.
    Raises Refused with what is wrong. A dry run does the same and keeps none of it.
    """
    wrong = documents.problems(document)
    if wrong or not isinstance(document, dict):
        raise Refused(tuple(Reason(each) for each in wrong))
    _, is_new = Edition.objects.get_or_create(
        code=document["edition"],
        defaults={key: document[key] for key in ("title", "source", "licence")},
    )
    edition = Edition.objects.select_for_update().get(code=document["edition"])
    differences = documents.differences(queries.as_document(edition), document)
    if differences:
        if not EDITION.allows("change", edition.status):
            raise Refused(_refusal(edition, differences))
        _write(edition, document, by)
        audit.record(
            events.EDITION_IMPORTED,
            by=by,
            on=edition,
            why="; ".join(differences[:FIRST_DIFFERENCES]),
        )
    if dry_run:
        transaction.set_rollback(True)
    entered = document["levels"]
    return Imported(
        edition=edition.code,
        outcome="created" if is_new else "changed" if differences else "unchanged",
        levels=len(entered),
        statements=sum(
            len(area["learn_how_to"]) + len(area["learn_about"])
            for level in entered
            for area in level["areas"]
        ),
        criteria=sum(len(area["criteria"]) for level in entered for area in level["areas"]),
    )


def _refusal(edition: Edition, differences: list[str]) -> tuple[Reason, ...]:
    first = differences[:FIRST_DIFFERENCES]
    more = len(differences) - len(first)
    reasons = [
        Reason(
            f"Edition {edition.code} is published and frozen; import this as an edition with another code. "
            f"The file differs in {len(differences)} {'place' if len(differences) == 1 else 'places'}:",
            rule="F1",
        ),
        *(Reason(f"{each};" if each != first[-1] else f"{each}.") for each in first),
    ]
    if more:
        reasons.append(Reason(f"And {more} more."))
    return tuple(reasons)


def _write(edition: Edition, document: dict[str, Any], by: User | None) -> None:
    for key in ("title", "source", "licence"):
        setattr(edition, key, document[key])
    edition.save(update_fields=["title", "source", "licence"])
    edition.behaviours.all().delete()
    Behaviour.objects.bulk_create(
        Behaviour(edition=edition, position=place, **each)
        for place, each in enumerate(_only(document["behaviours"], "name", "description"), start=1)
    )
    taken = edition.levels.count()
    for entry in document["levels"]:
        level, is_new = Level.objects.get_or_create(
            edition=edition,
            code=entry["code"],
            defaults={"name": entry["name"], "position": taken + 1},
        )
        taken += is_new
        level.name = entry["name"]
        level.save(update_fields=["name"])
        _write_level(level, entry, by)


def _only(entries: list[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    return [{key: entry[key] for key in keys} for entry in entries]


def _write_level(level: Level, entry: dict[str, Any], by: User | None) -> None:
    """Write a level anew; pass marks and documents that the provider added stay with their task."""
    TaskCriterion.objects.filter(task__level=level).delete()
    level.areas.all().delete()
    gone = level.tasks.exclude(number__in=[each["number"] for each in entry["tasks"]])
    DocumentRequirement.objects.filter(task__in=gone).delete()
    PassMark.objects.filter(task__in=gone).delete()
    gone.delete()
    for area in entry["areas"]:
        _write_area(level, area)
    codes = {each.code: each for each in level.criteria.all()}
    for task in entry["tasks"]:
        _write_task(level, task, codes, by)


def _write_area(level: Level, entry: dict[str, Any]) -> None:
    area = Area.objects.create(level=level, number=entry["number"], name=entry["name"])
    Statement.objects.bulk_create(
        Statement(area=area, kind=StatementKind.HOW_TO, position=place, text=text)
        for place, text in enumerate(entry["learn_how_to"], start=1)
    )
    Statement.objects.bulk_create(
        Statement(
            area=area,
            kind=StatementKind.ABOUT,
            position=place,
            text=each["text"],
            items=each.get("items", []),
        )
        for place, each in enumerate(entry["learn_about"], start=1)
    )
    Criterion.objects.bulk_create(
        Criterion(level=level, area=area, position=place, code=each["code"], text=each["text"])
        for place, each in enumerate(entry["criteria"], start=1)
    )


def _write_task(
    level: Level, entry: dict[str, Any], codes: dict[str, Criterion], by: User | None
) -> None:
    task, _ = Task.objects.update_or_create(
        level=level,
        number=entry["number"],
        defaults={key: entry[key] for key in ("title", "word_limit", "marks_available")},
    )
    marked = TaskCriterion.objects.bulk_create(
        TaskCriterion(
            task=task, criterion=codes[each["code"]], part=each.get("part") or "", position=place
        )
        for place, each in enumerate(entry["criteria"], start=1)
    )
    own = list(task.documents.filter(provider_added=True).values_list("name", "source"))
    task.documents.all().delete()
    serving: dict[str, list[TaskCriterion]] = {}
    for each, row in zip(entry["criteria"], marked, strict=True):
        for name in each["documents"]:
            serving.setdefault(name, []).append(row)
    for place, (name, rows) in enumerate(serving.items(), start=1):
        required = DocumentRequirement.objects.create(task=task, position=place, name=name)
        required.criteria.set(rows)
    for name, source in own:
        if name not in serving:
            _append_document(task, name, source)
    if entry.get("pass_mark") is not None:
        PassMark.objects.update_or_create(
            task=task,
            defaults={
                "value": entry["pass_mark"],
                "source": entry["pass_mark_source"],
                "is_demonstration": False,
                "entered_by": by,
                "entered_at": clock.now(),
            },
        )


@transaction.atomic
def publish(*, by: User | None, edition: Edition) -> Edition:
    """Open a draft to everyone and freeze it for good (F1). Raises WrongMoment when it is published."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    target = EDITION.target("publish", edition.status)
    before = edition.status
    edition.status = target
    edition.published_at = clock.now()
    edition.published_by = by
    edition.save(update_fields=["status", "published_at", "published_by"])
    audit.record(
        events.EDITION_PUBLISHED,
        by=by,
        on=edition,
        before={"status": before},
        after={"status": target},
    )
    return edition


@transaction.atomic
def enter_pass_mark(
    *, by: User | None, task: Task, value: int, source: str, demonstration: bool = False
) -> PassMark:
    """Enter or replace a task's pass mark with its source (F8). Raises Refused.

    Outcomes keep the value they were computed with; this is the value for those still to come.
    """
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("level__edition")
        .get(pk=task.pk)
    )
    reasons = []
    if not 1 <= value <= task.marks_available:
        reasons.append(
            Reason(
                f"Enter a pass mark from 1 to {task.marks_available}, the marks available",
                field="value",
                rule="F8",
            )
        )
    source = source.strip()
    if not source or len(source) > 200:
        reasons.append(
            Reason(
                "Say where the pass mark comes from, in 200 characters or fewer",
                field="source",
                rule="F8",
            )
        )
    if reasons:
        raise Refused(tuple(reasons))
    stored = queries.pass_mark(task)
    before = {"value": stored.value, "source": stored.source} if stored else None
    entered, _ = PassMark.objects.update_or_create(
        task=task,
        defaults={
            "value": value,
            "source": source,
            "is_demonstration": demonstration,
            "entered_by": by,
            "entered_at": clock.now(),
        },
    )
    audit.record(
        events.PASS_MARK_ENTERED,
        by=by,
        on=task,
        before=before,
        after={"value": value, "source": source},
        demonstration=demonstration,
    )
    return entered


@transaction.atomic
def add_document(*, by: User | None, task: Task, name: str, source: str) -> DocumentRequirement:
    """Require a document of the provider's own for a task (F6). Raises Refused when it is required already."""
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("level__edition")
        .get(pk=task.pk)
    )
    name = name.strip()
    if not name:
        raise Refused((Reason("Enter the document's name", field="name", rule="F6"),))
    if task.documents.filter(name=name).exists():
        raise Refused(
            (Reason(f"{name} is required for this task already", field="name", rule="F6"),)
        )
    added = _append_document(task, name, source)
    audit.record(events.DOCUMENT_ADDED, by=by, on=task, name=name, source=source)
    return added


def _append_document(task: Task, name: str, source: str) -> DocumentRequirement:
    last = task.documents.order_by("-position").values_list("position", flat=True).first() or 0
    return DocumentRequirement.objects.create(
        task=task, position=last + 1, name=name, source=source, provider_added=True
    )


@transaction.atomic
def describe_marks(*, levels: Sequence[dict[str, Any]]) -> None:
    """Say what 0, 1 and 2 mean in general; our own words, so they are no part of an edition."""
    for each in levels:
        MarkLevel.objects.update_or_create(
            mark=each["mark"],
            defaults={"name": each["name"], "description": each["description"]},
        )


@transaction.atomic
def explain_task(*, task: Task, sentences: Sequence[str]) -> None:
    """Say in our own words what a task asks of a participant."""
    task.guidance.all().delete()
    TaskGuidance.objects.bulk_create(
        TaskGuidance(task=task, position=place, text=text)
        for place, text in enumerate(sentences, start=1)
    )
