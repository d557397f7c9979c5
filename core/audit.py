"""Writes the audit trail, in the transaction of the change that it tells of (G4). Features never read it."""

from typing import Any, Protocol

from django.db import transaction

from core.events import Event
from core.models import AuditEntry


class Referenced(Protocol):
    """Anything with a public reference."""

    @property
    def reference(self) -> Any: ...


def record(
    event: Event,
    *,
    by: Referenced | None,
    on: Referenced,
    for_whom: Referenced | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
    **facts: Any,
) -> AuditEntry:
    """Append one entry. `by` None is the portal itself. Raises RuntimeError outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.name} was recorded outside the transaction of its change")
    return AuditEntry.objects.create(
        event=event.name,
        by=by.reference if by else "",
        for_whom=for_whom.reference if for_whom else "",
        object=on.reference,
        before=before,
        after=after,
        why=why,
        facts=facts,
    )
