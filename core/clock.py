"""The server's clock: the only place that asks what time it is.

UTC in, UTC stored; a date is Europe/London's (G1). `travel` serves the demo seed and the tests only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)


def now() -> datetime:
    """The present moment, aware."""
    return _travelled.get() or timezone.now()


def today() -> date:
    """The present day as people in London have it (G1)."""
    return now().astimezone(LONDON).date()


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Let `now` be `moment` inside the block."""
    token = _travelled.set(moment)
    try:
        yield
    finally:
        _travelled.reset(token)
