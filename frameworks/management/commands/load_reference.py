"""load_reference: the framework's editions and what belongs to them. Done again, it changes nothing.

An upper room adds its own by a method `load_reference` of its AppConfig.
"""

import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from frameworks import queries, services
from frameworks.models import Edition

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
EDITIONS = ("2017", "2019")


class Command(BaseCommand):
    help = "Load the framework's editions, mark levels and the provider's own documents."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        loaded = [code for code in EDITIONS if _load_edition(code)]
        services.describe_marks(levels=_read("frameworks/mark_levels.json"))
        _explain_tasks()
        _add_provider_documents()
        for config in apps.get_app_configs():
            if load := getattr(config, "load_reference", None):
                load()
        self.stdout.write(
            f"Reference data loaded: editions {', '.join(loaded)}."
            if loaded
            else "Reference data is loaded already."
        )


def _read(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def _load_edition(code: str) -> bool:
    """Import and publish an edition unless it is published."""
    if queries.published_editions().filter(code=code).exists():
        return False
    services.import_edition(by=None, document=_read(f"frameworks/{code}.json"))
    services.publish(by=None, edition=Edition.objects.get(code=code))
    return True


def _explain_tasks() -> None:
    for place, sentences in _read("frameworks/task_guidance.json").items():
        edition, level, number = place.split("/")
        task = queries.task(edition, level, int(number))
        if list(task.guidance.values_list("text", flat=True)) != sentences:
            services.explain_task(task=task, sentences=sentences)


def _add_provider_documents() -> None:
    for entry in _read("provider/documents.json"):
        task = queries.task(entry["edition"], entry["level"], entry["task"])
        if not task.documents.filter(name=entry["name"]).exists():
            services.add_document(by=None, task=task, name=entry["name"], source=entry["source"])
