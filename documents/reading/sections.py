"""Finds what S2 does not count: title page, contents, bibliography, appendices. Works on blocks of any format."""

import re

from documents.reading.blocks import Block, Excluded, LeftOut, Paragraph

NUMBERING = r"(?:(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+)[.):]?\s+|(?:\d+(?:\.\d+)*|[A-Z])[.):])?"
LISTS = (
    r"(?:bibliography|references|reference\s+list|list\s+of\s+references|works\s+cited"
    r"|references\s+and\s+bibliography|bibliography\s+and\s+references)"
)
BIBLIOGRAPHY = re.compile(rf"^{NUMBERING}{LISTS}\W*$", re.IGNORECASE)
APPENDICES = re.compile(rf"^{NUMBERING}(?:appendix|appendices|annex(?:e|es)?)\b", re.IGNORECASE)
CONTENTS = re.compile(r"^(?:table\s+of\s+)?contents\W*$", re.IGNORECASE)


def set_apart(blocks: list[Block]) -> list[Block]:
    """The same blocks, with those that do not count gathered under their reasons."""
    result: list[Block] = []
    ending: tuple[LeftOut, int] | None = None
    at_start = True
    for block in blocks:
        why: LeftOut | None = None
        if isinstance(block, Excluded):
            result.append(block)
            continue
        if isinstance(block, Paragraph):
            ending = _section(block, ending)
            if block.is_contents or (block.level and CONTENTS.match(block.text.strip())):
                why = LeftOut.CONTENTS
            elif at_start and block.is_title:
                why = LeftOut.TITLE_PAGE
            elif at_start and (block.text.strip() or block.boxes):
                at_start = False
        else:
            at_start = False
        if ending:
            why = ending[0]
        if why is None:
            result.append(block)
        else:
            _put_aside(result, why, block)
    return result


def _section(
    paragraph: Paragraph, ending: tuple[LeftOut, int] | None
) -> tuple[LeftOut, int] | None:
    """Which excluded section the paragraph stands in; it runs to the next heading as high or higher."""
    if not paragraph.level or not paragraph.text.strip():
        return ending
    text = " ".join(paragraph.text.split())
    if ending and paragraph.level > ending[1]:
        return ending
    if BIBLIOGRAPHY.match(text):
        return (LeftOut.BIBLIOGRAPHY, paragraph.level)
    if APPENDICES.match(text):
        return (LeftOut.APPENDICES, paragraph.level)
    return None


def _put_aside(result: list[Block], why: LeftOut, block: Block) -> None:
    last = result[-1] if result else None
    if isinstance(last, Excluded) and last.why is why:
        last.blocks.append(block)
    else:
        result.append(Excluded(why, [block]))
