"""The workspace in real Chromium: saves by itself, keys, both versions of a stale save, tabs, and without scripts."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from assessment.models import Mark
from frameworks import queries as frameworks
from tests.assessment import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser given in NPQ_CHROMIUM, else the machine's; one Playwright for all files of a process."""
    found = os.environ.get("NPQ_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail("No Chromium here. Install chromium, or set NPQ_CHROMIUM to its path.")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's loop lies under these tests and touches no table.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def marking(chromium, reference_data):
    return steps.marking_of(steps.script_at("allocated"))


@pytest.fixture
def codes(marking) -> list[str]:
    return [each.code for each in frameworks.scheme(marking.script.task)]


@pytest.fixture
def open_page(live_server, chromium, marking, signed_in) -> Iterator[OpenPage]:
    """Opens the assessor's workspace at a criterion."""
    contexts = []

    def at(code: str, *, width: int = 1280, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 850}, java_script_enabled=scripts
        )
        contexts.append(context)
        cookie = signed_in(marking.assessor).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/marking/{marking.reference}/?criterion={code}")
        return page

    yield at
    for context in contexts:
        context.close()


def stored(marking, code) -> tuple[int | None, str, str]:
    mark = Mark.objects.get(marking=marking, criterion__criterion__code=code)
    return mark.value, mark.confidence, mark.reason


def test_marks_by_key_save_themselves_and_the_text_stays_where_it_is(open_page, marking, codes):
    page = open_page(codes[0])
    page.set_viewport_size({"width": 1280, "height": 500})
    page.evaluate("window.scrollTo(0, 150)")
    page.keyboard.press("1")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at ")
    page.keyboard.press("j")
    cell = page.locator(f".marking-cell[data-criterion='{codes[0]}'] [data-label]")
    expect(cell).to_have_text(f"{codes[0]}: mark 1, just")
    assert stored(marking, codes[0]) == (1, "just", "")
    page.keyboard.press("n")
    expect(page.locator("[data-panel-title]")).to_contain_text(codes[1])
    assert page.url.endswith(f"?criterion={codes[1]}")
    assert page.evaluate("window.scrollY") == 150
    expect(page.locator("[data-progress]")).to_have_text("1 of 14 criteria marked")


def test_a_0_waits_for_its_reason(open_page, marking, codes):
    page = open_page(codes[0])
    page.keyboard.press("0")
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet: say why it is 0")
    assert page.evaluate("document.activeElement.id") == "id_reason"
    page.keyboard.type("Only claimed.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at ")
    assert stored(marking, codes[0]) == (0, "secure", "Only claimed.")


def test_keys_do_nothing_while_somebody_types(open_page, marking, codes):
    page = open_page(codes[0])
    page.locator("#id_reason").focus()
    page.keyboard.type("2 of 10 now")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at ")
    assert stored(marking, codes[0]) == (None, "", "2 of 10 now")


def test_two_windows_show_both_versions_and_one_is_chosen(open_page, marking, codes):
    first, second = open_page(codes[0]), open_page(codes[0])
    first.keyboard.press("1")
    expect(first.locator("[data-saved]")).to_contain_text("Saved at ")
    second.keyboard.press("2")
    conflict = second.locator(".marking-conflict")
    expect(conflict).to_contain_text("Mark 1, secure")
    expect(conflict).to_contain_text("Mark 2, secure")
    assert stored(marking, codes[0])[0] == 1
    second.get_by_role("button", name="Save mine instead").click()
    expect(second.locator("[data-saved]")).to_contain_text("Saved at ")
    assert stored(marking, codes[0])[0] == 2


def test_selected_words_are_quoted_into_the_reason(open_page, codes):
    page = open_page(codes[0])
    page.evaluate(
        """() => {
            const paragraph = document.querySelector("[data-script-text] p");
            const range = document.createRange();
            range.selectNodeContents(paragraph);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Quote the words you selected").click()
    assert page.input_value("#id_reason").strip() == f"“{steps.PARAGRAPH}”"


def test_on_a_narrow_screen_the_sides_are_tabs(open_page, codes):
    page = open_page(codes[0], width=375)
    expect(page.locator("#read")).to_be_visible()
    expect(page.locator("#mark")).to_be_hidden()
    page.get_by_role("link", name="Mark it").click()
    expect(page.locator("#mark")).to_be_visible()
    expect(page.locator("#read")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_without_scripts_the_buttons_save(open_page, marking, codes):
    page = open_page(codes[0], scripts=False)
    page.check("#id_value_2", force=True)
    page.fill("#id_reason", "Full.")
    page.get_by_role("button", name="Save this mark and go on").click()
    assert page.url.endswith(f"?criterion={codes[1]}")
    assert stored(marking, codes[0]) == (2, "secure", "Full.")
