"""Reads a PDF's text, as well as a PDF lets it be read: lines without headings, tables or notes."""

from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from documents.reading.blocks import Paragraph, Piece, Reading
from documents.reading.parts import Unreadable

WARNING = (
    "A PDF does not say which of its words are headers, contents or bibliography, so all of them are "
    "counted. Send the Word or OpenDocument file for an exact count."
)


def read(file: BinaryIO) -> Reading:
    """One paragraph a page. Raises Unreadable."""
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise Unreadable("The PDF is protected with a password.")
        texts = [page.extract_text() for page in reader.pages]
    except (
        PyPdfError,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise Unreadable("The PDF cannot be opened: it is damaged.") from error
    if not any(text.strip() for text in texts):
        return Reading([], warnings=(WARNING, "No text was found: the pages may be pictures."))
    return Reading([Paragraph([Piece(text)]) for text in texts], warnings=(WARNING,))
