"""Clones of the repository for the tests of dev.py: a lock, this very Python, an empty data folder."""

import sys
from pathlib import Path

from dev.places import Places


def clone(folder: Path) -> Places:
    """One with a space in its path."""
    root = folder / "my clone"
    (root / "var").mkdir(parents=True)
    (root / "requirements-dev.lock").write_text("one==1 \\\n    --hash=sha256:aa\n")
    (root / ".venv").symlink_to(sys.prefix)
    return Places(root=root, var=root / "var")
