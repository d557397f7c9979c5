"""load_reference: the framework's, and a programme for each level that has none. Done again, it changes nothing."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from frameworks import queries as frameworks
from frameworks.management.commands import load_reference
from programmes import services

FIXTURE = Path(settings.BASE_DIR) / "fixtures" / "programmes" / "programmes.json"


class Command(load_reference.Command):
    """Stands before the framework's command of this name, since the framework cannot know of programmes."""

    help = f"{load_reference.Command.help} Programmes for its levels."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        undescribed = list(frameworks.all_levels().filter(programme=None))
        if not undescribed:
            return
        words = json.loads(FIXTURE.read_text(encoding="utf-8"))
        for level in undescribed:
            if text := words["descriptions"].get(level.code):
                hours = words["hours"].get(level.edition.code, {}).get(level.code, {})
                services.describe_programme(by=None, level=level, description=text, hours=hours)
