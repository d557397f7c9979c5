"""The programmes room."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "Delivery"

    def ready(self) -> None:
        from programmes import permissions  # noqa: F401  registers who may do what

    def load_reference(self) -> None:
        """What load_reference loads of this room."""
        from programmes import services

        services.load_programmes()
