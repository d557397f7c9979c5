"""An applicant's way in real Chromium: from the self-check to the status page, without scripts, by the keyboard.

And what comes later: an offer taken up with its letter, and an application sent back for more.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts import services as accounts
from accounts.models import EqualityAnswers, Persona
from applications import services
from applications.models import Application, Strength
from applications.policies import count_words
from programmes.models import Cohort
from tests.applications import steps
from tests.journeys.conftest import Visitor
from tests.journeys.hands import Keys, Letters, be_the_one_who, press
from tests.journeys.running import Portal
from tests.journeys.test_pages_axe import FEWEST, axe, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

IMOGEN, HER_ADDRESS, SECRET = (
    "Imogen Hartley",
    "imogen.hartley@old-forge.example",
    "slow tide 41 kite",
)
SPONSOR, THEIR_ADDRESS = "Desmond Achebe", "desmond.achebe@old-forge.example"
SCHOOL, MISTYPED = "Old Forge Village School", "old forge vilage scool"
SCORES = (3, 3, 2, 3, 4, 3)
EXPERIENCE = "I led reading – with two colleagues – in years 3 & 4, term after term."
DIFFERENCE = "Teachers plan together now, and more pupils read every day."
NO_FIGURE, FIGURE = (
    "Many more pupils read well than before.",
    "18 of 27 pupils read well; 11 did before.",
)
ASKED = "Has been asked for more by whoever decides."
OFFERED = "Has been offered a place to take up."
NEWCOMER = "Has not applied yet"
SAVE = "Save and continue"


@pytest.fixture
def letters(portal: Portal) -> Letters:
    return Letters(portal.folder / "mail")


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


# From the self-check to the status page


def test_from_the_self_check_to_the_status_page(
    visitor: Visitor, letters: Letters, rows: None
) -> None:
    page = visitor()
    checks_own_readiness(page)
    signs_up_and_brings_the_scores(page, letters)
    tells_about_herself(page)
    looks_at_the_scores_again(page)
    writes_a_draft(page)
    comes_back_and_adds_a_figure(page)
    names_a_sponsor(page)
    checks_and_sends(page, letters)
    answers_the_equality_questions(page)

    application = Application.objects.get(applicant__email=HER_ADDRESS)
    assert application.status == "with_sponsor"
    assert application.school_name == SCHOOL
    assert (application.post, application.funding_route) == ("Deputy headteacher", "school")
    assert (application.sponsor_name, application.sponsor_email) == (SPONSOR, THEIR_ADDRESS)
    scores = application.area_scores.order_by("area__number").values_list("score", flat=True)
    assert tuple(scores) == (3, 3, 3, 3, 4, 3)
    assert (
        list(application.strengths.values_list("experience", "evidence"))
        == [(EXPERIENCE, FIGURE)] * 2
    )
    kept = EqualityAnswers.objects.get(person=application.applicant)
    assert (bool(kept.sex), bool(kept.ethnicity), bool(kept.disability)) == (True, False, False)


def checks_own_readiness(page: Page) -> None:
    page.goto("/programmes/")
    press(page, re.compile(r"\(NPQML\)$"))
    press(page, "Check how ready you are")
    press(page, "Continue")
    refused(page, "Choose the answer that describes you best in")
    for number, score in enumerate(SCORES, start=1):
        expect(page.locator("main")).to_contain_text(f"Area {number} of 6")
        page.get_by_label(re.compile(f"^{score} – ")).check()
        press(page, "Continue")
    expect(page.locator("main")).to_contain_text("Behaviour 1 of 7, if you like")
    press(page, "skip the behaviours and see your result")
    heading(page, re.compile("NPQML"))
    main = page.locator("main")
    expect(main).to_contain_text("This is a first look, not a decision.")
    expect(main).to_contain_text("Your six scores come with you.")
    expect(main.get_by_role("heading", name="What you could develop")).to_be_visible()


def signs_up_and_brings_the_scores(page: Page, letters: Letters) -> None:
    press(page, "Create an account and apply with these answers")
    first, last = IMOGEN.split()
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    page.get_by_label("Email address").fill(HER_ADDRESS)
    page.get_by_label("Password", exact=True).fill(SECRET)
    press(page, "Create account")
    page.get_by_label("6-digit code").fill(letters.code(HER_ADDRESS, "confirm your email"))
    press(page, "Continue")
    heading(page, "Apply for NPQML with your answers")
    press(page, "Start your application")
    main = page.locator("main")
    expect(main).to_contain_text("We brought your six scores from the self-check")
    expect(main).to_contain_text("You have completed 6 of 10 parts. Apply by")
    expect(task(page, "Check your answers and send")).to_contain_text("Cannot start yet")


def tells_about_herself(page: Page) -> None:
    press(page, "Your school and role")
    page.get_by_label("School name, street, postcode").fill("no such place at all")
    press(page, "Find your school")
    expect(page.locator("main")).to_contain_text("No school found")
    page.get_by_label("School name, street, postcode").fill(MISTYPED)
    press(page, "Find your school")
    page.get_by_label(SCHOOL).check()
    press(page, "Continue")
    press(page, SAVE)
    refused(page, "Enter your role at the school")
    page.get_by_label("Your role at the school").fill("Year leader")
    page.get_by_label("Teacher reference number").fill("12")
    press(page, SAVE)
    refused(page, re.compile("5 to 7 digits"))
    expect(page.get_by_label("Your role at the school")).to_have_value("Year leader")
    page.get_by_label("Teacher reference number").fill("RP 12/34567")
    press(page, SAVE)
    heading(page, "How will your place be paid for?")
    press(page, SAVE)
    refused(page, "Choose how your place will be paid for")
    page.get_by_label("My school or trust pays").check()
    press(page, SAVE)
    expect(page.locator("main")).to_contain_text("You have completed 7 of 10 parts.")
    expect(task(page, "Your school and role")).to_contain_text(SCHOOL)


def looks_at_the_scores_again(page: Page) -> None:
    scored = page.locator(".govuk-task-list__item", has_text="Your score: 2")
    expect(scored).to_have_count(1)
    scored.get_by_role("link").click()
    expect(page.get_by_role("radio", name=re.compile("^2 – "))).to_be_checked()
    page.get_by_text("What this area covers").click()
    expect(page.get_by_role("heading", name="Learn how to")).to_be_visible()
    page.get_by_label(re.compile("^3 – ")).check()
    press(page, SAVE)
    expect(page.locator(".govuk-task-list__item", has_text="Your score: 3")).to_have_count(5)


def writes_a_draft(page: Page) -> None:
    press(page, "Choose your two strongest areas")
    boxes = page.get_by_role("checkbox").all()
    for box in boxes[:3]:
        box.check()
    press(page, SAVE)
    refused(page, "Choose exactly two different areas")
    boxes[2].uncheck()
    press(page, SAVE)
    expect(page.locator("main")).to_contain_text("Strongest area 1 of 2")
    # A dash and an ampersand are no words to the portal, which is the only one that counts (S2).
    words = count_words(EXPERIENCE)
    assert words != len(EXPERIENCE.split())
    with page.expect_response("**/apply/count-words/") as counted:
        page.get_by_label("Your experience").fill(EXPERIENCE)
    assert counted.value.json()["words"] == words
    expect(page.locator("[data-words-of=id_experience]")).to_have_text(f"{words} of 500 words")
    write(page, NO_FIGURE)
    expect(page.locator("[data-kept]")).to_have_text(re.compile(r"^Saved at \d\d?:\d\d[ap]m$"))
    assert Strength.objects.get(application__applicant__email=HER_ADDRESS, position=1).evidence == (
        NO_FIGURE
    )
    press(page, "Save and come back later")
    expect(page.locator(".govuk-task-list__item", has_text="Add a figure")).to_have_count(1)


def comes_back_and_adds_a_figure(page: Page) -> None:
    press(page, re.compile("^Sign out"))
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(HER_ADDRESS)
    page.get_by_label("Password", exact=True).fill(SECRET)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home/")
    page.goto("/apply/")
    press(page, re.compile("^Go on with it"))
    press(page, re.compile("^Write about .+"))
    expect(page.get_by_label("Your evidence")).to_have_value(NO_FIGURE)
    press(page, SAVE)
    refused(page, "Add at least one figure to your evidence")
    expect(page.get_by_label("Your experience")).to_have_value(EXPERIENCE)
    page.get_by_label("Your evidence").fill(FIGURE)
    press(page, SAVE)
    expect(page.locator("main")).to_contain_text("Strongest area 2 of 2")
    write(page)
    press(page, SAVE)
    expect(page.locator("main")).to_contain_text("You have completed 10 of 12 parts.")


def names_a_sponsor(page: Page) -> None:
    press(page, "Name your sponsor")
    name_sponsor(page, HER_ADDRESS)
    refused(page, re.compile("sponsor"))
    expect(page.get_by_label("Last name")).to_have_value(SPONSOR.split()[1])
    name_sponsor(page, THEIR_ADDRESS)
    expect(task(page, "Name your sponsor")).to_contain_text(SPONSOR)


def checks_and_sends(page: Page, letters: Letters) -> None:
    press(page, "Check your answers and send")
    expect(answers(page, "About you")).to_contain_text("Year leader")
    expect(answers(page, "About you")).to_contain_text("My school or trust pays")
    names = page.get_by_role("link", name=re.compile("^Change ")).all_inner_texts()
    assert len(set(names)) == len(names), "two links that lead to different answers sound the same"
    press(page, "Change role")
    page.get_by_label("Your role at the school").fill("Deputy headteacher")
    press(page, SAVE)
    heading(page, "Check your answers")
    expect(answers(page, "About you")).to_contain_text("Deputy headteacher")
    expect(answers(page, "Your sponsor")).to_contain_text(THEIR_ADDRESS)
    press(page, "Sign and send to your sponsor")
    refused(page, "Type your full name to sign")
    page.get_by_label("Type your full name to sign").fill(IMOGEN)
    press(page, "Sign and send to your sponsor")
    heading(page, "Application sent")
    main = page.locator("main")
    expect(main).to_contain_text(f"We have written to {SPONSOR} at {THEIR_ADDRESS}.")
    expect(main).to_contain_text("Your receipt")
    assert IMOGEN in letters.to(THEIR_ADDRESS, IMOGEN).subject


def answers_the_equality_questions(page: Page) -> None:
    press(page, "Answer the equality questions")
    expect(page.locator("main")).to_contain_text("Your answers do not affect your application.")
    page.get_by_role("group", name="What is your sex?").get_by_role("radio").first.check()
    press(page, "Save your answers")
    main = page.locator("main")
    expect(main).to_contain_text("With your sponsor")
    expect(main).to_contain_text(f"We have written to {SPONSOR}. You do not need to do anything.")
    expect(main).to_contain_text("You signed it and sent it to your sponsor")
    expect(main).not_to_contain_text("answer the equality questions")
    answer = page.goto(f"{page.url}send/")
    assert answer
    assert answer.status == 409


# Without scripts


def test_applying_and_sending_without_scripts(visitor: Visitor, rows: None) -> None:
    page = visitor(java_script_enabled=False)
    be_the_one_who(page, NEWCOMER)
    page.goto("/programmes/NPQSL/")
    page.locator(".govuk-summary-card").filter(has_not_text="hub").get_by_role(
        "button", name=re.compile("^Apply")
    ).click()
    press(page, "Start now")
    press(page, "Your school and role")
    page.get_by_label("School name, street, postcode").fill("tidewatr academy")
    press(page, "Find your school")
    page.get_by_label("Tidewater Academy").check()
    press(page, "Continue")
    page.get_by_label("Your role at the school").fill("Head of maths")
    press(page, SAVE)
    page.get_by_label("I pay myself").check()
    press(page, SAVE)
    page.get_by_role("link", name="Strategy and improvement").click()
    for _ in range(6):
        page.get_by_label(re.compile("^3 – ")).check()
        press(page, SAVE)
    press(page, "Choose your two strongest areas")
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    press(page, SAVE)
    counter = page.locator("[data-words-of=id_experience]")
    expect(counter).to_have_text("0 of 500 words")
    page.get_by_label("Your experience").fill("led " * 501)
    page.get_by_label("The difference it made").fill(DIFFERENCE)
    page.get_by_label("Your evidence").fill(NO_FIGURE)
    press(page, SAVE)
    refused(page, "shorten it to 500 or fewer", scripts=False)
    expect(counter).to_have_text("501 of 500 words: 1 too many")
    for _ in range(2):
        write(page)
        press(page, SAVE)
    press(page, "Name your sponsor")
    name_sponsor(page, THEIR_ADDRESS)
    press(page, "Check your answers and send")
    expect(answers(page, "About you")).to_contain_text("Tidewater Academy")
    application = Application.objects.get(reference=re.findall(r"APP-\w+", page.url)[0])
    page.get_by_label("Type your full name to sign").fill(application.applicant.name)
    press(page, "Sign and send to your sponsor")
    heading(page, "Application sent")
    application.refresh_from_db()
    assert application.status == "with_sponsor"
    assert application.signed_name == application.applicant.name


# By the keyboard alone


def test_by_the_keyboard_alone(visitor: Visitor, rows: None) -> None:
    application = applying("NPQH", "draft", "Keir Lomond")
    area = application.strengths.get(position=1).area
    Strength.objects.filter(application=application, area=area).update(evidence="")
    page = visitor()
    be_the_one_who(page, "Is Keir Lomond.")
    page.goto(application.get_absolute_url())
    keys = Keys(page)

    page.keyboard.press("Tab")
    assert keys.at("link", "Skip to main content")
    page.keyboard.press("Enter")
    keys.enter("link", area.name, exact=True)
    keys.choose(re.compile("^4 – "))
    keys.enter("button", SAVE)
    expect(task(page, area.name).first).to_contain_text("Your score: 4")

    keys.enter("link", f"Write about {area.name}")
    keys.enter("button", SAVE)
    refused(page, "Write about your evidence")
    keys.tab("link", "Write about your evidence")
    page.keyboard.press("Enter")
    assert keys.at("textbox", "Your evidence")
    page.keyboard.type(FIGURE)
    keys.enter("button", SAVE)
    keys.enter("link", "Check your answers and send")
    keys.enter("button", "Sign and send to your sponsor")
    refused(page, "Type your full name to sign")
    keys.tab("link", "Type your full name to sign")
    page.keyboard.press("Enter")
    assert keys.at("textbox", "Type your full name to sign")
    page.keyboard.type(application.applicant.name)
    keys.enter("button", "Sign and send to your sponsor")
    heading(page, "Application sent")

    application.refresh_from_db()
    assert application.status == "with_sponsor"
    assert application.area_scores.get(area=area).score == 4
    assert application.strengths.get(area=area).evidence == FIGURE


def test_canary_the_keyboard_does_not_reach_what_is_taken_out_of_its_way(
    visitor: Visitor,
) -> None:
    page = visitor()
    page.goto("/accounts/login/")
    keys = Keys(page)
    keys.tab("button", "Sign in")
    page.get_by_role("button", name="Sign in").evaluate("each => each.tabIndex = -1")
    page.get_by_label("Email address").focus()
    with pytest.raises(AssertionError, match="no button 'Sign in' within"):
        keys.tab("button", "Sign in")


# axe, on each page as somebody meets it: empty, wrong, filled in


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


# What comes later


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
