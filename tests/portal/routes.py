"""Reads the table of routes and asks the portal what each viewer gets: the tools of test_route_matrix.py."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, reverse

from assessment import queries as assessment
from tests.portal.world import VIEWERS, World, undone, writes

SIGN_IN = "in"
MADE_UP = "XXX-22222222"
# What a refusal looks like: sent to sign in, or told no.
REFUSED = {SIGN_IN, "403", "404", "405", "409", "410", "422", "429"}


@dataclass(frozen=True)
class Row:
    """One line of the table: a URL name, the thing it is about, and viewer's word -> 'GET/POST'."""

    name: str
    about: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.name} {self.about}".strip()


def rows(table: str) -> list[Row]:
    """The table's lines below its heading. Raises ValueError for a line with a cell too many or too few."""
    found = []
    for line in table.strip().splitlines()[1:]:
        if not line.strip() or line.startswith("#"):
            continue
        name, about, cells = (part.strip() for part in line.split("|"))
        found.append(Row(name, about, dict(zip(VIEWERS, cells.split(), strict=True))))
    return found


def names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Every URL name there is, with its room."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}"


@dataclass(frozen=True)
class Asked:
    """What a row is about, ready to be asked for."""

    name: str
    kwargs: dict[str, str]
    settings: dict[str, Any]
    # The one word in the address that names a thing not everybody may know of; '' where there is none.
    secret: str

    def path(self, reference: str = "") -> str:
        """The address; with another reference instead, when given."""
        swapped = {self.secret: reference} if reference else {}
        return reverse(self.name, kwargs={**self.kwargs, **swapped})


def asked(row: Row, world: World) -> Asked:
    """'script submitted file=write-up' in words of the address."""
    words = row.about.split()
    given = dict(word.split("=", 1) for word in words if "=" in word)
    settings = {"DEMO": True} if given.pop("demo", "") else {}
    plain = [word for word in words if "=" not in word]
    kwargs: dict[str, str] = {}
    secret = ""
    if plain:
        kind, which = plain
        secret = {"invitation": "token", "persona": "user__reference"}.get(kind, "reference")
        kwargs[secret] = _reference(world, kind, which)
        given = {key: _exact(world, kind, which, key, value) for key, value in given.items()}
    return Asked(row.name, kwargs | given, settings, secret)


def _reference(world: World, kind: str, which: str) -> str:
    if kind == "invitation":
        return world.token
    if kind in ("persona", "person"):
        return world.people[which].reference
    if kind == "enrolment":
        which = {"commenced": "owner NPQH"}.get(which, which)
    things: dict[str, Any] = getattr(world, f"{kind}s")
    return str(things[which].reference)


def _exact(world: World, kind: str, which: str, key: str, value: str) -> str:
    """Words that stand for something only the world knows: its files, its first criterion."""
    if (key, value) == ("file", "write-up"):
        return str(world.scripts[which].write_up.reference)
    if (key, value) == ("file", "of-another-script"):
        return str(world.scripts["started"].write_up.reference)
    if (key, value) == ("code", "first"):
        return str(assessment.marks_of(world.markings[which])[0].criterion.code)
    if (key, value) == ("position", "first"):
        return str(assessment.documents_of(world.markings[which].script)[0].requirement.position)
    return value


@dataclass(frozen=True)
class Answer:
    """A response, and the statements that changed tables while it was made."""

    response: HttpResponse
    body: str
    written: list[str]

    @property
    def cell(self) -> str:
        """The status, or 'in' where it leads to signing in."""
        response = self.response
        if response.status_code == 302 and response["Location"].startswith("/accounts/login/"):
            return SIGN_IN
        return str(response.status_code)

    @property
    def told(self) -> tuple[int, dict[str, str], str]:
        """All that the viewer can tell two answers apart by, without what differs from one to the next."""
        headers = {key: _without(value) for key, value in self.response.headers.items()}
        return self.response.status_code, headers, _without(self.body)


def _without(text: str) -> str:
    """Without form tokens and the address that was asked for, which the viewer typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"csrftoken=\w+", "", text)


def ask(client: Client, method: str, path: str, about: Asked) -> Answer:
    """One request without data; what a POST does is taken back, and the browser keeps the cookies it had."""
    cookies = client.cookies.copy()
    back = undone() if method == "POST" else nullcontext()
    with back, override_settings(**about.settings), writes() as written:
        response = client.generic(method, path)
    body = b"".join(response) if response.streaming else response.content
    client.cookies = cookies
    return Answer(response, body.decode("latin-1"), list(written))


@contextmanager
def quietly() -> Iterator[None]:
    """Thousands of refusals are wanted here, and no log line for each."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
