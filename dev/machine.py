"""What the machine itself must offer: Python's venv module, Pango for PDFs, Chromium for tests.

Looks first and installs only what is missing: with apt as root, else with `sudo -n`, else it prints
the one command that somebody who may has to run.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from dev.say import Ended, Stop, note

PDF_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_one_at_a_time = threading.Lock()
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


@dataclass(frozen=True)
class Missing:
    """System packages that are not there, by what they are for."""

    venv: tuple[str, ...] = ()
    pdf: tuple[str, ...] = ()
    browser: tuple[str, ...] = ()

    @property
    def packages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.venv + self.pdf + self.browser))


def look(*, venv: bool = False, pdf: bool = False, browser: bool = False) -> Missing:
    """What of the things asked for is missing on this machine."""
    fonts = () if has_fonts() else ("fonts-liberation",)
    return Missing(
        venv=("python3-venv",) if venv and not has_venv() else (),
        pdf=(() if has_pango() else PDF_PACKAGES) + fonts if pdf else (),
        browser=(() if has_browser() else ("chromium", "libatomic1")) + fonts if browser else (),
    )


def has_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def has_pango() -> bool:
    names = PDF_LIBRARIES
    if sys.platform == "darwin":
        names = tuple(name.replace(".so", "").replace(".0", ".0.dylib", 1) for name in names[:1])
    return all(_loads(name) for name in names)


def has_browser() -> bool:
    """A browser that starts; playwright's own driver needs libatomic besides."""
    return browser_path() is not None and (sys.platform != "linux" or _loads("libatomic.so.1"))


def browser_path() -> str | None:
    chosen = os.environ.get("NPQ_CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def has_fonts() -> bool:
    if sys.platform == "darwin":
        return True
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(
        next(folder.rglob(f"*.{kind}"), None) is not None
        for folder in folders
        for kind in ("ttf", "otf")
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def command_for(packages: tuple[str, ...]) -> str:
    """The one command that somebody with the right to install has to run."""
    if sys.platform == "darwin":
        return "brew install pango python@3.12" + (
            " && brew install --cask chromium" if "chromium" in packages else ""
        )
    names = " ".join(packages)
    if shutil.which("apt-get"):
        return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
    return f"(with this system's own package manager, the equivalents of Debian's) {names}"


def install(packages: tuple[str, ...]) -> bool:
    """Install with apt if we may; True when it says that they are installed now."""
    prefix = _right_to_install()
    if prefix is None or not packages:
        return not packages
    with _one_at_a_time:
        return _install_with_apt(prefix, packages)


def _install_with_apt(prefix: list[str], packages: tuple[str, ...]) -> bool:
    note(f"Installing with apt: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    apt += ["-o", "DPkg::Lock::Timeout=120"]
    wanted = [*apt, "install", "--no-install-recommends", *packages]
    said: str | None = ""
    for attempt in range(3):
        if attempt == 0 and not _apt_lists_are_there():
            continue
        if attempt and _quiet([*apt, "update"]) is not None:
            time.sleep(3)
        said = _quiet(wanted)
        if said is None:
            return True
    note(said or "")
    return False


def _apt_lists_are_there() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def _right_to_install() -> list[str] | None:
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and _quiet([sudo, "-n", "true"]) is None:
        return [sudo, "-n"]
    return None


def _quiet(command: list[str]) -> str | None:
    """None when the command went well, else the end of what it said. Never broken off half-way."""
    installer = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        said, _ = installer.communicate()
    except Ended:
        note("Finishing the installation first; a broken-off one would have to be repaired.")
        installer.communicate()
        raise
    return None if installer.returncode == 0 else "\n".join(said.splitlines()[-8:])


def provide_venv() -> None:
    """Python's venv module, or a refusal that says how to get it."""
    missing = look(venv=True).venv
    if missing and not (install(missing) and _venv_works()):
        raise Stop(
            "Python's venv module is missing, and it could not be installed from here. Run:\n"
            f"  {command_for(missing)}\nand then this command again."
        )


def _venv_works() -> bool:
    return subprocess.call([sys.executable, "-c", "import ensurepip"]) == 0


def provide_pdf() -> bool:
    """True when PDFs can be made here; otherwise says what is missing and what follows from it."""
    missing = look(pdf=True).pdf
    if missing:
        install(missing)
        missing = look(pdf=True).pdf
    if missing:
        note(
            "PDFs are off: Pango is missing, and it could not be installed from here. To have them:\n"
            f"  {command_for(missing)}"
        )
    return not missing


def provide_for_tests(*, browser: bool) -> None:
    """All that the tests need, or a refusal: a test that does not run proves nothing."""
    missing = look(pdf=True, browser=browser)
    if missing.packages:
        install(missing.packages)
        missing = look(pdf=True, browser=browser)
    if missing.pdf:
        raise Stop(
            f"The tests make PDFs, and Pango is missing. Run:\n  {command_for(missing.packages)}"
        )
    if missing.browser:
        raise Stop(
            "The tests need a browser, and there is none. Run:\n"
            f"  {command_for(missing.browser)}\n"
            "or leave the browser tests out on purpose: NO_BROWSER=1 make test"
        )
