"""Word documents whose words were counted by hand, for test_counting."""

from tests.documents.builders.word import (
    FIELD_END,
    box,
    control,
    deleted,
    docx,
    field,
    field_start,
    inserted,
    item,
    mark,
    p,
    strict,
    t,
    table,
)

ONE_TWO = p("one two")

# name: (content, body, tables, notes, text boxes, what is left out)
WORD = {
    "a strict document, in the standard's other namespaces": (
        strict(p("one") + p("References", "Heading1") + p("Smith")),
        1,
        0,
        0,
        0,
        {"bibliography": 2},
    ),
    "plain paragraphs": (docx(p("one two three") + p("four")), 4, 0, 0, 0, {}),
    "hyphens and slashes hold one word": (
        docx(p("a team-led and/or well-known plan")),
        5,
        0,
        0,
        0,
        {},
    ),
    "a dash alone is none": (docx(p("progress – and – so on ... * 5")), 5, 0, 0, 0, {}),
    "an underscore alone is none": (docx(p("sign ____ here")), 2, 0, 0, 0, {}),
    "a word over three runs": (
        docx(p(t("pro") + t("gre", "<w:b/>") + t("ss") + t(" made"))),
        2,
        0,
        0,
        0,
        {},
    ),
    "tabs and breaks divide": (
        docx(p(t("one") + "<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>")),
        3,
        0,
        0,
        0,
        {},
    ),
    "a no-break space divides": (docx(p("Year\u00a07 pupils")), 3, 0, 0, 0, {}),
    "a no-break hyphen joins": (
        docx(p("<w:r><w:t>team</w:t><w:noBreakHyphen/><w:t>led</w:t></w:r>")),
        1,
        0,
        0,
        0,
        {},
    ),
    "letters of any script": (docx(p("école Übung школа 学校 ½ £5 50%")), 7, 0, 0, 0, {}),
    "headings count": (docx(p("My aims", "Heading1") + ONE_TWO), 4, 0, 0, 0, {}),
    "lists count": (
        docx(item("first thing") + item("second", 1) + item("third", 0, 2)),
        4,
        0,
        0,
        0,
        {},
    ),
    "an empty document": (docx(p()), 0, 0, 0, 0, {}),
    "a table": (docx(ONE_TWO + table(["a b", "c"], ["d", "e f g"])), 2, 7, 0, 0, {}),
    "a table in a table, once": (
        docx(table([p("outer words") + table(["inner one", "x"]), "y"])),
        0,
        6,
        0,
        0,
        {},
    ),
    "a footnote": (
        docx(p(t("one") + mark(1)), footnotes={1: p("note of four words")}),
        1,
        0,
        4,
        0,
        {},
    ),
    "a footnote marked twice counts once": (
        docx(p(t("one") + mark(1) + t(" two") + mark(1)), footnotes={1: p("a note")}),
        2,
        0,
        2,
        0,
        {},
    ),
    "a footnote nothing refers to is nowhere": (
        docx(ONE_TWO, footnotes={1: p("never seen")}),
        2,
        0,
        0,
        0,
        {},
    ),
    "an endnote": (
        docx(p(t("one") + mark(3, "endnote")), endnotes={3: p("an end note")}),
        1,
        0,
        3,
        0,
        {},
    ),
    "a footnote with a table": (
        docx(p(t("one") + mark(1)), footnotes={1: p("note") + table(["a b"])}),
        1,
        0,
        3,
        0,
        {},
    ),
    "a footnote in a table is a note": (
        docx(table([p(t("cell") + mark(1))]), footnotes={1: p("two words")}),
        0,
        1,
        2,
        0,
        {},
    ),
    "a text box, written twice by Word, once": (
        docx(p(t("one") + box(p("boxed words here")))),
        1,
        0,
        0,
        3,
        {},
    ),
    "a table in a text box": (docx(p(t("one") + box(table(["a", "b"])))), 1, 0, 0, 2, {}),
    "a text box in a table": (docx(table([p(t("cell") + box(p("in box")))])), 0, 1, 0, 2, {}),
    "a box in a box": (docx(p(box(p(t("outer") + box(p("inner one")))))), 0, 0, 0, 3, {}),
    "an old text box without alternatives": (
        docx(
            p(
                "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
                + p("old box")
                + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        ),
        0,
        0,
        0,
        2,
        {},
    ),
    "tracked insertions count": (docx(p(t("one ") + inserted(t("two three")))), 3, 0, 0, 0, {}),
    "tracked deletions do not": (
        docx(p(t("one ") + deleted("two three") + t("four"))),
        2,
        0,
        0,
        0,
        {"deleted": 2},
    ),
    "a deleted footnote mark takes its note": (
        docx(p(t("one") + f'<w:del w:id="1">{mark(1)}</w:del>'), footnotes={1: p("gone")}),
        1,
        0,
        0,
        0,
        {},
    ),
    "a deleted row": (
        docx(table(["a b"]).replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>')),
        0,
        0,
        0,
        0,
        {"deleted": 2},
    ),
    "a deleted paragraph mark joins": (
        docx(p("pro", more='<w:rPr><w:del w:id="1"/></w:rPr>') + p("gress made")),
        2,
        0,
        0,
        0,
        {},
    ),
    "moved words count where they went": (
        docx(
            p(f'<w:moveFrom w:id="1">{t("moved here")}</w:moveFrom>')
            + p(f'<w:moveTo w:id="2">{t("moved here")}</w:moveTo>')
        ),
        2,
        0,
        0,
        0,
        {"deleted": 2},
    ),
    "a field's result counts, its code does not": (
        docx(p(t("See ") + field(' REF target \\h "no no" ', t("page seven")))),
        3,
        0,
        0,
        0,
        {},
    ),
    "a field within a field's code": (
        docx(
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> IF </w:instrText></w:r>'
                + field(" PAGE ", t("9 not shown"))
                + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                + t("shown")
                + FIELD_END
            )
        ),
        1,
        0,
        0,
        0,
        {},
    ),
    "a simple field": (
        docx(p(f'<w:fldSimple w:instr=" AUTHOR ">{t("Ann Other")}</w:fldSimple>')),
        2,
        0,
        0,
        0,
        {},
    ),
    "links": (
        docx(p(t("see ") + f'<w:hyperlink r:id="r9">{t("our site")}</w:hyperlink>')),
        3,
        0,
        0,
        0,
        {},
    ),
    "content controls": (docx(control(p("in block")) + p(control(t("in line")))), 4, 0, 0, 0, {}),
    "comments are elsewhere": (
        docx(
            p(
                '<w:commentRangeStart w:id="0"/>'
                + t("one two")
                + '<w:r><w:commentReference w:id="0"/></w:r>'
            )
        ),
        2,
        0,
        0,
        0,
        {},
    ),
    "an equation": (
        docx(p(t("so ") + "<m:oMath><m:r><m:t>E=mc2</m:t></m:r></m:oMath>")),
        2,
        0,
        0,
        0,
        {},
    ),
    "header and footer do not": (
        docx(ONE_TWO, header=p("school name here"), footer=p("page 1")),
        2,
        0,
        0,
        0,
        {"headers_footers": 5},
    ),
    "a title page by its styles": (
        docx(p("My project", "Title") + p() + p("at our school", "Subtitle") + ONE_TWO),
        2,
        0,
        0,
        0,
        {"title_page": 5},
    ),
    "a title later on counts": (docx(ONE_TWO + p("Late title", "Title")), 4, 0, 0, 0, {}),
    "a cover page": (
        docx(control(p("Cover") + p("by me"), "Cover Pages") + ONE_TWO),
        2,
        0,
        0,
        0,
        {"title_page": 3},
    ),
    "contents by style": (
        docx(p("Contents", "TOCHeading") + p("Aims 1", "TOC1") + ONE_TWO),
        2,
        0,
        0,
        0,
        {"contents": 3},
    ),
    "contents as a control": (
        docx(control(p("Contents", "Heading1") + p("Aims 1"), "Table of Contents") + ONE_TWO),
        2,
        0,
        0,
        0,
        {"contents": 3},
    ),
    "contents as a field over paragraphs": (
        docx(
            p(field_start(' TOC \\o "1-3" ') + t("Aims 1")) + p("Plan 2") + p(FIELD_END) + ONE_TWO
        ),
        2,
        0,
        0,
        0,
        {"contents": 4},
    ),
    "text after the end of the contents counts": (
        docx(p(field_start(" TOC \\h ") + t("Aims 1")) + p(FIELD_END + t("one two"))),
        2,
        0,
        0,
        0,
        {"contents": 2},
    ),
    "references to the end": (
        docx(ONE_TWO + p("References", "Heading1") + p("Smith 2001") + table(["a b"])),
        2,
        0,
        0,
        0,
        {"bibliography": 5},
    ),
    "what follows the bibliography at its level counts": (
        docx(
            p("Bibliography", "Heading2")
            + p("Smith")
            + p("Notes on it", "Heading3")
            + p("more")
            + p("Impact", "Heading2")
            + ONE_TWO
        ),
        3,
        0,
        0,
        0,
        {"bibliography": 6},
    ),
    "a higher heading ends an appendix": (
        docx(p("Appendix A: data", "Heading2") + p("raw") + p("Aims", "Heading1") + ONE_TWO),
        3,
        0,
        0,
        0,
        {"appendices": 4},
    ),
    "appendix and annex": (
        docx(
            ONE_TWO + p("7. Appendices", "Heading1") + p("x y") + p("Annex 2", "Heading1") + p("z")
        ),
        2,
        0,
        0,
        0,
        {"appendices": 7},
    ),
    "a heading in another language's Word": (
        docx(ONE_TWO + p("References", "berschrift1") + p("Smith")),
        2,
        0,
        0,
        0,
        {"bibliography": 2},
    ),
    "a heading style of one's own": (
        docx(ONE_TWO + p("Reference list", "OwnHeading") + p("Smith")),
        2,
        0,
        0,
        0,
        {"bibliography": 3},
    ),
    "a heading by outline level": (
        docx(ONE_TWO + p("Appendix 1", "Outlined") + p("x")),
        2,
        0,
        0,
        0,
        {"appendices": 3},
    ),
    "a bold line is no heading": (docx(p(t("References", "<w:b/>")) + ONE_TWO), 3, 0, 0, 0, {}),
    "references in a longer heading counts": (
        docx(p("References to research", "Heading1") + ONE_TWO),
        5,
        0,
        0,
        0,
        {},
    ),
    "a footnote of an appendix": (
        docx(
            ONE_TWO + p("Appendix", "Heading1") + p(t("x") + mark(1)), footnotes={1: p("note here")}
        ),
        2,
        0,
        0,
        0,
        {"appendices": 4},
    ),
}
