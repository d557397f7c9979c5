"""Every table of states: its verbs are services of its room, its states are reached and have words, models agree."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from core.lifecycle import NEW, Lifecycle, move

ROOMS = ("accounts", "documents", "frameworks", "programmes", "applications", "assessment")

# name of the table: its room, the model and field that it rules, states that rows begin in without a verb.
TABLES = {
    "invitation": ("accounts", "Invitation", "status", {"open"}),
    "mail": ("accounts", "Notification", "state", {"waiting"}),
    "report": ("documents", "ReportJob", "status", {"waiting"}),
    "edition": ("frameworks", "Edition", "status", {"draft"}),
    "enrolment": ("programmes", "Enrolment", "status", {"enrolled"}),
    "application": ("applications", "Application", "status", {"draft"}),
    "script": ("assessment", "Script", "status", set()),
    "marking": ("assessment", "Marking", "status", set()),
}

# Verbs that are steps inside a service of another name, and that service.
WITHIN = {
    ("invitation", "answer"): "close_invitations",
    ("invitation", "close"): "close_invitations",
    ("invitation", "replace"): "invite",
    ("mail", "put_off"): "send_mail",
    ("mail", "send"): "send_mail",
    ("mail", "deliver"): "take_receipt",
    ("mail", "bounce"): "take_receipt",
    ("mail", "fail"): "take_receipt",
    ("edition", "change"): "import_edition",
    ("enrolment", "conclude_passed"): "conclude",
    ("enrolment", "conclude_failed"): "conclude",
    ("application", "sign_ready"): "sign",
    ("application", "sign_referred"): "sign",
    ("application", "send_back_to_sponsor"): "send_back",
    ("application", "find_ready"): "change_rule",
    ("application", "find_referred"): "change_rule",
    ("application", "put_on_waiting_list"): "confirm",
    ("application", "offer"): "fill",
    ("application", "close"): "confirm",
    ("script", "finish_marking"): "submit_marks",
    ("script", "await_pass_mark"): "submit_marks",
}


@pytest.fixture(scope="module", autouse=True)
def _every_room():
    """Reading the addresses imports every room."""
    assert get_resolver().url_patterns


def without_service(table: Lifecycle, services) -> set[str]:
    """The verbs for which the room has no service."""
    return {
        row.verb
        for row in table.rows
        if not callable(getattr(services, WITHIN.get((table.name, row.verb), row.verb), None))
    }


def unreachable(table: Lifecycle, begins: set[str]) -> set[str]:
    """The states that nothing leads to from where a row begins."""
    reached = {str(each) for each in begins} | {
        str(row.target) for row in table.rows if NEW in row.sources
    }
    while True:
        further = {str(row.target) for row in table.rows if reached & set(map(str, row.sources))}
        if further <= reached:
            return set(map(str, table.labels)) - reached
        reached |= further


def test_every_table_is_told_of_here():
    found = {name for name in Lifecycle.registry if _room(name)}
    assert found == set(TABLES)


def _room(name: str) -> str:
    """The room whose states module has the table; '' for a table that a test made."""
    table = Lifecycle.registry[name]
    for room in ROOMS:
        states = importlib.import_module(f"{room}.states")
        if any(each is table for each in vars(states).values()):
            return room
    return ""


@pytest.mark.parametrize("name", TABLES)
def test_a_table_holds_together(name):
    room, model, field, begins = TABLES[name]
    table = Lifecycle.registry[name]
    assert _room(name) == room
    services = importlib.import_module(f"{room}.services")
    assert without_service(table, services) == set()
    assert unreachable(table, begins) == set()
    assert [label for label in table.labels.values() if not label.strip()] == []
    named = {str(state) for row in table.rows for state in (*row.sources, row.target)} - {NEW}
    assert named <= set(map(str, table.labels))
    choices = apps.get_model(room, model)._meta.get_field(field).choices
    assert [(value, str(label)) for value, label in choices] == [
        (str(value), str(label)) for value, label in table.labels.items()
    ]


def test_every_service_that_is_named_here_is_needed():
    """No exception outlives its verb."""
    verbs = {(name, row.verb) for name in TABLES for row in Lifecycle.registry[name].rows}
    assert set(WITHIN) <= verbs
    for name, (room, *_) in TABLES.items():
        services = importlib.import_module(f"{room}.services")
        twice = {
            verb
            for (table, verb) in WITHIN
            if table == name and callable(getattr(services, verb, None))
        }
        assert twice == set()


def test_every_verb_is_asked_for_by_its_table():
    """A verb that no code names would be a button that nothing stands behind."""
    root = Path(__file__).resolve().parents[2]
    for name, (room, *_) in TABLES.items():
        code = "\n".join(
            each.read_text() for each in (root / room).rglob("*.py") if each.name != "states.py"
        )
        missing = {row.verb for row in Lifecycle.registry[name].rows if f'"{row.verb}"' not in code}
        assert (name, missing) == (name, set())


def test_a_verb_without_service_and_a_lonely_state_are_noticed():
    """Canary."""
    labels = [("open", "Open"), ("shut", "Shut"), ("lost", "Lost")]
    table = Lifecycle(
        "canary", labels, move("shut", ["open"], "shut"), move("find", ["lost"], "open")
    )
    try:
        services = importlib.import_module("accounts.services")
        assert without_service(table, services) == {"shut", "find"}
        assert unreachable(table, {"open"}) == {"lost"}
    finally:
        del Lifecycle.registry["canary"]
