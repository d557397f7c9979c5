"""What may come in: pure decisions from facts, and the facts that the inspection finds in made files."""

import io

import pytest

from documents.inspection import inspect
from documents.policies import (
    SUPPORTING,
    WRITE_UP,
    FileFacts,
    Finding,
    may_store,
    size_words,
)
from tests.documents.builders.hostile import HARMLESS, HOSTILE

MB = 1024 * 1024


def look(name: str, content: bytes) -> FileFacts:
    return inspect(io.BytesIO(content), name=name, size=len(content), most_bytes=20 * MB)


@pytest.mark.parametrize(("name", "content", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_each_hostile_file_is_refused_with_its_own_sentence(name, content, sentence):
    decision = may_store(look(name, content), SUPPORTING, "file")

    assert [(reason.text, reason.field) for reason in decision.reasons] == [(sentence, "file")]


@pytest.mark.parametrize(("name", "content"), HARMLESS.items(), ids=HARMLESS)
def test_each_harmless_file_may_come_in(name, content):
    assert may_store(look(name, content), SUPPORTING).reasons == ()


def test_a_write_up_is_word_or_opendocument_only():
    found = {
        name: may_store(look(name, content), WRITE_UP).allowed for name, content in HARMLESS.items()
    }

    assert {name for name, allowed in found.items() if allowed} == {
        name for name in HARMLESS if name.endswith((".docx", ".odt"))
    }


def test_every_sentence_is_a_different_one_and_says_what_to_do():
    sentences = [finding.value for finding in Finding]

    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert sentence.endswith(".")
        assert sentence.count(". ") + sentence.count(": ") >= 1


def test_too_big_names_the_limit():
    facts = FileFacts("work.docx", ".docx", 20 * MB + 1, 20 * MB)

    assert [reason.text for reason in may_store(facts, WRITE_UP).reasons] == [
        "The file is too big: it may be at most 20 MB. Make it smaller and send it again."
    ]


def test_two_faults_are_two_sentences():
    facts = FileFacts(
        "a.docx", ".docx", 9, 99, ".docx", "", frozenset({Finding.MACROS, Finding.ENCRYPTED})
    )

    assert [reason.text for reason in may_store(facts, WRITE_UP).reasons] == [
        Finding.ENCRYPTED.value,
        Finding.MACROS.value,
    ]


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (900, "900 bytes"), (2048, "2 KB"), (1_600_000, "1.5 MB"), (20 * MB, "20 MB")],
)
def test_sizes_in_words(size, words):
    assert size_words(size) == words
