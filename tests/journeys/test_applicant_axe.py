"""The applicant's pages by axe, each as somebody meets it: empty, wrong, filled in."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from applications import services
from tests.journeys.applying import SAVE, THEIR_ADDRESS, applying, name_sponsor, write
from tests.journeys.conftest import Visitor
from tests.journeys.hands import be_the_one_who, press
from tests.journeys.looking import FEWEST, axe, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


class Looked:
    """Runs axe on page after page; `found` by page, and how few rules had something to look at."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, Any] = {}
        self.ran: dict[str, int] = {}

    def at(self, name: str, *, wrong: bool = False) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        expect(self.page.locator(".govuk-error-summary")).to_have_count(int(wrong))
        seen = axe(self.page)
        assert name not in self.ran
        self.ran[name] = len(seen["passes"])
        self.found |= {name: faults(seen)} if seen["violations"] else {}
        self.page.set_viewport_size({"width": 320, "height": 800})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        if wide > 320:
            self.found[f"{name} at 320"] = wide

    def wrong(self, name: str, button: str = SAVE) -> None:
        press(self.page, button)
        self.at(f"{name}, wrong", wrong=True)


def test_axe_finds_nothing_in_the_self_check(visitor: Visitor) -> None:
    page = visitor(bypass_csp=True)
    look = Looked(page)
    page.goto("/check-readiness/")
    look.at("which level")
    look.wrong("which level", "Start")
    page.goto("/check-readiness/NPQH/areas/1/")
    look.at("area")
    look.wrong("area", "Continue")
    for _ in range(6):
        page.get_by_role("radio").nth(1).check()
        press(page, "Continue")
    look.at("behaviour")
    press(page, re.compile("^skip the behaviours"))
    look.at("result")
    press(page, "Create an account and apply with these answers")
    look.at("account")
    assert look.found == {}
    assert min(look.ran.values()) >= FEWEST


def test_axe_finds_nothing_in_the_form(visitor: Visitor, rows: None) -> None:
    application = applying("NPQEL", "started", "Ottilie Marsh")
    page = visitor(bypass_csp=True)
    be_the_one_who(page, "Is Ottilie Marsh.")
    look = Looked(page)
    home = application.get_absolute_url()

    page.goto(home)
    look.at("tasks")
    page.goto(f"{home}send/")
    look.at("answers with nothing given")
    press(page, "Go back to your tasks")
    press(page, "Your school and role")
    look.at("school")
    page.get_by_label("School name, street, postcode").fill("no such place at all")
    press(page, "Find your school")
    look.at("school not found")
    press(page, "My school is not listed")
    look.at("school not listed")
    look.wrong("school not listed")
    page.goto(f"{home}school/?q=quarry")
    look.at("schools found")
    page.goto(f"{home}school/?q=school")
    look.wrong("schools found", "Continue")
    page.get_by_role("radio").first.check()
    press(page, "Continue")
    look.at("role")
    look.wrong("role")
    page.get_by_label("Your role at the school").fill("Head of maths")
    press(page, SAVE)
    look.at("funding")
    look.wrong("funding")
    page.get_by_label("I pay myself").check()
    press(page, SAVE)
    page.goto(f"{home}areas/1/")
    look.at("area")
    look.wrong("area")
    page.goto(f"{home}areas/2/")
    page.get_by_text("What this area covers").click()
    page.get_by_label(re.compile("^3 – ")).check()
    look.at("area, filled in")
    services.score_areas(
        by=application.applicant, application=application, scores=dict.fromkeys(range(1, 7), 3)
    )
    page.goto(f"{home}strengths/")
    look.at("strongest areas")
    look.wrong("strongest areas")
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    press(page, SAVE)
    look.at("writing")
    look.wrong("writing")
    write(page)
    press(page, SAVE)
    write(page)
    expect(page.locator("[data-kept]")).to_contain_text("Saved at")
    look.at("writing, filled in and kept")
    press(page, SAVE)
    press(page, "Name your sponsor")
    look.at("sponsor")
    look.wrong("sponsor")
    name_sponsor(page, THEIR_ADDRESS)
    look.at("tasks, all done")
    press(page, "Check your answers and send")
    look.at("answers")
    look.wrong("answers", "Sign and send to your sponsor")
    page.get_by_label("Type your full name to sign").fill("Ottilie Marsh")
    press(page, "Sign and send to your sponsor")
    look.at("sent")
    press(page, "Answer the equality questions")
    look.at("equality")
    page.goto(home)
    look.at("status")
    press(page, "Name another sponsor")
    look.at("another sponsor")
    page.goto(f"{home}withdraw/")
    look.at("withdraw")
    page.goto("/apply/")
    look.at("own applications")
    assert look.found == {}
    assert min(look.ran.values()) >= FEWEST
    assert len(look.ran) == 31
