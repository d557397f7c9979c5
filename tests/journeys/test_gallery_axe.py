"""The gallery in real Chromium: no axe violation wide or narrow, nothing wider than the page, keys work."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, Page, Playwright

pytestmark = pytest.mark.browser

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OpenPage = Callable[..., Page]


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, *words: Any) -> None:
        pass


@pytest.fixture
def address(settings: Any) -> Iterator[str]:
    """The portal in debug, without a database: the gallery needs none."""
    settings.DEBUG = True
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser given in NPQ_CHROMIUM, else the machine's."""
    found = os.environ.get("NPQ_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail("No Chromium here. Install chromium, or set NPQ_CHROMIUM to its path.")
    browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def open_page(address: str, chromium: Browser) -> Iterator[OpenPage]:
    """Opens the gallery at a width, with or without scripts; `said` collects what the console says."""
    contexts = []

    def at(width: int = 1280, *, scripts: bool = True, said: list[str] | None = None) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            bypass_csp=scripts and said is None,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        if said is not None:
            page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}/gallery/")
        return page

    yield at
    for context in contexts:
        context.close()


def axe(page: Page) -> dict[str, Any]:
    page.evaluate(AXE)
    return page.evaluate("axe.run()")


@pytest.mark.parametrize("width", [1280, 320])
def test_no_violation_and_enough_rules_ran(open_page: OpenPage, width: int) -> None:
    page = open_page(width)
    result = axe(page)
    assert [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]] == []
    assert len(result["passes"]) >= 50
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_canary_axe_finds_a_planted_fault(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("document.querySelector('label[for=id_name]').remove()")
    assert [v["id"] for v in axe(page)["violations"]] == ["label"]


def test_the_summary_has_the_focus_and_its_links_move_it(open_page: OpenPage) -> None:
    page = open_page()
    page.wait_for_function("document.activeElement.classList.contains('govuk-error-summary')")
    links = page.locator(".govuk-error-summary a")
    for position in range(links.count()):
        link = links.nth(position)
        target = link.get_attribute("href").removeprefix("#")
        link.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == target


def test_a_following_question_shows_with_its_answer_even_without_scripts(
    open_page: OpenPage,
) -> None:
    page = open_page(scripts=False)
    question = page.locator("#id_phone")
    assert not question.is_visible()
    page.locator("label[for=id_contact_1]").click()
    assert question.is_visible()


def test_long_work_tells_how_far_it_is(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_text("Making page 2 of 5").first.wait_for()
    assert page.locator("progress").first.get_attribute("value") == "40"


def test_the_strict_policy_refuses_nothing_of_ours(open_page: OpenPage) -> None:
    said: list[str] = []
    page = open_page(said=said)
    page.get_by_text("Making page 2 of 5").first.wait_for()
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.npq-header')).backgroundColor"
    ) == ("rgb(15, 74, 77)")
    assert said == []
