"""Effects that must happen once a change is committed: promised in the table, rung through Redis.

A room registers a handler by kind in its `notifications` or `jobs`, which its AppConfig.ready imports.
A handler takes the payload's ids, runs in a transaction and may run again after a crash.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from functools import cache, partial
from typing import Any

import redis
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from redis.backoff import NoBackoff
from redis.retry import Retry

from core import clock
from core.models import OutboxMessage

logger = logging.getLogger(__name__)
Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=20)
_carrying: ContextVar[str] = ContextVar("carrying", default="")


class StillToDo(Exception):
    """Raised by a handler when its effect cannot be had now, for a reason that it knows and can tell.

    The handler's work is undone; then `stays` is called, told whether this was the last attempt.
    """

    def __init__(self, words: str, stays: Callable[[bool], None]) -> None:
        super().__init__(words)
        self.stays = stays


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that carries out messages of a kind."""

    def register(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = function
        return function

    return register


def put(kind: str, *, key: str, **payload: Any) -> None:
    """Promise an effect in the present transaction; the same key again is the same effect."""
    if kind not in _handlers:
        raise LookupError(f"nothing handles {kind}")
    message, is_new = OutboxMessage.objects.get_or_create(
        key=f"{kind}:{key}", defaults={"kind": kind, "payload": payload}
    )
    if is_new:
        transaction.on_commit(partial(ring, message.pk))


def ring(pk: int) -> None:
    """Tell the queue at once. Without Redis the sweeper finds the message later."""
    from core import tasks

    try:
        _bell().ping()
        tasks.deliver_message.delay(pk)
    except (
        Exception
    ) as error:  # the queue's client raises many kinds; none may undo a committed change
        logger.warning("the queue is away (%s); message %s waits", type(error).__name__, pk)


@cache
def _bell() -> redis.Redis:
    """A connection that tells at once whether Redis answers; Celery's own would try for six seconds."""
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_connect_timeout=0.5,
        socket_timeout=0.5,
        retry=Retry(NoBackoff(), 0),
    )


def deliver(pk: int) -> bool:
    """Carry out one message unless it is done or in other hands. True when it was carried out."""
    try:
        with transaction.atomic():
            message = (
                OutboxMessage.objects.select_for_update(skip_locked=True)
                .filter(pk=pk, done_at__isnull=True, dead_at__isnull=True)
                .first()
            )
            if message is None:
                return False
            token = _carrying.set(message.key)
            try:
                _handlers[message.kind](**message.payload)
            finally:
                _carrying.reset(token)
            message.done_at = clock.now()
            message.save(update_fields=["done_at"])
            return True
    except StillToDo as error:
        logger.warning("message %s waits: %s", pk, error)
        died = _put_off(pk, str(error)[:200])
        with transaction.atomic():
            error.stays(died)
        return False
    except Exception as error:  # whatever a handler raises, the message is kept and tried again
        logger.exception("message %s failed", pk)
        _put_off(pk, type(error).__name__)
        return False


def _put_off(pk: int, error: str) -> bool:
    """Note a failed attempt: try again later each time twice as long, or lay it among the dead (True)."""
    message = OutboxMessage.objects.get(pk=pk)
    message.attempts = F("attempts") + 1
    message.last_error = error
    message.save(update_fields=["attempts", "last_error"])
    message.refresh_from_db()
    if message.attempts >= MOST_ATTEMPTS:
        message.dead_at = clock.now()
    message.due_at = clock.now() + FIRST_WAIT * 2**message.attempts
    message.save(update_fields=["dead_at", "due_at"])
    return message.dead_at is not None


def carried() -> str:
    """The key of the message being carried out now; '' outside a handler."""
    return _carrying.get()


def dead() -> QuerySet[OutboxMessage]:
    """What was given up after its last attempt, the newest first."""
    return OutboxMessage.objects.filter(dead_at__isnull=False).order_by("-dead_at", "-pk")


def find(key: str) -> OutboxMessage | None:
    """The message of that key, locked until the end of the transaction."""
    return OutboxMessage.objects.select_for_update().filter(key=key).first()


def revive(message: OutboxMessage) -> None:
    """Carry a message out once more, with all its attempts before it; its handler says whether it is needed."""
    message.attempts, message.last_error = 0, ""
    message.done_at = message.dead_at = None
    message.due_at = clock.now()
    message.save(update_fields=["attempts", "last_error", "done_at", "dead_at", "due_at"])
    transaction.on_commit(partial(ring, message.pk))


def sweep(limit: int = 200) -> int:
    """Carry out what is due and was missed; the number carried out."""
    waiting = OutboxMessage.objects.filter(
        done_at__isnull=True, dead_at__isnull=True, due_at__lte=clock.now()
    ).order_by("due_at")
    return sum(deliver(pk) for pk in list(waiting.values_list("pk", flat=True)[:limit]))
