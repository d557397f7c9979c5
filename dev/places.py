"""Where things are: the repository, its environment, and the folder that keeps the portal's data.

Paths only; nothing here starts anything.
"""

import hashlib
import os
import pwd
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dev.say import Stop

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = Path("/var/tmp")


@dataclass(frozen=True)
class Places:
    """`root` is the repository, `var` the folder that keeps database, queue, files, key and logs."""

    root: Path
    var: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.venv / "lib" / version / "site-packages"

    @property
    def lock(self) -> Path:
        return self.root / "requirements-dev.lock"

    @property
    def outside(self) -> Path:
        """For what cannot stay in `var` because another user must reach it; one per data folder."""
        return OUTSIDE / f"npq-portal-{hashlib.sha256(os.fsencode(self.var)).hexdigest()[:16]}"


def from_environment(environ: Mapping[str, str], root: Path = ROOT) -> Places:
    """The places that NPQ_VAR asks for; a relative NPQ_VAR counts from the caller's folder."""
    chosen = environ.get("NPQ_VAR")
    return Places(root=root, var=Path(chosen).expanduser().resolve() if chosen else root / "var")


def claim(places: Places) -> None:
    """Make the data folder, or refuse one that another user began: its files could not be shared."""
    try:
        places.var.mkdir(parents=True, exist_ok=True)
        key = places.var / "secret-key"
        owner = key.stat().st_uid if key.exists() else os.geteuid()
    except OSError as error:
        raise Stop(
            f"The data folder {places.var} cannot be used: {error.strerror}.\n"
            "Choose another with NPQ_VAR=FOLDER."
        ) from error
    if owner != os.geteuid():
        raise Stop(
            f"The data in {places.var} belongs to {_name(owner)}, and you are {_name(os.geteuid())}.\n"
            f"Run this as {_name(owner)}, or keep your own data elsewhere with NPQ_VAR=FOLDER."
        )
    if not os.access(places.var, os.W_OK):
        raise Stop(f"You may not write to {places.var}. Choose another folder with NPQ_VAR=FOLDER.")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
