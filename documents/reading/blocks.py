"""What a reader makes of a document: blocks in reading order. The count and the page come from the same blocks.

Reading order: a paragraph's own text, then the text boxes anchored in it, then the notes that it refers to.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

RUN = re.compile(r"\S+")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")


class Part(StrEnum):
    """Where counted words stand (S2)."""

    BODY = "body"
    TABLES = "tables"
    NOTES = "notes"
    TEXT_BOXES = "text_boxes"


class LeftOut(StrEnum):
    """What is not counted (S2), as reported by name."""

    TITLE_PAGE = "title_page"
    CONTENTS = "contents"
    HEADERS_FOOTERS = "headers_footers"
    BIBLIOGRAPHY = "bibliography"
    APPENDICES = "appendices"
    DELETED = "deleted"


@dataclass
class Piece:
    """Text of one look; `mark` names a note ('f2') or picture ('image') that stands here instead of text."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: str = ""


@dataclass
class Paragraph:
    """One paragraph. `level` 1-9 makes it a heading; `depth` 1 or more an item of a list."""

    pieces: list[Piece] = field(default_factory=list)
    level: int = 0
    depth: int = 0
    ordered: bool = False
    number: int = 1
    is_title: bool = False
    is_contents: bool = False
    boxes: list[list["Block"]] = field(default_factory=list)
    notes: list["Note"] = field(default_factory=list)
    is_rest: bool = False
    anchor: str = ""

    @property
    def text(self) -> str:
        """The words with their spaces; pictures and note marks hold none."""
        return "".join(piece.text for piece in self.pieces if not piece.mark)


@dataclass
class Note:
    """A footnote or endnote, where it is first referred to; `label` is what the reader sees."""

    label: str
    blocks: list["Block"]
    is_rest: bool = False


@dataclass
class Cell:
    """One cell of a table."""

    blocks: list["Block"]
    columns: int = 1


@dataclass
class Table:
    """Rows of cells; a cell may hold tables."""

    rows: list[list[Cell]]


@dataclass
class Excluded:
    """Blocks that are shown but not counted, and why."""

    why: LeftOut
    blocks: list["Block"]


Block = Paragraph | Table | Excluded


@dataclass
class Reading:
    """A whole document read: its blocks, and words that were met outside them and are not counted."""

    blocks: list[Block]
    left_out: dict[LeftOut, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def word_ends(text: str) -> Iterator[int]:
    """Where each word ends. A word is a run of non-space characters holding a letter or digit (S2)."""
    for run in RUN.finditer(text):
        if LETTER_OR_DIGIT.search(run.group()):
            yield run.end()


def words_in(text: str) -> int:
    """How many words a text holds (S2)."""
    return sum(1 for run in text.split() if LETTER_OR_DIGIT.search(run))


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those of tables, boxes, notes and excluded parts among them."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            for box in block.boxes:
                yield from paragraphs(box)
            for note in block.notes:
                yield from paragraphs(note.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.blocks)
        else:
            yield from paragraphs(block.blocks)


def all_words(blocks: Iterable[Block]) -> int:
    """Words in all blocks, the excluded ones among them."""
    return sum(words_in(paragraph.text) for paragraph in paragraphs(blocks))


def tally(
    blocks: Iterable[Block], part: Part, counts: dict[Part, int], left_out: dict[LeftOut, int]
) -> None:
    """Add the words of blocks that stand in `part` to `counts`, those excluded to `left_out`."""
    for block in blocks:
        if isinstance(block, Paragraph):
            counts[part] += words_in(block.text)
            for box in block.boxes:
                tally(box, Part.NOTES if part is Part.NOTES else Part.TEXT_BOXES, counts, left_out)
            for note in block.notes:
                tally(note.blocks, Part.NOTES, counts, left_out)
        elif isinstance(block, Table):
            inner = Part.TABLES if part is Part.BODY else part
            for row in block.rows:
                for cell in row:
                    tally(cell.blocks, inner, counts, left_out)
        else:
            left_out[block.why] = left_out.get(block.why, 0) + all_words(block.blocks)


def counted(blocks: Iterable[Block]) -> int:
    """The words that count."""
    counts = dict.fromkeys(Part, 0)
    tally(blocks, Part.BODY, counts, {})
    return sum(counts.values())
