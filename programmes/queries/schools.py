"""Which schools: looked for by URN, postcode or words, typing errors forgiven. Readings of the file beside them.

The picker looks through `School.search`, whose words stand between spaces and whose parts between ' / '; so that
'% word%' finds the beginning of a word and a trigram index answers it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.postgres.search import TrigramDistance, TrigramSimilarity
from django.db.models import (
    Case,
    F,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from programmes import policies
from programmes.models import School, SchoolWord

RANKED = 400  # of the schools found, so many are put in order of likeness
NEAREST = 30  # words that a mistyped one is compared with
CORRECTIONS = 4  # words that a mistyped one may stand for
MOST_TRIED = 8  # words of one search of which each may be left out
MOST_FORGIVEN = 6  # words of one search that may be mistyped
OPEN = Q(status__startswith="Open")
CLOSED = Q(status__startswith="Closed")

# One word as somebody may have meant it: any of the alternatives, each of which is words that all must stand there.
Group = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Asked:
    """What somebody typed, taken apart."""

    postcode: str
    words: tuple[str, ...]


def find_schools(words: str, limit: int = 20) -> list[School]:
    """Open schools by URN, postcode or its beginning, name, street or place, best first (G3, A1).

    'St' and 'Saint' are one, and typing errors are forgiven when nothing is found without. A closed school is among
    them when its URN, or its name and it has a successor, is typed exactly; `successor` is loaded.
    """
    words = words[: policies.MOST_LETTERS]
    for digits in _numbers(words):
        if found := list(_by_number(digits)[:limit]):
            return found
    asked = _taken_apart(words)
    if not (asked.words or asked.postcode):
        return []
    exact: list[Group] = [((word,),) for word in asked.words]
    if found := _found(asked, exact, limit):
        return found
    if asked.postcode and not asked.words:
        # Nobody is at this postcode as typed: those whose postcode begins so, or the streets around it.
        return _nearby(asked.postcode, limit)
    groups = _meant(asked.words)
    if groups and groups != exact and (found := _found(asked, groups, limit)):
        return found
    if asked.postcode:
        return find_schools(" ".join(asked.words), limit)
    return _without_one(asked, groups, limit)


def _numbers(words: str) -> Iterable[str]:
    squeezed = words.replace(" ", "").replace("/", "")
    parts = dict.fromkeys((squeezed, *words.split()[:12]))
    return [part for part in parts if part.isascii() and part.isdigit() and len(part) in (6, 7)]


def _by_number(digits: str) -> QuerySet[School]:
    """By URN, whatever its status, or by the authority's and school's number, '8011234' for '801/1234'."""
    wanted = Q(urn=digits)
    if len(digits) == 7:
        wanted |= OPEN & Q(local_number=f"{digits[:3]}/{digits[3:]}")
    return School.objects.select_related("successor").filter(wanted).order_by("urn")


def _taken_apart(words: str) -> _Asked:
    postcode, rest = policies.postcode_among(words)
    return _Asked(postcode.lower(), policies.typed_words(rest) if rest else ())


def _found(asked: _Asked, groups: Sequence[Group], limit: int) -> list[School]:
    """Those that have the postcode and a word of every group, in one query."""
    wanted = Q()
    if asked.postcode:
        wanted &= _has(asked.postcode)
    for group in groups:
        wanted &= _any(group)
    phrase = " ".join(" ".join(group[0]) for group in groups)
    replaced = CLOSED & _named(phrase) & Q(successor__isnull=False)
    return _in_order(School.objects.filter(wanted & (OPEN | replaced)), phrase, limit)


def _in_order(rows: QuerySet[School], phrase: str, limit: int) -> list[School]:
    """Named exactly so first, open before closed, then names that begin so, then the likest."""
    begins = Q(search__startswith=f" {phrase}")
    some = rows.order_by(_truth(begins).desc(), "pk").values("pk")[:RANKED]
    name = Func(
        F("search"), Value(" / "), Value(1), function="split_part", output_field=TextField()
    )
    found = (
        School.objects.filter(pk__in=some)
        .select_related("successor")
        .annotate(likeness=TrigramSimilarity(name, phrase))
        .order_by(
            _truth(_named(phrase)).desc(),
            _truth(CLOSED),
            _truth(begins).desc(),
            F("likeness").desc(),
            "name",
            "urn",
        )
    )
    return list(found[:limit])


def _named(phrase: str) -> Q:
    return Q(search__startswith=f" {phrase} / ") | Q(search=f" {phrase} ")


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0))


def _has(text: str) -> Q:
    return Q(search__contains=f" {text}")


def _word(word: str) -> Q:
    """Words of one or two letters whole, longer ones by their beginning."""
    return _has(f"{word} " if len(word) < 3 else word)


def _any(group: Group) -> Q:
    wanted = Q()
    for alternative in group:
        together = Q()
        for word in alternative:
            together &= _word(word)
        wanted |= together
    return wanted


def _nearby(postcode: str, limit: int) -> list[School]:
    """'ls14' typed together may be the beginning of 'LS1 4AP'; of a longer postcode, the streets around it."""
    outward, _, inward = postcode.partition(" ")
    wanted = _has(f"{outward} {inward[0]}" if inward else outward)
    rows = School.objects.filter(OPEN & wanted).select_related("successor")
    return list(rows.order_by("postcode", "name", "urn")[:limit])


def _meant(words: Sequence[str]) -> list[Group]:
    """For each word what it may stand for; two that are one word are read together, and one that is two apart.

    A word that stands for nothing is left out.
    """
    pairs = [one + other for one, other in pairwise(words)]
    halves = {word: _halves(word) for word in words}
    swaps = {word: _swaps(word) for word in words}
    parts = {part for found in halves.values() for half in found for part in half}
    parts.update(*swaps.values())
    known = set(
        SchoolWord.objects.filter(word__in={*words, *pairs, *parts}).values_list("word", flat=True)
    )
    begun = _begun(words)
    near = _near([word for word in words if word not in known] or words)
    groups: list[Group] = []
    place = 0
    while place < len(words):
        word = words[place]
        if place < len(pairs) and pairs[place] in known and not {word, words[place + 1]} <= known:
            groups.append(((pairs[place],),))
            place += 2
            continue
        alternatives: list[tuple[str, ...]] = []
        if word in begun or any(letter.isdigit() for letter in word):
            alternatives.append((word,))
        others = [swap for swap in swaps[word] if swap in known] + near.get(word, [])
        alternatives += [(other,) for other in dict.fromkeys(others) if other != word]
        alternatives += [half for half in halves[word] if known.issuperset(half)]
        if alternatives:
            groups.append(tuple(alternatives))
        place += 1
    return groups


def _halves(word: str) -> list[tuple[str, str]]:
    """Two words of three letters or more, written together."""
    return [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)] if len(word) < 31 else []


def _swaps(word: str) -> list[str]:
    """The word with each two letters beside each other exchanged: words that share few parts with it."""
    if not policies.errors_forgiven(word):
        return []
    places = range(len(word) - 1)
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places]


def _begun(words: Iterable[str]) -> set[str]:
    """Those that are the beginning of a known word."""
    first, *others = [
        SchoolWord.objects.filter(word__startswith=word)
        .order_by()
        .values_list(Value(word, TextField()))[:1]
        for word in dict.fromkeys(words)
    ]
    return {word for (word,) in first.union(*others, all=True)}


def _near(words: Iterable[str]) -> dict[str, list[str]]:
    """For each, the known words that it may be with typing errors, fewest first, then those of most schools."""
    near: dict[str, list[str]] = {word: [] for word in words}
    able = [(word, most) for word in near if (most := policies.errors_forgiven(word))]
    forgiven = dict(able[:MOST_FORGIVEN])
    if not forgiven:
        return near
    first, *others = [
        SchoolWord.objects.order_by(TrigramDistance("word", word)).values_list(
            Value(word, TextField()), "word", "schools"
        )[:NEAREST]
        for word in forgiven
    ]
    candidates = {word: [("saint", 0)] for word in forgiven}
    for word, candidate, schools in first.union(*others, all=True):
        candidates[word].append((candidate, schools))
    for word, most in forgiven.items():
        judged = sorted(
            (policies.typing_errors(word, candidate, most), -schools, candidate)
            for candidate, schools in candidates[word]
        )
        fewest = judged[0][0]
        near[word] = [
            policies.plain_words(candidate)
            for errors, _, candidate in judged[:CORRECTIONS]
            if errors <= min(most, fewest + 1)
        ]
    return near


def _without_one(asked: _Asked, groups: Sequence[Group], limit: int) -> list[School]:
    """Those that have all but one of three words or more: a town remembered wrongly finds the school still.

    Never by words alone that many schools have.
    """
    if not 3 <= len(groups) <= MOST_TRIED:
        return []
    wanted = Q()
    for left_out in range(len(groups)):
        kept = [group for place, group in enumerate(groups) if place != left_out]
        if all(policies.WORDS_OF_MANY.issuperset(group[0]) for group in kept):
            continue
        rest = Q()
        for group in kept:
            rest &= _any(group)
        wanted |= rest
    if not wanted:
        return []
    phrase = " ".join(" ".join(group[0]) for group in groups)
    return _in_order(School.objects.filter(OPEN & wanted), phrase, limit)
