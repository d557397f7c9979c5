"""The database and the static files, made ready and then left alone until what they come from changes."""

import subprocess
import sys
import time

from dev import locks, processes, stamps
from dev.interrupts import interrupts
from dev.postgres import Postgres
from dev.say import Stop
from dev.services import Services

DATABASE_SOURCES = (
    "*/migrations/*.py",
    "*/management/commands/load_reference.py",
    "fixtures/**/*",
    "requirements.lock",
)
# Thousands of small commits need not each wait for the disk: after a crash all is made again.
UNHURRIED = {"PGOPTIONS": "-c synchronous_commit=off"}
STATIC_SOURCES = ("static/**/*", "*/static/**/*", "npq_portal/settings.py", "requirements.lock")


def database_is_current(services: Services) -> bool:
    """Only ours can be known: a server given by its address may have been changed by others."""
    if not services.database_is_ours:
        return False
    stamp = stamps.of_files(services.places.root, DATABASE_SOURCES)
    return stamps.is_current(services.places.var / "database-stamp", stamp)


def database(services: Services, *, demo: bool = False) -> None:
    """Tables and reference data, and the demo when asked and there is nobody yet."""
    steps = [] if database_is_current(services) else ["migrate", "reference"]
    if demo and not _has_people(services):
        steps.append("demo")
    _inside(services, steps)


def _has_people(services: Services) -> bool:
    """Asked of a database of ours without starting Django; of any other the demo step asks itself."""
    servers = [server for server in services.servers if isinstance(server, Postgres)]
    return any(server.ask("select exists (select from accounts_user)") == "t" for server in servers)


def everything(services: Services, *, demo: bool) -> None:
    """The database as above, and beside it the static files, both only as far as needed."""
    var = services.places.var
    stamp = stamps.of_files(services.places.root, STATIC_SOURCES)
    collecting = None
    if not stamps.is_current(var / "static" / ".stamp", stamp):
        command = [str(services.places.python), "manage.py", "collectstatic"]
        collecting = processes.start(
            "collectstatic",
            [*command, "--noinput", "-v0"],
            env=services.env,
            cwd=services.places.root,
            logs=var / "logs",
        )
    try:
        database(services, demo=demo)
        while collecting and not collecting.ended():
            time.sleep(0.05)
    finally:
        if collecting:
            collecting.stop(interrupts.hurry, grace=5)
    if collecting:
        if collecting.process.returncode:
            raise Stop(f"The static files could not be collected:\n{collecting.last_words()}")
        stamps.write(var / "static" / ".stamp", stamp)


def _inside(services: Services, steps: list[str]) -> None:
    """Run the steps in one process of the portal's environment; its words go to standard error."""
    if not steps:
        return
    places = services.places
    with locks.held(places.var / "prepare.lock", "Another command prepares the database; waiting."):
        done = subprocess.run(
            [places.python, "-m", "dev.inside", *steps],
            cwd=places.root,
            env=services.env | UNHURRIED,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            umask=processes.OWNER_ONLY,
        )
        if done.returncode:
            raise Stop("The database could not be prepared; see above.")
        if services.database_is_ours:
            stamp = stamps.of_files(places.root, DATABASE_SOURCES)
            stamps.write(places.var / "database-stamp", stamp)
