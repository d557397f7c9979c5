"""The applications room."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

if TYPE_CHECKING:
    from frameworks.models import Level


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "Entry"

    def ready(self) -> None:
        from accounts.invitations import register_purpose
        from accounts.notifications import when_bounced
        from accounts.states import Role
        from applications import notifications, permissions, reports, services, tasks  # noqa: F401
        from programmes.presenters.cohorts import desk_link, offer, offer_before_applying

        register_purpose(
            "sponsor",
            notifications.sponsor_purpose,
            role=Role.SPONSOR,
            accept=services.come_by_invitation,
        )
        when_bounced(notifications.chasing.sponsor_mail_bounced)
        desk_link(
            "Waiting list",
            lambda cohort: reverse("applications:waiting_list", args=[cohort.reference]),
        )
        offer("Apply", lambda cohort: reverse("applications:start", args=[cohort.reference]))
        offer_before_applying("Check how ready you are", _selfcheck)

    def load_reference(self) -> None:
        """What load_reference loads of this room."""
        from applications import services

        services.load_funding_rules()


def _selfcheck(level: "Level | None") -> str:
    """The self-check, at its first question where a level is chosen."""
    from applications.presenters import selfcheck

    return selfcheck.first_question(level) if level else reverse("applications:selfcheck")
