"""Two at once so that it shows: each call is held after it has read, until the other has read as well.

Where a lock stands between them the other cannot read: the first goes on after a moment, and the race is
decided by the lock. Without the lock both go on from what they read, and what must not be, is.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections
from django.db.models import QuerySet

from core.errors import PortalError

PATIENCE = 0.7


class _Held:
    """Waits, once, after the first reading of a table in this connection."""

    def __init__(self, barrier: threading.Barrier, table: str) -> None:
        self.barrier, self.table, self.met = barrier, f'FROM "{table}"', False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if not self.met and sql.startswith("SELECT") and self.table in sql:
            self.met = True
            try:
                self.barrier.wait(PATIENCE)
            except threading.BrokenBarrierError:
                pass
        return result


def at_once(*calls: Callable[[], object], after_reading: str) -> list[str]:
    """What each call came to: 'done', or the name of the refusal. In the order of the calls.

    `after_reading` names the table on which the calls meet. An IntegrityError is told as such: a
    constraint held where a lock should have, and somebody would have seen an error page.
    """
    barrier = threading.Barrier(len(calls))
    results = ["never ended"] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            with connection.execute_wrapper(_Held(barrier, after_reading)):
                call()
            results[place] = "done"
        except (PortalError, PermissionDenied, IntegrityError) as refusal:
            results[place] = type(refusal).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@contextmanager
def no_locks() -> Iterator[None]:
    """The planted fault: nothing is locked while it is read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", lambda rows, *_, **__: rows.all())
        yield


@contextmanager
def no_constraint(model: Any, name: str) -> Iterator[None]:
    """The planted fault: the table lacks one of its constraints."""
    constraint = next(each for each in model._meta.constraints if each.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)
