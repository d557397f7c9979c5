"""The audit trail is written in the transaction of the change and cannot be rewritten (G4)."""

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from accounts.models import User
from core import audit
from core.events import Event
from core.models import AuditEntry

PAINTED = Event("test.painted", "{by} painted {object}")


@pytest.fixture
def person(db):
    return User.objects.create_user("ada@example.test", first_name="Ada", last_name="Byron")


def test_an_entry_holds_references_and_facts(person):
    entry = audit.record(
        PAINTED, by=person, on=person, before={"colour": "red"}, after={"colour": "blue"}, coats=2
    )
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert (stored.event, stored.by, stored.object) == (
        "test.painted",
        person.reference,
        person.reference,
    )
    assert (stored.before, stored.after, stored.facts) == (
        {"colour": "red"},
        {"colour": "blue"},
        {"coats": 2},
    )


@pytest.mark.parametrize(
    "sql", ["UPDATE core_auditentry SET why = 'other'", "DELETE FROM core_auditentry"]
)
def test_the_database_refuses_to_rewrite_it(person, sql):
    audit.record(PAINTED, by=None, on=person)
    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_canary_without_its_trigger_the_trail_can_be_rewritten(person):
    audit.record(PAINTED, by=None, on=person)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER core_audit_append_only ON core_auditentry")
        cursor.execute("UPDATE core_auditentry SET why = 'other'")
        assert cursor.rowcount == AuditEntry.objects.count() > 0


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    person = User.objects.create_user("bo@example.test", first_name="Bo", last_name="Lee")
    before = AuditEntry.objects.count()
    with pytest.raises(RuntimeError, match="outside the transaction"):
        audit.record(PAINTED, by=person, on=person)
    assert AuditEntry.objects.count() == before


def test_two_events_may_not_share_a_name():
    with pytest.raises(ValueError, match="two events named test"):
        Event("test.painted", "again")
