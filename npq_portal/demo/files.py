"""Real small .docx files for the demonstration, made with python-docx."""

import io
from collections.abc import Sequence
from functools import cache
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from npq_portal.demo.writing import Section

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REFERENCES = (
    "Harper, L., 2018, Change that stays, Northgate Press, Leeds",
    "Imrie, D. and Cole, S., 2020, Reading what the data says, Fenwick, York",
)


def write_up(
    title: str, author: str, sections: Sequence[Section], random: Random
) -> SimpleUploadedFile:
    """An account with a title, headings, a table and a list of references."""
    document = _new_document()
    document.core_properties.author = author
    document.core_properties.title = title
    document.add_paragraph(title, style="Title")
    for place, section in enumerate(sections):
        document.add_heading(section.heading, level=1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
        if place == 0:
            _figures(document, random)
    document.add_heading("References", level=1)
    for line in REFERENCES:
        document.add_paragraph(line)
    return SimpleUploadedFile("Write-up.docx", _saved(document), content_type=DOCX)


def supporting(name: str) -> SimpleUploadedFile:
    """A supporting document of a page with a small table; the same for everybody, so made once."""
    return SimpleUploadedFile(
        f"{name.replace('/', ' ')}.docx", _supporting(name), content_type=DOCX
    )


@cache
def _supporting(name: str) -> bytes:
    document = _new_document()
    document.core_properties.author = "School office"
    document.add_heading(name, level=1)
    document.add_paragraph(f"{name} for the project, as it stood at the end of the spring term.")
    _figures(document, Random(name))
    return _saved(document)


@cache
def _plain_template() -> bytes:
    """python-docx's own template without the hundred table styles that nobody here uses."""
    document = Document()
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    return _saved(document)


def _new_document():  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(_plain_template()))


def _figures(document, random: Random) -> None:  # type: ignore[no-untyped-def]  # python-docx has no types
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("Group", "Autumn", "Summer"), strict=True):
        cell.text = text
    for group in ("Class A", "Class B", "Class C"):
        start = random.randint(40, 70)
        row = table.add_row().cells
        row[0].text, row[1].text = group, f"{start}%"
        row[2].text = f"{start + random.randint(2, 15)}%"


def _saved(document) -> bytes:  # type: ignore[no-untyped-def]
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
