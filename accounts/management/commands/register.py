"""Adds a person with roles: how a new portal gets its first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import services
from accounts.states import Role
from core.errors import Refused


class Command(BaseCommand):
    help = "Add a person. They choose a password by 'Forgotten your password?' on the sign-in page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument("--role", action="append", choices=Role.values, default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        roles = [Role(each) for each in options["role"]]
        try:
            user = services.register(
                by=None,
                email=options["email"],
                first_name=options["first_name"],
                last_name=options["last_name"],
                roles=roles,
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{user.reference} {user.name}")
