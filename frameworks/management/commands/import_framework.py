"""import_framework FILE [--dry-run]: read an edition as export_framework writes it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import PortalError
from frameworks import services

MOST_BYTES = 10 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Import an edition of the framework from a JSON file; a published edition is never altered."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = _read(options["file"])
        try:
            done = services.import_edition(by=None, document=document, dry_run=options["dry_run"])
        except PortalError as error:
            raise CommandError(error.message) from None
        tense = "would be " if options["dry_run"] and done.outcome != "unchanged" else ""
        self.stdout.write(
            f"Edition {done.edition} {tense}{done.outcome}: {done.levels} levels, "
            f"{done.statements} statements, {done.criteria} criteria in the file."
        )


def _read(file: Path) -> object:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CommandError(f"{file} is larger than 10 MB, so it is not an edition.")
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not UTF-8 text.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise CommandError(f"{file} is not JSON: {error}.") from None
