"""The quality room."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"
    verbose_name = "Metrics"

    def ready(self) -> None:
        from quality import permissions  # noqa: F401  registers the rules
