"""import_schools FILE [--full]: read the Department's establishment file (G3)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import PortalError
from programmes import services

COUNTS = ("added", "changed", "unchanged", "closed", "refused")


class Command(BaseCommand):
    help = (
        "Read the Department's establishment file, a CSV with all its columns: rows that it changed since they "
        "were read last. A row that cannot be taken is listed with its line and reasons; the others are taken."
    )

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--full",
            action="store_true",
            help="compare every row column by column, whatever the day it was last changed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = services.import_schools(by=None, path=options["file"], full=options["full"])
        except PortalError as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"{run.reference}: {run.file_name}")
        for name in COUNTS:
            self.stdout.write(f"{name}: {getattr(run, name)}")
        for row in run.refused_rows.iterator():
            self.stdout.write(f"line {row.line}, URN {row.urn or 'not given'}: {row.reasons}")
