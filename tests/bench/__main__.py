"""`make bench`: medians of each role's home, the marking page and saving a mark, beside a bare Django page.

Two sync gunicorn workers each, DEBUG off, one client, the demonstration's own data on the database given in
DATABASE_URL, which must hold nobody yet; then reading 30,000 schools and looking for them. `--rounds N` measures
each N times, `--only pages` or `--only schools` one of the two parts.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import django

from tests.bench import schools
from tests.bench.client import Answer, Client
from tests.journeys.running import HOST, Portal

WARM_UP = 5
ROUNDS = 60
PANEL = {"X-Part": "panel"}  # what the page's own script asks for


@dataclass(frozen=True)
class Measured:
    """One line of the table, in milliseconds."""

    name: str
    times: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def slow(self) -> float:
        """Nineteen of twenty were as quick as this."""
        return statistics.quantiles(self.times, n=20)[-1]


def measure(name: str, ask: Callable[[], Answer], rounds: int) -> Measured:
    """Ask again and again. RuntimeError for an answer that is not 200: a quick refusal is no result."""
    times = []
    for place in range(WARM_UP + rounds):
        answer = ask()
        if answer.status != 200:
            raise RuntimeError(f"{name} answered {answer.status}: {answer.body[:500]}")
        if place >= WARM_UP:
            times.append(answer.took)
    return Measured(name, times)


def persona(portal: Portal, role: str, **wanted: object) -> Client:
    """A client signed in through the persona page as the first of a role who has something to do."""
    from accounts.models import Persona

    found = Persona.objects.filter(user__memberships__role=role, **wanted).distinct().first()
    if found is None:
        raise RuntimeError(f"the demonstration has no {role} with {wanted or 'a persona'}")
    client = Client(HOST, portal.port)
    answer = client.post(
        f"/demo/{found.user.reference}/sign-in/", {"csrfmiddlewaretoken": client.token("/demo/")}
    )
    if answer.location != "/home/":
        raise RuntimeError(f"could not be {role}: {answer.status} {answer.body[:300]}")
    return client


def homes(portal: Portal, rounds: int) -> list[Measured]:
    """The home of every role that the demonstration has a persona of."""
    from accounts.models import Membership
    from accounts.states import Role

    held = Membership.objects.filter(user__persona__isnull=False).values_list("role", flat=True)
    lines = []
    for role in (each for each in Role if each.value in set(held)):
        client = persona(portal, role)
        path = f"/home/{role.value}/"
        if client.get(path).status != 200:
            path = "/home/"
        lines.append(measure(f"home of {role.label.lower()}", lambda: client.get(path), rounds))  # noqa: B023
        client.close()
    return lines


def marking(portal: Portal, rounds: int) -> list[Measured]:
    """The marking page, its right-hand side alone, and saving a mark, on the demonstration's longest script."""
    from assessment.models import Mark, Marking
    from assessment.states import MarkingStatus

    chosen = (
        Marking.objects.filter(
            status__in=(MarkingStatus.ALLOCATED, MarkingStatus.STARTED),
            assessor__persona__isnull=False,
        )
        .select_related("assessor", "script")
        .order_by("-script__words")
        .first()
    )
    if chosen is None:
        raise RuntimeError("the demonstration has nothing to mark")
    client = persona(portal, "assessor", user=chosen.assessor)
    page = f"/marking/{chosen.reference}/"
    mark = Mark.objects.filter(marking=chosen).select_related("criterion__criterion").first()
    assert mark is not None
    token = client.token(page)
    said = {"version": mark.version, "value": 1}

    def save() -> Answer:
        said["value"] = 3 - said["value"]  # 2, 1, 2, ... so that each save changes the mark
        form = {
            "csrfmiddlewaretoken": token,
            "value": str(said["value"]),
            "confidence": "secure",
            "reason": "Measured.",
            "version": str(said["version"]),
        }
        path = f"{page}marks/{mark.criterion.criterion.code}/"
        answer = client.post(path, form, Accept="application/json")
        if answer.status == 200:
            said["version"] = json.loads(answer.body)["version"]
        return answer

    words = chosen.script.words or 0
    lines = [
        measure(f"marking page, {words:,} words of text", lambda: client.get(page), rounds),
        measure("marking page, one criterion only", lambda: client.get(page, **PANEL), rounds),
        measure("saving a mark", save, rounds),
    ]
    client.close()
    return lines


def table(bare: Measured, lines: list[Measured]) -> str:
    """Milliseconds, and how many bare pages each page costs."""
    width = max(len(line.name) for line in [bare, *lines])
    rows = [f"{'page':<{width}}  median ms   95% ms   x bare"]
    rows += [
        f"{line.name:<{width}}  {line.median:9.1f}  {line.slow:7.1f}  {line.median / bare.median:7.1f}"
        for line in [bare, *lines]
    ]
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Measure and print. 1 with the reason when something would not be measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=("pages", "schools"))
    asked = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "npq_portal.settings")
    django.setup()
    if asked.only != "schools":
        print(pages(asked.rounds))
    if asked.only != "pages":
        print(f"\nMaking and reading {schools.SCHOOLS:,} schools", flush=True)
        print(f"\n{schools.measure(asked.rounds)}")
    return 0


def pages(rounds: int) -> str:
    """The pages' table."""
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        database, queue = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
        plain, portal = (Portal(folder / name, database, queue) for name in ("bare", "portal"))
        for each in (plain, portal):
            each.folder.mkdir()
            ending.callback(each.stop)
        print("Making the demonstration", flush=True)
        portal.manage("collectstatic", "--noinput", "--verbosity", "0")
        print(portal.manage("seed_demo").splitlines()[-1], flush=True)
        plain.start_web(application="tests.bench.bare")
        portal.start_web()
        client = Client(HOST, plain.port)
        before = measure("bare", lambda: client.get("/"), rounds)
        lines = [*homes(portal, rounds), *marking(portal, rounds)]
        after = measure("bare", lambda: client.get("/"), rounds)
        client.close()
    bare = Measured("bare Django page with one query", before.times + after.times)
    return (
        f"\nOne client, two sync workers, median of {rounds}; bare measured before and after\n\n"
        f"{table(bare, lines)}"
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except RuntimeError as trouble:
        print(f"Not measured: {trouble}", file=sys.stderr)
        sys.exit(1)
