"""What Word's styles and numbering say of a paragraph: heading, title, contents, list, bold, italic."""

from dataclasses import dataclass, field, replace

from lxml import etree

from documents.inspection.markup import local

MOST_DEPTH = 9


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name in any namespace."""
    if parent is not None:
        for element in parent:
            if local(element) == name:
                return element
    return None


def value(element: etree._Element, name: str) -> str:
    """An attribute in any namespace; '' when it is missing."""
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""


def _setting(parent: etree._Element | None, name: str) -> str:
    found = child(parent, name)
    return value(found, "val") if found is not None else ""


def _switch(parent: etree._Element | None, name: str, otherwise: bool) -> bool:
    found = child(parent, name)
    if found is None:
        return otherwise
    return value(found, "val").lower() not in ("0", "false", "off", "none")


@dataclass(frozen=True)
class Look:
    """How text looks, as far as it is shown."""

    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Style:
    """A paragraph's style with what it is based on folded in."""

    level: int = 0
    is_title: bool = False
    is_contents: bool = False
    list_id: str = ""
    list_level: int = 0
    look: Look = Look()


class Styles:
    """The document's styles by id; the name, which Word never translates in the file, says what a style is."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self._known: dict[str, Style] = {}
        for element in root if root is not None else ():
            if local(element) == "style" and value(element, "type") in ("paragraph", "character"):
                self._elements[value(element, "styleId")] = element
                if value(element, "type") == "paragraph" and value(element, "default") in (
                    "1",
                    "true",
                ):
                    self._default = value(element, "styleId")

    def of(self, paragraph: etree._Element) -> Style:
        """The style of a paragraph with its own settings over it."""
        properties = child(paragraph, "pPr")
        if properties is None:
            return self._style(self._default)
        style = self._style(_setting(properties, "pStyle") or self._default)
        return _with_paragraph_settings(style, properties)

    def run_look(self, run: etree._Element, outer: Look) -> Look:
        """How a run looks inside a paragraph that looks `outer`."""
        properties = child(run, "rPr")
        if properties is None:
            return outer
        named = self._elements.get(_setting(properties, "rStyle"))
        base = child(named, "rPr")
        bold = _switch(properties, "b", _switch(base, "b", outer.bold))
        return Look(bold, _switch(properties, "i", _switch(base, "i", outer.italic)))

    def _style(self, identity: str, trail: tuple[str, ...] = ()) -> Style:
        if identity in self._known:
            return self._known[identity]
        element = self._elements.get(identity)
        if element is None or identity in trail:
            return _by_name(Style(), identity) if element is None else Style()
        base = _setting(element, "basedOn")
        style = self._style(base, (*trail, identity)) if base else Style()
        style = _by_name(style, _setting(element, "name"))
        style = _with_paragraph_settings(style, child(element, "pPr"))
        self._known[identity] = style
        return style


def _by_name(style: Style, name: str) -> Style:
    """What a built-in name means; a document without a styles part has only ids such as 'Heading1'."""
    plain = name.lower().strip()
    compact = plain.replace(" ", "")
    if compact.startswith("heading") and compact[7:].isdigit() and len(compact) == 8:
        return replace(style, level=int(compact[7:]))
    if compact in ("title", "subtitle"):
        return replace(style, is_title=True, level=0)
    if compact in ("tocheading", "tableoffigures", "tableofauthorities", "toaheading"):
        return replace(style, is_contents=True, level=0)
    if compact.startswith("toc") and compact[3:].isdigit():
        return replace(style, is_contents=True, level=0)
    return style


def _with_paragraph_settings(style: Style, properties: etree._Element | None) -> Style:
    if properties is None:
        return style
    outline = _setting(properties, "outlineLvl")
    if outline.isdigit() and not style.is_contents and not style.is_title:
        style = replace(style, level=int(outline) + 1 if int(outline) < MOST_DEPTH else 0)
    numbered = child(properties, "numPr")
    if numbered is not None:
        depth = _setting(numbered, "ilvl")
        style = replace(
            style,
            list_id=_setting(numbered, "numId") or style.list_id,
            list_level=min(int(depth), MOST_DEPTH - 1) if depth.isdigit() else style.list_level,
        )
    return style


@dataclass
class Counter:
    """One level of one list: whether it is numbered, and the number it stands at."""

    ordered: bool
    at: int = 0

    def next(self) -> int:
        self.at += 1
        return self.at


@dataclass
class Numbering:
    """The lists of a document."""

    root: etree._Element | None
    _counters: dict[tuple[str, int], Counter] = field(default_factory=dict)
    _ordered: dict[tuple[str, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        abstract: dict[str, etree._Element] = {}
        for element in self.root if self.root is not None else ():
            if local(element) == "abstractNum":
                abstract[value(element, "abstractNumId")] = element
            elif local(element) == "num":
                shape = abstract.get(_setting(element, "abstractNumId"))
                for level in shape if shape is not None else ():
                    if local(level) == "lvl" and value(level, "ilvl").isdigit():
                        form = _setting(level, "numFmt")
                        key = (value(element, "numId"), int(value(level, "ilvl")))
                        self._ordered[key] = form not in ("bullet", "none", "")

    def of(self, list_id: str, level: int) -> Counter | None:
        """The counter of a list's level; None for no list. A higher level starts those below anew."""
        if not list_id or list_id == "0":
            return None
        for key in [key for key in self._counters if key[0] == list_id and key[1] > level]:
            del self._counters[key]
        key = (list_id, level)
        if key not in self._counters:
            self._counters[key] = Counter(self._ordered.get(key, False))
        return self._counters[key]
