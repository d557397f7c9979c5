"""A regional moderator's day: asks one applicant for more, declines another with feedback, lets a school go."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from applications.models import Application
from applications.states import ApplicationStatus
from tests.journeys.conftest import Visitor
from tests.journeys.hands import LINK, Letters, be, post, press
from tests.journeys.running import Portal

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

GARETH = "Gareth Bowen"
SAID = "The head sees a good year leader who has not yet worked across the school."
ASKED = "Please say which year groups your figures are about."
WHY = "Too little beyond their own year group so far."
ADVICE = "Ask to lead one project that reaches every year group, and keep its figures."


def to_decide(page: Page) -> Locator:
    """The rows of the queue that wait for him and that he has not spoken about."""
    page.goto("/referrals/")
    table = page.get_by_role("table").filter(has_text="What the rule found")
    return table.locator("tbody tr").filter(has_text="Not yet")


def opened(page: Page, row: Locator) -> tuple[str, str]:
    """Follow a row of the queue: who it is and their reference."""
    name = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    page.wait_for_url("**/apply/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return name, page.url.split("/")[-2]


def main(page: Page) -> Locator:
    return page.locator("main")


def test_asks_for_more_declines_with_feedback_and_lets_a_school_go(
    visitor: Visitor, portal: Portal, rows: None
) -> None:
    letters = Letters(portal.folder / "mail")
    page = be(visitor(), GARETH)
    expect(main(page)).to_contain_text(re.compile(r"\d+ referrals? waits? for you|wait for you"))
    queue = to_decide(page)
    assert queue.count() >= 3
    expect(queue.first).to_contain_text("Overdue by")
    expect(queue.first).to_contain_text("It was due on")
    expect(queue.last).to_contain_text(re.compile(r"Day \d+ of \d+|New: \d+ working days"))
    expect(queue.last).to_contain_text("Decide by")
    asks_for_more(page, letters)
    declines(page, letters)
    reads_the_letter(page)
    lets_a_school_go(page)


def asks_for_more(page: Page, letters: Letters) -> None:
    """No decision without a conversation; with one the applicant is asked, and the clock stands."""
    name, reference = opened(page, to_decide(page).first)
    expect(main(page)).to_contain_text("log the conversation. Then you can accept or decline")
    expect(page.get_by_role("button", name="Accept", exact=True)).to_have_count(0)
    page.goto(f"/apply/{reference}/accept/")
    expect(main(page)).to_contain_text("note what was said. You can decide after that.")
    expect(page.get_by_label("Why do you accept?")).to_have_count(0)
    forced = post(page, f"/apply/{reference}/accept/", {"reason": "Past the page."})
    assert forced.status == 422
    assert Application.objects.get(reference=reference).status == ApplicationStatus.REFERRED

    log_a_conversation(page)
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_visible()
    press(page, "Ask the applicant for more")
    press(page, "Send it back to the applicant")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what you need from the")
    page.get_by_label("What do you need from them?").fill(ASKED)
    press(page, "Send it back to the applicant")
    away = page.get_by_role("table").filter(has_text="Your time stands still for these")
    row = away.locator("tbody tr").filter(has_text=name)
    expect(row).to_contain_text("The applicant")
    expect(row).to_contain_text(ASKED)
    expect(row).to_contain_text("Paused since")
    row.get_by_role("link").click()
    expect(main(page)).to_contain_text("It is with the applicant.")
    expect(main(page)).to_contain_text("it is not back yet")
    applicant = Application.objects.get(reference=reference).applicant
    mail = letters.to(applicant.email, "We need a little more from you")
    assert ASKED not in mail.text
    assert LINK.findall(mail.text) == [f"/apply/{reference}/"]


def log_a_conversation(page: Page) -> None:
    press(page, "Log a conversation")
    press(page, "Log this conversation")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Choose how you spoke with the sponsor")
    expect(summary).to_contain_text("Write what was said")
    page.get_by_label("Phone").check()
    today = page.evaluate("new Date().toLocaleDateString('en-GB')").split("/")
    for label, number in zip(("Day", "Month", "Year"), today, strict=True):
        page.get_by_label(label, exact=True).fill(number)
    page.get_by_label("What was said?").fill(SAID)
    press(page, "Log this conversation")
    expect(main(page)).to_contain_text(SAID)


def declines(page: Page, letters: Letters) -> None:
    """The feedback is begun from the clauses, made his own, read as the letter, changed once and sent."""
    name, reference = opened(page, to_decide(page).first)
    log_a_conversation(page)
    press(page, "Decline")
    feedback = page.get_by_label("Feedback for the applicant")
    begun = feedback.input_value()
    assert len(begun) > 40
    ticked = page.get_by_role("checkbox", checked=True)
    assert ticked.count() >= 1
    for word in ("Needs practice", "scored", SAID):
        assert word not in begun
    press(page, "Continue to the letter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("reason")
    page.get_by_label("Why do you decline?").fill(WHY)
    feedback.fill(f"{begun}\n\n{ADVICE}")
    chosen = [each.get_attribute("name") for each in ticked.all()]
    press(page, "Continue to the letter")
    expect(main(page)).to_contain_text("Nothing has been decided or sent yet.")
    expect(main(page)).to_contain_text(ADVICE)
    expect(main(page)).not_to_contain_text(WHY)
    press(page, "Change it")
    expect(page.get_by_label("Why do you decline?")).to_have_value(WHY)
    assert [each.get_attribute("name") for each in ticked.all()] == chosen
    press(page, "Continue to the letter")
    press(page, "Decline and send this letter")
    expect(main(page)).to_contain_text(f"{GARETH} declined it on")

    row = Application.objects.get(reference=reference)
    assert (row.status, row.decided_by.name if row.decided_by else "") == (
        ApplicationStatus.DECLINED,
        GARETH,
    )
    mail = letters.to(row.applicant.email, "our decision and feedback")
    assert LINK.findall(mail.text) == [f"/apply/{reference}/letter/"]
    for word in (ADVICE, WHY, SAID, GARETH):
        assert word not in mail.text
    page.goto("/referrals/")
    decided = page.get_by_role("table").filter(has_text="You decided")
    expect(decided.locator("tbody tr").filter(has_text=name).first).to_contain_text("Declined")


def reads_the_letter(page: Page) -> None:
    """What the applicant reads says what to develop, how to appeal, and nothing that is not for them."""
    page.goto("/referrals/")
    decided = page.get_by_role("table").filter(has_text="You decided")
    decided.locator("tbody tr").first.get_by_role("link").click()
    press(page, "Read the letter")
    letter = main(page)
    expect(letter).to_contain_text("This is the letter that")
    expect(letter).to_contain_text(ADVICE)
    expect(letter).to_contain_text(re.compile(r"appeal", re.I))
    expect(letter).not_to_contain_text(WHY)
    expect(letter).not_to_contain_text(SAID)
    expect(letter).not_to_contain_text(GARETH)


def lets_a_school_go(page: Page) -> None:
    """A school he has to do with: its application goes to nobody or to another, and he cannot open it."""
    row = to_decide(page).first
    school = row.locator("td").first.inner_text().split("\n")[0]
    name, reference = opened(page, row)
    page.goto("/referrals/")
    press(page, "schools you have an interest in")
    page.get_by_label(re.compile("^School name")).fill(school)
    press(page, "Find the school")
    press(page, "Declare this interest")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label(school, exact=True).check()
    page.get_by_label("What is the school to you?").fill("Governor there")
    press(page, "Declare this interest")
    expect(main(page)).to_contain_text(re.compile(r"\d+ applications? (was|were) taken away\."))
    page.goto("/referrals/")
    expect(
        main(page).get_by_role("row").filter(has_text=name).filter(has_text=school)
    ).to_have_count(0)
    answer = page.goto(f"/apply/{reference}/")
    assert answer
    assert answer.status == 404
    moderator = Application.objects.get(reference=reference).moderator
    assert moderator is None or moderator.name != GARETH
    page.goto("/referrals/my-schools/")
    press(page, re.compile("^Remove"))
    press(page, "Remove this interest")
    expect(main(page)).to_contain_text("None is declared.")
