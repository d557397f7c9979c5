"""Reads a Word document (.docx) into blocks: what is counted and what is shown is the same walk (S2)."""

from typing import BinaryIO

from lxml import etree

from documents.inspection.markup import local
from documents.reading.blocks import (
    Block,
    Cell,
    Excluded,
    LeftOut,
    Note,
    Paragraph,
    Piece,
    Reading,
    Table,
    all_words,
    words_in,
)
from documents.reading.parts import Parts, Unreadable
from documents.reading.sections import set_apart
from documents.reading.word_styles import Look, Numbering, Styles, child, value

# Containers whose content is as if it stood in their place.
THROUGH = {
    "ins",
    "moveTo",
    "hyperlink",
    "smartTag",
    "customXml",
    "sdtContent",
    "fldSimple",
    "dir",
    "bdo",
    "rubyBase",
    "ruby",
}
GONE = {"del", "moveFrom"}
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def read(file: BinaryIO) -> Reading:
    """The document's blocks. Raises Unreadable."""
    return _Reader(Parts(file)).read()


class _Fields:
    """Complex fields open at a point; they may run over many paragraphs."""

    def __init__(self) -> None:
        self.open: list[dict[str, str]] = []

    def turn(self, state: str) -> None:
        if state == "begin":
            self.open.append({"instruction": "", "state": "code"})
        elif state == "separate" and self.open:
            self.open[-1]["state"] = "result"
        elif state == "end" and self.open:
            self.open.pop()

    def instruct(self, text: str) -> None:
        if self.open:
            self.open[-1]["instruction"] += text

    @property
    def in_code(self) -> bool:
        """Between a field's start and its result: not what the reader sees."""
        return any(field["state"] == "code" for field in self.open)

    @property
    def in_contents(self) -> bool:
        return any(_is_contents_code(field["instruction"]) for field in self.open)


def _is_contents_code(instruction: str) -> bool:
    return (
        instruction.strip().upper().startswith(("TOC ", "TOC\\"))
        or instruction.strip().upper() == "TOC"
    )


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        main = next((p for _, kind, p in parts.related("") if kind == "officeDocument"), "")
        if main not in parts.names:
            raise Unreadable("The file is not a Word document.")
        self.document = parts.xml(main)
        beside: dict[str, list[str]] = {}
        for _, kind, path in parts.related(main):
            if path in parts.names:
                beside.setdefault(kind, []).append(path)

        def root(kind: str) -> etree._Element | None:
            return parts.xml(beside[kind][0]) if beside.get(kind) else None

        self.styles = Styles(root("styles"))
        self.numbering = Numbering(root("numbering"))
        self.notes: dict[str, etree._Element] = {}
        for kind, letter in (("footnotes", "f"), ("endnotes", "e")):
            if (notes := root(kind)) is not None:
                for note in notes:
                    self.notes[letter + value(note, "id")] = note
        self.margins = [p for kind in ("header", "footer") for p in beside.get(kind, ())]
        self.fields = _Fields()
        self.seen_notes: set[str] = set()
        self.deleted = 0

    def read(self) -> Reading:
        body = child(self.document, "body")
        if body is None:
            raise Unreadable("The file is not a Word document.")
        blocks = set_apart(self._blocks(body, top=True))
        self.fields = _Fields()
        margins = sum(all_words(self._blocks(self.parts.xml(path))) for path in self.margins)
        left_out = {LeftOut.HEADERS_FOOTERS: margins, LeftOut.DELETED: self.deleted}
        return Reading(blocks, left_out)

    def _blocks(self, parent: etree._Element, top: bool = False) -> list[Block]:
        found: list[Block] = []
        joins = False
        for element in parent:
            name = local(element)
            if name == "p":
                paragraph = self._paragraph(element, top)
                if joins and isinstance(found[-1], Paragraph):
                    _join(found.pop(), paragraph)
                joins = child(child(child(element, "pPr"), "rPr"), "del") is not None
                found.append(paragraph)
            elif name == "tbl":
                found.append(self._table(element))
            elif name == "sdt":
                found.extend(self._control(element, top))
            elif name == "AlternateContent":
                found.extend(self._blocks(_chosen(element), top))
            elif name in THROUGH:
                found.extend(self._blocks(element, top))
            elif name in GONE:
                self.deleted += _deleted_words(element)
        return found

    def _control(self, sdt: etree._Element, top: bool) -> list[Block]:
        """A content control; those of cover pages and contents are left out as a whole."""
        content = child(sdt, "sdtContent")
        if content is None:
            return []
        blocks = self._blocks(content, top)
        properties = child(sdt, "sdtPr")
        settings = properties.iter() if properties is not None else ()
        gallery = next((value(e, "val") for e in settings if local(e) == "docPartGallery"), "")
        if top and gallery == "Cover Pages":
            return [Excluded(LeftOut.TITLE_PAGE, blocks)]
        if top and gallery == "Table of Contents":
            return [Excluded(LeftOut.CONTENTS, blocks)]
        return blocks

    def _table(self, table: etree._Element) -> Table:
        rows: list[list[Cell]] = []
        for row in _unwrapped(table, "tr"):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self.deleted += _all_text_words(row)
                continue
            cells = []
            for cell in _unwrapped(row, "tc"):
                span = child(child(cell, "tcPr"), "gridSpan")
                width = value(span, "val") if span is not None else ""
                cells.append(
                    Cell(self._blocks(cell), min(int(width), 60) if width.isdigit() else 1)
                )
            rows.append(cells)
        return Table(rows)

    def _paragraph(self, element: etree._Element, top: bool) -> Paragraph:
        style = self.styles.of(element)
        paragraph = Paragraph(
            level=style.level, is_title=style.is_title, is_contents=style.is_contents
        )
        self._inline(element, paragraph, style.look)
        if not top and not style.is_contents:
            paragraph.is_contents = False
        if paragraph.is_contents:
            paragraph.level = 0
        number = self.numbering.of(style.list_id, style.list_level)
        if number and not paragraph.level and paragraph.text.strip():
            paragraph.depth = style.list_level + 1
            paragraph.ordered = number.ordered
            paragraph.number = number.next()
        return paragraph

    def _inline(self, parent: etree._Element, to: Paragraph, look: Look) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, to, look)
            elif name in THROUGH:
                if name == "fldSimple" and _is_contents_code(value(element, "instr")):
                    to.is_contents = True
                self._inline(element, to, look)
            elif name in GONE:
                self.deleted += _deleted_words(element)
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    self._inline(content, to, look)
            elif name == "AlternateContent":
                self._inline(_chosen(element), to, look)
            elif name in ("oMath", "oMathPara"):
                text = "".join(e.text or "" for e in element.iter(MATHS + "t"))
                to.pieces.append(Piece(text))

    def _run(self, run: etree._Element, to: Paragraph, outer: Look) -> None:
        look = self.styles.run_look(run, outer)
        for element in run:
            name = local(element)
            if name == "t":
                if not self.fields.in_code:
                    self._write(to, element.text or "", look)
            elif name == "fldChar":
                self.fields.turn(value(element, "fldCharType"))
            elif name == "instrText":
                self.fields.instruct(element.text or "")
            elif name in ("tab", "ptab"):
                self._write(to, "\t", look)
            elif name in ("br", "cr"):
                self._write(to, "\n", look)
            elif name == "noBreakHyphen":
                self._write(to, "\u2011", look)
            elif name == "sym":
                self._write(to, "\u25aa", look)
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(to, name[0] + value(element, "id"))
            elif name == "AlternateContent":
                self._drawing(_chosen(element), to)
            elif name in ("drawing", "pict", "object"):
                self._drawing(element, to)
            elif name == "ruby":
                base = child(element, "rubyBase")
                if base is not None:
                    self._inline(base, to, look)

    def _write(self, to: Paragraph, text: str, look: Look) -> None:
        if self.fields.in_contents and text.strip():
            to.is_contents = True
        last = to.pieces[-1] if to.pieces else None
        if last and not last.mark and (last.bold, last.italic) == (look.bold, look.italic):
            last.text += text
        else:
            to.pieces.append(Piece(text, look.bold, look.italic))

    def _note(self, to: Paragraph, key: str) -> None:
        """A note counts once, at its first mark; a note that nothing refers to is shown nowhere."""
        note = self.notes.get(key)
        if note is None or self.fields.in_code:
            return
        is_first = key not in self.seen_notes
        self.seen_notes.add(key)
        to.pieces.append(Piece("", mark=key))
        if is_first:
            outer, self.fields = self.fields, _Fields()
            to.notes.append(Note(key, self._blocks(note)))
            self.fields = outer

    def _drawing(self, element: etree._Element, to: Paragraph) -> None:
        """Pictures, and the text boxes in a drawing, each once however deep they lie."""
        if self.fields.in_code:
            return
        boxes = list(_boxes(element))
        outer, self.fields = self.fields, _Fields()
        to.boxes.extend(self._blocks(box) for box in boxes)
        self.fields = outer
        if not boxes and any(local(e) in ("blip", "imagedata") for e in element.iter()):
            to.pieces.append(Piece("", mark="image"))


def _join(before: Block, paragraph: Paragraph) -> None:
    """A deleted paragraph mark: what stood before it goes on in the next paragraph."""
    assert isinstance(before, Paragraph)
    paragraph.pieces[:0] = before.pieces
    paragraph.boxes[:0] = before.boxes
    paragraph.notes[:0] = before.notes


def _boxes(element: etree._Element) -> "list[etree._Element]":
    """The outermost text boxes below an element, one alternative of each."""
    found: list[etree._Element] = []
    for each in element:
        name = local(each)
        if name == "txbxContent":
            found.append(each)
        elif name == "AlternateContent":
            found.extend(_boxes(_chosen(each)))
        else:
            found.extend(_boxes(each))
    return found


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The first choice, else the fallback: the two say the same, so one is read."""
    for wanted in ("Choice", "Fallback"):
        if (found := child(alternatives, wanted)) is not None:
            return found
    return alternatives


def _unwrapped(parent: etree._Element, wanted: str) -> "list[etree._Element]":
    """Rows of a table or cells of a row, also inside content controls."""
    found: list[etree._Element] = []
    for element in parent:
        name = local(element)
        if name == wanted:
            found.append(element)
        elif name in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            found.extend(_unwrapped(element, wanted))
    return found


def _deleted_words(element: etree._Element) -> int:
    return words_in("".join(e.text or "" for e in element.iter() if local(e) in ("delText", "t")))


def _all_text_words(element: etree._Element) -> int:
    return sum(
        words_in("".join(e.text or "" for e in p.iter() if local(e) in ("delText", "t")))
        for p in element.iter()
        if local(p) == "p"
    )
