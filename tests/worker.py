"""A real Celery worker on the test database, for tests marked `integration`.

    from tests.worker import celery_worker_process  # noqa: F401

    @pytest.mark.integration
    def test_it(celery_worker_process):
        worker = celery_worker_process()              # returns when it is ready
        ...
        worker.kill()                                 # kill -9, with its children

Each test has its own keys in Redis, so tests side by side do not take each other's tasks. The worker loads
`python -m celery -A tests.worker`; modules named in `loads` are imported in it, to register tests' reports.
"""

import importlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import kombu.pools
import pytest
from django.conf import settings
from django.db import connection

from npq_portal.celery import app

PREFIX, LOADS = "PORTAL_TEST_KEYS", "PORTAL_TEST_LOADS"
READY_WITHIN = 60


def use_keys(prefix: str) -> None:
    """Let this process's queue live under its own keys of Redis."""
    options = dict(app.conf.broker_transport_options or {})
    app.conf.broker_transport_options = {**options, "global_keyprefix": prefix}
    kombu.pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


class Worker:
    """One worker process with its children, in a group of its own."""

    def __init__(self, log: Path, environment: dict[str, str], concurrency: int) -> None:
        self.log = log
        command = ["celery", "-A", "tests.worker", "worker", "--loglevel=INFO", "--without-mingle"]
        command += ["--without-gossip", "--without-heartbeat", f"--concurrency={concurrency}"]
        command += [f"--hostname={uuid.uuid4().hex[:8]}@%h"]
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                env=environment,
                cwd=settings.BASE_DIR,
                start_new_session=True,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while " ready." not in self.said():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise AssertionError(f"the worker did not start:\n{self.said()}")
            time.sleep(0.1)

    def said(self) -> str:
        """What it wrote so far."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """kill -9 of the worker and its children at once."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Let it end in order."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)


@pytest.fixture
def celery_worker_process(
    transactional_db: None, files_folder: Path
) -> Iterator[Callable[..., Worker]]:
    """Start a worker: `celery_worker_process(loads=["tests.x"], concurrency=1)`. All end with the test."""
    prefix = f"test-{uuid.uuid4().hex}-"
    before = app.conf.broker_transport_options
    use_keys(prefix)
    started: list[Worker] = []

    def start(loads: list[str] | None = None, concurrency: int = 1) -> Worker:
        log = files_folder / f"worker-{len(started)}.log"
        worker = Worker(log, _environment(prefix, files_folder, loads or []), concurrency)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
    _forget_keys(prefix)
    app.conf.broker_transport_options = before
    use_keys("")
    app.conf.broker_transport_options = before


def wait_for(what: Callable[[], Any], seconds: float = 40) -> Any:
    """What the call returns once that is true. Fails after so many seconds."""
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
    return found


def _environment(prefix: str, folder: Path, loads: list[str]) -> dict[str, str]:
    row = connection.settings_dict
    address = (
        f"postgres://{row['USER']}:{row['PASSWORD']}@{row['HOST']}:{row['PORT']}/{row['NAME']}"
    )
    return {
        **os.environ,
        "DATABASE_URL": address,
        "NPQ_VAR": str(folder),
        PREFIX: prefix,
        LOADS: ",".join(loads),
        "PYTHONWARNINGS": "ignore",
    }


def _forget_keys(prefix: str) -> None:
    import redis

    store = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    for key in store.scan_iter(f"{prefix}*"):
        store.delete(key)
    store.close()


def _in_the_worker() -> None:
    use_keys(os.environ[PREFIX])
    import django

    django.setup()
    for name in filter(None, os.environ.get(LOADS, "").split(",")):
        importlib.import_module(name)


if PREFIX in os.environ:
    _in_the_worker()
