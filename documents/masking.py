"""Takes words out of the text of an office file: names that a marker must not read (S9).

Properties and authors are `anonymity`; text shown as a page is `reading`. A PDF and a picture come back as they are.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from lxml import etree

from documents.inspection.markup import local, parse
from documents.policies import DOCX, ODT, PPTX, XLSX
from documents.reading.page import REMOVED, mask_pattern

MASKED = frozenset({DOCX, ODT, PPTX, XLSX})
# Elements within which words run on, however their letters are marked up.
PARAGRAPHS = frozenset({"p", "h", "si", "is", "text"})
# Office keeps words in these alone; what else stands between them is only the file's own layout.
OFFICE_TEXT = frozenset({"t", "delText", "instrText"})
FORMULA = "f"
SPOKEN = frozenset({"descr", "title", "alt", "tooltip", "display", "prompt", "promptTitle"})

Slot = tuple[etree._Element, str]


def masked(content: bytes, extension: str, words: Iterable[str]) -> bytes:
    """The file with each word or phrase replaced, whatever its case and however its letters are marked up."""
    pattern = mask_pattern(words)
    if pattern is None or extension not in MASKED:
        return content
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            name = entry.filename.lower()
            if name.endswith(".xml"):
                part = _masked_part(part, pattern)
            elif name.endswith(".rels"):
                part = _masked_links(part, pattern)
            new.writestr(entry, part)
    return target.getvalue()


def _masked_part(content: bytes, pattern: re.Pattern[str]) -> bytes:
    root = parse(content)
    changed = False
    for element in root.iter():
        if local(element) in PARAGRAPHS:
            slots = list(_slots(element))
            office = [slot for slot in slots if local(slot[0]) in OFFICE_TEXT and slot[1] == "text"]
            changed |= _mask_slots(office or slots, pattern)
    for element in root.iter():
        changed |= _mask_alone(element, pattern)
    return _written(root) if changed else content


def _slots(paragraph: etree._Element) -> Iterator[Slot]:
    """Where a paragraph's own words stand, in order; paragraphs inside it are their own."""
    if paragraph.text:
        yield paragraph, "text"
    for child in paragraph:
        if local(child) not in PARAGRAPHS:
            yield from _slots(child)
        if child.tail:
            yield child, "tail"


def _mask_slots(slots: list[Slot], pattern: re.Pattern[str]) -> bool:
    """Replace matches that may run through several slots; whether there were any."""
    texts = [str(getattr(element, where)) for element, where in slots]
    matches = list(pattern.finditer("".join(texts)))
    for match in reversed(matches):
        instead, at = REMOVED, 0
        for index, text in enumerate(texts):
            low, high = max(match.start() - at, 0), min(match.end() - at, len(text))
            at += len(text)
            if low < high:
                texts[index] = text[:low] + instead + text[high:]
                instead = ""
    if matches:
        for (element, where), text in zip(slots, texts, strict=True):
            setattr(element, where, text)
    return bool(matches)


def _mask_alone(element: etree._Element, pattern: re.Pattern[str]) -> bool:
    """What stands outside paragraphs: a cell's value, a picture's description."""
    changed = False
    for where in ("text", "tail"):
        text = getattr(element, where)
        if text and local(element) != FORMULA and pattern.search(text):
            setattr(element, where, pattern.sub(REMOVED, text))
            changed = True
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] in SPOKEN and pattern.search(str(value)):
            element.set(key, pattern.sub(REMOVED, str(value)))
            changed = True
    return changed


def _masked_links(content: bytes, pattern: re.Pattern[str]) -> bytes:
    """Addresses that name somebody, such as mailto:, lead nowhere."""
    root = parse(content)
    changed = False
    for element in root:
        if element.get("TargetMode") == "External" and pattern.search(element.get("Target") or ""):
            element.set("Target", "removed")
            changed = True
    return _written(root) if changed else content


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
