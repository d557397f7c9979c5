"""The table of states: what it allows, what it says when it does not, and that it cannot contradict itself."""

import pytest
from django.db.models import TextChoices

from core.errors import WrongMoment
from core.lifecycle import Lifecycle, move


class Door(TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"
    LOCKED = "locked", "Locked"


@pytest.fixture
def door():
    table = Lifecycle(
        "test door",
        Door.choices,
        move("shut", [Door.OPEN], Door.SHUT),
        move("open", [Door.SHUT], Door.OPEN, says="Unlock it first."),
        move("lock", [Door.SHUT], Door.LOCKED),
    )
    yield table
    del Lifecycle.registry["test door"]


def test_a_verb_leads_to_its_target(door):
    assert door.target("shut", "open") == "shut"


def test_a_verb_at_the_wrong_moment_says_its_own_words(door):
    with pytest.raises(WrongMoment) as refusal:
        door.target("open", "locked")
    assert refusal.value.message == "Unlock it first."


def test_without_words_of_its_own_it_names_the_state(door):
    with pytest.raises(WrongMoment) as refusal:
        door.target("lock", "open")
    assert refusal.value.message == "This is open now, so that cannot be done."


def test_the_verbs_of_a_state_are_its_buttons(door):
    assert door.verbs("shut") == ("open", "lock")
    assert door.verbs("locked") == ()
    assert door.allows("lock", "shut")
    assert not door.allows("lock", "open")


def test_two_rows_for_one_verb_and_state_are_refused():
    with pytest.raises(ValueError, match="two rows for shut from 'open'"):
        Lifecycle(
            "broken door",
            Door.choices,
            move("shut", [Door.OPEN], Door.SHUT),
            move("shut", [Door.OPEN], Door.LOCKED),
        )
