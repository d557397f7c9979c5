"""What journeys share: one running portal with the demonstration in it, Chromium, and the mails it sent."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from accounts.models import User
from tests.journeys.running import Portal, database_url

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
Visitor = Callable[..., Page]


def _emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def portal(django_db_setup: None, django_db_blocker: Any) -> Iterator[Portal]:
    """gunicorn and a Celery worker on the test database, with the demonstration lived through.

    Its rows are committed for other processes to see; afterwards the tables are emptied.
    """
    folder = Path(tempfile.mkdtemp(prefix="portal-journey-"))
    with django_db_blocker.unblock():
        portal = Portal(folder, database_url(connection.settings_dict), os.environ["REDIS_URL"])
        if User.objects.exists():
            _emptied()
        try:
            portal.manage("collectstatic", "--noinput", "--verbosity", "0")
            portal.manage("load_reference")
            portal.manage("seed_demo")
            portal.start_worker()
            portal.start_web()
            yield portal
        finally:
            portal.stop()
            _emptied()
            connection.close()
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def rows(portal: Portal, django_db_blocker: Any) -> Iterator[None]:
    """The test may look into the tables that the portal writes."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop is no reader of our tables
    with django_db_blocker.unblock():
        yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser given in NPQ_CHROMIUM, else the machine's."""
    found = os.environ.get("NPQ_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail("No Chromium here. Install chromium, or set NPQ_CHROMIUM to its path.")
    browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture
def visitor(portal: Portal, chromium: Browser) -> Iterator[Visitor]:
    """Opens a browser of one's own: `visitor()`, `visitor(width=390, scripts=False)`."""
    contexts: list[BrowserContext] = []

    def come(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=portal.url,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()
