"""Effects promised in the outbox happen once, also when the doorbell is silent or a handler fails."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection, transaction

from core import clock, outbox
from core.models import HandledForm, OutboxMessage

NAMES: list[str] = []


@outbox.handles("test.greet")
def greet(name):
    NAMES.append(name)


@outbox.handles("test.break")
def break_down(note):
    HandledForm.objects.create(key=note, sender="x", location="")
    raise OSError("the printer is on fire")


@pytest.fixture(autouse=True)
def nobody_greeted():
    NAMES.clear()


def test_an_effect_happens_at_commit_and_once(db, at_commit):
    with at_commit():
        outbox.put("test.greet", key="1", name="Ada")
        outbox.put("test.greet", key="1", name="Ada")
        assert NAMES == []
    message = OutboxMessage.objects.get()
    assert NAMES == ["Ada"]
    assert message.done_at is not None
    assert outbox.deliver(message.pk) is False
    assert NAMES == ["Ada"]


def test_a_change_that_is_undone_has_no_effect(db, at_commit):
    with at_commit():
        try:
            with transaction.atomic():
                outbox.put("test.greet", key="1", name="Ada")
                raise LookupError
        except LookupError:
            pass
    assert NAMES == []
    assert OutboxMessage.objects.count() == 0


PROMISE = """
import django
django.setup()
from django.db import connection, transaction
from core import outbox
outbox.handles("test.greet")(print)
with transaction.atomic():
    outbox.put("test.greet", key="1", name="Ada")
"""


@pytest.mark.whole
@pytest.mark.django_db(transaction=True)
def test_without_a_queue_the_sweeper_sends_it():
    """The doorbell rings at a port where nobody listens: the change stands and the sweeper catches up."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = f"redis://127.0.0.1:{unused.getsockname()[1]}/0"
    held = connection.settings_dict
    database = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**held)
    done = subprocess.run(
        [sys.executable, "-c", PROMISE],
        env={**os.environ, "REDIS_URL": dead, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    assert "the queue is away" in done.stderr
    assert OutboxMessage.objects.get(kind="test.greet").done_at is None
    outbox.sweep()
    assert NAMES == ["Ada"]


def test_a_handler_that_fails_leaves_nothing_and_is_tried_again_later(db):
    outbox.put("test.break", key="1", note="6f1c41a5-0000-4000-8000-000000000001")
    message = OutboxMessage.objects.get()
    assert outbox.deliver(message.pk) is False
    message.refresh_from_db()
    assert HandledForm.objects.count() == 0
    assert (message.attempts, message.last_error, message.done_at) == (1, "OSError", None)
    assert message.due_at > clock.now()
    assert outbox.sweep() == 0
    with clock.travel(clock.now() + timedelta(hours=1)):
        outbox.sweep()
    message.refresh_from_db()
    assert message.attempts == 2


def test_after_its_last_attempt_a_message_lies_among_the_dead(db):
    outbox.put("test.break", key="1", note="6f1c41a5-0000-4000-8000-000000000001")
    message = OutboxMessage.objects.get()
    for _ in range(outbox.MOST_ATTEMPTS):
        outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.dead_at is not None
    with clock.travel(clock.now() + timedelta(days=30)):
        assert outbox.sweep() == 0


def test_what_nobody_handles_cannot_be_promised(db):
    with pytest.raises(LookupError, match=r"nothing handles test\.unheard"):
        outbox.put("test.unheard", key="1")
