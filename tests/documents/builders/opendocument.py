"""OpenDocument texts written by hand in XML."""

from tests.documents.builders.archives import archive

URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = (
    f'xmlns:office="{URN}office:1.0" xmlns:text="{URN}text:1.0" xmlns:table="{URN}table:1.0" '
    f'xmlns:draw="{URN}drawing:1.0" xmlns:style="{URN}style:1.0" xmlns:meta="{URN}meta:1.0" '
    f'xmlns:fo="{URN}xsl-fo-compatible:1.0" xmlns:script="{URN}script:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
MIMETYPE = "application/vnd.oasis.opendocument.text"
STYLES = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Contents_20_1" style:display-name="Contents 1" style:family="paragraph"/>'
)


def p(text: str = "", style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def note(words: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(words)}</text:note-body></text:note>"
    )


def box(words: str) -> str:
    return f"<draw:frame><draw:text-box>{p(words)}</draw:text-box></draw:frame>"


def table(*rows: list[str]) -> str:
    made = ""
    for row in rows:
        cells = (cell if cell.startswith("<") else p(cell) for cell in row)
        made += "".join(
            (
                "<table:table-row>",
                *(f"<table:table-cell>{c}</table:table-cell>" for c in cells),
                "</table:table-row>",
            )
        )
    return f"<table:table>{made}</table:table>"


def listed(*items: str) -> str:
    return (
        "<text:list>"
        + "".join(f"<text:list-item>{p(i)}</text:list-item>" for i in items)
        + "</text:list>"
    )


def parts(
    body: str, *, header: str = "", meta: str = "", manifest: str = "", **more: str | bytes
) -> dict[str, str | bytes]:
    """The parts of a document by name. Give it to `archive`."""
    margins = (
        f"<style:master-page><style:header>{p(header)}</style:header></style:master-page>"
        if header
        else ""
    )
    return {
        "mimetype": MIMETYPE,
        "content.xml": (
            f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {SPACES}><office:master-styles>{margins}</office:master-styles>"
            "</office:document-styles>"
        ),
        "meta.xml": f"<office:document-meta {SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{URN}manifest:1.0">{manifest}</manifest:manifest>',
        **more,
    }


def odt(body: str, **options) -> bytes:  # type: ignore[no-untyped-def]
    """An OpenDocument text of these blocks."""
    return archive(parts(body, **options), stored=("mimetype",))
