"""An applicant's way in real Chromium: from the self-check to the status page, without scripts, by the keyboard.

And what comes later: an offer taken up with its letter, and an application sent back for more.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import EqualityAnswers
from applications.models import Application, Strength
from applications.policies import count_words
from tests.journeys.applying import (
    DIFFERENCE,
    EXPERIENCE,
    FIGURE,
    NO_FIGURE,
    SAVE,
    SPONSOR,
    THEIR_ADDRESS,
    answers,
    applying,
    heading,
    name_sponsor,
    refused,
    task,
    write,
)
from tests.journeys.conftest import Visitor
from tests.journeys.hands import Keys, Letters, be_the_one_who, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

IMOGEN, HER_ADDRESS, SECRET = (
    "Imogen Hartley",
    "imogen.hartley@old-forge.example",
    "slow tide 41 kite",
)
SCHOOL, MISTYPED = "Old Forge Village School", "old forge vilage scool"
SCORES = (3, 3, 2, 3, 4, 3)
NEWCOMER = "Has not applied yet"


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


# What comes later
