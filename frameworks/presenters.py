"""Hands the pages their words: statements by kind, hits cut at what was found, what changed by area."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from frameworks import queries
from frameworks.models import (
    Area,
    Criterion,
    DocumentRequirement,
    Edition,
    Level,
    Statement,
    StatementKind,
    TaskCriterion,
)
from frameworks.policies import wording

COLUMNS = ("Learn how to", "Learn about", "Assessment criteria")


@dataclass(frozen=True)
class AreaWords:
    """An area with its three columns."""

    area: Area
    how_to: tuple[Statement, ...]
    about: tuple[Statement, ...]
    criteria: tuple[Criterion, ...]


def area_words(area: Area) -> AreaWords:
    """The area's columns, from what queries.areas has at hand."""
    statements = list(area.statements.all())
    return AreaWords(
        area=area,
        how_to=tuple(each for each in statements if each.kind == StatementKind.HOW_TO),
        about=tuple(each for each in statements if each.kind == StatementKind.ABOUT),
        criteria=tuple(area.criteria.all()),
    )


@dataclass(frozen=True)
class Part:
    """A part of a task, or the whole of one without parts ('')."""

    name: str
    rows: tuple[TaskCriterion, ...]


def parts(scheme: Iterable[TaskCriterion]) -> list[Part]:
    """The criteria of a task by part, in order."""
    return [Part(name, tuple(rows)) for name, rows in groupby(scheme, key=lambda row: row.part)]


def documents(required: Iterable[DocumentRequirement]) -> list[dict[str, Any]]:
    """Each document with the codes it serves."""
    return [
        {"document": each, "codes": [row.criterion for row in each.criteria.all()]}
        for each in required
    ]


@dataclass(frozen=True)
class Fragment:
    """A run of a hit's text; `is_hit` when it was searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Hit:
    """A statement or criterion found, ready to be shown."""

    kind: str
    code: str
    level: Level
    area: Area
    href: str
    text: tuple[Fragment, ...]
    items: tuple[tuple[Fragment, ...], ...]


def hits(found: Iterable[Statement | Criterion]) -> list[Hit]:
    """What search found, in its order."""
    return [_hit(each) for each in found]


def _hit(found: Any) -> Hit:
    is_criterion = isinstance(found, Criterion)
    return Hit(
        kind="Criterion" if is_criterion else found.get_kind_display(),
        code=found.code if is_criterion else "",
        level=found.area.level,
        area=found.area,
        href=found.get_absolute_url() if is_criterion else found.area.get_absolute_url(),
        text=fragments(getattr(found, "headline", "") or found.text),
        items=tuple(fragments(each) for each in getattr(found, "item_headlines", ())),
    )


def fragments(headline: str) -> tuple[Fragment, ...]:
    """Cut a headline at the marks that queries.search put around what was found."""
    pieces = []
    for run in headline.split(queries.HIT_STARTS):
        inside, mark, after = run.partition(queries.HIT_ENDS)
        if mark:
            pieces.append(Fragment(inside, True))
            pieces.append(Fragment(after, False))
        else:
            pieces.append(Fragment(inside, False))
    return tuple(piece for piece in pieces if piece.text)


@dataclass(frozen=True)
class ChangedColumn:
    """One column of an area in two editions."""

    name: str
    changed: tuple[Any, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True)
class ChangedArea:
    """An area in two editions; `columns` are those of the framework's own tables."""

    number: int
    name: str
    columns: tuple[ChangedColumn, ...]

    @property
    def change_count(self) -> int:
        return sum(len(column.changed) for column in self.columns)


@dataclass(frozen=True)
class Changes:
    """What changed in a level between two editions."""

    areas: tuple[ChangedArea, ...]
    added: int
    removed: int
    reworded: int
    unchanged: int


def changes(old: Level, new: Level) -> Changes:
    """Compare two editions of a level, area by area."""
    before = {area.number: area_words(area) for area in queries.areas(old)}
    after = {area.number: area_words(area) for area in queries.areas(new)}
    areas = tuple(
        _changed_area(before.get(number), after.get(number)) for number in sorted(before | after)
    )
    kinds = [pair.kind for area in areas for column in area.columns for pair in column.changed]
    return Changes(
        areas=areas,
        added=kinds.count("added"),
        removed=kinds.count("removed"),
        reworded=kinds.count("reworded"),
        unchanged=sum(len(column.unchanged) for area in areas for column in area.columns),
    )


def _changed_area(before: AreaWords | None, after: AreaWords | None) -> ChangedArea:
    shown = after or before
    assert shown is not None
    columns = []
    for name, old, new in zip(COLUMNS, _columns(before), _columns(after), strict=True):
        pairs = wording.match(old, new)
        columns.append(
            ChangedColumn(
                name=name,
                changed=tuple(pair for pair in pairs if pair.kind != "unchanged"),
                unchanged=tuple(pair.new or "" for pair in pairs if pair.kind == "unchanged"),
            )
        )
    return ChangedArea(shown.area.number, shown.area.name, tuple(columns))


def _columns(words: AreaWords | None) -> tuple[list[str], list[str], list[str]]:
    if words is None:
        return [], [], []
    return (
        [_whole(each) for each in words.how_to],
        [_whole(each) for each in words.about],
        [f"{each.code} {each.text}" for each in words.criteria],
    )


def _whole(statement: Statement) -> str:
    return " ".join([statement.text, *(f"• {item}" for item in statement.items)])


def crumbs(*further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the front page to a page of this room; the last has no address."""
    return [("Framework", reverse("frameworks:levels")), *further]


def edition_crumbs(edition: Edition, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of an edition."""
    return crumbs(
        (f"{edition.code} edition", reverse("frameworks:edition", args=[edition.code])), *further
    )


def level_crumbs(level: Level, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a level."""
    return edition_crumbs(level.edition, (level.code, level.get_absolute_url()), *further)
