"""What each part of the room adds to a page that they share: a step for the applicant, a panel for staff."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Action:
    """Something that can be done now: its words, where, and how it looks ('primary', 'secondary', 'link')."""

    text: str
    url: str
    kind: str = "secondary"


@dataclass(frozen=True)
class Step:
    """Where the applicant's own application is in one sentence, and what they can do about it."""

    text: str
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class Panel:
    """One part of the page that staff read: a title, a template of this room, what it shows and its actions."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    actions: Sequence[Action] = ()
