"""export_framework EDITION [--level NPQH]: the edition as JSON on standard output."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frameworks import queries
from frameworks.models import Edition


class Command(BaseCommand):
    help = "Write an edition of the framework as JSON to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="the edition's code, such as 2019")
        parser.add_argument("--level", default="", help="only this level, such as NPQH")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = Edition.objects.get(code=options["edition"])
        except Edition.DoesNotExist:
            known = ", ".join(Edition.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(
                f"There is no edition {options['edition']}. Editions held: {known or 'none'}."
            ) from None
        level = options["level"]
        if level and not edition.levels.filter(code=level).exists():
            known = ", ".join(edition.levels.values_list("code", flat=True))
            raise CommandError(f"Edition {edition.code} has no level {level}. It has: {known}.")
        document = queries.as_document(edition, level)
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
