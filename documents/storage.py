"""Keeps the bytes: under random names, written before their row, gone again when the row does not stay."""

import hashlib
import secrets
import weakref
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from core import clock
from documents.models import StoredFile

# A file younger than this may belong to a transaction that is still open.
ORPHAN_AFTER = timedelta(hours=6)
CHUNK = 1024 * 1024


def opened(file: StoredFile) -> File:
    """The stored bytes, open for reading. Raises FileNotFoundError."""
    return file.content.storage.open(str(file.content.name), "rb")


def random_name(extension: str) -> str:
    """Where a file is kept: two letters of folder, then what nobody guesses."""
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}{extension}"


def digest(file: BinaryIO) -> str:
    """SHA-256 of the whole file, in hexadecimal."""
    file.seek(0)
    found = hashlib.sha256()
    while chunk := file.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def keep(file: BinaryIO, extension: str) -> str:
    """Write the file; the name it is kept under. Removed again unless the present transaction commits."""
    file.seek(0)
    name = default_storage.save(random_name(extension), File(file))
    _remove_unless_committed(name)
    return name


class _Kept:
    """Waits in the transaction's list of what to do on commit; dropped uncalled when it rolls back."""

    def __init__(self) -> None:
        self.committed = False

    def __call__(self) -> None:
        self.committed = True


def _remove_unless_committed(name: str) -> None:
    kept = _Kept()
    state = kept.__dict__
    weakref.finalize(kept, _dropped, name, state).atexit = False
    transaction.on_commit(kept)


def _dropped(name: str, state: dict[str, Any]) -> None:
    # A connection drops its list inside a transaction only when it rolls back. In any other case the row may
    # have stayed, and the sweep, which asks the database, decides.
    if not state["committed"] and not connection.autocommit:
        default_storage.delete(name)


def remove_orphans() -> int:
    """Delete files that no row names, left by a process that was killed; the number deleted."""
    removed = 0
    for folder in default_storage.listdir("")[0]:
        names = [f"{folder}/{each}" for each in default_storage.listdir(folder)[1]]
        removed += sum(_remove_if_orphan(name) for name in set(names) - _known(names))
    return removed


def _known(names: Iterable[str]) -> set[str]:
    return set(StoredFile.objects.filter(content__in=list(names)).values_list("content", flat=True))


def _remove_if_orphan(name: str) -> bool:
    try:
        if clock.now() - default_storage.get_modified_time(name) < ORPHAN_AFTER:
            return False
        default_storage.delete(name)
    except FileNotFoundError:
        return False
    return True
