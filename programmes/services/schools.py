"""The verbs about schools (G3)."""

from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit
from programmes import events
from programmes.models import School


@transaction.atomic
def add_school(*, by: User | None, urn: str, name: str, **fields: Any) -> School:
    """Add a school; `fields` are the other columns of School (G3)."""
    school = School.objects.create(urn=urn, name=name, **fields)
    audit.record(events.SCHOOL_ADDED, by=by, on=school)
    return school
