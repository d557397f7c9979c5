"""Takes out of a file what names its writer: properties, authors of comments and changes, picture metadata (S9).

What the writer typed stays; names in the text are masked where the text is shown.
"""

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from documents.inspection.markup import local, parse
from documents.policies import DOCX, JPEG, JPG, ODT, PDF, PNG, PPTX, XLSX

SOMEONE = "Author"
# Parts of an Office file that hold nothing but who, when and where.
EMPTIED = re.compile(
    r"^(?:docProps/(?:core|app|custom)\.xml|(?:word|xl|ppt)/(?:people|persons/person\d*|commentAuthors|authors)\.xml"
    r"|customXml/.*\.xml|docProps/thumbnail\..*)$",
    re.IGNORECASE,
)
OFFICE_AUTHORS = {"author", "initials", "userId", "providerId", "userName"}
ODT_AUTHORS = {
    "creator",
    "creator-initials",
    "sender-firstname",
    "sender-lastname",
    "initial-creator",
}
ODT_FIELDS = {
    *("author-name", "author-initials", "creator", "initial-creator", "printed-by"),
    *("sender-firstname", "sender-lastname", "sender-initials", "sender-email", "sender-company"),
    *(
        "sender-phone-private",
        "sender-phone-work",
        "sender-street",
        "sender-title",
        "sender-position",
    ),
    *(
        "sender-city",
        "sender-postal-code",
        "sender-country",
        "sender-state-or-province",
        "sender-fax",
    ),
}
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def anonymous(content: bytes, extension: str) -> bytes:
    """A copy without what names its writer; other kinds come back as they are."""
    cleaners: dict[str, Callable[[bytes], bytes]] = {
        DOCX: _office,
        XLSX: _office,
        PPTX: _office,
        ODT: _opendocument,
        PDF: _pdf,
        PNG: _picture,
        JPG: _picture,
        JPEG: _picture,
    }
    clean = cleaners.get(extension)
    return clean(content) if clean else content


def _rewritten(content: bytes, part: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each part as `part` gives it back; None leaves the part out. Times are blanked."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if entry.is_dir():
                continue
            kept = part(entry.filename, old.read(entry))
            if kept is not None:
                fresh = zipfile.ZipInfo(entry.filename, FIXED_TIME)
                fresh.compress_type = entry.compress_type
                new.writestr(fresh, kept)
    return target.getvalue()


# Word, Excel, PowerPoint


def _office(content: bytes) -> bytes:
    return _rewritten(content, _office_part)


def _office_part(name: str, content: bytes) -> bytes | None:
    lower = name.lower()
    if EMPTIED.match(name):
        return _emptied(content) if lower.endswith(".xml") else _blank_picture(name)
    if lower.endswith((".png", ".jpg", ".jpeg")):
        return _picture_or_same(content)
    if "/embeddings/" in lower and lower.endswith(".xlsx"):
        return _office(content)
    if lower.endswith(".xml"):
        return _office_markup(content)
    if lower.endswith(".rels"):
        return _without_paths(content)
    return content


def _emptied(content: bytes) -> bytes:
    """The part with its root only: relationships and content types go on finding it."""
    root = parse(content)
    for element in list(root):
        root.remove(element)
    root.text = None
    for key in list(root.attrib):
        del root.attrib[key]
    return _written(root)


def _blank_picture(name: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(made, "PNG" if name.lower().endswith("png") else "JPEG")
    return made.getvalue()


def _office_markup(content: bytes) -> bytes:
    root = parse(content)
    changed = False
    for element in root.iter():
        name = local(element)
        for key in list(element.attrib):
            if str(key).rpartition("}")[2] in OFFICE_AUTHORS:
                element.set(key, SOMEONE[0] if str(key).endswith("initials") else SOMEONE)
                changed = True
        if name == "author" and len(element) == 0 and element.text:
            element.text = SOMEONE
            changed = True
        elif name in ("cmAuthor", "person"):
            for key in set(element.attrib) & {"name", "initials", "displayName"}:
                element.set(key, SOMEONE)
            changed = True
        elif name in ("fileSharing", "absPath", "docVars", "mailMerge", "attachedSchema"):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
                changed = True
    return _written(root) if changed else content


def _without_paths(content: bytes) -> bytes:
    """Paths of the writer's own computer (the template's, a linked workbook's) hold the account's name."""
    root = parse(content)
    changed = False
    for element in root:
        target = element.get("Target") or ""
        if element.get("TargetMode") == "External" and re.match(
            r"(?:file:|[a-z]:[\\/]|\\\\)", target, re.IGNORECASE
        ):
            element.set("Target", "removed")
            changed = True
    return _written(root) if changed else content


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# OpenDocument


def _opendocument(content: bytes) -> bytes:
    return _rewritten(content, _opendocument_part)


def _opendocument_part(name: str, content: bytes) -> bytes | None:
    lower = name.lower()
    if lower.startswith("thumbnails/"):
        return _blank_picture(name)
    if lower == "meta.xml" or lower.endswith("/meta.xml"):
        return _without_meta(content)
    if lower.endswith((".png", ".jpg", ".jpeg")):
        return _picture_or_same(content)
    if lower.endswith(("content.xml", "styles.xml", "settings.xml")):
        return _opendocument_markup(content)
    if lower.endswith(".rdf"):
        return _emptied(content)
    return content


def _without_meta(content: bytes) -> bytes:
    root = parse(content)
    for meta in root:
        for element in list(meta):
            if local(element) != "document-statistic":
                meta.remove(element)
    return _written(root)


def _opendocument_markup(content: bytes) -> bytes:
    root = parse(content)
    for element in root.iter():
        name = local(element)
        if name in ODT_AUTHORS or name in ODT_FIELDS:
            for inner in list(element):
                element.remove(inner)
            element.text = SOMEONE
        for key in list(element.attrib):
            if str(key).rpartition("}")[2] in ("author", "user-name"):
                element.set(key, SOMEONE)
        if name == "config-item" and any(
            str(v) in ("PrinterName", "PrinterSetup", "CurrentDatabaseDataSource")
            for v in element.attrib.values()
        ):
            element.text = ""
    return _written(root)


# PDF and pictures


def _pdf(content: bytes) -> bytes:
    """The same pages under a fresh document: information, XMP and the authors of notes do not come along."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    writer.metadata = None
    for item in list(writer._objects):
        if isinstance(item, DictionaryObject):
            for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                if key in item:
                    del item[NameObject(key)]
            if (
                item.get("/Subtype")
                and "/T" in item
                and "/Rect" in item
                and item.get("/Subtype") != "/Widget"
            ):
                del item[NameObject("/T")]
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _picture_or_same(content: bytes) -> bytes:
    try:
        return _picture(content)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return content


def _picture(content: bytes) -> bytes:
    """The same pixels without EXIF, XMP, comments or text chunks; turned the way that EXIF asked."""
    with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
        form = picture.format or "PNG"
        upright = ImageOps.exif_transpose(picture)
        bare = Image.new(upright.mode, upright.size)
        if upright.mode == "P" and (palette := upright.getpalette()) is not None:
            bare.putpalette(palette)
        bare.paste(upright)
        made = io.BytesIO()
        transparency = upright.info.get("transparency")
        extra = {"transparency": transparency} if transparency is not None and form == "PNG" else {}
        bare.save(made, form, **(extra if form == "PNG" else {"quality": 92}))
    return made.getvalue()
