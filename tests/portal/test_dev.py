"""What dev.py decides: what is skipped, which port, whose data, and what it says when something is missing."""

import ast
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from dev import (
    locks,
    machine,
    packages,
    places,
    portal,
    ports,
    postgres,
    services,
    stamps,
)
from dev.places import Places
from dev.say import Stop
from tests.portal.clones import clone

ROOT = places.ROOT


@pytest.fixture
def here(tmp_path: Path) -> Places:
    return clone(tmp_path)


# An old Python


def run_as_python(version: str, path: Path) -> "subprocess.CompletedProcess[str]":
    """dev.py under a Python that says that it is older, with only `path` to find another in."""
    code = f"import runpy, sys; sys.version_info = {version}; sys.argv = ['dev.py', 'help']"
    code += f"; runpy.run_path({str(ROOT / 'dev.py')!r}, run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", code], env={"PATH": str(path)}, capture_output=True, text=True
    )


def test_an_old_python_is_told_what_to_install(tmp_path: Path) -> None:
    done = run_as_python("(3, 9, 2)", tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(
        "The portal needs Python 3.11 or newer; this is Python 3.9.2.\nInstall one"
    )


def test_an_old_python_hands_over_to_a_newer_one_that_starts(tmp_path: Path) -> None:
    (tmp_path / "python3.13").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3.12").write_text('#!/bin/sh\n[ "$1" = -c ] || echo "$@"\n')
    for name in ("python3.13", "python3.12"):
        (tmp_path / name).chmod(0o755)
    done = run_as_python("(3, 9, 2)", tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{ROOT / 'dev.py'} help\n")


def test_the_entrance_can_be_read_by_an_old_python() -> None:
    assert ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 6))
    with pytest.raises(SyntaxError):
        ast.parse("if (a := 1): pass", feature_version=(3, 6))


def foreign(source: str) -> set[str]:
    """What a module imports that a bare Python does not have."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names - set(sys.stdlib_module_names) - {"dev"}


def test_dev_needs_nothing_but_the_standard_library() -> None:
    assert foreign("import os, django\nfrom celery.app import x") == {"django", "celery"}
    modules = {path.name: foreign(path.read_text()) for path in Path(dev.__path__[0]).glob("*.py")}
    modules["dev.py"] = foreign((ROOT / "dev.py").read_text())
    assert {name for name, found in modules.items() if found} == {"inside.py"}


# Places and data folders


def test_a_relative_data_folder_counts_from_where_the_caller_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert places.from_environment({"NPQ_VAR": "other"}, tmp_path / "r").var == tmp_path / "other"
    assert places.from_environment({}, tmp_path / "r").var == tmp_path / "r" / "var"


def test_two_clones_never_share_what_lies_outside(tmp_path: Path) -> None:
    one, other = (Places(tmp_path / name, tmp_path / name / "var") for name in ("a", "b"))
    assert one.outside != other.outside
    assert one.outside == Places(tmp_path / "a", tmp_path / "a" / "var").outside


def test_the_data_of_another_user_is_refused_with_what_to_do(here: Places) -> None:
    key = here.var / "secret-key"
    if os.geteuid() == 0:
        key.touch()
        os.chown(key, 65534, 65534)
    else:
        key.symlink_to("/etc/passwd")
    with pytest.raises(Stop, match=r"belongs to \w+, and you are \w+\.\nRun this as \w+, or keep"):
        places.claim(here)


def test_a_data_folder_that_is_a_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(Stop, match="Choose another with NPQ_VAR=FOLDER"):
        places.claim(Places(tmp_path, tmp_path / "var"))


def test_the_secret_key_is_made_once_for_its_owner_only(here: Places) -> None:
    first = services.environment(here, {})["SECRET_KEY"]
    assert len(first) >= 50
    assert services.environment(here, {})["SECRET_KEY"] == first
    assert stat.S_IMODE((here.var / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in here.var.iterdir()] == ["secret-key"]


def test_a_given_secret_key_is_used_and_none_is_made(
    here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert services.environment(here, os.environ)["SECRET_KEY"] == "given"
    assert list(here.var.iterdir()) == []


def test_what_another_project_left_in_the_environment_does_not_reach_ours(
    here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere/venv")
    env = services.environment(here, os.environ)
    assert {"PYTHONPATH", "VIRTUAL_ENV"} & set(env) == set()
    assert (env["NPQ_VAR"], env["UV_PYTHON_DOWNLOADS"]) == (str(here.var), "never")


@pytest.mark.parametrize(("folder", "may"), [("/", True), ("/usr", True)])
def test_who_may_pass_is_judged_all_the_way_down(folder: str, may: bool, tmp_path: Path) -> None:
    assert services.may_pass(Path(folder), 65534, 65534) is may
    closed = tmp_path / "closed"
    (closed / "inner").mkdir(parents=True)
    closed.chmod(0o700)
    assert not services.may_pass(closed / "inner", closed.stat().st_uid + 1, 65534)


# Stamps and locks


def test_a_stamp_changes_with_a_name_a_content_and_a_new_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("one")
    seen = [stamps.of_files(tmp_path, ["*.css"])]
    (tmp_path / "a.css").write_text("two")
    seen.append(stamps.of_files(tmp_path, ["*.css"]))
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    seen.append(stamps.of_files(tmp_path, ["*.css"]))
    (tmp_path / "c.css").touch()
    seen.append(stamps.of_files(tmp_path, ["*.css"]))
    assert len(set(seen)) == 4
    (tmp_path / "other.txt").touch()
    assert stamps.of_files(tmp_path, ["*.css", "?.css"]) == seen[-1]


def test_a_step_is_skipped_only_with_the_very_stamp(tmp_path: Path) -> None:
    assert not stamps.is_current(tmp_path / "stamp", "x")
    stamps.write(tmp_path / "stamp", "x")
    assert stamps.is_current(tmp_path / "stamp", "x")
    assert not stamps.is_current(tmp_path / "stamp", "y")


def test_packages_are_installed_again_only_when_the_lock_changes(here: Places) -> None:
    before = packages.stamp_of(here)
    assert packages.stamp_of(here) == before
    with here.lock.open("a") as lock:
        lock.write("two==2 \\\n    --hash=sha256:bb\n")
    assert packages.stamp_of(here) != before


def test_one_package_is_taken_from_the_lock_with_all_its_hashes() -> None:
    lock = "uv-x==1 \\\n    --hash=sha256:aa\nuv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\nz==3\n"
    assert packages.pinned(lock, "uv") == (
        "uv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    )
    assert packages.pinned(lock, "missing") == ""


def test_the_last_to_leave_is_alone(tmp_path: Path) -> None:
    one, two = (locks.taken(tmp_path / "users", shared=True) for _ in range(2))
    assert one
    assert two
    assert locks.taken(tmp_path / "users") is None
    assert not locks.alone(one)
    one.close()
    assert locks.alone(two)
    two.close()


# Ports


def test_the_next_free_port_is_taken_when_one_is_taken() -> None:
    with ports.listening(None) as first, ports.listening(None) as second:
        assert ports.WANTED <= first.getsockname()[1] < second.getsockname()[1]
        assert second.getsockname()[0] == "127.0.0.1"


def test_a_port_asked_for_is_that_one_or_none() -> None:
    with socket.socket() as other:
        other.bind((ports.HOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(Stop, match=f"Port {taken} is taken"):
            ports.listening(str(taken))
    with ports.listening(str(taken)) as found:
        assert found.getsockname()[1] == taken
    for nonsense in ("", "web", "0", "70000", "-1"):
        with pytest.raises(Stop, match="is not a port"):
            ports.listening(nonsense)


# The database's folder


@pytest.mark.parametrize(
    ("text", "major"),
    [("18", "18"), ("18\n", "18"), ("9.6", "9"), ("postgres (PostgreSQL) 18.6\n", "18")],
)
def test_the_major_version_of_a_server(text: str, major: str) -> None:
    assert postgres.major(text) == major


def test_a_database_of_another_major_version_is_refused_with_the_way_to_move_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "PG_VERSION").write_text("17\n")
    with pytest.raises(Stop) as refusal:
        postgres.refuse_other_version(tmp_path, "postgres (PostgreSQL) 18.6")
    words = str(refusal.value)
    assert "made by PostgreSQL 17" in words
    assert "brings PostgreSQL 18" in words
    assert "Nothing was changed" in words
    assert "pg_dump" in words
    assert "pg_restore" in words
    (tmp_path / "PG_VERSION").write_text("18\n")
    postgres.refuse_other_version(tmp_path, "postgres (PostgreSQL) 18.7")


def test_a_pid_file_is_read_and_a_broken_one_is_none(tmp_path: Path) -> None:
    assert postgres.read_pid_file(tmp_path) is None
    (tmp_path / "postmaster.pid").write_text("12\n/data\n1700000000\n5433\n\n127.0.0.1\n")
    assert postgres.read_pid_file(tmp_path) == postgres.PidFile(pid=12, data="/data", port=5433)
    (tmp_path / "postmaster.pid").write_text("12\n/data\n")
    assert postgres.read_pid_file(tmp_path) is None


# Missing pieces


def test_the_command_to_install_names_everything_once() -> None:
    missing = machine.Missing(pdf=("a", "fonts-liberation"), browser=("b", "fonts-liberation"))
    assert missing.packages == ("a", "fonts-liberation", "b")
    assert machine.command_for(missing.packages).endswith("a fonts-liberation b")


def test_a_browser_that_is_not_there_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPQ_CHROMIUM", "/nowhere/chromium")
    assert machine.browser_path() is None
    assert "chromium" in machine.look(browser=True).browser
    monkeypatch.setenv("NPQ_CHROMIUM", sys.executable)
    assert machine.browser_path() == sys.executable


def test_without_pango_the_portal_is_told_and_what_the_caller_set_stays() -> None:
    url = "http://127.0.0.1:8000"
    assert portal.settings_for(url, {}, pdf=True) == {
        "NPQ_DEMO": "1",
        "NPQ_HOSTS": "127.0.0.1,localhost",
        "NPQ_BASE_URL": url,
    }
    told = portal.settings_for(url, {"NPQ_DEMO": "0", "NPQ_HOSTS": "portal.example"}, pdf=False)
    assert told == {
        "NPQ_DEMO": "0",
        "NPQ_HOSTS": "portal.example",
        "NPQ_BASE_URL": url,
        "NPQ_PDF": "off",
    }
