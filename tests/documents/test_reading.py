"""The page that the assessor reads: the cut at exactly the last word allowed, names removed, nothing dangerous."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import html as lxml_html

from documents import reading
from documents.reading.blocks import Excluded, counted, words_in
from documents.reading.cutting import cut
from tests.documents.builders import opendocument as o
from tests.documents.builders.word import box, docx, item, mark, p, t, table


def opened(content: bytes, name: str = "work.docx") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def as_html(content: bytes, limit: int | None = None, mask=(), name: str = "work.docx"):
    return reading.as_html(opened(content, name), limit=limit, mask=mask)


BLOCK_TAGS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "td", "aside", "div")


def words_before_the_cut(page: str) -> int:
    """Counts by its own reading of the page, not by the portal's counter."""
    root = lxml_html.fragment_fromstring(page, create_parent="div")
    for each in root.xpath(
        '//div[@class="beyond-limit" or @class="not-counted"]|//span[@class="note-label"]|//sup'
    ):
        each.drop_tree()
    for each in root.iter():
        if each.tag in BLOCK_TAGS:
            each.text = " " + (each.text or "")
            each.tail = " " + (each.tail or "")
        if each.tag == "br":
            each.tail = " " + (each.tail or "")
    return len([w for w in root.text_content().split() if re.search(r"[^\W_]", w)])


words = some.sampled_from(["plan", "team-led", "–", "7", "a", "progress.", "and/or", "***"])
lines = some.lists(words, max_size=6).map(" ".join)
inline = some.one_of(
    lines.map(lambda s: t(s + " ")),
    lines.map(lambda s: t(s, "<w:b/>")),
    some.just("<w:r><w:br/></w:r>"),
)
boxed = lines.map(lambda s: box(p(s)))
paragraph = some.lists(some.one_of(inline, boxed), max_size=4).map(
    lambda runs: p("".join(runs) or t(""))
)
heading = lines.map(lambda s: p(s, "Heading2"))
listed = some.tuples(lines, some.integers(0, 2)).map(lambda pair: item(*pair))
simple = some.one_of(paragraph, heading, listed)
cells = some.lists(simple, min_size=1, max_size=2).map("".join)
rows = some.lists(some.lists(cells, min_size=1, max_size=3), min_size=1, max_size=3)
tables = rows.map(lambda made: table(*made))
bodies = some.lists(some.one_of(simple, simple, tables), min_size=1, max_size=8)


@settings(max_examples=120, deadline=None)
@given(body=bodies, noted=some.booleans(), limit=some.integers(0, 60))
def test_the_words_before_the_cut_are_exactly_the_limit(body, noted, limit):
    """S3: for any document and limit, by the counter and by the page itself."""
    last = p(t("noted") + mark(1) + t(" end")) + p("References", "Heading1") + p("Smith 2001")
    content = docx(
        "".join(body) + (last if noted else ""), footnotes={1: p("a note of five words")}
    )
    blocks = reading.read(opened(content)).blocks
    total = reading.count_words(opened(content)).total
    before, after = cut(blocks, limit)

    assert counted(before) == min(limit, total)
    assert counted(before) + counted(after) == total
    shown = as_html(content, limit)
    assert shown.words == total
    assert shown.cut_off == (total > limit)
    assert ("beyond-limit" in shown.html) == (total > limit)
    assert words_before_the_cut(shown.html) == min(limit, total)
    assert words_before_the_cut(as_html(content, None).html) == total


def test_the_whole_page_of_a_small_document():
    content = docx(
        p("My work", "Title")
        + p("Aims &amp; means", "Heading1")
        + p(t("Plain ") + t("bold", "<w:b/>") + t(" &lt;b&gt;") + mark(1))
        + item("first")
        + item("inner", 1)
        + item("second")
        + table(["a", "b"]),
        footnotes={1: p("A note.")},
    )

    shown = as_html(content)

    assert shown.html == (
        '<div class="not-counted"><p class="not-counted-label">Title page: not counted</p><p>My work</p></div>'
        '<h2 id="text-1">Aims &amp; means</h2>'
        '<p>Plain <strong>bold</strong> &lt;b&gt;<sup><a href="#note-1">1</a></sup></p>'
        '<aside class="note" id="note-1"><span class="note-label">1</span><p>A note.</p></aside>'
        "<ul><li>first<ol><li>inner</li></ol></li><li>second</li></ul>"
        "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>"
    )
    assert [(each.id, each.text, each.level) for each in shown.headings] == [
        ("text-1", "Aims & means", 1)
    ]
    assert (shown.words, shown.cut_off) == (12, False)


def test_what_follows_the_limit_is_set_apart_and_what_is_not_counted_stays_outside():
    content = docx(
        p("one two three")
        + p("four")
        + p("References", "Heading1")
        + p("Smith")
        + p("Impact", "Heading1")
    )

    shown = as_html(content, limit=2)

    assert shown.html == (
        "<p>one two</p>"
        '<div class="beyond-limit"><p class="limit-line">The limit of 2 words ends here. What follows is not '
        "assessed.</p><p> three</p><p>four</p></div>"
        '<div class="not-counted"><p class="not-counted-label">Bibliography: not counted</p>'
        '<h2 id="text-1">References</h2><p>Smith</p></div>'
        '<div class="beyond-limit"><p class="govuk-visually-hidden">Beyond the limit of words.</p>'
        '<h2 id="text-2">Impact</h2></div>'
    )


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (p("Written by ANN smith-Jones today"), "<p>Written by [removed] today</p>"),
        (
            p(t("Ann ") + t("Smith", "<w:b/>") + t("-Jones's plan")),
            "<p>[removed]<strong></strong>'s plan</p>",
        ),
        (p("Ann\u00a0Smith-Jones"), "<p>[removed]</p>"),
        (p(t("Ann") + "<w:r><w:br/></w:r>" + t("Smith-Jones")), "<p>[removed]<br></p>"),
        (p("The annual plan of Annabel"), "<p>The annual plan of Annabel</p>"),
        (p("Ann and O\u2019Hara School, Ann"), "<p>[removed] and [removed], [removed]</p>"),
        (p("a@b.invalid wrote &amp; sent"), "<p>[removed] wrote &amp; sent</p>"),
    ],
)
def test_names_are_removed_however_they_are_written(body, says):
    mask = ["Ann", "Ann Smith-Jones", "O'Hara School", "a@b.invalid", ""]

    assert as_html(docx(body), mask=mask).html == says


def test_names_are_removed_from_headings_notes_tables_and_boxes():
    content = docx(
        p("Ann's plan", "Heading1") + table([p(t("Ann") + box(p("Ann")) + mark(1))]) + item("Ann"),
        footnotes={1: p("By Ann")},
    )

    shown = as_html(content, mask=["ann"])

    assert "Ann" not in shown.html
    assert shown.html.count("[removed]") == 5
    assert [each.text for each in shown.headings] == ["[removed]'s plan"]


@pytest.mark.parametrize("name", ["work.docx", "work.odt"])
def test_nothing_dangerous_reaches_the_page(name):
    nasty = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    content = docx(p(nasty)) if name.endswith("docx") else o.odt(o.p(nasty))

    shown = as_html(content, name=name)

    assert shown.html == f"<p>{nasty}</p>"


def test_pictures_are_left_out_and_said_so():
    picture = '<w:r><w:drawing><a:blip r:embed="r1"/></w:drawing></w:r>'

    assert as_html(docx(p(t("See ") + picture))).html == "<p>See [image]</p>"
    assert as_html(docx(p(t("See ") + picture))).words == 1


def test_an_opendocument_text_becomes_a_page_too():
    content = o.odt(
        o.h("Aims") + o.p("one" + o.note("noted")) + o.listed("a", "b") + o.table(["c"])
    )

    assert as_html(content, limit=3, name="work.odt").html == (
        '<h2 id="text-1">Aims</h2><p>one<sup><a href="#note-1">1</a></sup></p>'
        '<aside class="note" id="note-1"><span class="note-label">1</span><p>noted</p></aside>'
        '<div class="beyond-limit"><p class="limit-line">The limit of 3 words ends here. What follows is not '
        "assessed.</p><ul><li>a</li><li>b</li></ul><table><tbody><tr><td><p>c</p></td></tr></tbody></table></div>"
    )


def test_a_word_is_a_run_that_holds_a_letter_or_digit():
    assert words_in("team-led and/or – * 5% _ é") == 4
    assert not [
        block
        for block in reading.read(opened(docx(p("one")))).blocks
        if isinstance(block, Excluded)
    ]
