"""The portal's Python packages: .venv, filled from the hashed lock, and skipped when already so."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from dev import locks, machine, stamps
from dev.places import Places
from dev.say import Stop, note

T = TypeVar("T")
LEAKS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


def clean_environment() -> dict[str, str]:
    """Our environment without what another Python project may have left in it."""
    environ = {name: value for name, value in os.environ.items() if name not in LEAKS}
    environ.update(
        PYTHONUTF8="1",
        UV_PYTHON_DOWNLOADS="never",
        UV_SYSTEM_CERTS="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_ROOT_USER_ACTION="ignore",
    )
    return environ


def stamp_of(places: Places) -> str:
    version = ".".join(str(part) for part in sys.version_info[:2])
    return stamps.of_files(places.root, [places.lock.name], also=f"python {version}")


def provide(places: Places, beside: Callable[[], T]) -> T:
    """Make sure that .venv holds exactly the lock, while `beside` is done too; its answer is ours.

    One command at a time per repository. What is done beside may install system packages: it begins
    when Python's own venv module is there, so that two installers do not meet.
    """
    stamp = stamp_of(places)
    done = places.venv / "npq-stamp"
    if stamps.is_current(done, stamp) and _starts(places.python):
        return beside()
    with locks.held(places.root / ".venv.lock", "Another command is installing; waiting for it."):
        if not _starts(places.python) or not places.site_packages.is_dir():
            _make(places)
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(beside)
            if not stamps.is_current(done, stamp):
                done.unlink(missing_ok=True)
                _fill(places)
                stamps.write(done, stamp)
            return answer.result()


def provide_alone(places: Places) -> None:
    provide(places, lambda: None)


def _starts(python: Path) -> bool:
    if not python.exists():
        return False
    asked = [str(python), "-c", "import sys; print(sys.version_info[:2] == %r)"]
    asked[-1] %= (tuple(sys.version_info[:2]),)
    done = subprocess.run(asked, capture_output=True, text=True, env=clean_environment())
    return done.stdout.strip() == "True"


def _make(places: Places) -> None:
    note(f"Making the Python environment {places.venv}")
    shutil.rmtree(places.venv, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        command = [uv, "venv", "-q", "--no-config", "--python", sys.executable, str(places.venv)]
        if _run(command) == 0:
            return
        shutil.rmtree(places.venv, ignore_errors=True)
    machine.provide_venv()
    plain = ["--without-pip"] if bundled_pip() else []
    if _run([sys.executable, "-m", "venv", *plain, str(places.venv)]) != 0:
        raise Stop(f"Python could not make an environment in {places.venv}; see above.")


def _fill(places: Places) -> None:
    """With uv when there is one or it can be fetched, else with pip: the same lock, the same hashes."""
    note("Installing the packages of requirements-dev.lock")
    uv = shutil.which("uv") or _fetched_uv(places)
    if uv and _run(_with_uv(uv, places)) == 0:
        return
    if uv:
        note("uv could not install them; trying pip.")
    machine.provide_venv()
    if _run([*_pip(places), "-r", str(places.lock)]) != 0:
        raise Stop(
            "The packages could not be installed; see above. Without a network, put the wheels of\n"
            "requirements-dev.lock in a folder and set PIP_FIND_LINKS to it, then run this again."
        )


def _with_uv(uv: str, places: Places) -> list[str]:
    command = [uv, "pip", "sync", "-q", "--require-hashes", "--python", str(places.python)]
    return [*command, str(places.lock)]


def bundled_pip() -> Path | None:
    """pip as it comes with Python, a wheel that runs as it is: unpacking it first takes longer."""
    folders = [sysconfig.get_config_var("WHEEL_PKG_DIR")]
    found = importlib.util.find_spec("ensurepip")
    if found and found.origin:
        folders.append(str(Path(found.origin).parent / "_bundled"))
    wheels = (wheel for folder in folders if folder for wheel in Path(folder).glob("pip-*.whl"))
    return next(wheels, None)


def _pip(places: Places) -> list[str]:
    wheel = bundled_pip()
    program = [f"{wheel}/pip"] if wheel else ["-m", "pip"]
    options = ["install", "-q", "--no-deps", "--require-hashes", "--no-compile"]
    return [str(places.python), *program, *options]


def _fetched_uv(places: Places) -> str | None:
    """uv itself from the lock, by pip: fetching it first makes the whole several times faster."""
    with tempfile.TemporaryDirectory() as folder:
        only = Path(folder) / "uv.lock"
        only.write_text(pinned(places.lock.read_text(), "uv"))
        if not only.read_text() or _run([*_pip(places), "-r", str(only)], quiet=True) != 0:
            return None
    path = places.venv / "bin" / "uv"
    return str(path) if path.exists() else None


def pinned(lock: str, name: str) -> str:
    """The lines of one package in a hashed lock."""
    found = re.search(rf"^{re.escape(name)}==.*(?:\n +--hash=.*)*", lock, flags=re.MULTILINE)
    return found.group() + "\n" if found else ""


def compile_locks(places: Places) -> int:
    """Write both locks anew from their .in files, keeping what is pinned unless the .in says otherwise."""
    uv = shutil.which("uv") or str(places.venv / "bin" / "uv")
    options = "--universal --generate-hashes --no-header --no-annotate --python-version 3.11 -q"
    for name in ("requirements", "requirements-dev"):
        command = [uv, "pip", "compile", *options.split(), f"{name}.in", "-o", f"{name}.lock"]
        if _run(command, cwd=places.root) != 0:
            return 1
    return 0


def _run(command: list[str], *, quiet: bool = False, cwd: Path | None = None) -> int:
    """The exit code; what is said goes to standard error, so that data stays alone on standard output."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else sys.stderr,
        stderr=subprocess.DEVNULL if quiet else sys.stderr,
    ).returncode
