"""Words for schools: those to choose from, and what each reading of the Department's file did (G3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.templatetags.portal import number, uk_date
from programmes import policies
from programmes.models import School, SchoolChange, SchoolImport

NOT_SAID = frozenset({"", "Not applicable"})
DAYS = frozenset({"changed_on", "closed_on"})
_COLUMNS = [field.name for field in School._meta.get_fields()]
# What a column is called where it changed, besides the model's own words for it.
CALLED = {
    "region": "region",
    "district": "district",
    "fsm_percent": "free school meals, per cent",
    "closed_because": "reason for closing",
    "closed_on": "closed on",
    "changed_on": "last changed at the Department",
}


@dataclass(frozen=True)
class Choice:
    """A school to choose: what tells it from others, and what it took the place of."""

    urn: str
    label: str
    where: str
    what: str
    replaced: str = ""


@dataclass(frozen=True)
class Found:
    """What the picker shows: schools to choose from, and sentences about closed ones without a successor."""

    choices: Sequence[Choice]
    gone: Sequence[str]


def found(schools: Iterable[School]) -> Found:
    """Each open school once; a closed one as 'Now: …' its successor, to be chosen instead."""
    choices: dict[str, Choice] = {}
    gone = []
    for school in schools:
        now = school
        if policies.is_closed(school.status):
            if school.successor is None or not policies.is_open(school.successor.status):
                gone.append(
                    f"{named(school)} {_closed(school)}. We know of no school that replaced it."
                )
                continue
            now = school.successor
        choice = choices.setdefault(
            now.urn, Choice(urn=now.urn, label=now.name, where=where(now), what=_what(now))
        )
        if now is not school and not choice.replaced:
            words = f"{named(school)} {_closed(school)}."
            choices[now.urn] = replace(choice, label=f"Now: {now.name}", replaced=words)
    return Found(list(choices.values()), gone)


def named(school: School) -> str:
    """'Weir Bank School (URN 900001)'."""
    return f"{school.name} (URN {school.urn})"


def where(school: School) -> str:
    """'Chapel Lane, Westmark, ZZ9 1AA', each place told once."""
    places = (school.street, school.locality, school.town or school.district, school.postcode)
    return ", ".join(dict.fromkeys(place for place in places if place))


def _what(school: School) -> str:
    parts = [school.phase, school.kind]
    return ", ".join([*(part for part in parts if part not in NOT_SAID), f"URN {school.urn}"])


def _closed(school: School) -> str:
    if school.closed_on:
        return f"closed on {uk_date(school.closed_on)}"
    return "has closed" if policies.is_closed(school.status) else "is not open yet"


@dataclass(frozen=True)
class Count:
    """A figure of one reading, and where its rows are listed."""

    label: str
    figure: str
    href: str = ""
    link_text: str = ""


def counts(run: SchoolImport) -> list[Count]:
    """What a reading did; those with rows of their own lead to them."""

    def listed(name: str, count: int, link_text: str) -> Count:
        if not count:
            return Count(name.capitalize(), "0")
        return Count(name.capitalize(), number(count), f"?show={name}#rows", link_text)

    return [
        listed("refused", run.refused, "See refused rows"),
        listed("closed", run.closed, "See closed schools"),
        listed("changed", run.changed, "See changed schools"),
        Count("Added", number(run.added)),
        Count("Unchanged", number(run.unchanged)),
    ]


def facts(run: SchoolImport) -> list[tuple[str, str]]:
    """What was read."""
    compared = (
        "Every row" if run.full else "Rows that the Department changed since the last reading"
    )
    return [
        ("File", run.file_name),
        ("Read by", run.read_by.name if run.read_by else "The portal’s command"),
        ("Compared", compared),
        ("SHA-256", run.sha256),
    ]


def in_short(run: SchoolImport) -> str:
    """'2 added, 1 closed, 3 refused'; 'Nothing was new' when it changed nothing."""
    told = [
        f"{number(count)} {word}"
        for word, count in (
            ("added", run.added),
            ("changed", run.changed),
            ("closed", run.closed),
            ("refused", run.refused),
        )
        if count
    ]
    return ", ".join(told) or "Nothing was new"


def changes(rows: Iterable[SchoolChange]) -> list[dict[str, Any]]:
    """One line for each school that changed: what it was before and is after, in words."""
    return [
        {
            "school": row.school,
            "words": [
                f"{_called(name)}: {_said(name, row.before.get(name))}, now {_said(name, value)}"
                for name, value in sorted(row.after.items(), key=_place)
            ],
            "closed_on": row.school.closed_on,
            "because": row.school.closed_because,
            "successor": row.school.successor,
        }
        for row in rows
    ]


def _place(changed: tuple[str, Any]) -> int:
    """Where the column stands in the model: the database keeps no order of them."""
    return _COLUMNS.index(changed[0])


def _called(name: str) -> str:
    words = CALLED.get(name) or str(getattr(School._meta.get_field(name), "verbose_name", name))
    return words[0].upper() + words[1:]


def _said(name: str, value: Any) -> str:
    if value is None or value == "":
        return "empty"
    if name in DAYS:
        return uk_date(date.fromisoformat(value))
    return number(value) if isinstance(value, int) else str(value)
