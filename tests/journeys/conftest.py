"""What journeys share: one running portal with the demonstration in it, Chromium, and the mails it sent."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.journeys.hands import Letters
from tests.journeys.running import Portal, database_url, own_queue

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OURS = (
    *("accounts", "documents", "frameworks", "programmes", "applications", "assessment"),
    *("quality", "core"),
)
Visitor = Callable[..., Page]
Block = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="package")
def database() -> Iterator[dict[str, Any]]:
    """Settings of a database made for the journeys alone, dropped after them.

    pytest-django's own would not do: it is made only for tests that carry its mark, and emptied after each.
    """
    settings = {**connection.settings_dict}
    settings["NAME"] = f"{settings['NAME']}_journeys_{os.getpid()}"
    server = psycopg2.connect(
        dbname="postgres",
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"],
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{settings["NAME"]}"')
        yield settings
        cursor.execute(f'DROP DATABASE "{settings["NAME"]}" WITH (FORCE)')
    server.close()


@pytest.fixture(scope="package")
def portal(database: dict[str, Any]) -> Iterator[Portal]:
    """gunicorn and a Celery worker on a database of their own, with the demonstration lived through."""
    folder = Path(tempfile.mkdtemp(prefix="portal-journey-"))
    queue = own_queue(os.environ["REDIS_URL"], os.environ.get("PYTEST_XDIST_WORKER", ""))
    portal = Portal(folder, database_url(database), queue)
    try:
        portal.manage("migrate", "--verbosity", "0")
        portal.manage("createcachetable")
        portal.manage("collectstatic", "--noinput", "--verbosity", "0")
        portal.manage("seed_demo")
        portal.start_worker()
        portal.start_web()
        yield portal
    finally:
        portal.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def letters(portal: Portal) -> Letters:
    """The mails that the running portal wrote."""
    return Letters(portal.folder / "mail")


@pytest.fixture
def rows(
    portal: Portal,
    database: dict[str, Any],
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """The test may look into the tables that the portal writes."""
    # Playwright's loop lies under every browser test and touches no table.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "NAME", database["NAME"])
        yield
        connection.close()


def _everything(folder: Path) -> dict[str, object]:
    """What every table of ours holds, as one sum of each, and the names of the files kept."""
    kept: dict[str, object] = {"files": sorted(map(str, (folder / "files").rglob("*")))}
    models = [each for each in apps.get_models() if each._meta.app_label in OURS]
    with connection.cursor() as cursor:
        for table in sorted(each._meta.db_table for each in models):
            cursor.execute(
                f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'
            )
            kept[table] = cursor.fetchone()
    return kept


@pytest.fixture
def nothing_written(portal: Portal, rows: None) -> Block:
    """A block in which no row of ours and no kept file may change."""

    @contextmanager
    def block() -> Iterator[None]:
        before = _everything(portal.folder)
        yield
        after = _everything(portal.folder)
        assert {name for name in after if after[name] != before[name]} == set()

    return block


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
