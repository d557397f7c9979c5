"""What this room records in the audit trail, each with the sentence that auditors read."""

from core.events import Event

EDITION_IMPORTED = Event("frameworks.edition_imported", "{by} imported edition {object}")
EDITION_PUBLISHED = Event("frameworks.edition_published", "{by} published edition {object}")
PASS_MARK_ENTERED = Event(
    "frameworks.pass_mark_entered", "{by} entered the pass mark of task {object}"
)
DOCUMENT_ADDED = Event(
    "frameworks.document_added", "{by} added the provider's own document {name} to task {object}"
)
