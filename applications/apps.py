"""The applications room."""

from django.apps import AppConfig
from django.urls import reverse


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "Entry"

    def ready(self) -> None:
        from accounts.invitations import register_purpose
        from accounts.states import Role
        from applications import notifications, permissions, reports, services, tasks  # noqa: F401
        from programmes.presenters.cohorts import offer

        register_purpose(
            "sponsor",
            notifications.sponsor_purpose,
            role=Role.SPONSOR,
            accept=services.come_by_invitation,
        )
        offer("Apply", lambda cohort: reverse("applications:start", args=[cohort.reference]))

    def load_reference(self) -> None:
        """What load_reference loads of this room."""
        from applications import services

        services.load_funding_rules()
