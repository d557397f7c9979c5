"""What people do in a journey: press things, be a persona, read their mail, make a file, take a picture."""

import io
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from playwright.sync_api import APIResponse, FilePayload, Page

from accounts.mailbox import Mail, newest
from tests.journeys.running import ROOT

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/\S+)")
CODE = re.compile(r"\b(\d{6})\b")
PATIENCE = 30.0


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Click the button or link of that name, and wait for the page it leads to."""
    button, link = page.get_by_role("button", name=name), page.get_by_role("link", name=name)
    button.or_(link).locator("visible=true").first.click()
    page.wait_for_load_state()


def be(page: Page, name: str) -> Page:
    """Sign in as somebody of the persona page, the demonstration's own way past the second factor."""
    page.goto("/demo/")
    press(page, f"Sign in as {name}")
    page.wait_for_url("**/home/")
    return page


def be_the_one_who(page: Page, story: str) -> Page:
    """Sign in as the persona whose story says this."""
    page.goto("/demo/")
    page.locator(".govuk-summary-list__row", has_text=story).get_by_role("button").first.click()
    page.wait_for_url("**/home/")
    return page


def post(page: Page, address: str, form: dict[str, str], **headers: str) -> APIResponse:
    """Send a form by hand as the person signed in here, past whatever the page would not offer."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    return page.request.post(
        address, form={"csrfmiddlewaretoken": token, **form}, headers=headers, max_redirects=0
    )


def upload(page: Page, file: FilePayload) -> None:
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_load_state()


def docx(name: str, paragraphs: list[str], *, author: str = "") -> FilePayload:
    """A real Word document, as the participant's own computer would send it; '# ' begins a heading."""
    document = Document()
    document.core_properties.author = author
    document.add_heading(name, level=1)
    for paragraph in paragraphs:
        if paragraph.startswith("# "):
            document.add_heading(paragraph.removeprefix("# "), level=2)
        else:
            document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    return {"name": f"{name}.docx", "mimeType": DOCX, "buffer": made.getvalue()}


@dataclass(frozen=True)
class Letters:
    """The mails that the portal wrote as files."""

    folder: Path

    def to(self, address: str, about: str) -> Mail:
        """The newest to somebody whose subject says `about`; waits, since the worker sends most of them."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for mail in newest(self.folder, limit=10_000):
                if address in mail.to and about in mail.subject:
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"no mail about {about!r} to {address}")

    def code(self, address: str, about: str) -> str:
        mail = self.to(address, about)
        found = CODE.search(f"{mail.subject} {mail.text}")
        assert found, mail.text
        return found[1]

    def link(self, address: str, about: str) -> str:
        """The one link of a mail, as a path."""
        found = set(LINK.findall(self.to(address, about).text))
        assert len(found) == 1, found
        return found.pop()


class Tour:
    """Pictures of a journey for docs/tour/, taken only where NPQ_TOUR=1 asks for them."""

    folder = ROOT / "docs" / "tour"

    def __init__(self) -> None:
        self.wanted = os.environ.get("NPQ_TOUR") == "1"

    def picture(self, page: Page, name: str, *, at: str = "") -> None:
        """What the person sees now, from the place `at` if given; few colours, so that the file is small."""
        if not self.wanted:
            return
        page.wait_for_load_state("networkidle")
        if at:
            page.locator(at).first.evaluate("each => each.scrollIntoView({block: 'start'})")
        taken = page.screenshot()
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.png").write_bytes(_small(taken))


def _small(png: bytes) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few: Any = picture.convert("RGB").quantize(64)
        few.save(made, "PNG", optimize=True)
    return made.getvalue()


class Keys:
    """Somebody who has no mouse: goes about a page with the keyboard alone."""

    MOST = 80

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, role: Any, name: str | re.Pattern[str], **options: Any) -> bool:
        """Whether what has the focus now is that, by its accessible name, and shows that it has it."""
        here = "each => each === document.activeElement && each.matches(':focus-visible')"
        found = self.page.get_by_role(role, name=name, **options)
        return any(each.evaluate(here) for each in found.all())

    def tab(self, role: Any, name: str | re.Pattern[str], **options: Any) -> None:
        """Tab until that has the focus; AssertionError when it is not within reach."""
        for _ in range(self.MOST):
            if self.at(role, name, **options):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no {role} {name!r} within {self.MOST} tabs on {self.page.url}")

    def enter(self, role: Any, name: str | re.Pattern[str], **options: Any) -> None:
        """Go to the link or button of that name and press Enter, to the page it leads to."""
        self.tab(role, name, **options)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, radio: str | re.Pattern[str]) -> None:
        """Go into a group of radios, and by the arrows to one of them."""
        self.tab("radio", re.compile(""))
        for _ in range(self.MOST):
            if self.at("radio", radio):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no radio {radio!r} by the arrows on {self.page.url}")
