"""What the other rooms read: schemes, documents, statements; and search."""

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection

from frameworks import presenters, queries, services
from frameworks.models import (
    CRITERION_WORDS,
    STATEMENT_WORDS,
    Criterion,
    Edition,
    Statement,
)

pytestmark = pytest.mark.django_db


def test_the_levels_in_order_with_how_much_each_holds() -> None:
    assert [
        (each.code, each.area_count, each.statement_count, each.criterion_count, each.task_count)
        for each in queries.levels_counted(queries.edition("2019"))
    ] == [
        ("NPQML", 6, 48, 16, 1),
        ("NPQSL", 6, 43, 14, 1),
        ("NPQH", 6, 56, 21, 2),
        ("NPQEL", 6, 50, 21, 2),
    ]


def test_the_scheme_of_a_task_in_order_at_three_queries(django_assert_num_queries) -> None:
    task = queries.task("2019", "NPQSL", 1)
    with django_assert_num_queries(2):
        rows = [
            (
                each.part,
                each.code,
                each.criterion.area.number,
                [d.name for d in each.documents.all()],
            )
            for each in queries.scheme(task)
        ]
    assert len(rows) == 14
    assert rows[6] == ("A", "3.2.1", 3, ["Sponsor comments"])
    assert rows[-1] == ("B", "6.2.2", 6, [])


def test_the_documents_of_a_task_with_the_provider_s_own_last() -> None:
    task = queries.task("2019", "NPQSL", 1)
    assert [
        (each.name, [row.criterion.code for row in each.criteria.all()], each.provider_added)
        for each in queries.document_requirements(task)
    ] == [
        ("Raw data analysis", ["1.2.1"], False),
        ("Pupil performance data", ["2.2.3"], False),
        ("Sponsor comments", ["3.2.1", "4.2.1"], False),
        ("Communications plan", ["3.2.2"], False),
        ("Business case", ["5.2.1"], False),
        ("Risk management plan", ["5.2.2"], False),
        ("Project plan", [], True),
    ]


def test_only_the_published_pass_mark_comes_with_the_edition() -> None:
    found = {
        (level.code, task.number): getattr(queries.pass_mark(task), "value", None)
        for level in queries.levels(queries.edition("2019"))
        for task in queries.tasks(level)
    }
    assert {key: value for key, value in found.items() if value} == {("NPQSL", 1): 20}
    assert len(found) == 6


def test_the_statements_of_a_level_in_the_framework_s_order() -> None:
    statements = list(queries.statements_of(queries.level("2019", "NPQSL")))
    assert len(statements) == 43
    places = [(each.area.number, each.kind == "about", each.position) for each in statements]
    assert places == sorted(places)


def test_drafts_are_not_public() -> None:
    document = queries.as_document(queries.edition("2019")) | {"edition": "2031"}
    services.import_edition(by=None, document=document)
    with pytest.raises(Edition.DoesNotExist):
        queries.edition("2031")
    assert "2031" not in {each.edition.code for each in queries.all_levels()}


def found(words: str, level: str = "NPQSL") -> list[str]:
    within = [queries.level("2019", level)]
    return [
        "".join(f"[{run.text}]" if run.is_hit else run.text for run in hit.text)
        for hit in presenters.hits(queries.search(words.split(), within))
    ]


def test_search_finds_beginnings_and_other_endings_and_shows_them() -> None:
    assert found("communicat campaign") == [
        "Designs and implements a [communications] plan to promote and/or defend plans, drawing on "
        "[campaigns] and techniques used by other schools"
    ]


def test_search_looks_into_lists() -> None:
    within = [queries.level("2019", "NPQSL")]
    [hit] = presenters.hits(queries.search(["drivers", "efficiency"], within))
    assert "".join(run.text for run in hit.text).startswith("Financial appraisal tools")
    marked = [[run.text for run in item if run.is_hit] for item in hit.items]
    assert marked == [["efficiency"], [], [], ["drivers"]]


def test_the_best_hit_comes_first() -> None:
    hits = queries.search(["risk"], [queries.level("2019", "NPQSL")])
    ranks = [hit.rank for hit in hits]
    assert ranks == sorted(ranks, reverse=True)
    assert len(hits) == 3


def test_words_that_are_nowhere_find_nothing() -> None:
    assert queries.search(["risk", "zebra"], list(queries.all_levels())) == []


def test_a_code_finds_its_criterion_or_its_area() -> None:
    within = list(queries.all_levels().filter(edition__code="2019"))
    assert [each.code for each in queries.criteria_by_code("3.2.1", within)] == ["3.2.1"]
    assert [each.code for each in queries.criteria_by_code("3.2", within)] == ["3.2.1", "3.2.2"]


@pytest.mark.parametrize(
    ("model", "words", "index"),
    [
        (Statement, STATEMENT_WORDS, "statement_words"),
        (Criterion, CRITERION_WORDS, "criterion_words"),
    ],
)
def test_search_can_use_its_index(model, words, index: str) -> None:
    """The expression searched is the one indexed; with few rows Postgres reads the table all the same."""
    rows = model.objects.annotate(found=words).filter(found=SearchQuery("risk"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in rows.order_by().explain()
