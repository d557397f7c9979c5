"""What a level's programme is like with this provider (A11, F10)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from core import audit
from frameworks import queries as frameworks
from frameworks.models import Level
from programmes import events, policies
from programmes.models import Programme

FIXTURE = Path(settings.BASE_DIR) / "fixtures" / "programmes" / "programmes.json"
HOURS = (
    "hours_induction",
    "hours_face_to_face",
    "hours_online",
    "hours_formative",
    "hours_coaching",
)


@transaction.atomic
def describe_programme(
    *, by: User | None, level: Level, description: str, hours: Mapping[str, int | None]
) -> Programme:
    """Say what a level's programme is for and its planned hours by type; None where not known yet (F10)."""
    policies.description(description).require()
    row, is_new = Programme.objects.select_for_update().get_or_create(level=level)
    facts: dict[str, Any] = {
        "description": description.strip(),
        **{each: hours.get(each) for each in HOURS},
    }
    before = {field: getattr(row, field) for field in facts}
    changed = [field for field, value in facts.items() if value != before[field]]
    if not changed and not is_new:
        return row
    for field, value in facts.items():
        setattr(row, field, value)
    row.save(update_fields=list(facts))
    audit.record(
        events.PROGRAMME_DESCRIBED,
        by=by,
        on=row,
        before={field: before[field] for field in changed},
        after={field: facts[field] for field in changed},
        level=level.code,
        edition=level.edition.code,
    )
    return row


@transaction.atomic
def load_programmes() -> None:
    """Describe every level that nobody described yet in the portal's own words; the rest stays as it is."""
    undescribed = list(frameworks.all_levels().filter(programme=None))
    if not undescribed:
        return
    words = json.loads(FIXTURE.read_text(encoding="utf-8"))
    for level in undescribed:
        if text := words["descriptions"].get(level.code):
            hours = words["hours"].get(level.edition.code, {}).get(level.code, {})
            describe_programme(by=None, level=level, description=text, hours=hours)
