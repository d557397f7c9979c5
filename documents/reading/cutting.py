"""Divides blocks after the last word allowed (S3). Pure: the words before the cut are exactly the limit."""

from dataclasses import dataclass, replace

from documents.reading.blocks import (
    Block,
    Cell,
    Excluded,
    Note,
    Paragraph,
    Piece,
    Table,
    word_ends,
)


@dataclass
class _Left:
    """How many words may still be shown."""

    words: int


def cut(blocks: list[Block], limit: int) -> tuple[list[Block], list[Block]]:
    """The blocks up to the last word allowed, and the rest; the rest is empty when all fits."""
    return _cut(blocks, _Left(limit))


def _cut(blocks: list[Block], left: _Left) -> tuple[list[Block], list[Block]]:
    before: list[Block] = []
    after: list[Block] = []
    for block in blocks:
        if after:
            after.append(block)
        elif isinstance(block, Excluded):
            before.append(block)
        elif isinstance(block, Paragraph):
            first, rest = _cut_paragraph(block, left)
            before.extend([first] if first else [])
            after.extend([rest] if rest else [])
        else:
            first_table, rest_table = _cut_table(block, left)
            before.extend([first_table] if first_table else [])
            after.extend([rest_table] if rest_table else [])
    return before, after


def _cut_paragraph(paragraph: Paragraph, left: _Left) -> tuple[Paragraph | None, Paragraph | None]:
    ends = list(word_ends(paragraph.text))
    if len(ends) > left.words:
        at = ends[left.words - 1] if left.words else 0
        first, rest = _divide(paragraph.pieces, at)
        # Boxes and notes come after the whole paragraph's text, so they are beyond the limit with its rest.
        left.words = 0
        head = replace(paragraph, pieces=first, boxes=[], notes=[]) if at else None
        return head, replace(paragraph, pieces=rest, is_rest=at > 0)
    left.words -= len(ends)
    boxes_before, boxes_after = _cut_each(paragraph.boxes, left)
    notes_before: list[Note] = []
    notes_after: list[Note] = []
    for note in paragraph.notes:
        first_blocks, rest_blocks = (
            ([], note.blocks) if boxes_after or notes_after else _cut(note.blocks, left)
        )
        if first_blocks:
            notes_before.append(Note(note.label, first_blocks))
        if rest_blocks:
            notes_after.append(Note(note.label, rest_blocks, is_rest=bool(first_blocks)))
    head = replace(paragraph, boxes=boxes_before, notes=notes_before)
    if not boxes_after and not notes_after:
        return head, None
    return head, Paragraph(boxes=boxes_after, notes=notes_after, is_rest=True)


def _cut_each(boxes: list[list[Block]], left: _Left) -> tuple[list[list[Block]], list[list[Block]]]:
    before: list[list[Block]] = []
    after: list[list[Block]] = []
    for box in boxes:
        first, rest = ([], box) if after else _cut(box, left)
        before.extend([first] if first else [])
        after.extend([rest] if rest else [])
    return before, after


def _divide(pieces: list[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    """Pieces up to the character `at` of their text, and the rest. A mark right at the cut stays before it."""
    before: list[Piece] = []
    after: list[Piece] = []
    for piece in pieces:
        if after:
            after.append(piece)
        elif piece.mark:
            (before if before else after).append(piece)
        elif len(piece.text) <= at:
            before.append(piece)
            at -= len(piece.text)
        else:
            if at:
                before.append(replace(piece, text=piece.text[:at]))
            after.append(replace(piece, text=piece.text[at:]))
            at = 0
    return before, after


def _cut_table(table: Table, left: _Left) -> tuple[Table | None, Table | None]:
    """A table that is cut stands in both halves, each cell in the half where its words are."""
    first_rows: list[list[Cell]] = []
    rest_rows: list[list[Cell]] = []
    for row in table.rows:
        if rest_rows:
            rest_rows.append(row)
            continue
        first_cells: list[Cell] = []
        rest_cells: list[Cell] = []
        is_cut = False
        for cell in row:
            first, rest = ([], cell.blocks) if is_cut else _cut(cell.blocks, left)
            is_cut = is_cut or bool(rest)
            first_cells.append(Cell(first, cell.columns))
            rest_cells.append(Cell(rest, cell.columns))
        if not is_cut or any(cell.blocks for cell in first_cells):
            first_rows.append(first_cells)
        if is_cut:
            rest_rows.append(rest_cells)
    return (
        Table(first_rows) if first_rows else None,
        Table(rest_rows) if rest_rows else None,
    )
