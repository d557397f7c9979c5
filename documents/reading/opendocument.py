"""Reads an OpenDocument text (.odt) into blocks, by the same rules as a Word document (S2)."""

from dataclasses import dataclass
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
    words_in,
)
from documents.reading.parts import Parts, Unreadable
from documents.reading.sections import set_apart
from documents.reading.word_styles import Look, child, value

CONTENTS = {
    "table-of-content",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "alphabetical-index",
}
NOT_READ = {"annotation", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls"}
THROUGH = {"section", "index-body", "index-title"}
PLAIN = Look()
IN_MARGINS = {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"}


def read(file: BinaryIO) -> Reading:
    """The document's blocks. Raises Unreadable."""
    return _Reader(Parts(file)).read()


@dataclass(frozen=True)
class _Style:
    is_title: bool = False
    is_contents: bool = False
    level: int = 0
    look: Look = PLAIN


class _Styles:
    def __init__(self, *roots: etree._Element) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, _Style] = {}
        for root in roots:
            for element in root.iter():
                if local(element) == "style":
                    self._elements[value(element, "name")] = element

    def of(self, name: str, trail: tuple[str, ...] = ()) -> _Style:
        if name in self._known:
            return self._known[name]
        element = self._elements.get(name)
        parent = value(element, "parent-style-name") if element is not None else ""
        base = self.of(parent, (*trail, name)) if parent and name not in trail else _Style()
        shown = (value(element, "display-name") if element is not None else "") or name
        plain = shown.replace("_20_", " ").lower()
        text = child(element, "text-properties")
        look = base.look
        if text is not None:
            weight, slant = value(text, "font-weight"), value(text, "font-style")
            look = Look(
                weight == "bold" if weight else look.bold,
                slant == "italic" if slant else look.italic,
            )
        style = _Style(
            base.is_title or plain in ("title", "subtitle"),
            base.is_contents or plain.startswith("contents "),
            base.level,
            look,
        )
        self._known[name] = style
        return style


class _Reader:
    def __init__(self, parts: Parts) -> None:
        if "content.xml" not in parts.names:
            raise Unreadable("The file is not an OpenDocument text.")
        self.content = parts.xml("content.xml")
        roots = [self.content]
        self.margins: etree._Element | None = None
        if "styles.xml" in parts.names:
            self.margins = parts.xml("styles.xml")
            roots.append(self.margins)
        self.styles = _Styles(*roots)
        self.ordered = {
            value(each, "name")
            for root in roots
            for each in root.iter()
            if local(each) == "list-style"
            and any(local(e) == "list-level-style-number" for e in each)
        }
        self.notes = 0

    def read(self) -> Reading:
        text = child(child(self.content, "body"), "text")
        if text is None:
            raise Unreadable("The file is not an OpenDocument text.")
        blocks = set_apart(self._blocks(text))
        deleted = sum(_plain_words(e) for e in text.iter() if local(e) == "deletion")
        margins = 0
        if self.margins is not None:
            margins = sum(_plain_words(e) for e in self.margins.iter() if local(e) in IN_MARGINS)
        return Reading(blocks, {LeftOut.HEADERS_FOOTERS: margins, LeftOut.DELETED: deleted})

    def _blocks(self, parent: etree._Element) -> list[Block]:
        found: list[Block] = []
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                found.append(self._paragraph(element))
            elif name == "table":
                found.append(Table(self._rows(element)))
            elif name == "list":
                found.extend(self._list(element, 1, value(element, "style-name")))
            elif name in CONTENTS:
                found.append(Excluded(LeftOut.CONTENTS, self._blocks(element)))
            elif name == "bibliography":
                found.append(Excluded(LeftOut.BIBLIOGRAPHY, self._blocks(element)))
            elif name in THROUGH:
                found.extend(self._blocks(element))
            elif name == "frame":
                holder = Paragraph()
                self._frame(element, holder)
                found.append(holder)
        return found

    def _rows(self, table: etree._Element) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for element in table:
            name = local(element)
            if name == "table-row":
                cells = [each for each in element if local(each) == "table-cell"]
                rows.append([Cell(self._blocks(each), _columns(each)) for each in cells])
            elif name in ("table-header-rows", "table-rows", "table-row-group"):
                rows.extend(self._rows(element))
        return rows

    def _list(self, element: etree._Element, depth: int, style: str) -> list[Block]:
        found: list[Block] = []
        number = 0
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            number += 1
            is_first = True
            for each in item:
                if local(each) == "list":
                    found.extend(self._list(each, depth + 1, value(each, "style-name") or style))
                elif local(each) in ("p", "h"):
                    paragraph = self._paragraph(each)
                    if is_first and not paragraph.level:
                        paragraph.depth = min(depth, 9)
                        paragraph.ordered = style in self.ordered
                        paragraph.number = number
                    is_first = False
                    found.append(paragraph)
                elif local(each) == "table":
                    found.append(Table(self._rows(each)))
        return found

    def _paragraph(self, element: etree._Element) -> Paragraph:
        style = self.styles.of(value(element, "style-name"))
        level = value(element, "outline-level")
        paragraph = Paragraph(is_title=style.is_title, is_contents=style.is_contents)
        if local(element) == "h" and not style.is_title:
            paragraph.level = min(int(level), 9) if level.isdigit() else 1
        self._inline(element, paragraph, style.look)
        return paragraph

    def _inline(self, parent: etree._Element, to: Paragraph, look: Look) -> None:
        self._write(to, parent.text, look)
        for element in parent:
            name = local(element)
            if name == "s":
                count = value(element, "c")
                self._write(to, " " * min(int(count) if count.isdigit() else 1, 200), look)
            elif name == "tab":
                self._write(to, "\t", look)
            elif name == "line-break":
                self._write(to, "\n", look)
            elif name == "note":
                self._note(element, to)
            elif name in ("frame", "text-box", "custom-shape", "rect", "g"):
                self._frame(element, to)
            elif name == "ruby":
                base = child(element, "ruby-base")
                if base is not None:
                    self._inline(base, to, look)
            elif name == "span":
                own = self.styles.of(value(element, "style-name")).look
                self._inline(element, to, Look(look.bold or own.bold, look.italic or own.italic))
            elif name not in NOT_READ and name:
                self._inline(element, to, look)
            self._write(to, element.tail, look)

    def _write(self, to: Paragraph, text: str | None, look: Look) -> None:
        if text:
            to.pieces.append(Piece(text, look.bold, look.italic))

    def _note(self, note: etree._Element, to: Paragraph) -> None:
        body = child(note, "note-body")
        if body is not None:
            self.notes += 1
            key = f"{'e' if value(note, 'note-class') == 'endnote' else 'f'}{self.notes}"
            to.pieces.append(Piece("", mark=key))
            to.notes.append(Note(key, self._blocks(body)))

    def _frame(self, element: etree._Element, to: Paragraph) -> None:
        """Text boxes and shapes with text, each once; pictures."""
        name = local(element)
        if name == "image":
            to.pieces.append(Piece("", mark="image"))
        elif name == "text-box" or (
            name in ("custom-shape", "rect")
            and any(local(e) in ("p", "h", "list") for e in element)
        ):
            to.boxes.append(self._blocks(element))
        else:
            for each in element:
                self._frame(each, to)


def _columns(cell: etree._Element) -> int:
    span = value(cell, "number-columns-spanned")
    return min(int(span), 60) if span.isdigit() else 1


def _plain_words(element: etree._Element) -> int:
    texts = [e for e in element.iter() if local(e) in ("p", "h")]
    return sum(words_in("".join(str(text) for text in each.itertext())) for each in texts)
