"""Prints the demonstration's people, one line each, and how to be one of them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts import presenters, queries


class Command(BaseCommand):
    help = "List the personas: role, name, e-mail address and how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        groups = presenters.personas_by_role(list(queries.personas()))
        if not groups:
            raise CommandError("There are no personas. `manage.py seed_demo` makes them.")
        how = (
            f"one click at {settings.BASE_URL}{reverse('accounts:personas')}"
            if settings.DEMO
            else "set NPQ_DEMO=1 for the page with one-click sign-in"
        )
        for group in groups:
            for person in group["people"]:
                self.stdout.write(f"{group['role']}: {person['name']} <{person['email']}> ({how})")
