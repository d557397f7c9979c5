"""The reports that can be asked for, by name. Upper rooms add theirs when the portal starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Progress = Callable[[int, int], None]
Build = Callable[[str, Progress], dict[str, Any]]


@dataclass(frozen=True)
class Report:
    """One kind of report: its title, the template for page and PDF, and the builder of its context.

    `build` takes the reference of its subject and a function to tell 'this many of so many steps done'. It may
    run again after a crash, so it only reads. Raises core.errors.Refused with words when it cannot be made.
    """

    name: str
    title: str
    template: str
    build: Build


_reports: dict[str, Report] = {}


def register(name: str, *, title: str, template: str, build: Build) -> None:
    """Add a report; a name is registered once."""
    if name in _reports:
        raise ValueError(f"two reports named {name}")
    _reports[name] = Report(name, title, template, build)


def find(name: str) -> Report:
    """The report of that name. Raises LookupError."""
    if name not in _reports:
        raise LookupError(f"no report is named {name}")
    return _reports[name]


def names() -> tuple[str, ...]:
    """Every registered name."""
    return tuple(sorted(_reports))
