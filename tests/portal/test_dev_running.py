"""How dev.py runs things: once per folder, watched, stopped whole, and what its commands answer."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from dev import checks, cli, locks, places, portal, ports, processes
from dev.places import Places
from dev.say import Stop
from tests.portal.clones import clone

pytestmark = pytest.mark.whole

ROOT = places.ROOT


@pytest.fixture
def here(tmp_path: Path) -> Places:
    return clone(tmp_path)


def test_a_second_run_says_where_the_first_one_is(
    here: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    first = locks.taken(here.var / "run.lock")
    assert first
    (here.var / "running.json").write_text(json.dumps({"url": "http://127.0.0.1:8004", "pid": 1}))
    assert portal.run(here) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "The portal already runs from this folder: http://127.0.0.1:8004\n"
        "To run a second one, give it its own data folder: NPQ_VAR=FOLDER make run\n"
    )
    first.close()


class Answers(BaseHTTPRequestHandler):
    """A portal whose queue is away at first, and there when asked again."""

    codes: list[int]

    def do_GET(self) -> None:
        self.send_response(self.codes.pop(0))
        self.end_headers()
        self.wfile.write(b"queue")

    def log_message(self, *arguments: object) -> None:
        pass


def test_health_is_good_only_when_the_portal_says_so() -> None:
    Answers.codes = [503, 200]
    with HTTPServer((ports.HOST, 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert portal.health(server.server_port) == ("queue", False)
        assert portal.health(server.server_port) == ("queue", True)
        server.shutdown()
    assert portal.health(server.server_port)[1] is False


@pytest.fixture
def child(tmp_path: Path) -> Iterator[processes.Child]:
    """A process that says something and starts another that takes no notice of being asked to end."""
    program = "import subprocess, sys, time; print('hello', flush=True); "
    program += "subprocess.Popen(['sh', '-c', 'trap \"\" TERM; sleep 100']); time.sleep(100)"
    command = [sys.executable, "-c", program]
    started = processes.start("web", command, env=dict(os.environ), cwd=tmp_path, logs=tmp_path)
    yield started
    started.stop(lambda: True)


def test_a_child_is_stopped_with_all_that_it_started(child: processes.Child) -> None:
    deadline = time.monotonic() + 20
    while child.last_words() != "hello" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert child.last_words() == "hello"
    assert not child.ended()
    child.stop(lambda: False, grace=5)
    assert child.process.returncode == -signal.SIGTERM
    while time.monotonic() < deadline and group_exists(child.process.pid):
        time.sleep(0.05)
    assert not group_exists(child.process.pid)


def group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_log_begins_anew_and_the_one_before_is_kept(tmp_path: Path) -> None:
    for word in ("one", "two"):
        command = ["echo", word]
        processes.start("web", command, env={}, cwd=tmp_path, logs=tmp_path).process.wait()
    assert (tmp_path / "web.log").read_text() == "two\n"
    assert (tmp_path / "web.log.1").read_text() == "one\n"


# Commands


@pytest.mark.parametrize("arguments", [["fly"], ["run", "fast"], ["exec"]])
def test_a_command_that_is_not_one_is_refused_with_those_that_are(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Stop, match=r"usage: python3 dev\.py COMMAND") as refusal:
        cli.command(arguments[0], arguments[1:])
    assert refusal.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_check_that_fails_shows_its_words_and_fails_the_whole(
    here: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    good = checks.Check("good", ("-c", "print('quiet')"))
    bad = checks.Check("bad", ("-c", "print('what is wrong'); raise SystemExit(3)"))
    assert checks.one_after_another([good], here) == 0
    assert capsys.readouterr().out == "ok     good\n"
    assert checks.one_after_another([bad, good], here) == 1
    assert capsys.readouterr().out == "FAILED bad\n       what is wrong\nok     good\n"


def test_every_make_target_is_one_line_that_calls_dev() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines()
    targets = dict(line.split(": ; ") for line in lines if ": ; " in line)
    assert targets == {
        name: f"@python3 dev.py {name}"
        for name in ("run", "test", "check", "fix", "docs", "bench", "lock")
    }
