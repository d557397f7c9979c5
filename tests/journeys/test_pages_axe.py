"""The main pages of every role: no axe violation wide or on a phone; the applicant's form without scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.applying import NEW, application
from tests.journeys.conftest import Visitor
from tests.journeys.hands import be, be_the_one_who, press
from tests.journeys.looking import FEWEST, axe, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

Way = Callable[[Page], Any]


def at(address: str) -> Way:
    return lambda page: page.goto(address)


def as_persona(name: str, address: str) -> Way:
    def go(page: Page) -> None:
        be(page, name)
        page.goto(address)

    return go


def as_the_one_who(story: str, *steps: str | re.Pattern[str], address: str = "") -> Way:
    """Sign in, go to an address, press one thing after the other."""

    def go(page: Page) -> None:
        be_the_one_who(page, story)
        if address:
            page.goto(address)
        for step in steps:
            press(page, step)

    return go


def first_row(name: str, address: str, *steps: str | re.Pattern[str]) -> Way:
    """The first thing of a list that staff see."""

    def go(page: Page) -> None:
        be(page, name)
        page.goto(address)
        page.get_by_role("table").last.get_by_role("link").first.click()
        page.wait_for_load_state()
        for step in steps:
            press(page, step)

    return go


def form_with_errors(page: Page) -> None:
    application(page)
    press(page, "Name your sponsor")
    for field in ("First name", "Last name"):
        page.get_by_label(field).fill("")
    page.get_by_label("Email address").fill("not an address")
    press(page, "Save and continue")
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def behaviour(page: Page) -> None:
    be_the_one_who(page, "asked to sponsor a colleague")
    press(page, re.compile("^Answer for"))
    page.wait_for_url("**/sponsor/")
    page.goto(f"{page.url}behaviours/1/")


HELEN, SAMUEL, MIRIAM, GARETH = "Helen Marlowe", "Samuel Osei", "Miriam Castle", "Gareth Bowen"
WRITER, PASSED = "has work to submit", "Has a result to read"
PAGES: dict[str, Way] = {
    "front": at("/"),
    "programmes": at("/programmes/"),
    "sign in": at("/accounts/login/"),
    "sign up": at("/accounts/signup/"),
    "forgotten password": at("/accounts/password/reset/"),
    "dead link": at("/invitations/" + "x" * 43 + "/"),
    "levels": at("/framework/"),
    "level": at("/framework/2019/NPQSL/"),
    "area": at("/framework/2019/NPQSL/areas/1/"),
    "how an area grows": at("/framework/grows/1/"),
    "what changed": at("/framework/changes/NPQH/"),
    "task": at("/framework/2019/NPQSL/tasks/1/"),
    "print": at("/framework/2019/NPQSL/print/"),
    "search": at("/framework/search/?q=pupils"),
    "personas": at("/demo/"),
    "home of somebody new": as_the_one_who(NEW),
    "programmes to apply for": as_the_one_who(NEW, "Apply for NPQEL", address="/programmes/"),
    "application": application,
    "form with errors": form_with_errors,
    "home of a sponsor": as_the_one_who("asked to sponsor a colleague"),
    "behaviour": behaviour,
    "home of a participant": as_the_one_who(WRITER),
    "submissions": as_the_one_who(WRITER, address="/submissions/"),
    "what to submit": as_the_one_who(WRITER, "NPQSL task 1", address="/submissions/"),
    "result": as_the_one_who(PASSED, "See your result"),
    "account": as_the_one_who(WRITER, address="/account/"),
    "home of an administrator": as_persona(HELEN, "/home/"),
    "applications": as_persona(HELEN, "/applications/"),
    "an application": first_row(HELEN, "/applications/?status=ready"),
    "enrolments": as_persona(HELEN, "/enrolments/"),
    "an enrolment": first_row(HELEN, "/enrolments/"),
    "scripts": as_persona(HELEN, "/scripts/"),
    "a script": first_row(HELEN, "/scripts/"),
    "release": as_persona(HELEN, "/scripts/release/"),
    "home of an assessor": as_persona(SAMUEL, "/home/"),
    "marking list": as_persona(SAMUEL, "/marking/"),
    "marking": as_persona(SAMUEL, "/marking/next/"),
    "home of a regional moderator": as_persona(GARETH, "/home/"),
    "referrals": as_persona(GARETH, "/referrals/"),
    "a referral": first_row(GARETH, "/referrals/"),
    "home of a quality agent": as_persona(MIRIAM, "/home/"),
    "figures": as_persona(MIRIAM, "/figures/"),
    "home of a moderator": as_persona("Ruth Penhaligon", "/home/"),
    "home of a tutor": as_persona("Lucy Ferris", "/home/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_violation_wide_or_on_a_phone(name: str, visitor: Visitor) -> None:
    page = visitor(bypass_csp=True)
    PAGES[name](page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page).not_to_have_title(re.compile("problem"))
    wide = axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    narrow = axe(page)
    assert faults(wide) == []
    assert faults(narrow) == []
    assert min(len(wide["passes"]), len(narrow["passes"])) >= FEWEST
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_canary_axe_finds_a_planted_fault(visitor: Visitor) -> None:
    page = visitor(bypass_csp=True)
    page.goto("/accounts/login/")
    page.evaluate("document.querySelector('main label').remove()")
    assert [found for found, _ in faults(axe(page))] == ["label"]


def test_applying_works_without_scripts(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False)
    be_the_one_who(page, NEW)
    page.goto("/programmes/")
    press(page, "Apply for NPQEL")
    press(page, re.compile("Start now|Go on with your application"))
    press(page, "Your school and role")
    page.get_by_label(re.compile("^School name")).fill("Quarry Lane Academy")
    press(page, "Find your school")
    press(page, "Continue")
    press(page, "Save and continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter your role at the school")
    page.get_by_label("Your role at the school").fill("Headteacher")
    press(page, "Save and continue")
    page.get_by_label("I pay myself").check()
    press(page, "Save and continue")
    press(page, "Strategy and improvement")
    for number in range(1, 7):
        expect(page).to_have_url(re.compile(rf"/areas/{number}/$"))
        page.get_by_label(re.compile("^3 – ")).check()
        press(page, "Save and continue")
    press(page, "Choose your two strongest areas")
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    press(page, "Save and continue")
    page.get_by_label("Your experience").fill("I led two schools through a change of curriculum.")
    page.get_by_label("The difference it made").fill("Pupils took up more subjects.")
    page.get_by_label("Your evidence").fill("A good deal better than before.")
    press(page, "Save and continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text(re.compile("figure|number"))
    expect(page.get_by_label("The difference it made")).to_have_value(
        "Pupils took up more subjects."
    )
    page.get_by_label("Your evidence").fill("It went from 58% to 74%.")
    press(page, "Save and continue")
    expect(page.get_by_label("Your evidence")).to_be_empty()
