"""`count_words FILE`: the words of a document as JSON (S2). Exit 1 when it cannot be read."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import reading


class Command(BaseCommand):
    help = "Count the words of a .docx, .odt or .pdf file and print them as JSON."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the document")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            words = reading.count_words(options["file"])
        except reading.Unreadable as error:
            raise CommandError(str(error)) from error
        for warning in words.warnings:
            self.stderr.write(warning)
        self.stdout.write(json.dumps(words.as_json()))
