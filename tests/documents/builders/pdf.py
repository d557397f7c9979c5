"""Small PDFs: with text, and with what keeps a PDF out."""

import io
import re

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def raw(text: str, *, catalogue: str = "", page: str = "", objects: str = "") -> bytes:
    """One page with one line of text, written object by object; the extras go in as they are."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    made = (
        "%PDF-1.5\n"
        f"1 0 obj\n<< /Type /Catalog /Pages 2 0 R {catalogue} >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        f"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {page}"
        " /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        f"4 0 obj\n<< /Length {len(stream)} >>\nstream\n{stream}\nendstream\nendobj\n"
        "5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        f"{objects}"
    )
    places = [found.start() for found in re.finditer(r"^\d+ 0 obj$", made, re.MULTILINE)]
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(places) + 1
    return (
        f"{made}xref\n0 {size}\n0000000000 65535 f \n{rows}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    ).encode("latin-1")


def encrypted() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def attached() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("marks.txt", b"hidden")
    return _written(writer)


def scripted_in_object_stream() -> bytes:
    """The script lies in a compressed object stream, where a search through the bytes does not see it."""
    import zlib

    action = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    inner = b"6 0 " + action
    packed = zlib.compress(inner)
    head = raw("words here", catalogue="/OpenAction 6 0 R")
    body = head[: head.rindex(b"xref\n0")]
    body = body[: body.rindex(b"xref")] if body.endswith(b"start") else body
    at = len(body)
    body += (
        b"7 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(packed)
        + packed
        + b"\nendstream\nendobj\n"
    )
    table_at = len(body)
    rows = b"\x00\x00\x00\x00\x00"
    for number in range(1, 6):
        rows += b"\x01" + body.index(b"\n%d 0 obj" % number).__add__(1).to_bytes(3, "big") + b"\x00"
    rows += b"\x02" + (7).to_bytes(3, "big") + b"\x00"
    rows += b"\x01" + at.to_bytes(3, "big") + b"\x00"
    rows += b"\x01" + table_at.to_bytes(3, "big") + b"\x00"
    body += (
        b"8 0 obj\n<< /Type /XRef /Size 9 /W [1 3 1] /Root 1 0 R /Length %d >>\nstream\n"
        % len(rows)
        + rows
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table_at
    )
    return body


def with_metadata(marker: str) -> bytes:
    """Words on a page, and the marker in the information, in XMP, in a note's author and in page data."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": marker, "/Title": f"By {marker}", "/Creator": marker})
    xmp = DecodedStreamObject()
    xmp.set_data(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{marker}</x:xmpmeta>".encode())
    xmp[NameObject("/Type")] = NameObject("/Metadata")
    writer._root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    remark = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            NameObject("/T"): TextStringObject(marker),
            NameObject("/Contents"): TextStringObject("a remark"),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(remark)])
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
