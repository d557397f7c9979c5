"""Reads a document: counts its words and shows it as a page, both from one walk so that they agree (S2, S3).

What a file is about, and who may read it, is told by the rooms above.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast

from django.utils.safestring import SafeString, mark_safe

from documents.models import ReadText, StoredFile
from documents.policies import DOCX, ODT, PDF
from documents.reading import opendocument, page, pdf, word
from documents.reading.blocks import LeftOut, Part, Reading, tally
from documents.reading.page import Heading
from documents.reading.parts import Unreadable

__all__ = [
    "COUNTER_VERSION",
    "Heading",
    "ScriptText",
    "Unreadable",
    "WordCount",
    "as_html",
    "count_words",
    "read",
]

# Raise it whenever the same file would be counted differently; what was counted before keeps its number.
COUNTER_VERSION = "1"
READERS = {DOCX: word.read, ODT: opendocument.read, PDF: pdf.read}


@dataclass(frozen=True)
class WordCount:
    """Words by where they stand; `total` is what the limit is held against (S2)."""

    total: int
    body: int
    tables: int
    notes: int
    text_boxes: int
    excluded: dict[str, int]
    counter: str = COUNTER_VERSION
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `count_words` prints it: the warnings are not part of it."""
        found = asdict(self)
        del found["warnings"]
        return found


@dataclass(frozen=True)
class ScriptText:
    """A document as a page: its headings to jump by, its words in all, whether the limit cuts it off."""

    html: SafeString
    headings: list[Heading] = field(default_factory=list)
    words: int = 0
    cut_off: bool = False


@contextmanager
def _opened(file: Any) -> Any:
    """(binary file, ending) of whatever was given: a stored file, an upload, a path or an open file."""
    if isinstance(file, StoredFile):
        with file.content.storage.open(str(file.content.name), "rb") as content:
            yield content, file.extension
    elif isinstance(file, str | Path):
        try:
            with open(file, "rb") as content:
                yield content, Path(file).suffix.lower()
        except OSError as error:
            raise Unreadable(f"The file cannot be opened: {error.strerror or error}.") from error
    else:
        yield file, PurePath(str(getattr(file, "name", ""))).suffix.lower()


def read(file: Any) -> Reading:
    """The document's blocks. Raises Unreadable, whatever the file holds."""
    with _opened(file) as (content, extension):
        reader = READERS.get(extension)
        if reader is None:
            raise Unreadable("Words are counted in .docx, .odt and .pdf files only.")
        try:
            return reader(cast(BinaryIO, content))
        except Unreadable:
            raise
        except (
            Exception
        ) as error:  # a damaged document may fail a reader in any way; none may reach the user
            raise Unreadable("The file cannot be read: it is damaged.") from error


def count_words(file: Any) -> WordCount:
    """The words of a .docx, .odt or .pdf (S2); of a stored file, remembered. Raises Unreadable."""
    if isinstance(file, StoredFile):
        known = ReadText.objects.filter(file=file, counter=COUNTER_VERSION).values_list("words")
        if row := known.first():
            return _from_json(row[0])
        return _from_json(_remember(file, None).words)
    return counted(read(file))


def counted(reading: Reading) -> WordCount:
    """The tally of what was read."""
    counts = dict.fromkeys(Part, 0)
    left_out = {**dict.fromkeys(LeftOut, 0), **reading.left_out}
    tally(reading.blocks, Part.BODY, counts, left_out)
    return WordCount(
        total=sum(counts.values()),
        body=counts[Part.BODY],
        tables=counts[Part.TABLES],
        notes=counts[Part.NOTES],
        text_boxes=counts[Part.TEXT_BOXES],
        excluded={why.value: count for why, count in left_out.items()},
        warnings=reading.warnings,
    )


def as_html(file: Any, *, limit: int | None, mask: Iterable[str] = ()) -> ScriptText:
    """The document as a clean page, stopping at the last word of `limit` (S3), names in `mask` removed (S9).

    What lies beyond the limit stands in div.beyond-limit; what is not counted in div.not-counted. A stored
    file's page is made once for each limit and remembered. Raises Unreadable.
    """
    mask = tuple(mask)
    if isinstance(file, StoredFile):
        row = ReadText.objects.filter(file=file, counter=COUNTER_VERSION, limit=limit).first()
        row = row or _remember(file, limit)
        html, words, cut_off = row.html, row.words["total"], row.cut_off
        headings = [Heading(**each) for each in row.headings]
    else:
        reading = read(file)
        html, headings, cut_off = page.write(reading.blocks, limit)
        words = counted(reading).total
    masked = [Heading(each.id, page.mask_text(each.text, mask), each.level) for each in headings]
    # Cleaned by nh3 when it was made; masking only takes text away.
    return ScriptText(mark_safe(page.mask_words(html, mask)), masked, words, cut_off)  # noqa: S308


def remember(file: StoredFile, *, limits: Iterable[int | None] = (None,)) -> WordCount:
    """Read a stored file now, so that no later page has to wait for it. Raises Unreadable."""
    rows = [_remember(file, limit) for limit in limits]
    return _from_json(rows[0].words)


def _remember(file: StoredFile, limit: int | None) -> ReadText:
    reading = read(file)
    html, headings, cut_off = page.write(reading.blocks, limit)
    words = counted(reading)
    row, _ = ReadText.objects.get_or_create(
        file=file,
        counter=COUNTER_VERSION,
        limit=limit,
        defaults={
            "words": {**words.as_json(), "warnings": list(words.warnings)},
            "html": html,
            "headings": [asdict(heading) for heading in headings],
            "cut_off": cut_off,
        },
    )
    return row


def _from_json(found: dict[str, Any]) -> WordCount:
    return WordCount(**{**found, "warnings": tuple(found["warnings"])})
