"""The documents room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Files"

    def ready(self) -> None:
        from documents import tasks  # noqa: F401 - registers its outbox handlers
