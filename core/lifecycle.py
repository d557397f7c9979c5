"""A model's states as one table of verbs. From it come the guard, the buttons, the tests and docs/states.md."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import WrongMoment

NEW = ""


@dataclass(frozen=True)
class Transition:
    """`verb` takes a thing from any of `sources` to `target`; `says` is shown when it cannot."""

    verb: str
    sources: frozenset[str]
    target: str
    says: str = ""


class Lifecycle:
    """The table of one model's transitions; two rows may not share a verb and a source."""

    registry: dict[str, "Lifecycle"] = {}

    def __init__(self, name: str, labels: Iterable[tuple[str, str]], *rows: Transition) -> None:
        self.name = name
        self.labels = dict(labels)
        self.rows = rows
        self._table: dict[tuple[str, str], Transition] = {}
        for row in rows:
            for source in row.sources:
                if (row.verb, source) in self._table:
                    raise ValueError(f"{name}: two rows for {row.verb} from {str(source)!r}")
                self._table[row.verb, source] = row
        Lifecycle.registry[name] = self

    def target(self, verb: str, status: str) -> str:
        """The state that `verb` leads to. Raises WrongMoment with words for the person who asked."""
        row = self._table.get((verb, status))
        if row:
            return row.target
        says = next((each.says for each in self.rows if each.verb == verb and each.says), "")
        raise WrongMoment(
            says
            or f"This is {self.labels.get(status, status).lower()} now, so that cannot be done."
        )

    def allows(self, verb: str, status: str) -> bool:
        """Whether the verb may be used now; a page shows its button only then."""
        return (verb, status) in self._table

    def verbs(self, status: str) -> tuple[str, ...]:
        """The verbs open in a state, in the table's order."""
        return tuple(row.verb for row in self.rows if status in row.sources)


def move(verb: str, sources: Iterable[str], target: str, says: str = "") -> Transition:
    """One row of a lifecycle table."""
    return Transition(verb, frozenset(sources), target, says)
