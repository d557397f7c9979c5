"""Fills an empty portal with the demonstration."""

from random import Random
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User
from npq_portal.demo.story import Story


class Command(BaseCommand):
    help = "Live the demonstration's stories through the real services; refused where there are people already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2026, help="another number, other people")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError(
                "There are people in this portal already, so the demonstration stays away."
            )
        call_command("load_reference", verbosity=0)
        with transaction.atomic():
            lived = Story(Random(options["seed"])).live()
        self.stdout.write(f"{lived} school leaders at every stage of the way")
