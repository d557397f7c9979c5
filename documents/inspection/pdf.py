"""Looks through every object of a PDF for what keeps it out."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from documents.policies import Finding

MOST_OBJECTS = 60_000
ACTIONS = {
    "/JavaScript": Finding.PDF_SCRIPT,
    "/Launch": Finding.PDF_LAUNCH,
    "/SubmitForm": Finding.PDF_LAUNCH,
    "/ImportData": Finding.PDF_LAUNCH,
    "/GoToE": Finding.PDF_ATTACHMENT,
    "/Rendition": Finding.PDF_MEDIA,
    "/Movie": Finding.PDF_MEDIA,
    "/Sound": Finding.PDF_MEDIA,
}
KEYS = {
    "/JS": Finding.PDF_SCRIPT,
    "/JavaScript": Finding.PDF_SCRIPT,
    "/EmbeddedFiles": Finding.PDF_ATTACHMENT,
    "/EmbeddedFile": Finding.PDF_ATTACHMENT,
    "/EF": Finding.PDF_ATTACHMENT,
    "/XFA": Finding.PDF_FORM,
    "/RichMediaContent": Finding.PDF_MEDIA,
}
MEDIA = ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")


def inspect(file: BinaryIO) -> set[Finding]:
    """The findings, of which an unreadable file has one."""
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            return {Finding.ENCRYPTED}
        if (
            sum(len(table) for table in reader.xref.values()) + len(reader.xref_objStm)
            > MOST_OBJECTS
        ):
            return {Finding.PDF_PARTS}
        found = set[Finding]()
        for value in _objects(reader):
            found |= _look_at(value)
        if not found:
            len(reader.pages)
        return found
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError, OSError):
        return {Finding.UNREADABLE}


def _objects(reader: PdfReader) -> Iterator[Any]:
    numbers = {(n, g) for g, table in reader.xref.items() for n in table}
    numbers |= {(n, 0) for n in reader.xref_objStm}
    yield reader.trailer
    for number, generation in sorted(numbers):
        if number:
            found = reader.get_object(IndirectObject(number, generation, reader))
            if found is not None:
                yield found


def _look_at(value: Any) -> set[Finding]:
    """One object with everything written directly inside it; what it points at comes by itself."""
    found = set[Finding]()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            found |= {finding for key, finding in KEYS.items() if key in each}
            action = each.get("/S")
            if isinstance(action, str) and action in ACTIONS:
                found.add(ACTIONS[action])
            if each.get("/Type") == "/EmbeddedFile":
                found.add(Finding.PDF_ATTACHMENT)
            if each.get("/Subtype") in MEDIA:
                found.add(Finding.PDF_MEDIA)
            if each.get("/Subtype") == "/FileAttachment":
                found.add(Finding.PDF_ATTACHMENT)
            waiting.extend(dict.values(each))
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))
    return found
