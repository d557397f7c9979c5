"""Words are counted as rule S2 says; every expected number was counted by hand from the words shown here."""

import io
import json
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

from documents import reading
from tests.documents.builders import opendocument as o
from tests.documents.builders import pdf as pdfs
from tests.documents.builders.word import (
    docx,
    p,
    t,
    table,
)
from tests.documents.word_cases import WORD

OPEN_DOCUMENT = {
    "paragraphs and headings": (o.odt(o.h("My aims") + o.p("one team-led plan")), 5, 0, 0, 0, {}),
    "spans, spaces, tabs": (
        o.odt(
            o.p(
                'a<text:s text:c="3"/>b<text:tab/>c <text:span>d<text:span>e</text:span></text:span>'
            )
        ),
        4,
        0,
        0,
        0,
        {},
    ),
    "a table in a table": (o.odt(o.table([o.p("a") + o.table(["b c"]), "d"])), 0, 4, 0, 0, {}),
    "notes": (
        o.odt(o.p("one" + o.note("two words") + " more" + o.note("end", "endnote"))),
        2,
        0,
        3,
        0,
        {},
    ),
    "a text box": (o.odt(o.p("one" + o.box("in the box"))), 1, 0, 0, 3, {}),
    "lists": (o.odt(o.listed("first one", "second")), 3, 0, 0, 0, {}),
    "deleted and annotated words": (
        o.odt(
            "<text:tracked-changes><text:changed-region><text:deletion>"
            + o.p("gone away")
            + "</text:deletion></text:changed-region></text:tracked-changes>"
            + o.p("one<office:annotation>" + o.p("remark") + "</office:annotation> two")
        ),
        2,
        0,
        0,
        0,
        {"deleted": 2},
    ),
    "title, contents, header": (
        o.odt(
            o.p("My work", "P1")
            + "<text:table-of-content><text:index-body>"
            + o.p("Aims 1")
            + "</text:index-body></text:table-of-content>"
            + o.p("one"),
            header="our school",
        ),
        1,
        0,
        0,
        0,
        {"title_page": 2, "contents": 2, "headers_footers": 2},
    ),
    "references and appendix": (
        o.odt(
            o.p("one")
            + o.h("References")
            + o.p("Smith 2001")
            + o.h("Appendix 1")
            + o.p("x")
            + o.h("Impact")
            + o.p("two")
        ),
        3,
        0,
        0,
        0,
        {"bibliography": 3, "appendices": 3},
    ),
}
CASES = [
    pytest.param(extension, *case, id=f"{extension} {name}")
    for extension, cases in ((".docx", WORD), (".odt", OPEN_DOCUMENT))
    for name, case in cases.items()
]


def opened(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.mark.parametrize(
    ("extension", "content", "body", "tables", "notes", "boxes", "excluded"), CASES
)
def test_words_are_counted_by_the_rule(extension, content, body, tables, notes, boxes, excluded):
    words = reading.count_words(opened(content, f"work{extension}"))

    assert (words.body, words.tables, words.notes, words.text_boxes) == (body, tables, notes, boxes)
    assert words.total == body + tables + notes + boxes
    assert {why: count for why, count in words.excluded.items() if count} == excluded


def test_a_pdf_is_counted_with_a_warning():
    words = reading.count_words(opened(pdfs.raw("five words in a PDF"), "work.pdf"))

    assert (words.total, words.body) == (5, 5)
    assert words.warnings == (
        "A PDF does not say which of its words are headers, contents or bibliography, so all of them are "
        "counted. Send the Word or OpenDocument file for an exact count.",
    )


def test_five_thousand_words_take_under_a_fifth_of_a_second():
    sentence = "The team-led plan of our school shows good progress in mathematics. "
    paragraph = p("".join(t(word + " ", "<w:b/>") for word in (sentence * 8).split()))
    content = docx((paragraph + table(["one two", "three"])) * 57)
    reading.count_words(opened(content, "warm.docx"))

    times = []
    for _ in range(3):
        began = time.perf_counter()
        words = reading.count_words(opened(content, "work.docx"))
        times.append(time.perf_counter() - began)

    assert words.total == 57 * (88 + 3)
    assert min(times) < 0.2


def test_the_command_prints_exactly_the_contract(tmp_path, capsys):
    file = tmp_path / "work.docx"
    file.write_bytes(docx(p("one two") + p("References", "Heading1") + p("Smith")))

    call_command("count_words", str(file))

    printed = capsys.readouterr()
    assert json.loads(printed.out) == {
        "total": 2,
        "body": 2,
        "tables": 0,
        "notes": 0,
        "text_boxes": 0,
        "excluded": {
            "title_page": 0,
            "contents": 0,
            "headers_footers": 0,
            "bibliography": 2,
            "appendices": 0,
            "deleted": 0,
        },
        "counter": "1",
    }
    assert printed.err == ""


def test_the_command_warns_on_standard_error_about_a_pdf(tmp_path, capsys):
    file = tmp_path / "work.pdf"
    file.write_bytes(pdfs.raw("five words in a PDF"))

    call_command("count_words", str(file))

    printed = capsys.readouterr()
    assert json.loads(printed.out)["total"] == 5
    assert printed.err.startswith("A PDF does not say which of its words are headers")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", b"one two", "Words are counted in .docx, .odt and .pdf files only."),
        (
            "broken.docx",
            b"PK\x03\x04 nonsense",
            "The file cannot be opened: it is damaged or not a document.",
        ),
        ("other.docx", o.odt(o.p("one")), "The file is not a Word document."),
        ("broken.pdf", b"%PDF-1.5 nonsense", "The PDF cannot be opened: it is damaged."),
    ],
)
def test_the_command_refuses_what_it_cannot_read(tmp_path, name, content, says):
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        call_command("count_words", str(file))

    assert str(refusal.value) == says


def test_the_command_ends_with_1_for_a_file_that_is_not_there(tmp_path):
    ran = subprocess.run(
        [sys.executable, "manage.py", "count_words", str(tmp_path / "none.docx")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.strip().endswith("The file cannot be opened: No such file or directory.")
