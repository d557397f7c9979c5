"""Looks inside Word, Excel and PowerPoint files for what keeps them out."""

import io
import re

from lxml import etree

from documents.inspection.archives import Archive
from documents.inspection.markup import UnsafeMarkup, local, parse
from documents.policies import DOCX, PPTX, XLSX, Finding

MAIN_TYPES = {
    "wordprocessingml.document.main+xml": DOCX,
    "spreadsheetml.sheet.main+xml": XLSX,
    "presentationml.presentation.main+xml": PPTX,
}
OTHER_TYPES = {
    "wordprocessingml.template.main+xml": "a Word template",
    "spreadsheetml.template.main+xml": "an Excel template",
    "presentationml.template.main+xml": "a PowerPoint template",
    "presentationml.slideshow.main+xml": "a PowerPoint show",
    "sheet.binary.macroenabled.main": "a binary Excel workbook",
}
# Relationships to another computer that only a reader's click follows.
HARMLESS_REMOTE = ("/hyperlink",)
DDE = re.compile(r"^\W*(DDE|DDEAUTO)\b", re.IGNORECASE)
REMOTE_FIELD = re.compile(r"^\W*(INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE)
DEEPEST = 1


def inspect(archive: Archive, depth: int = 0) -> tuple[str, str, set[Finding]]:
    """The kind by the main part's declared type, words for a kind we do not take, and the findings."""
    try:
        kind, seen, found = _kind(archive)
        found |= _parts(archive, depth)
    except UnsafeMarkup as unsafe:
        return "", "", {unsafe.finding}
    return kind, seen, found


def _kind(archive: Archive) -> tuple[str, str, set[Finding]]:
    found = set[Finding]()
    kind, seen = "", "an Office file that we do not take"
    for override in parse(archive.read("[Content_Types].xml")):
        declared = (override.get("ContentType") or "").lower()
        if "macroenabled" in declared or "vbaproject" in declared:
            found.add(Finding.MACROS)
        for ending, extension in MAIN_TYPES.items():
            if declared.endswith(ending):
                kind, seen = extension, ""
        for ending, words in OTHER_TYPES.items():
            if declared.endswith(ending) and not kind:
                seen = words
    return kind, seen, found


def _parts(archive: Archive, depth: int) -> set[Finding]:
    found = set[Finding]()
    for name in archive.names:
        lower = name.lower()
        if lower.endswith(".bin") and ("vbaproject" in lower or "vbadata" in lower):
            found.add(Finding.MACROS)
        elif "activex" in lower:
            found.add(Finding.ACTIVE_CONTROL)
        elif "/embeddings/" in lower and not lower.endswith(("/", ".rels")):
            found |= _embedded(archive, name, depth)
        elif lower.endswith((".xml", ".rels", ".vml")):
            root = parse(archive.read(name))
            found |= _relationships(root) if lower.endswith(".rels") else _elements(root)
        elif archive.read(name)[:4] in (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf"):
            found.add(Finding.NESTED_ARCHIVE)
    return found


def _embedded(archive: Archive, name: str, depth: int) -> set[Finding]:
    """The workbook behind a chart is harmless if it is itself; anything else embedded is an object."""
    if not name.lower().endswith(".xlsx"):
        return {Finding.EMBEDDED_OBJECT}
    if depth >= DEEPEST:
        return {Finding.NESTED_ARCHIVE}
    inner = Archive(io.BytesIO(archive.read(name)))
    if inner.findings or inner.is_encrypted or "[Content_Types].xml" not in inner.names:
        return inner.findings or {Finding.EMBEDDED_OBJECT}
    kind, _, found = inspect(inner, depth + 1)
    return found if kind == XLSX else found | {Finding.EMBEDDED_OBJECT}


def _relationships(root: etree._Element) -> set[Finding]:
    found = set[Finding]()
    for relationship in root:
        kind = (relationship.get("Type") or "").lower()
        target = (relationship.get("Target") or "").strip()
        remote = (relationship.get("TargetMode") or "").lower() == "external" or bool(
            re.match(r"(?:[a-z][a-z0-9+.-]{1,}:|\\\\|//)", target, re.IGNORECASE)
        )
        if kind.endswith(("/vbaproject", "/wordvbadata")):
            found.add(Finding.MACROS)
        elif kind.endswith("/control"):
            found.add(Finding.ACTIVE_CONTROL)
        elif kind.endswith("/oleobject"):
            found.add(Finding.EMBEDDED_OBJECT)
        elif kind.endswith(("/afchunk", "/subdocument")):
            found.add(Finding.OTHER_DOCUMENT)
        elif remote and kind.endswith("/attachedtemplate"):
            if not _is_local_template(target):
                found.add(Finding.REMOTE_TEMPLATE)
        elif remote and kind.endswith("/externallinkpath"):
            continue  # a workbook's remembered path to another workbook; read only when asked
        elif remote and not kind.endswith(HARMLESS_REMOTE):
            found.add(Finding.REMOTE_CONTENT)
    return found


def _is_local_template(target: str) -> bool:
    """Word records where the writer's own template lay; a file on that same computer loads nothing here."""
    return bool(re.match(r"(?:file:///)?[a-z]:[\\/]", target, re.IGNORECASE)) or not re.match(
        r"(?:[a-z][a-z0-9+.-]+:|\\\\|//)", target, re.IGNORECASE
    )


def _elements(root: etree._Element) -> set[Finding]:
    found = set[Finding]()
    field: list[list[str]] = []
    for element in root.iter():
        name = local(element)
        if name == "fldChar":
            state = _attribute(element, "fldCharType")
            if state == "begin":
                field.append([])
            elif state == "end" and field:
                found |= _field("".join(field.pop()))
        elif name == "instrText":
            if field:
                field[-1].append(element.text or "")
            else:
                found |= _field(element.text or "")
        elif name == "fldSimple":
            found |= _field(_attribute(element, "instr"))
        elif name in ("ddeLink", "oleLink"):
            found.add(Finding.LIVE_LINK)
        elif name in ("altChunk", "subDoc"):
            found.add(Finding.OTHER_DOCUMENT)
        elif name in ("OLEObject", "oleObject", "objectEmbed", "oleObj"):
            found.add(Finding.EMBEDDED_OBJECT)
        elif name == "f" and DDE_FORMULA.search(element.text or ""):
            found.add(Finding.LIVE_LINK)
    while field:
        found |= _field("".join(field.pop()))
    return found


DDE_FORMULA = re.compile(r"^\s*=?\s*(?:cmd|msexcel|powershell|DDE)\s*(?:\||\()", re.IGNORECASE)


def _attribute(element: etree._Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _field(instruction: str) -> set[Finding]:
    if DDE.match(instruction):
        return {Finding.LIVE_LINK}
    if REMOTE_FIELD.match(instruction):
        return {Finding.REMOTE_CONTENT}
    return set()
