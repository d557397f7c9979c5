"""Every row that the list's filter finds, in the list's order, read as it is sent. Writes nothing."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from applications.models import Application

CHUNK = 2000
# Each column of the file and where its value stands; the presenter says it in words.
FIELDS = (
    "reference",
    "applicant__first_name",
    "applicant__last_name",
    "applicant__email",
    "applicant__trn",
    "trn",
    "level__code",
    "cohort__name",
    "cohort__starts_on",
    "school__name",
    "school__urn",
    "school__local_authority",
    "school__region",
    "school_typed",
    "post",
    "status",
    "moderator_id",
    "moderator__first_name",
    "moderator__last_name",
    "appealed__handed_to_id",
    "moved_at",
    "started_at",
    "sent_at",
    "is_late",
    "sponsor_first_name",
    "sponsor_last_name",
    "sponsor_email",
    "funding_route",
    "decided_at",
    "enrolment__reference",
)


def every(found: QuerySet[Application]) -> Iterator[dict[str, Any]]:
    """Row by row from the server's own cursor, the longest waiting first; memory stays flat."""
    rows = found.select_related(None).only("pk").order_by("moved_at", "pk")
    for values in rows.values_list(*FIELDS).iterator(chunk_size=CHUNK):
        yield dict(zip(FIELDS, values, strict=True))
