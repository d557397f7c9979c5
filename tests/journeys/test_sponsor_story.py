"""A sponsor whom two colleagues asked, on a phone: answers for one in two sittings, and cannot do it for the other."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.hands import Letters, be_the_one_who, press
from tests.journeys.running import Portal

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

STORY = "Has been asked by two colleagues."
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
DISPUTE = "They led one year group; I would not call it the whole school yet."
COMMENT = "Needs practice with a team that disagrees."
CANNOT = "I joined the school in May and have not seen enough of their work."
STRONG, IN_PARTS = "A clear strength", "Strong in parts"


def fits(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def go(page: Page, name: str | re.Pattern[str]) -> None:
    press(page, name)
    fits(page)


def summary(page: Page) -> Locator:
    return page.locator(".govuk-error-summary")


def test_two_colleagues_one_answer_in_two_sittings_and_one_no(
    visitor: Visitor, portal: Portal
) -> None:
    letters = Letters(portal.folder / "mail")
    page = be_the_one_who(visitor(**PHONE), STORY)
    fits(page)
    told = re.search(r"(\d) applicants wait for you", page.locator("main").inner_text())
    assert told
    go(page, "See everybody you sponsor")
    cards = page.locator(".govuk-summary-card")
    expect(cards).to_have_count(int(told[1]))
    # Who came by the link of each mail; whoever only named the address is begun by a form.
    cards = cards.filter(has_not=page.locator("form"))
    expect(cards).to_have_count(2)
    for card in cards.all():
        expect(card).to_contain_text("Not started")
        expect(card).to_contain_text(re.compile(r"Asked .+ days ago\. It takes about ten minutes"))
    first, second = (title.split(",")[0] for title in cards.locator("h3").all_inner_texts())

    begins(page, first)
    address = whose(page)
    stopped = page.url
    comes_back(visitor, letters, page, first, address, stopped)
    page.close()
    again = be_the_one_who(visitor(**PHONE), STORY)
    carries_on(again, first)
    checks_and_signs(again, first, address)
    cannot(again, second)


def whose(page: Page) -> str:
    """The address of the pages about this applicant."""
    found = re.search(r"/apply/APP-\w+/sponsor/", page.url)
    assert found, page.url
    return found[0]


def begins(page: Page, name: str) -> None:
    """Agrees with five scores, disputes one, confirms the statements, answers for two behaviours."""
    main = page.locator("main")
    go(page, re.compile(f"^Answer for {name}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{name} asks you to be")
    go(page, re.compile("^Start$"))
    expect(main).to_contain_text("Step 1 of 3")
    groups = page.get_by_role("group")
    expect(groups).to_have_count(6)
    for group in groups.all()[1:]:
        group.get_by_label("Yes, I agree").check()
    groups.first.get_by_label("No, I see it differently").check()
    fits(page)
    go(page, "Save and continue")
    expect(summary(page)).to_contain_text("Say why you do not agree with the score for")
    for group in groups.all()[1:]:
        expect(group.get_by_label("Yes, I agree")).to_be_checked()
    summary(page).get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type(DISPUTE)
    go(page, "Save and continue")

    expect(main).to_contain_text("Step 2 of 3")
    page.get_by_label("Yes, they are true").check()
    go(page, "Save and continue")

    expect(main).to_contain_text("Step 3 of 3: behaviour 1 of 7")
    expect(main.get_by_role("radio")).to_have_count(4)
    page.get_by_label(STRONG).check()
    go(page, "Save and continue")
    expect(main).to_contain_text("behaviour 2 of 7")
    page.get_by_label(IN_PARTS).check()
    go(page, "Save and continue")
    expect(summary(page)).to_contain_text("Say briefly why you chose this answer")
    expect(page.get_by_label(IN_PARTS)).to_be_checked()
    page.get_by_label("Comment").fill(COMMENT)
    go(page, "Save and continue")
    expect(main).to_contain_text("behaviour 3 of 7")


def comes_back(
    visitor: Visitor, letters: Letters, page: Page, name: str, address: str, stopped: str
) -> None:
    """By the link of the same mail, in another browser: what was answered is there, and so is the place."""
    page.goto("/account/")
    mailbox = re.search(r"\S+@school-\d+\.example", page.locator("main").inner_text())
    assert mailbox
    before = letters.to(mailbox[0], "is your code, for")
    other = visitor(**PHONE)
    other.goto(letters.link(mailbox[0], name))
    fits(other)
    go(other, "Send me a code")
    other.get_by_label("6-digit code").fill(fresh_code(letters, mailbox[0], before.subject))
    go(other, "Continue")
    assert whose(other) == address
    expect(other.locator("main")).to_contain_text("You have answered 9 of 14 questions.")
    go(other, "Carry on")
    assert other.url == stopped


def fresh_code(letters: Letters, mailbox: str, before: str) -> str:
    """The code of a mail that came after the one of that subject."""
    for _ in range(100):
        subject = letters.to(mailbox, "is your code, for").subject
        if subject != before:
            return subject[:6]
        time.sleep(0.2)
    raise AssertionError(f"no new code to {mailbox}")


def carries_on(page: Page, name: str) -> None:
    """From the home, where the one that is begun stands beside the one that is not."""
    main = page.locator("main")
    page.goto("/sponsoring/")
    expect(page.locator(".govuk-summary-card", has_text=name)).to_contain_text("Started")
    go(page, re.compile(f"^Carry on for {name}"))
    expect(main).to_contain_text("2 of 7 answered")
    go(page, "Carry on")
    for number in range(3, 8):
        expect(main).to_contain_text(f"behaviour {number} of 7")
        page.get_by_label(STRONG).check()
        go(page, "Save and continue")


def checks_and_signs(page: Page, name: str, address: str) -> None:
    """Everything on one page, one answer changed from there, then the signature."""
    main = page.locator("main")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(main).to_contain_text(f"You see it differently: {DISPUTE}")
    expect(main).to_contain_text(f"2: {IN_PARTS}. {COMMENT}")
    assert main.inner_text().count(f"4: {STRONG}") == 6
    main.locator(".govuk-summary-card").last.get_by_role("link", name="Change").last.click()
    page.wait_for_url("**/behaviours/**")
    expect(page.get_by_label(STRONG)).to_be_checked()
    page.get_by_label("Mostly strong").check()
    go(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(main).to_contain_text("3: Mostly strong")

    go(page, "Sign and send my answers")
    expect(summary(page)).to_contain_text("name")
    page.get_by_label("Type your full name to sign").fill("The headteacher")
    go(page, "Sign and send my answers")
    expect(main).to_contain_text(f"Your answers about {name} are signed and sent.")
    expect(main).to_contain_text(DISPUTE)
    expect(main.get_by_role("link", name="Change")).to_have_count(0)
    answer = page.goto(f"{address}behaviours/1/")
    assert answer
    assert answer.status == 409


def cannot(page: Page, name: str) -> None:
    """The other one is turned down with a reason, and nobody waits any more."""
    page.goto("/sponsoring/")
    go(page, re.compile(f"^Answer for {name}"))
    go(page, "I can’t do this")
    go(page, "Tell them that I cannot")
    expect(summary(page)).to_contain_text("Say why you cannot do this")
    page.get_by_label("Why can you not do this?").fill(CANNOT)
    go(page, "Tell them that I cannot")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you for telling us")
    page.goto("/sponsoring/")
    fits(page)
    main = page.locator("main")
    expect(page.locator(".govuk-summary-card", has_text=re.compile(name))).to_have_count(0)
    expect(main).to_contain_text("You told us that you could not do this")
