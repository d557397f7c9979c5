"""Compares two wordings: word by word within a text, and statement by statement between two lists. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE_ENOUGH = 0.5
_PIECES = re.compile(r"\s+|[^\W_]+(?:['’-][^\W_]+)*|[\W_]", re.UNICODE)


class Change(StrEnum):
    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True)
class Piece:
    """A run of text and what happened to it."""

    change: Change
    text: str


@dataclass(frozen=True)
class Pair:
    """A text of the older list and the one that follows it in the newer; one of them may be missing."""

    old: str | None
    new: str | None
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        """added, removed, reworded or unchanged; spacing and the form of an apostrophe are no change."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "unchanged" if _letters(self.old) == _letters(self.new) else "reworded"


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces from old to new: same and inserted joined give new, same and deleted joined give old."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[i:j])))
            continue
        if i < j:
            pieces.append(Piece(Change.DELETED, "".join(before[i:j])))
        if k < m:
            pieces.append(Piece(Change.INSERTED, "".join(after[k:m])))
    return _without_lone_gaps(pieces)


def _without_lone_gaps(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join changes that only a blank separates, so that a reader sees one change and not a stutter."""
    joined: list[Piece] = []
    deleted = inserted = ""

    def settle() -> None:
        nonlocal deleted, inserted
        if deleted:
            joined.append(Piece(Change.DELETED, deleted))
        if inserted:
            joined.append(Piece(Change.INSERTED, inserted))
        deleted = inserted = ""

    for index, piece in enumerate(pieces):
        is_last = index == len(pieces) - 1
        if piece.change is Change.DELETED:
            deleted += piece.text
        elif piece.change is Change.INSERTED:
            inserted += piece.text
        elif piece.text.isspace() and (deleted or inserted) and not is_last:
            deleted += piece.text
            inserted += piece.text
        else:
            settle()
            joined.append(piece)
    settle()
    return tuple(joined)


def likeness(old: str, new: str) -> float:
    """How alike two texts are, from 0 to 1, by their words in order."""
    return SequenceMatcher(None, _words(old), _words(new), autojunk=False).ratio()


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text.replace("’", "'"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def match(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """Pair the texts of two lists: the most alike first, none twice.

    In the newer list's order, with each removed text after the one it used to follow.
    """
    scores = sorted(
        (
            (-likeness(before, after), abs(i - k), i, k)
            for i, before in enumerate(old)
            for k, after in enumerate(new)
        ),
    )
    partner_of_new: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, i, k in scores:
        if -score >= ALIKE_ENOUGH and i not in taken and k not in partner_of_new:
            partner_of_new[k] = i
            taken.add(i)
    return tuple(_in_order(old, new, partner_of_new))


def _in_order(old: Sequence[str], new: Sequence[str], partner: dict[int, int]) -> list[Pair]:
    place_of_old = {i: k for k, i in partner.items()}
    removed_after: dict[int, list[int]] = {}
    last = -1
    for i in range(len(old)):
        if i in place_of_old:
            last = place_of_old[i]
        else:
            removed_after.setdefault(last, []).append(i)
    pairs = [_removed(old[i]) for i in removed_after.get(-1, [])]
    for k, text in enumerate(new):
        if k in partner:
            before = old[partner[k]]
            pairs.append(Pair(before, text, word_changes(before, text)))
        else:
            pairs.append(Pair(None, text, (Piece(Change.INSERTED, text),)))
        pairs += [_removed(old[i]) for i in removed_after.get(k, [])]
    return pairs


def _removed(text: str) -> Pair:
    return Pair(text, None, (Piece(Change.DELETED, text),))
