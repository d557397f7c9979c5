"""The portal as real processes for journeys and measurements: web server, Celery worker, own data folder.

Nothing here knows pytest; `tests.bench` starts the portal by the same hands.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def database_url(settings: dict[str, object]) -> str:
    """The address of the database that Django's settings describe; in a test it is the test database."""
    user, password, name = (quote(str(settings[key]), "") for key in ("USER", "PASSWORD", "NAME"))
    return f"postgres://{user}:{password}@{settings['HOST']}:{settings['PORT']}/{name}"


def own_queue(address: str, process: str) -> str:
    """The queue of one of several test processes: 'redis://host:6379/0' in 'gw1' becomes '…/2', alone it stays.

    Portals on one database of Redis would take each other's messages; Redis has sixteen.
    """
    if not process:
        return address
    scheme, _, rest = address.partition("://")
    host, _, given = rest.partition("/")
    return f"{scheme}://{host}/{(int(given or 0) + 1 + int(process.removeprefix('gw'))) % 16}"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


@dataclass
class Portal:
    """A portal in `folder` on the database and queue given; every process it starts ends with `stop`."""

    folder: Path
    database: str
    queue: str
    demo: bool = True
    port: int = field(default_factory=free_port)
    _children: list[tuple[str, subprocess.Popen[bytes], IO[bytes]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """What the processes are told: as in earnest, except for the persona page where `demo`."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NPQ_")}
        return kept | {
            "DATABASE_URL": self.database,
            "REDIS_URL": self.queue,
            "SECRET_KEY": "for-journeys-only-" + "0123456789" * 4,
            "NPQ_DEMO": "1" if self.demo else "0",
            "NPQ_BASE_URL": self.url,
            "NPQ_VAR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "npq_portal.settings",
        }

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py; its output. RuntimeError with its last words when it fails."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{done.stderr[-3000:]}")
        return done.stdout

    def start_web(self, *, application: str = "npq_portal.wsgi", workers: int = 2) -> None:
        """gunicorn with sync workers, which answers when this returns."""
        self.start(
            "web",
            *("gunicorn", "--workers", str(workers), "--worker-class", "sync", "--preload"),
            *("--bind", f"{HOST}:{self.port}", "--no-control-socket", application),
        )
        self._wait_until_it_answers()

    def start_worker(self) -> None:
        """A Celery worker; what is in its queue it does when it is up."""
        self.start(
            "worker",
            *("celery", "-A", "npq_portal", "worker", "--concurrency", "1", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        )

    def start(self, name: str, *command: str) -> None:
        """A module of Python as a process of its own, its words in <name>.log."""
        log = (self.folder / f"{name}.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        self._children.append((name, process, log))

    def log(self, name: str) -> str:
        """What a process has said so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def stop(self) -> None:
        """End every process, the newest first."""
        while self._children:
            _, process, log = self._children.pop()
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            log.close()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for name, process, _ in self._children:
                if process.poll() is not None:
                    raise RuntimeError(f"{name} ended at once:\n{self.log(name)[-3000:]}")
            if self._answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"no answer within {PATIENCE:.0f} seconds:\n{self.log('web')[-3000:]}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()
