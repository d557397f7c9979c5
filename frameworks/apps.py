"""The frameworks room."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "frameworks"
    verbose_name = "Standards"

    def ready(self) -> None:
        from frameworks import permissions  # noqa: F401 - registers who may do what
