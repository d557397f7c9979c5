"""What administrators keep at their desk: notes on applications, and filters of the list under names."""

from django.db import transaction

from accounts.models import User
from applications import events, policies
from applications.models import Application, Note, SavedFilter
from core import audit, clock


@transaction.atomic
def note(*, by: User, application: Application, text: str) -> Note:
    """Write down what should be remembered of an application, at any stage. Administrators read it."""
    policies.note(text).require()
    row = Note.objects.create(
        application=application, text=text.strip(), written_at=clock.now(), written_by=by
    )
    audit.record(events.NOTED, by=by, on=application, for_whom=application.applicant)
    return row


@transaction.atomic
def save_filter(*, by: User, name: str, query: str) -> SavedFilter:
    """Keep a filter of the list under a name that this person has not used. Nobody else sees it."""
    User.objects.select_for_update().get(pk=by.pk)
    taken = list(SavedFilter.objects.filter(owner=by).values_list("name", flat=True))
    policies.saved_filter(name, query, taken).require()
    return SavedFilter.objects.create(
        owner=by, name=name.strip(), query=query, saved_at=clock.now()
    )


@transaction.atomic
def remove_filter(*, by: User, name: str) -> None:
    """Throw one of one's own filters away; one that is gone already changes nothing."""
    SavedFilter.objects.filter(owner=by, name=name).delete()


@transaction.atomic
def record_export(*, by: User, query: str, searched: bool, kind: str, rows: int) -> None:
    """Record that the list left as a file: which filter and how many rows, not the words looked for (G4)."""
    audit.record(
        events.EXPORTED, by=by, on=by, filter=query, searched=searched, kind=kind, rows=rows
    )
