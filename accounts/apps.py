"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from accounts import notifications, samples  # noqa: F401  register what this room mails
