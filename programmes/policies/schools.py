"""How a school's postcode and name are kept and compared (G3), and the plain words that a picker compares. Pure.

Reading a row of the Department's file is in school_file; which schools are found is a query.
"""

import re
import unicodedata
from collections.abc import Iterable

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
# A postcode, or the beginning of one, among other words: 'ls1', 'ls1 4', 'ls14ap'.
POSTCODE_AMONG_WORDS = re.compile(
    r"(?<!\S)([a-z]{1,2}[0-9][a-z0-9]?)(?: ?([0-9][a-z]{0,2}))?(?!\S)"
)

MOST_LETTERS = 200  # of what somebody types
MOST_WORDS = 12

# What people write in more than one way, and what both the record and the typed words become. (choice)
PHRASES = (
    ("church of england", "ce"),
    ("c of e", "ce"),
    ("c e", "ce"),
    ("roman catholic", "catholic"),
    ("r c", "catholic"),
    ("voluntary aided", "va"),
    ("voluntary controlled", "vc"),
)
SAME_WORD = {
    "saint": "st",
    "street": "st",
    "saints": "ss",
    "sts": "ss",
    "cofe": "ce",
    "coe": "ce",
    "rc": "catholic",
    "road": "rd",
    "avenue": "ave",
    "ln": "lane",
    "jnr": "junior",
    "jun": "junior",
    "inf": "infant",
    "sch": "school",
    "schl": "school",
    "prim": "primary",
    "acad": "academy",
    "coll": "college",
    "comp": "comprehensive",
}
# Words that tell no school from another.
SMALL_WORDS = frozenset({"a", "and", "at", "for", "in", "near", "of", "on", "the", "with"})
# Words of so many schools' names that sharing them makes no two alike.
WORDS_OF_MANY = SMALL_WORDS | {
    "academy",
    "ave",
    "catholic",
    "ce",
    "college",
    "community",
    "comprehensive",
    "first",
    "foundation",
    "free",
    "grammar",
    "high",
    "infant",
    "infants",
    "junior",
    "juniors",
    "lane",
    "lower",
    "middle",
    "nursery",
    "preparatory",
    "primary",
    "rd",
    "school",
    "secondary",
    "special",
    "ss",
    "st",
    "trust",
    "upper",
    "va",
    "vc",
}

_APOSTROPHES = re.compile("['’‘`´ʼ]")
_BETWEEN = re.compile(r"[^a-z0-9]+")
# Letters that no accent is taken from.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "&": " and "}
)


def is_open(status: str) -> bool:
    """Whether people work there now: 'Open' and 'Open, but proposed to close' (choice: not 'Proposed to open')."""
    return status.startswith("Open")


def is_closed(status: str) -> bool:
    """Whether the Department says that it has closed."""
    return status.startswith("Closed")


def clean_postcode(typed: str) -> str:
    """A postcode as it is kept, 'SW1A 1AA', or '' when it does not look like a whole one."""
    squeezed = re.sub(r"[^A-Z0-9]", "", typed.upper())
    return f"{squeezed[:-3]} {squeezed[-3:]}" if POSTCODE.fullmatch(squeezed) else ""


def plain_letters(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words."""
    text = text.casefold().translate(_LETTERS)
    if not text.isascii():
        text = _APOSTROPHES.sub("", text)
        text = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
        text = text.casefold().translate(_LETTERS)
    return " ".join(_BETWEEN.sub(" ", text.replace("'", "").replace("`", "")).split())


def plain_words(text: str) -> str:
    """Plain letters in which what is written in several ways is written in one: 'Saint' is 'st', 'C of E' is 'ce'."""
    words = f" {plain_letters(text)} "
    for written, kept in PHRASES:
        if f" {written} " in words:
            words = words.replace(f" {written} ", f" {kept} ")
    return " ".join(SAME_WORD.get(word, word) for word in words.split())


def telling_words(text: str) -> list[str]:
    """Its plain words without those that tell nothing apart; all of them if none does."""
    words = plain_words(text).split()
    return [word for word in words if word not in SMALL_WORDS] or words


def typed_words(typed: str) -> tuple[str, ...]:
    """The first twelve telling words of what somebody typed."""
    return tuple(telling_words(typed[:MOST_LETTERS])[:MOST_WORDS])


def postcode_among(typed: str) -> tuple[str, str]:
    """A whole postcode or its beginning among typed words, as kept ('LS1 4AP', 'LS1 4', 'LS1 '), and the rest."""
    plain = plain_letters(typed[:MOST_LETTERS])
    found = POSTCODE_AMONG_WORDS.search(plain)
    if not found:
        return "", typed
    rest = f"{plain[: found.start()]} {plain[found.end() :]}".strip()
    return f"{found[1].upper()} {(found[2] or '').upper()}", rest


def search_text(*, name: str, postcode: str, places: Iterable[str]) -> str:
    """What the picker looks through: ' name / street / … / ls1 4ap ls14ap ', each part in telling words, told once."""
    parts = [" ".join(telling_words(name))]
    letters = plain_letters(name)
    if "church of england" in letters:
        parts.append("church england")
    for place in places:
        part = " ".join(telling_words(place))
        if part and part not in parts:
            parts.append(part)
    if code := plain_letters(postcode):
        parts.append(f"{code} {code.replace(' ', '')}")
    return f" {' / '.join(parts)} "


def names_alike(one: str, other: str) -> bool:
    """Whether at least half of the telling words of the shorter name stand in the other (choice).

    Two names without a telling word are alike when they are equal.
    """
    first, second = (
        set(words) - WORDS_OF_MANY
        for words in (plain_words(one).split(), plain_words(other).split())
    )
    if not first or not second:
        return plain_words(one) == plain_words(other)
    return 2 * len(first & second) >= min(len(first), len(second))


def typing_errors(one: str, other: str, most: int) -> int:
    """Letters wrong, missing, too many or exchanged between two words; `most` + 1 when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, last, row = row, before, [place]
        for there, against in enumerate(other, 1):
            cost = min(row[-1] + 1, before[there] + 1, before[there - 1] + (letter != against))
            if place > 1 and there > 1 and letter == other[there - 2] and one[place - 2] == against:
                cost = min(cost, last[there - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def errors_forgiven(word: str) -> int:
    """How many typing errors a word of its length may have (choice)."""
    if len(word) < 4:
        return 0
    if len(word) < 6:
        return 1
    return 2 if len(word) < 11 else 3
