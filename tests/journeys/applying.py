"""Applying in a journey: what an applicant writes and reads, and applicants made for one journey alone."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from accounts import services as accounts
from accounts.models import Persona
from applications.models import Application
from programmes.models import Cohort
from tests.applications import steps
from tests.journeys.hands import be_the_one_who, press

NEW = "Has not applied yet"
SPONSOR, THEIR_ADDRESS = "Desmond Achebe", "desmond.achebe@old-forge.example"


EXPERIENCE = "I led reading – with two colleagues – in years 3 & 4, term after term."


DIFFERENCE = "Teachers plan together now, and more pupils read every day."


NO_FIGURE, FIGURE = (
    "Many more pupils read well than before.",
    "18 of 27 pupils read well; 11 did before.",
)


SAVE = "Save and continue"


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def refused(page: Page, words: str | re.Pattern[str], *, scripts: bool = True) -> None:
    """The page says what is wrong, in its title too; with scripts it is read out at once."""
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(words)
    expect(page).to_have_title(re.compile("^Error: "))
    if scripts:
        expect(summary).to_be_focused()


def answers(page: Page, title: str) -> Any:
    """One card of the answers to check."""
    return page.locator(".govuk-summary-card", has=page.get_by_role("heading", name=title))


def task(page: Page, title: str) -> Any:
    return page.locator(".govuk-task-list__item", has_text=title)


def write(page: Page, evidence: str = FIGURE) -> None:
    page.get_by_label("Your experience").fill(EXPERIENCE)
    page.get_by_label("The difference it made").fill(DIFFERENCE)
    page.get_by_label("Your evidence").fill(evidence)


def name_sponsor(page: Page, address: str) -> None:
    first, last = SPONSOR.split()
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    page.get_by_label("Email address").fill(address)
    press(page, SAVE)


def applying(level: str, stage: str, who: str) -> Application:
    """An application at some stage, whose applicant has a place on the persona page."""
    first, last = who.split()
    person = steps.make_person(first_name=first, last_name=last)
    cohort = Cohort.objects.filter(level__code=level, closed_at=None).latest("starts_on")
    places = Persona.objects.values_list("position", flat=True)
    accounts.make_persona(by=None, user=person, position=max(places) + 1, story=f"Is {who}.")
    return steps.application_at(stage, cohort=cohort, applicant=person)


def application(page: Page) -> None:
    """The task list of somebody new, who applies for NPQH or goes on with it."""
    be_the_one_who(page, NEW)
    page.goto("/programmes/")
    press(page, "Apply for NPQH")
    press(page, re.compile("Start now|Go on with your application"))
    page.wait_for_url(re.compile(r"/apply/APP-\w+/$"))
