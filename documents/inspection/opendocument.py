"""Looks inside OpenDocument texts for what keeps them out."""

import re

from lxml import etree

from documents.inspection.archives import Archive
from documents.inspection.markup import UnsafeMarkup, local, parse
from documents.policies import ODT, Finding

TEXT = "application/vnd.oasis.opendocument.text"
REMOTE = re.compile(r"^(?:[a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)
# Elements whose link is only followed when a reader clicks on it.
CLICKED = {"a", "bookmark-ref"}


def inspect(archive: Archive) -> tuple[str, str, set[Finding]]:
    """The kind by the 'mimetype' part, words for a kind we do not take, and the findings."""
    mimetype = archive.read("mimetype").strip().decode("ascii", "replace")
    if mimetype != TEXT:
        return "", "another kind of OpenDocument file", set()
    found = set[Finding]()
    try:
        for name in archive.names:
            found |= _part(archive, name)
    except UnsafeMarkup as unsafe:
        return ODT, "", {unsafe.finding}
    return ODT, "", found


def _part(archive: Archive, name: str) -> set[Finding]:
    lower = name.lower()
    if lower == "meta-inf/manifest.xml":
        root = parse(archive.read(name))
        encrypted = any(local(each) == "encryption-data" for each in root.iter())
        return {Finding.ENCRYPTED} if encrypted else set()
    if lower.startswith(("basic/", "scripts/")) and not lower.endswith("/"):
        return {Finding.MACROS}
    if lower.endswith(".xml"):
        return _elements(parse(archive.read(name)))
    if lower.endswith("/") or lower == "mimetype":
        return set()
    head = archive.read(name)[:8]
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return {Finding.EMBEDDED_OBJECT}
    return {Finding.NESTED_ARCHIVE} if head[:4] in (b"PK\x03\x04", b"Rar!") else set()


def _holds_code(script: etree._Element) -> bool:
    """LibreOffice writes an empty list of libraries into documents without any script."""
    words = "".join(str(text) for text in script.itertext()).strip()
    return bool(words) or any(local(each).startswith("library-") for each in script.iter())


def _elements(root: etree._Element) -> set[Finding]:
    found = set[Finding]()
    for element in root.iter():
        name = local(element)
        if name in ("dde-connection", "dde-connection-decl", "dde-source", "dde-link"):
            found.add(Finding.LIVE_LINK)
        elif name == "event-listener" or (name == "script" and _holds_code(element)):
            found.add(Finding.SCRIPT)
        elif name in ("object-ole", "applet", "plugin", "floating-frame"):
            found.add(Finding.EMBEDDED_OBJECT)
        elif name == "section-source":
            found.add(Finding.OTHER_DOCUMENT)
        if name not in CLICKED:
            link = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}href")), "")
            if name == "template" and REMOTE.match(link) and not link.startswith("file:"):
                found.add(Finding.REMOTE_TEMPLATE)
            elif name != "template" and REMOTE.match(link):
                found.add(Finding.REMOTE_CONTENT)
    return found
