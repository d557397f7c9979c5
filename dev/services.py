"""The database and the queue that a command needs: those given by address, else our own.

Commands that work on the same folder share its servers: whoever comes first starts them, whoever
leaves last stops them. Throw-away servers have a folder that goes away with them.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from dev import locks, postgres
from dev.packages import clean_environment
from dev.places import OUTSIDE, Places, claim
from dev.postgres import Postgres
from dev.say import Stop, note
from dev.valkey import Valkey

THROWAWAY = "npq-portal-throwaway-"
WAITING = "Another command is starting or stopping the services of this folder; waiting for it."


@dataclass
class Services:
    """What a command runs on: the folder, the environment of its programs, and the servers of ours."""

    places: Places
    env: dict[str, str]
    servers: list[Postgres | Valkey] = field(default_factory=list)

    @property
    def database_is_ours(self) -> bool:
        return any(isinstance(server, Postgres) for server in self.servers)

    def dead(self) -> list[str]:
        return [type(server).__name__ for server in self.servers if not server.alive()]


@contextmanager
def running(places: Places) -> Iterator[Services]:
    """The services of the data folder, for a block."""
    claim(places)
    with _shared(places, throwaway=False) as services:
        yield services


@contextmanager
def throwaway(places: Places, *, durable: bool = False) -> Iterator[Services]:
    """Services of one's own in a folder that is removed afterwards; `durable` ones do sync to disk."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=THROWAWAY, dir=OUTSIDE if OUTSIDE.is_dir() else None))
    folder.chmod(0o711)
    inside = replace(places, var=folder)
    try:
        with _shared(inside, throwaway=not durable) as services:
            yield services
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Stop and remove what killed tests left behind; those of living ones are locked and stay."""
    for folder in OUTSIDE.glob(THROWAWAY + "*"):
        try:
            if folder.stat().st_uid != os.geteuid():
                continue
            users = locks.taken(folder / "users.lock")
        except OSError:
            continue
        if users is None:
            continue
        note(f"Removing {folder}, left behind by a test run that was killed.")
        nowhere = Path(os.devnull)
        Postgres(folder / "postgres", nowhere).stop()
        queue = Valkey(folder / "valkey", nowhere)
        if queue.adopt():
            queue.stop()
        users.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _shared(places: Places, *, throwaway: bool) -> Iterator[Services]:
    start = places.var / "start.lock"
    with locks.held(start, WAITING):
        services = Services(places, environment(places, os.environ))
        users = locks.taken(places.var / "users.lock", shared=True)
        try:
            _start(services, os.environ, throwaway=throwaway)
        except BaseException:
            _leave(services, users)
            raise
    try:
        yield services
    finally:
        with locks.held(start, WAITING):
            _leave(services, users)


def _start(services: Services, environ: Mapping[str, str], *, throwaway: bool) -> None:
    places = services.places
    if not environ.get("REDIS_URL"):
        queue = Valkey(places.var / "valkey", places.site_packages, throwaway)
        services.servers.append(queue)
        queue.start()
        services.env["REDIS_URL"] = queue.url
    if not environ.get("DATABASE_URL"):
        database = Postgres(database_home(places), places.site_packages, throwaway)
        services.servers.append(database)
        database.start()
        services.env["DATABASE_URL"] = database.url
        services.env["PATH"] = f"{database.programs}{os.pathsep}{services.env.get('PATH', '')}"


def _leave(services: Services, users: IO[str] | None) -> None:
    """Stop the servers unless somebody else still uses them."""
    if users is None:
        return
    with users:
        if locks.alone(users):
            for server in reversed(services.servers):
                server.stop()


def database_home(places: Places) -> Path:
    """In the data folder when the server's user can reach it, else outside and tied to it.

    The tie is a name kept on both sides. When the data folder was removed and made anew, the database
    of the old one is put aside: it belongs to files and a key that are gone.
    """
    inside = places.var / "postgres"
    user = postgres.server_user()
    if user is None or inside.exists() or may_pass(places.var, user.pw_uid, user.pw_gid):
        return inside
    outside, tie = places.outside, places.var / "database-tie"
    if outside.exists() and outside.stat().st_uid not in (0, user.pw_uid):
        raise Stop(
            f"{outside} belongs to somebody else. Remove it, or keep the data elsewhere: NPQ_VAR=FOLDER"
        )
    if outside.exists() and not _tied(tie, outside / "database-tie"):
        aside = Path(tempfile.mkdtemp(prefix=f"{outside.name}-old-", dir=outside.parent))
        note(f"A database of an earlier {places.var} was found; it is kept in {aside}.")
        Postgres(outside, places.site_packages).stop()
        outside.rename(aside)
    if not outside.exists():
        outside.mkdir(mode=0o700)
        name = secrets.token_hex(8)
        tie.write_text(name)
        (outside / "database-tie").write_text(name)
    return outside


def _tied(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_text() == other.read_text()


def may_pass(folder: Path, uid: int, gid: int) -> bool:
    """Whether that user may walk into the folder, judged by the permissions all the way down."""
    for step in [folder, *folder.parents]:
        about = step.stat()
        shift = 6 if about.st_uid == uid else 3 if about.st_gid == gid else 0
        if not about.st_mode >> shift & 0o1:
            return False
    return True


def environment(places: Places, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the portal's programs, without the addresses of servers not yet started."""
    env = clean_environment()
    env["NPQ_VAR"] = str(places.var)
    env["DJANGO_SETTINGS_MODULE"] = "npq_portal.settings"
    if not environ.get("SECRET_KEY"):
        env["SECRET_KEY"] = secret_key(places.var)
    return env


def secret_key(var: Path) -> str:
    """Made once, readable by its owner only, whole or not there at all."""
    path = var / "secret-key"
    if not path.exists():
        handle, fresh = tempfile.mkstemp(prefix="secret-key-", dir=var)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        os.replace(fresh, path)
    return path.read_text().strip()
