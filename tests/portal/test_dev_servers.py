"""The database and the queue of dev.py as real processes: shared, killed, copied, moved, left behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dev import ports, postgres, services
from dev.places import Places
from dev.postgres import Postgres
from dev.say import Stop
from dev.valkey import Valkey
from tests.portal.clones import clone

pytestmark = pytest.mark.integration


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    """A clone whose data folder the database's user can reach, without addresses from outside."""
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    folder = Path(tempfile.mkdtemp(prefix="npq-portal-servers-", dir="/var/tmp"))
    folder.chmod(0o711)
    yield clone(folder)
    shutil.rmtree(folder)


def servers(found: services.Services) -> tuple[Postgres, Valkey]:
    queue, database = found.servers
    assert isinstance(database, Postgres)
    assert isinstance(queue, Valkey)
    return database, queue


def ask(found: services.Services, sql: str) -> str:
    """An answer through the address that programs are given, by a program found in their PATH."""
    done = subprocess.run(
        ["psql", "-XAtq", found.env["DATABASE_URL"], "-c", sql],
        env=found.env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_what_the_portal_needs_is_there_and_nothing_is_left_afterwards(here: Places) -> None:
    with services.running(here) as found:
        database, queue = servers(found)
        assert ask(found, "show listen_addresses") == "127.0.0.1"
        assert ask(found, "show unix_socket_directories") == ""
        assert ask(found, "select datcollate from pg_database where datname = 'npq'") == "C.UTF-8"
        for extension in ("pg_trgm", "btree_gist", "citext", "unaccent"):
            ask(found, f"create extension {extension}")
        ask(found, "create table kept as select 1 as one")
        assert found.dead() == []
    assert not ports.answers(database.port)
    assert not ports.answers(queue.port)
    with services.running(here) as found:
        assert ask(found, "select one from kept") == "1"


def test_passwords_are_for_their_owner_and_are_asked_for(here: Places) -> None:
    with services.running(here) as found:
        database, queue = servers(found)
        for path in (database.home / "password", queue.home / "valkey.conf"):
            assert path.stat().st_mode & 0o077 == 0
        wrong = found.env["DATABASE_URL"].replace(database.password, "guess")
        refused = subprocess.run(
            ["psql", wrong, "-c", "select 1"], env=found.env, capture_output=True, text=True
        )
        assert "password authentication failed" in refused.stderr
        stranger = Valkey(queue.home, queue.packages, port=queue.port, password="guess")
        assert stranger.ask("PING") == ""


def test_those_who_work_on_one_folder_share_and_the_last_one_stops(here: Places) -> None:
    with services.running(here) as first:
        with services.running(here) as second:
            assert second.env["DATABASE_URL"] == first.env["DATABASE_URL"]
            assert second.env["REDIS_URL"] == first.env["REDIS_URL"]
        assert ask(first, "select 1") == "1"
        assert first.dead() == []


def test_two_folders_do_not_meet(here: Places) -> None:
    other = replace(here, var=here.root / "other")
    with services.running(here) as one, services.running(other) as two:
        ask(one, "create table mine as select 1")
        assert ask(two, "select to_regclass('mine') is null") == "t"
        assert one.env["SECRET_KEY"] != two.env["SECRET_KEY"]


def test_killed_servers_come_back_with_what_was_committed(here: Places) -> None:
    with services.running(here) as found:
        database, queue = servers(found)
        ask(found, "create table kept as select 7 as seven")
        for process in (database.process, queue.process):
            assert process
            process.kill()
            process.wait()
        assert sorted(found.dead()) == ["Postgres", "Valkey"]
    began = time.monotonic()
    with services.running(here) as found:
        assert ask(found, "select seven from kept") == "7"
    assert time.monotonic() - began < 20


def test_a_pid_that_now_belongs_to_something_else_is_not_believed(here: Places) -> None:
    with services.running(here) as found:
        database, _ = servers(found)
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    lines = [str(stranger.pid), str(database.data), "1", "9", "", ports.HOST, "", "ready"]
    (database.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    with services.running(here) as found:
        assert ask(found, "select 1") == "1"
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_copied_folder_gets_servers_of_its_own(here: Places) -> None:
    copy = replace(here, var=here.root / "copy")
    with services.running(here) as found:
        ask(found, "create table kept as select 1")
        ask(found, "checkpoint")
        subprocess.run(["cp", "-a", here.var, copy.var], check=True)
        (copy.var / "start.lock").unlink()
        with services.running(copy) as other:
            assert servers(other)[0].port != servers(found)[0].port
            assert servers(other)[1].port != servers(found)[1].port
            assert ask(other, "show data_directory") == str(copy.var / "postgres" / "data")


def test_a_database_of_another_version_stays_as_it_is(here: Places) -> None:
    with services.running(here) as found:
        database, _ = servers(found)
    (database.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Stop, match="made by PostgreSQL 17"), services.running(here):
        pass
    assert (database.data / "PG_VERSION").read_text() == "17\n"
    assert not ports.answers(database.port)


def test_given_addresses_start_nothing(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@db.example/c")
    monkeypatch.setenv("REDIS_URL", "redis://queue.example/0")
    with services.running(here) as found:
        assert found.servers == []
        assert not found.database_is_ours
        assert found.env["DATABASE_URL"] == "postgres://a:b@db.example/c"
        assert found.env["REDIS_URL"] == "redis://queue.example/0"


def test_throw_away_servers_leave_nothing_and_those_of_a_killed_run_are_swept(here: Places) -> None:
    with services.throwaway(here) as found:
        assert ask(found, "show fsync") == "off"
        folder = found.places.var
    assert not folder.exists()
    program = (
        "import os, pathlib, sys\n"
        "from dev import places, services\n"
        "here = places.Places(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[1]) / 'var')\n"
        "with services.throwaway(here) as found:\n"
        "    print(found.places.var, *(server.port for server in found.servers), flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(here.root)], capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left, *taken = killed.stdout.split()
    assert [ports.answers(int(port)) for port in taken] == [True, True]
    services.sweep()
    assert not Path(left).exists()
    assert [ports.answers(int(port)) for port in taken] == [False, False]


def test_root_keeps_the_database_outside_when_its_user_cannot_reach_the_folder(
    here: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    here.root.chmod(0o700)
    if postgres.server_user() is None:
        assert services.database_home(here) == here.var / "postgres"
        return
    home = services.database_home(here)
    assert home == here.outside
    with services.running(here) as found:
        ask(found, "create table kept as select 1")
        assert home.stat().st_mode & 0o077 == 0
    assert services.database_home(here) == home
    shutil.rmtree(here.var)
    here.var.mkdir()
    try:
        with services.running(here) as found:
            assert ask(found, "select to_regclass('kept') is null") == "t"
        assert "A database of an earlier" in capsys.readouterr().err
    finally:
        for left in home.parent.glob(f"{home.name}*"):
            shutil.rmtree(left)


def test_manage_prints_data_alone_and_says_the_rest_elsewhere(here: Places) -> None:
    """A new folder is migrated and given the reference data first; nothing runs on afterwards."""
    environ = dict(os.environ) | {"NPQ_VAR": "new folder"}
    entrance = Path(services.__file__).parent.parent / "dev.py"
    command = [sys.executable, str(entrance), "manage", "export_framework"]
    done = subprocess.run(
        [*command, "2019"], cwd=here.root, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["levels"]) == 4
    assert (here.root / "new folder" / "secret-key").exists()
    refused = subprocess.run(
        [*command, "1066"], cwd=here.root, env=environ, capture_output=True, text=True
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "1066" in refused.stderr
    assert not (here.root / "new folder" / "valkey" / "running.json").exists()
