"""The assessment room."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"
    verbose_name = "Marking"

    def ready(self) -> None:
        """Handlers of messages and the builder of the feedback report make themselves known."""
        from assessment import notifications, permissions, reports  # noqa: F401
