"""An applicant after the sponsor has answered: an offer taken up, and what is asked for given."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import Persona
from applications.models import Application
from tests.journeys.applying import FIGURE, SAVE, heading
from tests.journeys.conftest import Visitor
from tests.journeys.hands import Letters, be_the_one_who, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


ASKED = "Has been asked for more by whoever decides."


OFFERED = "Has been offered a place to take up."


def test_an_offer_is_taken_up_and_its_letter_kept(
    visitor: Visitor, letters: Letters, rows: None
) -> None:
    person = Persona.objects.get(story=OFFERED).user
    application = Application.objects.get(applicant=person, status="offered")
    page = be_the_one_who(visitor(), OFFERED)
    page.goto(letters.link(person.email, "A place on NPQSL"))
    main = page.locator("main")
    heading(page, "We offer you a place")
    expect(main).to_contain_text("After that it goes to the next person who waits.")
    expect(main).to_contain_text(application.cohort.name)
    press(page, "Accept the place")
    expect(main).to_contain_text("You have a place on NPQSL")
    application.refresh_from_db()
    assert application.status == "accepted"
    enrolment = application.enrolment
    assert enrolment
    assert enrolment.status == "enrolled"

    press(page, "Read your letter")
    expect(main).to_contain_text(f"Dear {person.name}")
    press(page, "Download as PDF")
    heading(page, re.compile("^(Making your report|Your report is ready)$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your report is ready", timeout=60_000
    )
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the report").click()
    pdf = PdfReader(coming.value.path())
    text = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    assert f"Dear {person.name}" in text
    assert application.cohort.name in text
    assert application.reference in text

    page.goto(application.get_absolute_url())
    expect(page.locator(".npq-timeline")).to_contain_text("You accepted the place")
    press(page, "See your place")
    heading(page, "Your place on NPQSL")
    expect(main).to_contain_text(enrolment.reference)
    expect(main).to_contain_text("We record your start when you first take part.")


def test_what_is_asked_for_is_given_and_sent_back(
    visitor: Visitor, letters: Letters, rows: None
) -> None:
    person = Persona.objects.get(story=ASKED).user
    application = Application.objects.get(applicant=person)
    asked = "Please say which year groups your figures are about"
    added = f"Years 3 and 4, over two terms. {FIGURE}"
    page = be_the_one_who(visitor(), ASKED)
    page.goto(application.get_absolute_url())
    main = page.locator("main")
    expect(page.get_by_role("region", name="We need more from you")).to_contain_text(asked)
    press(page, re.compile("^Write about"))
    page.get_by_label("Your evidence").fill(added)
    press(page, SAVE)
    press(page, "Check your answers and send it back")
    expect(main).to_contain_text(asked)
    expect(main).to_contain_text(added)
    # The sponsor had called the old words true, so they are asked about the new ones first (A5).
    expect(main).to_contain_text(f"something that {application.sponsor_name} had confirmed")
    page.get_by_label("Type your full name to sign").fill(person.name)
    press(page, "Sign and send it back")
    expect(main).to_contain_text("With your sponsor")
    happened = page.locator(".npq-timeline").get_by_role("listitem")
    expect(happened.first).to_contain_text("We asked you for more")
    application.refresh_from_db()
    assert application.status == "with_sponsor"
    assert application.strengths.get(position=1).evidence == added
    letters.to(application.sponsor_email, person.name)
