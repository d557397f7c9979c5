"""Which rows: the lookups of the standards that this room's pages and the other rooms read.

Nothing here writes. Published editions are open to everyone, so nothing is scoped by user.
"""

import json
from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchQueryCombinable,
    SearchRank,
)
from django.db.models import (
    Count,
    F,
    IntegerField,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from frameworks.models import (
    CRITERION_WORDS,
    STATEMENT_WORDS,
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
)
from frameworks.states import EditionStatus

# Characters of no script, which the import refuses; they stand around a hit until the template marks it.
HIT_STARTS, HIT_ENDS = "\ue000", "\ue001"
MOST_HITS = 100


def published_editions() -> QuerySet[Edition]:
    """What anyone may read, newest first."""
    return Edition.objects.filter(status=EditionStatus.PUBLISHED)


def edition(code: str) -> Edition:
    """A published edition. Raises Edition.DoesNotExist."""
    return published_editions().get(code=code)


def current_edition() -> Edition | None:
    """The newest published edition."""
    return published_editions().first()


def levels(of: Edition) -> QuerySet[Level]:
    """The levels of an edition, in its order."""
    return of.levels.select_related("edition")


def levels_counted(of: Edition) -> QuerySet[Level]:
    """The levels with how much each holds: area_count, statement_count, criterion_count, task_count."""
    return levels(of).annotate(
        area_count=_count(Area, "level"),
        statement_count=_count(Statement, "area__level"),
        criterion_count=_count(Criterion, "level"),
        task_count=_count(Task, "level"),
    )


def _count(model: type[Model], path: str) -> Coalesce:
    rows = model._default_manager.filter(**{path: OuterRef("pk")}).order_by().values(path)
    counted = Subquery(rows.annotate(count=Count("pk")).values("count"))
    return Coalesce(counted, 0, output_field=IntegerField())


def level(edition_code: str, level_code: str) -> Level:
    """A level of a published edition. Raises Level.DoesNotExist."""
    return Level.objects.select_related("edition").get(
        edition__code=edition_code, edition__status=EditionStatus.PUBLISHED, code=level_code
    )


def areas(of: Level) -> QuerySet[Area]:
    """The areas of a level with their statements and criteria at hand."""
    return of.areas.select_related("level__edition").prefetch_related("statements", "criteria")


def area(of: Level, number: int) -> Area:
    """One area, as in `areas`. Raises Area.DoesNotExist."""
    return areas(of).get(number=number)


def area_across(of: Edition, number: int) -> list[Area]:
    """The area of this number in each level of the edition, in the levels' order."""
    return list(
        Area.objects.filter(level__edition=of, number=number)
        .select_related("level__edition")
        .prefetch_related("statements", "criteria")
        .order_by("level__position")
    )


def statements_of(of: Level) -> QuerySet[Statement]:
    """Every statement of a level, which provision must cover (F11)."""
    return (
        Statement.objects.filter(area__level=of)
        .select_related("area")
        .order_by("area__number", F("kind").desc(), "position")
    )


def behaviours(of: Edition) -> QuerySet[Behaviour]:
    """The edition's leadership behaviours."""
    return of.behaviours.all()


def mark_levels() -> QuerySet[MarkLevel]:
    """What 0, 1 and 2 mean."""
    return MarkLevel.objects.all()


def criterion(of: Level, code: str) -> Criterion:
    """A criterion with the tasks that mark it and their documents. Raises Criterion.DoesNotExist."""
    marked_in = Prefetch(
        "marked_in",
        TaskCriterion.objects.select_related("task__level__edition")
        .prefetch_related("documents")
        .order_by("task__number"),
    )
    return (
        of.criteria.select_related("area", "level__edition")
        .prefetch_related(marked_in)
        .get(code=code)
    )


def tasks(of: Level) -> QuerySet[Task]:
    """The tasks of a level, with their pass marks."""
    return of.tasks.select_related("level__edition", "pass_mark")


def task(edition_code: str, level_code: str, number: int) -> Task:
    """A task of a published edition. Raises Task.DoesNotExist."""
    return Task.objects.select_related("level__edition", "pass_mark").get(
        level__edition__code=edition_code,
        level__edition__status=EditionStatus.PUBLISHED,
        level__code=level_code,
        number=number,
    )


def scheme(of: Task) -> list[TaskCriterion]:
    """What is marked in a task, in order, with criterion, area and documents at hand (F4)."""
    return list(
        of.criteria.select_related("criterion__area", "criterion__level").prefetch_related(
            "documents"
        )
    )


def document_requirements(of: Task) -> list[DocumentRequirement]:
    """The documents a task requires, in order, with the criteria they serve at hand (F6)."""
    return list(of.documents.prefetch_related("criteria__criterion"))


def pass_mark(of: Task) -> PassMark | None:
    """The task's pass mark, if it has been entered (F8)."""
    return PassMark.objects.filter(task=of).first()


def guidance(of: Task) -> list[str]:
    """What the task asks of a participant, in our own words."""
    return list(of.guidance.values_list("text", flat=True))


def editions_of(level_code: str) -> list[Level]:
    """The level in each published edition that has it, newest first."""
    return list(all_levels().filter(code=level_code))


def search(words: Iterable[str], within: Iterable[Level]) -> list[Statement | Criterion]:
    """Statements and criteria of these levels that hold words beginning so, best first; at most MOST_HITS.

    `words` are plain words (see policies.search). Each hit carries `headline`, its text with HIT_STARTS
    and HIT_ENDS around the words found; a statement also `item_headlines`.
    """
    wanted = [each.pk for each in within]
    query = reduce(and_, map(_beginning, words))
    statements = (
        Statement.objects.filter(area__level__in=wanted)
        .annotate(found=STATEMENT_WORDS, rank=SearchRank(STATEMENT_WORDS, query))
        .filter(found=query)
        .annotate(headline=_headline("text", query), in_items=_headline("items", query))
        .defer("text", "items")
        .select_related("area__level__edition")
        .order_by(
            "-rank", "area__level__edition_id", "area__level__position", "area__number", "position"
        )
    )
    criteria = (
        Criterion.objects.filter(level__in=wanted)
        .annotate(found=CRITERION_WORDS, rank=SearchRank(CRITERION_WORDS, query))
        .filter(found=query)
        .annotate(headline=_headline("text", query))
        .select_related("area__level__edition", "level__edition")
        .order_by("-rank", "level__edition_id", "level__position", "area__number", "position")
    )
    hits: list[Any] = [*statements[:MOST_HITS], *criteria[:MOST_HITS]]
    for hit in hits:
        hit.item_headlines = json.loads(getattr(hit, "in_items", None) or "[]")
    return sorted(hits, key=lambda hit: -hit.rank)[:MOST_HITS]


def criteria_by_code(code: str, within: Iterable[Level]) -> list[Criterion]:
    """The criteria of these levels whose code is or begins with what was typed."""
    return list(
        Criterion.objects.filter(
            Q(code=code) | Q(code__startswith=f"{code}."), level__in=[each.pk for each in within]
        )
        .select_related("area__level__edition", "level__edition")
        .order_by("level__position", "area__number", "position")[:MOST_HITS]
    )


def _beginning(word: str) -> SearchQueryCombinable:
    """Words of the same stem, or that begin with these letters."""
    return SearchQuery(f"{word}:*", search_type="raw", config="english") | SearchQuery(
        f"{word}:*", search_type="raw", config="simple"
    )


def _headline(field: str, query: SearchQueryCombinable) -> SearchHeadline:
    return SearchHeadline(
        field,
        query,
        config="simple",
        start_sel=HIT_STARTS,
        stop_sel=HIT_ENDS,
        highlight_all=True,
    )


def all_levels() -> QuerySet[Level]:
    """Every level of every published edition, newest edition first."""
    return (
        Level.objects.filter(edition__status=EditionStatus.PUBLISHED)
        .select_related("edition")
        .order_by("-edition__code", "position")
    )


def as_document(of: Edition, only: str = "") -> dict[str, Any]:
    """The edition, or one level of it, as the document that export writes and import reads."""
    chosen = levels(of).filter(code=only) if only else levels(of)
    return {
        "edition": of.code,
        "title": of.title,
        "source": of.source,
        "licence": of.licence,
        "behaviours": [
            {"name": each.name, "description": each.description} for each in behaviours(of)
        ],
        "levels": [_level_entry(each) for each in chosen],
    }


def _level_entry(of: Level) -> dict[str, Any]:
    return {
        "code": of.code,
        "name": of.name,
        "areas": [_area_entry(each) for each in areas(of)],
        "tasks": [_task_entry(each) for each in tasks(of)],
    }


def _area_entry(of: Area) -> dict[str, Any]:
    statements = of.statements.all()
    return {
        "number": of.number,
        "name": of.name,
        "learn_how_to": [each.text for each in statements if each.kind == StatementKind.HOW_TO],
        "learn_about": [
            {"text": each.text, "items": each.items} if each.items else {"text": each.text}
            for each in statements
            if each.kind == StatementKind.ABOUT
        ],
        "criteria": [{"code": each.code, "text": each.text} for each in of.criteria.all()],
    }


def _task_entry(of: Task) -> dict[str, Any]:
    entered: PassMark | None = getattr(of, "pass_mark", None)
    published = entered if entered and not entered.is_demonstration else None
    return {
        "number": of.number,
        "title": of.title,
        "word_limit": of.word_limit,
        "marks_available": of.marks_available,
        "pass_mark": published.value if published else None,
        "pass_mark_source": published.source if published else "",
        "criteria": [
            {
                "code": each.code,
                "part": each.part or None,
                "documents": [
                    document.name
                    for document in each.documents.all()
                    if not document.provider_added
                ],
            }
            for each in scheme(of)
        ],
    }
