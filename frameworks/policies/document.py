"""Judges an edition's document before it is imported, and compares two of them. Pure; the format is contracts' own."""

import re
from collections.abc import Callable, Iterator
from typing import Any

MOST_PROBLEMS = 20
_EDITION = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,10}")
_LEVEL = re.compile(r"[A-Z][A-Z0-9]{0,9}")
_CODE = re.compile(r"[0-9]+(\.[0-9]+)+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ue000\ue001]")


def problems(document: object) -> list[str]:
    """What is wrong with the document, a sentence each; none when it can be imported."""
    found = []
    for problem in _Reading().edition(document):
        found.append(problem)
        if len(found) == MOST_PROBLEMS:
            break
    return found


class _Reading:
    """One walk through a document; `where` of each check names the place as a person would."""

    def edition(self, document: object) -> Iterator[str]:
        if not isinstance(document, dict):
            yield "The file must hold one object with edition, title, source, licence and levels."
            return
        yield from self._text(document, "edition", "The file", 11, _EDITION)
        for key, most in (("title", 200), ("source", 4000), ("licence", 200)):
            yield from self._text(document, key, "The file", most)
        yield from self._list(document, "behaviours", "The file", self._behaviour, "name")
        if not document.get("levels"):
            yield "The file: levels must be a list with at least one level."
            return
        yield from self._list(document, "levels", "The file", self._level, "code")

    def _behaviour(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        yield from self._text(entry, "name", where, 100)
        yield from self._text(entry, "description", where)

    def _level(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        yield from self._text(entry, "code", where, 10, _LEVEL)
        yield from self._text(entry, "name", where, 200)
        label = f"Level {entry.get('code')!s:.20}"
        yield from self._list(entry, "areas", label, self._area, "number")
        yield from self._list(entry, "tasks", label, self._task, "number")
        yield from self._codes(entry, label)

    def _area(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        yield from self._number(entry, "number", where, 99)
        yield from self._text(entry, "name", where, 200)
        how_to = entry.get("learn_how_to")
        if not isinstance(how_to, list):
            yield f"{where}: learn_how_to must be a list of texts."
        else:
            for text in how_to:
                yield from self._text({"entry": text}, "entry", f"{where}, learn_how_to")
        yield from self._list(entry, "learn_about", where, self._about)
        yield from self._list(entry, "criteria", where, self._criterion, "code")

    def _about(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        yield from self._text(entry, "text", where)
        yield from self._texts(entry, "items", where, required=False)

    def _criterion(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        yield from self._text(entry, "code", where, 12, _CODE)
        yield from self._text(entry, "text", where)

    def _task(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        yield from self._number(entry, "number", where, 99)
        yield from self._text(entry, "title", where, 200)
        yield from self._number(entry, "word_limit", where, 100_000)
        yield from self._number(entry, "marks_available", where, 200)
        yield from self._list(entry, "criteria", where, self._marked, "code")
        yield from self._marks(entry, where)

    def _marks(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        criteria, available = entry.get("criteria"), entry.get("marks_available")
        if isinstance(criteria, list) and _is_number(available) and available != 2 * len(criteria):
            yield (
                f"{where}: marks_available is {available}, but {len(criteria)} criteria of 0, 1 or 2 "
                f"make {2 * len(criteria)}."
            )
        value = entry.get("pass_mark")
        if value is None:
            return
        yield from self._number(entry, "pass_mark", where, 200)
        if _is_number(value) and _is_number(available) and value > available:
            yield f"{where}: pass_mark {value} is more than the {available} marks available."
        yield from self._text(entry, "pass_mark_source", where, 200)

    def _marked(self, entry: dict[str, Any], where: str) -> Iterator[str]:
        yield from self._text(entry, "code", where, 12, _CODE)
        if entry.get("part") is not None:
            yield from self._text(entry, "part", where, 2)
        yield from self._texts(entry, "documents", where, most=120)

    def _codes(self, level: dict[str, Any], where: str) -> Iterator[str]:
        """Each code once in the level, and each code that a task marks is one of them (F4)."""
        known: set[str] = set()
        for area in _entries(level, "areas"):
            for criterion in _entries(area, "criteria"):
                code = criterion.get("code")
                if isinstance(code, str):
                    if code in known:
                        yield f"{where}: criterion {code} appears in two areas."
                    known.add(code)
        for task in _entries(level, "tasks"):
            for marked in _entries(task, "criteria"):
                if isinstance(marked.get("code"), str) and marked["code"] not in known:
                    yield f"{where}: task {task.get('number')} marks {marked['code']:.20}, which no area has."

    def _text(
        self,
        entry: dict[str, Any],
        key: str,
        where: str,
        most: int = 4000,
        shape: re.Pattern[str] | None = None,
    ) -> Iterator[str]:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            yield f"{where}: {key} must be a text."
        elif len(value) > most:
            yield f"{where}: {key} is longer than {most:,} characters."
        elif _CONTROL.search(value):
            yield f"{where}: {key} holds a line break or a character that cannot be shown."
        elif shape and not shape.fullmatch(value):
            yield f"{where}: {key} '{value}' is not written as this format writes one."

    def _texts(
        self,
        entry: dict[str, Any],
        key: str,
        where: str,
        *,
        required: bool = True,
        most: int = 4000,
    ) -> Iterator[str]:
        if key not in entry and not required:
            return
        value = entry.get(key)
        if not isinstance(value, list):
            yield f"{where}: {key} must be a list of texts."
            return
        for text in value:
            yield from self._text({key: text}, key, where, most)
        if len({str(text) for text in value}) < len(value):
            yield f"{where}: {key} names the same thing twice."

    def _number(self, entry: dict[str, Any], key: str, where: str, most: int) -> Iterator[str]:
        value = entry.get(key)
        if not _is_number(value) or not 1 <= value <= most:  # type: ignore[operator]
            yield f"{where}: {key} must be a whole number from 1 to {most:,}."

    def _list(
        self,
        entry: dict[str, Any],
        key: str,
        where: str,
        check: Callable[[dict[str, Any], str], Iterator[str]],
        unique: str = "",
    ) -> Iterator[str]:
        value = entry.get(key)
        if not isinstance(value, list):
            yield f"{where}: {key} must be a list."
            return
        seen: set[str] = set()
        for place, each in enumerate(value, start=1):
            if not isinstance(each, dict):
                yield f"{where}, {key}: entry {place} must be an object."
                continue
            name = str(each.get(unique))[:40] if unique else str(place)
            yield from check(each, f"{where}, {key} {name}")
            if unique and name in seen:
                yield f"{where}, {key}: {unique} {name} appears twice."
            seen.add(name)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _entries(entry: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = entry.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def differences(stored: dict[str, Any], given: dict[str, Any]) -> list[str]:
    """Where a document departs from what is stored, a sentence each.

    Levels that the document leaves out are not compared, nor is a pass mark that it leaves empty (F8).
    """
    found = []
    for key in ("title", "source", "licence"):
        if stored[key] != given[key]:
            found.append(_differ(key, stored[key], given[key]))
    found += _compare("behaviours", stored["behaviours"], given["behaviours"])
    levels = {level["code"]: level for level in stored["levels"]}
    for level in given["levels"]:
        if level["code"] not in levels:
            found.append(f"{level['code']} is not in the edition")
        else:
            found += _compare_level(levels[level["code"]], level)
    return found


def _compare_level(stored: dict[str, Any], given: dict[str, Any]) -> list[str]:
    asked = {task["number"]: task.get("pass_mark") for task in given["tasks"]}
    found = []
    for key in ("name", "areas", "tasks"):
        before, after = _plain(stored[key], asked), _plain(given[key], asked)
        found += _compare(f"{stored['code']}, {key}", before, after)
    return found


def _plain(value: Any, asked: dict[int, int | None]) -> Any:
    """The value without what is not compared: empty items, and pass marks that were left empty."""
    if isinstance(value, list):
        return [_plain(each, asked) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _plain(each, asked) for key, each in value.items() if key != "items" or each}
    if "word_limit" in kept and asked.get(kept["number"]) is None:
        kept.pop("pass_mark", None)
        kept.pop("pass_mark_source", None)
    return kept


def _compare(where: str, stored: Any, given: Any) -> list[str]:
    if isinstance(stored, list) and isinstance(given, list):
        found = []
        if len(stored) != len(given):
            found.append(f"{where}: {len(stored)} stored, {len(given)} in the file")
        for place, (before, after) in enumerate(zip(stored, given, strict=False), start=1):
            found += _compare(f"{where} {_name(before, place)}", before, after)
        return found
    if isinstance(stored, dict) and isinstance(given, dict):
        found = []
        for key in [*stored, *(key for key in given if key not in stored)]:
            found += _compare(f"{where}, {key}", stored.get(key), given.get(key))
        return found
    return [] if stored == given else [_differ(where, stored, given)]


def _name(entry: Any, place: int) -> str:
    if isinstance(entry, dict):
        return str(entry.get("code") or entry.get("number") or place)
    return str(place)


def _differ(where: str, stored: Any, given: Any) -> str:
    return f"{where}: stored '{_short(stored)}', in the file '{_short(given)}'"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
