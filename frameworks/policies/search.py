"""Reads what somebody typed into search: the words to look for, or a criterion's code, or what is wrong. Pure."""

import re
from dataclasses import dataclass

MOST_CHARACTERS = 200
MOST_WORDS = 12
_CODE = re.compile(r"[0-9]+(\.[0-9]+)+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Search:
    """`words` are letters and digits only, so they are safe in a search query; one of the three is filled."""

    words: tuple[str, ...] = ()
    code: str = ""
    problem: str = ""


def read(typed: str) -> Search:
    """What to look for. A problem says what to do instead."""
    typed = typed.strip()
    if not typed:
        return Search(problem="Enter a word to search for")
    if len(typed) > MOST_CHARACTERS:
        return Search(problem=f"Search for {MOST_CHARACTERS} characters or fewer")
    code = typed.rstrip(".")
    if _CODE.fullmatch(code):
        return Search(code=code)
    words = _WORD.findall(typed)
    if not words:
        return Search(problem="Enter a word made of letters or numbers")
    return Search(words=tuple(words[:MOST_WORDS]))
