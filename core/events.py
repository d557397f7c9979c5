"""The kind of thing that a room's events module lists: a name and the sentence auditors read."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Event:
    """`name` is room.past_tense; `sentence` may use {by}, {for_whom}, {object} and the facts recorded."""

    registry: ClassVar[dict[str, "Event"]] = {}

    name: str
    sentence: str

    def __post_init__(self) -> None:
        if self.name in Event.registry:
            raise ValueError(f"two events named {self.name}")
        Event.registry[self.name] = self
