"""What a home is made of: one sentence, one thing to do now, lists of what waits, and whom to ask. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """The one thing to do now."""

    text: str
    href: str


@dataclass(frozen=True)
class Part:
    """A list of what waits: task-list rows {title, href, hint, status, colour}, or why there are none."""

    title: str
    rows: Sequence[dict[str, Any]]
    empty: str
    more: Button | None = None


@dataclass(frozen=True)
class Figure:
    """A number with its words and the list behind it."""

    label: str
    figure: int
    direction: str
    href: str
    link_text: str


@dataclass(frozen=True)
class Home:
    """A whole home. `sentence` says where the person is; `facts` are (name, value) rows such as deadlines."""

    sentence: str
    button: Button | None = None
    figures: Sequence[Figure] = ()
    parts: Sequence[Part] = ()
    facts: Sequence[tuple[str, str]] = field(default_factory=tuple)
    ask: str = ""
