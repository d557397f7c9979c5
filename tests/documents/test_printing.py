"""PDFs are tagged, titled and in English, and their maker fetches nothing that is not ours."""

import io
import logging
import socket

import pikepdf
import pytest
from pypdf import PdfReader

from documents import printing
from tests.documents import made_reports


def made(**context: str) -> bytes:
    words = {
        "subject": "SCR-ONE",
        "words": "Every criterion was met – café.",
        "provider_name": "Harbour",
    }
    return printing.pdf("tests/report.html", {**words, **context})


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def structure(element: pikepdf.Object) -> set[str]:
    """Every kind of tag below an element of the structure tree."""
    found = {str(element.S)} if "/S" in element else set()
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found |= structure(kid)
    return found


def test_the_pdf_is_tagged_titled_and_in_english():
    with pikepdf.open(io.BytesIO(made())) as pdf:
        assert pdf.Root.MarkInfo.Marked is True or bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).lower() == "en-gb"
        assert str(pdf.docinfo.Title) == "Practice report for SCR-ONE"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= structure(
            pdf.Root.StructTreeRoot
        )


def test_the_words_of_the_pdf_are_text():
    assert "Practice report" in text_of(made())
    assert "Every criterion was met – café." in text_of(made())


def test_the_style_sheet_is_the_portals_own():
    with pikepdf.open(io.BytesIO(made())) as pdf:
        width, height = (float(pdf.pages[0].MediaBox[n]) for n in (2, 3))

    assert (round(width), round(height)) == (595, 842)
    assert len(printing.own_file("portal:/report.css")) > 100


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x.css",
        "https://example.org/report.css",
        "portal:/../settings.py",
        "portal:/report.css?x",
        "data:text/css,x",
        "/static/css/report.css",
    ],
)
def test_every_other_address_is_refused(address):
    with pytest.raises(printing.NotOurs):
        printing.own_file(address)


def test_a_page_that_asks_for_files_and_addresses_gets_none(caplog, monkeypatch):
    def caught(*arguments: object) -> None:
        raise AssertionError(f"a connection was tried: {arguments}")

    monkeypatch.setattr(socket, "create_connection", caught)
    monkeypatch.setattr(socket.socket, "connect", caught)
    with caplog.at_level(logging.ERROR, "weasyprint"):
        content = made(extra=made_reports.EXTRA["SCR-FETCHES"])

    name = socket.gethostname().encode()
    assert name not in content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "/Names" not in pdf.Root
    assert caplog.text.count("not fetched") >= 3


def test_a_canary_a_page_that_may_fetch_would_be_caught(tmp_path):
    """The same page with the PDF maker's own fetcher does read the file: the test above can fail."""
    from weasyprint import HTML

    secret = tmp_path / "secret.txt"
    secret.write_text("planted")
    page = (
        f'<html><head><link rel="attachment" href="{secret.as_uri()}"></head><body>x</body></html>'
    )

    def attachments(content: bytes) -> list[str]:
        return list(PdfReader(io.BytesIO(content)).attachments)

    assert len(attachments(HTML(string=page).write_pdf())) == 1
    assert attachments(printing.pdf_of(page)) == []
