"""No file, however broken, is more than refused: random damage to real files of every kind."""

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from documents import reading
from documents.inspection import inspect
from documents.policies import SUPPORTING, FileFacts, may_store
from tests.documents.builders import hostile
from tests.documents.builders.word import box, docx, mark, p, t, table

RICH = docx(
    p("Title", "Title") + p(t("one") + mark(1) + box(p("two"))) + table(["a", "b"]),
    footnotes={1: p("note")},
)
KINDS = {**hostile.HARMLESS, "rich.docx": RICH}
damage = some.lists(some.tuples(some.floats(0, 0.999), some.integers(0, 255)), max_size=6)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=25, deadline=None)
@given(damage=damage, cut=some.floats(0.3, 1), more=some.binary(max_size=20))
def test_damage_is_refused_or_harmless_and_never_an_error(name, damage, cut, more):
    content = bytearray(KINDS[name])
    for where, what in damage:
        content[int(where * len(content))] = what
    content = bytes(content[: int(cut * len(content))]) + more

    facts = inspect(io.BytesIO(content), name=name, size=len(content), most_bytes=10**7)
    assert isinstance(facts, FileFacts)
    for reason in may_store(facts, SUPPORTING).reasons:
        assert reason.text.endswith(".")
    file = io.BytesIO(content)
    file.name = name
    with suppress(reading.Unreadable):
        assert reading.count_words(file).total >= 0
        reading.as_html(file, limit=3)
