"""Word documents written by hand in XML: every count in the tests can be checked by reading them."""

from tests.documents.builders.archives import archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{more}</w:style>'
    for identity, name, more in [
        ("Normal", "Normal", ""),
        *((f"Heading{n}", f"heading {n}", "") for n in range(1, 5)),
        ("Title", "Title", ""),
        ("Subtitle", "Subtitle", ""),
        ("TOC1", "toc 1", ""),
        ("TOCHeading", "TOC Heading", '<w:basedOn w:val="Heading1"/>'),
        ("berschrift1", "heading 1", ""),
        ("OwnHeading", "School Heading", '<w:basedOn w:val="Heading2"/>'),
        ("Outlined", "Outlined", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("ListBullet", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    ]
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def t(text: str, look: str = "") -> str:
    """A run of text; `look` holds run properties."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", style: str = "", more: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    if content and not content.startswith("<"):
        content = t(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{content}</w:p>"


def item(text: str, level: int = 0, list_id: int = 1) -> str:
    """An item of a list."""
    return p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(*rows: list[str]) -> str:
    """A table; each cell is blocks, or plain text."""
    made = ""
    for row in rows:
        cells = (cell if cell.startswith("<") else p(cell) for cell in row)
        made += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def inserted(content: str) -> str:
    return f'<w:ins w:id="1" w:author="Planted Writer">{content}</w:ins>'


def deleted(text: str) -> str:
    gone = f"<w:r><w:delText>{text}</w:delText></w:r>"
    return f'<w:del w:id="2" w:author="Planted Writer">{gone}</w:del>'


def mark(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def box(content: str) -> str:
    """A text box as Word writes it: the same words as a drawing and again for old readers."""
    words = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{words}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, result: str) -> str:
    """A complex field in one paragraph; `result` is runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def field_start(code: str) -> str:
    return field(code, "\0").split("\0")[0]


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def control(content: str, gallery: str = "") -> str:
    """A content control, of a gallery such as 'Cover Pages' perhaps."""
    part = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def parts(
    body: str,
    *,
    footnotes: dict[int, str] | None = None,
    endnotes: dict[int, str] | None = None,
    header: str = "",
    footer: str = "",
    relations: str = "",
    types: str = "",
    main_type: str = f"{TYPE}.document.main+xml",
    **more: str | bytes,
) -> dict[str, str | bytes]:
    """The parts of a document by name; notes are blocks by number. Give it to `archive`."""
    beside = {
        "styles": ("styles", STYLES),
        "numbering": ("numbering", NUMBERING),
        "footnotes": ("footnotes", _notes("footnote", footnotes)),
        "endnotes": ("endnotes", _notes("endnote", endnotes)),
        "header1": ("hdr", header),
        "footer1": ("ftr", footer),
    }
    kinds = {"header1": "header", "footer1": "footer"}
    made: dict[str, str | bytes] = {}
    links, overrides = relations, types
    for number, (name, (root, content)) in enumerate(beside.items(), 100):
        if content:
            made[f"word/{name}.xml"] = f"<w:{root} {SPACES}>{content}</w:{root}>"
            kind = kinds.get(name, name)
            links += f'<Relationship Id="r{number}" Type="{RELATION}/{kind}" Target="{name}.xml"/>'
            overrides += f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        **made,
        **more,
    }


def _notes(name: str, notes: dict[int, str] | None) -> str:
    if notes is None:
        return ""
    separator = (
        f'<w:{name} w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{name}>'
    )
    made = (f'<w:{name} w:id="{n}">{blocks}</w:{name}>' for n, blocks in notes.items())
    return separator + "".join(made)


def docx(body: str, **options) -> bytes:  # type: ignore[no-untyped-def]
    """A Word document of these blocks."""
    return archive(parts(body, **options))


def strict(body: str) -> bytes:
    """The same document as 'Strict Open XML' writes it."""
    made = parts(body)
    for name, content in made.items():
        content = str(content).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        made[name] = content.replace(
            RELATION, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
    return archive(made)
