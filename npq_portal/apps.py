"""The portal as a whole."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "npq_portal"
    verbose_name = "Portal"
