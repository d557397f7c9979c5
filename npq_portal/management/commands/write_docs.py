"""Writes docs/states.md and docs/permissions.md from the code, or says that they are out of date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from npq_portal import reference_docs


class Command(BaseCommand):
    help = "Write docs/states.md and docs/permissions.md; with --check only tell whether they are current."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for name, text in reference_docs.pages().items():
            path = Path(settings.BASE_DIR) / "docs" / name
            if path.exists() and path.read_text() == text:
                continue
            stale.append(name)
            if not options["check"]:
                path.write_text(text)
                self.stdout.write(f"wrote docs/{name}")
        if stale and options["check"]:
            raise CommandError(f"{' and '.join(stale)} out of date: run `make docs`.")
