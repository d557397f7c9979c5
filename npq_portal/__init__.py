"""The room that sees everything: settings, urls, Celery, role home pages, error pages, demo data."""

from npq_portal.celery import app as celery_app

__all__ = ["celery_app"]
