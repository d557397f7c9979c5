"""Who may do what at the same time as whom, by file locks that end with the process that holds them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dev.say import note


def taken(path: Path, *, shared: bool = False) -> IO[str] | None:
    """The open, locked file, or None when somebody else holds it. Closing it gives the lock back."""
    file = path.open("a")
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def alone(file: IO[str]) -> bool:
    """Turn a shared lock into one of our own; False when others share it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def held(path: Path, waiting: str) -> Iterator[None]:
    """Hold the lock for a block, waiting for it when necessary and saying so once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = taken(path)
    if file is None:
        note(waiting)
        file = path.open("a")
        fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        file.close()
