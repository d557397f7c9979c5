"""What need not be done again: a stamp is a hash of what a step depends on, kept where its result is."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def of_files(root: Path, patterns: Iterable[str], also: str = "") -> str:
    """A hash of the names and contents of every file under `root` that matches, and of `also`."""
    digest = hashlib.sha256(also.encode())
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    for path in sorted(found):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"\n{path.relative_to(root)} {content}".encode())
    return digest.hexdigest()


def is_current(path: Path, stamp: str) -> bool:
    try:
        return path.read_text().strip() == stamp
    except OSError:
        return False


def write(path: Path, stamp: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(stamp + "\n")
