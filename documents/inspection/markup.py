"""Parses XML that strangers wrote: no entities, no DTD, no network, bounded depth."""

from lxml import etree

from documents.policies import Finding


class UnsafeMarkup(Exception):
    """XML that is refused, with the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.value)
        self.finding = finding


def parse(content: bytes) -> etree._Element:
    """The root element. Raises UnsafeMarkup."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        words = str(error).lower()
        if "depth" in words:
            raise UnsafeMarkup(Finding.TOO_DEEP) from error
        if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
            raise UnsafeMarkup(Finding.ENTITIES) from error
        raise UnsafeMarkup(Finding.UNREADABLE) from error
    information = root.getroottree().docinfo
    if information.internalDTD is not None or information.doctype:
        raise UnsafeMarkup(Finding.ENTITIES)
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; '' for what is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
