"""Reading the audit trail in tests."""

from core.models import AuditEntry


def events(*prefixes):
    """The names recorded so far, in order, those of these rooms."""
    names = AuditEntry.objects.order_by("pk").values_list("event", flat=True)
    return [name for name in names if name.startswith(prefixes or ("assessment.",))]
