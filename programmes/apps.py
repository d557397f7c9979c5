"""The programmes room."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "Delivery"

    def ready(self) -> None:
        from programmes import permissions  # noqa: F401  registers who may do what
