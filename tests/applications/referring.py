"""Moderators of regions and what the trail says since, for the tests of referral."""

from accounts.states import Role
from applications import services
from applications.models import Application
from core.models import AuditEntry
from tests.applications import steps


def moderator_of(region="North West", **names):
    """Another moderator of a region."""
    made = steps.make_person(Role.REGIONAL_MODERATOR, **names)
    services.cover_region(by=None, moderator=made, region=region)
    return made


def fresh(application):
    return Application.objects.select_related("moderator", "sponsor", "school").get(
        pk=application.pk
    )


def events_since(last):
    entries = AuditEntry.objects.filter(pk__gt=last).exclude(event__startswith="accounts.")
    return [entry.event.removeprefix("applications.") for entry in entries.order_by("pk")]


def last_entry():
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
