"""Writes blocks as HTML for the marking page. The only room for markup in Python: it is made from strangers'
documents, so every text is escaped as it is written and the whole goes through nh3 at the end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape

import nh3
from lxml import html as lxml_html

from documents.reading.blocks import Block, Excluded, LeftOut, Note, Paragraph, Piece, Table
from documents.reading.cutting import cut

TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "table", "tbody", "tr", "td", "strong"),
    *("em", "sup", "br", "div", "span", "aside", "a"),
}
ATTRIBUTES = {
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "ol": {"start"},
    "td": {"colspan"},
    "div": {"class"},
    "span": {"class"},
    "aside": {"class", "id"},
    "p": {"class"},
    "a": {"href", "class"},
}
NOT_COUNTED = {
    LeftOut.TITLE_PAGE: "Title page: not counted",
    LeftOut.CONTENTS: "Contents: not counted",
    LeftOut.BIBLIOGRAPHY: "Bibliography: not counted",
    LeftOut.APPENDICES: "Appendices: not counted",
}
REMOVED = "[removed]"
BLOCKS = {"h2", "h3", "h4", "h5", "h6", "p", "li", "td", "aside", "div"}


@dataclass(frozen=True)
class Heading:
    """A heading to jump to."""

    id: str
    text: str
    level: int


@dataclass
class _Writer:
    out: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    open_lists: list[str] = field(default_factory=list)

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.paragraph(block)
            else:
                self.close_lists()
                if isinstance(block, Table):
                    self.table(block)
                else:
                    self.excluded(block)
        self.close_lists()

    def close_lists(self, down_to: int = 0) -> None:
        while len(self.open_lists) > down_to:
            self.out.append(f"</li></{self.open_lists.pop()}>")

    def paragraph(self, paragraph: Paragraph) -> None:
        text = self.pieces(paragraph.pieces)
        if not paragraph.depth:
            self.close_lists()
        if paragraph.level and text.strip() and not paragraph.is_rest:
            self.heading(paragraph, text)
        elif paragraph.depth:
            self.item(paragraph, text)
        elif text.strip():
            self.out.append(f"<p>{text}</p>")
        if paragraph.boxes or paragraph.notes:
            self.beside(paragraph)

    def heading(self, paragraph: Paragraph, text: str) -> None:
        level = min(paragraph.level + 1, 6)
        identity = f"text-{len(self.headings) + 1}"
        self.headings.append(Heading(identity, " ".join(paragraph.text.split()), paragraph.level))
        self.out.append(f'<h{level} id="{identity}">{text}</h{level}>')

    def item(self, paragraph: Paragraph, text: str) -> None:
        kind = "ol" if paragraph.ordered else "ul"
        self.close_lists(paragraph.depth)
        if len(self.open_lists) == paragraph.depth and self.open_lists[-1] != kind:
            self.close_lists(paragraph.depth - 1)
        if len(self.open_lists) == paragraph.depth:
            self.out.append("</li>")
        while len(self.open_lists) < paragraph.depth:
            start = f' start="{paragraph.number}"' if kind == "ol" and paragraph.number > 1 else ""
            self.out.append(f"<{kind}{start}>")
            self.open_lists.append(kind)
            if len(self.open_lists) < paragraph.depth:
                self.out.append("<li>")
        self.out.append(f"<li>{text}")

    def beside(self, paragraph: Paragraph) -> None:
        """Boxes and notes come after the words that they belong to, in the order in which they count."""
        lists, self.open_lists = self.open_lists, []
        for box in paragraph.boxes:
            self.out.append('<aside class="text-box">')
            self.blocks(box)
            self.out.append("</aside>")
        for note in paragraph.notes:
            self.note(note)
        self.open_lists = lists

    def note(self, note: Note) -> None:
        label = self.label(note.label)
        ending = "-rest" if note.is_rest else ""
        self.out.append(
            f'<aside class="note" id="note-{label}{ending}"><span class="note-label">{label}</span>'
        )
        self.blocks(note.blocks)
        self.out.append("</aside>")

    def label(self, key: str) -> str:
        """Footnotes are 1, 2, 3 in the order of their marks; endnotes e1, e2."""
        if key not in self.labels:
            prefix = "e" if key.startswith("e") else ""
            same = sum(1 for known in self.labels if known[0] == key[0])
            self.labels[key] = f"{prefix}{same + 1}"
        return self.labels[key]

    def table(self, table: Table) -> None:
        self.out.append("<table><tbody>")
        for row in table.rows:
            self.out.append("<tr>")
            for cell in row:
                self.out.append(f'<td colspan="{cell.columns}">' if cell.columns > 1 else "<td>")
                self.blocks(cell.blocks)
                self.out.append("</td>")
            self.out.append("</tr>")
        self.out.append("</tbody></table>")

    def excluded(self, excluded: Excluded) -> None:
        self.out.append(
            f'<div class="not-counted"><p class="not-counted-label">{NOT_COUNTED[excluded.why]}</p>'
        )
        self.blocks(excluded.blocks)
        self.out.append("</div>")

    def pieces(self, pieces: list[Piece]) -> str:
        written = []
        for piece in pieces:
            if piece.mark == "image":
                written.append("[image]")
            elif piece.mark:
                label = self.label(piece.mark)
                written.append(f'<sup><a href="#note-{label}">{label}</a></sup>')
            else:
                text = escape(piece.text).replace("\n", "<br>")
                if text.strip() and piece.italic:
                    text = f"<em>{text}</em>"
                if text.strip() and piece.bold:
                    text = f"<strong>{text}</strong>"
                written.append(text)
        return "".join(written)


def write(blocks: list[Block], limit: int | None) -> tuple[str, list[Heading], bool]:
    """The page, the headings to jump by, and whether the limit cuts it off (S3)."""
    before, after = (blocks, []) if limit is None else cut(blocks, limit)
    cut_off = bool(after)
    writer = _Writer()
    writer.blocks(before)
    if cut_off:
        _write_rest(writer, after, limit or 0)
    clean = nh3.clean(
        "".join(writer.out),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=set(),
        link_rel=None,
    )
    return clean, writer.headings, cut_off


def _write_rest(writer: _Writer, after: list[Block], limit: int) -> None:
    """What follows the last word allowed; what is not counted stays outside the grey."""
    said = False
    grey: list[Block] = []
    for block in [*after, None]:
        if isinstance(block, Paragraph | Table):
            grey.append(block)
            continue
        if grey:
            writer.out.append('<div class="beyond-limit">')
            if not said:
                writer.out.append(
                    f'<p class="limit-line">The limit of {limit:,} words ends here. '
                    "What follows is not assessed.</p>"
                )
                said = True
            else:
                writer.out.append('<p class="govuk-visually-hidden">Beyond the limit of words.</p>')
            writer.blocks(grey)
            writer.out.append("</div>")
            grey = []
        if block is not None:
            writer.blocks([block])


def mask_words(page: str, words: Iterable[str]) -> str:
    """The page with each word or phrase replaced, whatever its case and however its letters are marked up."""
    pattern = mask_pattern(words)
    if pattern is None or not pattern.search(_bare(page)):
        return page
    root = lxml_html.fragment_fromstring(page, create_parent="div")
    for block in root.iter():
        if block.tag in BLOCKS:
            _mask_block(block, pattern)
    inner = escape(root.text or "", quote=False)
    return inner + "".join(lxml_html.tostring(each, encoding="unicode") for each in root)


def mask_text(text: str, words: Iterable[str]) -> str:
    """Plain text with the words replaced."""
    pattern = mask_pattern(words)
    return pattern.sub(REMOVED, text) if pattern else text


def mask_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Matches any of the words as whole words, the longest first; None when there is nothing to mask."""
    phrases = sorted({" ".join(word.split()) for word in words} - {""}, key=len, reverse=True)
    if not phrases:
        return None
    parts = []
    for phrase in phrases:
        part = re.escape(phrase).replace(r"\ ", r"[\s\u00a0]+")
        parts.append(re.sub(r"['\u2019]", "['\u2019]", part))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})(?![^\W_])", re.IGNORECASE)


def _bare(page: str) -> str:
    """The page's words, near enough to tell whether a name may be among them."""
    # Inline tags and the marks of notes vanish, so that a name half in bold is still one name.
    spaced = re.sub(r"</?(?:p|li|td|h\d|div|aside|br|tr)\b[^>]*>", " ", page)
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", spaced)))


def _mask_block(block: lxml_html.HtmlElement, pattern: re.Pattern[str]) -> None:
    """Mask in one block's own inline text, which may run through several elements."""
    slots = list(_slots(block))
    whole = "".join(text for _, _, text in slots)
    # From the last match to the first, so that the places of those still to come stay as they were found.
    for match in reversed(list(pattern.finditer(whole))):
        instead, at = REMOVED, 0
        for index, (element, where, text) in enumerate(slots):
            low, high = max(match.start() - at, 0), min(match.end() - at, len(text))
            at += len(text)
            if low < high:
                slots[index] = (element, where, text[:low] + instead + text[high:])
                setattr(element, where, slots[index][2])
                instead = ""


def _slots(block: lxml_html.HtmlElement) -> Iterable[tuple[lxml_html.HtmlElement, str, str]]:
    """(element, 'text' or 'tail', text) of a block's inline content, blocks inside it left out."""
    yield block, "text", block.text or ""
    for each in block:
        if each.tag not in BLOCKS and each.tag not in ("ul", "ol", "table"):
            if each.tag == "br":
                yield each, "text", "\n"
            elif each.tag != "sup":  # a note's mark is no part of the word before it
                yield from _slots(each)
        yield each, "tail", each.tail or ""
