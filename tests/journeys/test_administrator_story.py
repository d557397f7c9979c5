"""An administrator's work: from a number to its people, files, notes, many at once, cohorts, rules, records, appeals.

Each journey uses people and cohorts that no other does, whatever their order.
"""

import csv
import io
import re

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from accounts.models import User
from applications.models import Application
from applications.states import ApplicationStatus
from programmes.models import Enrolment
from tests.journeys.conftest import Visitor
from tests.journeys.hands import LINK, Letters, be, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

HELEN, OLIVER = "Helen Marlowe", "Oliver Brand"
NOTE = "Rang about the invoice; the trust pays after Easter."


def main(page: Page) -> Locator:
    return page.locator("main")


def summary(page: Page) -> Locator:
    return page.locator(".govuk-error-summary")


def lines(page: Page) -> Locator:
    """The rows of the list of applications."""
    return page.get_by_role("table").last.locator("tbody tr")


def downloaded(page: Page, link: str) -> Download:
    with page.expect_download() as coming:
        page.get_by_role("link", name=link, exact=True).click()
    return coming.value


def read_csv(download: Download) -> list[list[str]]:
    text = download.path().read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def reason(page: Page, label: str, text: str, button: str) -> None:
    """A form of one reason: empty it says what is missing, filled it is sent."""
    press(page, button)
    expect(summary(page)).to_be_visible()
    page.get_by_label(label).fill(text)
    press(page, button)


def test_from_a_number_to_its_people_a_kept_filter_and_its_file(visitor: Visitor) -> None:
    page = be(visitor(), HELEN)
    tile = page.locator(".npq-tile", has_text="Applications with a sponsor")
    number = int(tile.locator(".npq-tile__figure").inner_text())
    assert number > 2
    tile.get_by_role("link").click()
    expect(main(page)).to_contain_text(f"{number} applications, longest in their stage first")
    expect(lines(page)).to_have_count(number)
    expect(lines(page).filter(has_text="With the sponsor")).to_have_count(number)

    page.get_by_label("Level", exact=True).select_option("NPQSL")
    press(page, "Show these")
    shown = lines(page).count()
    assert 0 < shown < number
    press(page, "Save this filter")
    expect(main(page)).to_contain_text("Waits for: The sponsor")
    press(page, "Save this filter")
    expect(summary(page)).to_be_visible()
    page.get_by_label("What do you want to call it?").fill("Senior leaders to ring")
    press(page, "Save this filter")
    kept = page.get_by_role("navigation", name="Your saved filters")
    expect(kept.locator("[aria-current=true]")).to_have_text("Senior leaders to ring")

    heading, *rows = read_csv(downloaded(page, "CSV"))
    names = [
        f"{row[heading.index('First name')]} {row[heading.index('Last name')]}" for row in rows
    ]
    stages = {row[heading.index("Stage")] for row in rows}
    assert names == lines(page).locator("th").all_inner_texts()
    assert stages == {"With the sponsor"}
    assert {"Reference", "Email address", "School", "Waits for"} <= set(heading)
    assert not {"Sex", "Ethnicity", "Disability"} & set(heading)

    page.goto("/applications/")
    expect(page.get_by_label("Level", exact=True)).to_have_value("")
    kept.get_by_role("link", name="Senior leaders to ring").click()
    expect(lines(page)).to_have_count(shown)
    kept.get_by_role("button", name="Remove Senior leaders to ring").click()
    expect(page.get_by_text("Senior leaders to ring")).to_have_count(0)


def test_a_note_stands_beside_the_story(visitor: Visitor) -> None:
    page = be(visitor(), HELEN)
    page.goto("/applications/?waits_for=sponsor")
    lines(page).first.get_by_role("link").click()
    page.wait_for_url("**/apply/**")
    press(page, "Add a note")
    reason(page, "What should be remembered?", NOTE, "Add this note")
    expect(page.locator(".npq-note").first).to_contain_text(NOTE)
    expect(page.locator(".npq-note").first).to_contain_text(HELEN)
    happened = page.locator(".moj-timeline, .npq-timeline, [class*=timeline]").first
    expect(happened).to_contain_text(f"{HELEN} wrote a note")
    expect(happened).to_contain_text("sponsor")


def ready(code: str) -> tuple[str, str]:
    """Reference and name of an application of the level that waits to be confirmed."""
    row = Application.objects.filter(status=ApplicationStatus.READY, level__code=code).earliest(
        "pk"
    )
    return row.reference, row.applicant.name


def test_many_are_confirmed_at_once_and_one_is_taken_back(
    visitor: Visitor, letters: Letters, rows: None
) -> None:
    (one, first), (two, second) = ready("NPQML"), ready("NPQH")
    draft = Application.objects.filter(status=ApplicationStatus.DRAFT).earliest("pk")
    page = be(visitor(), HELEN)
    page.goto("/applications/")
    for reference in (one, two, draft.reference):
        page.locator(f"#tick-{reference}").check()
    press(page, "Choose what to do with those ticked")
    expect(main(page)).to_contain_text("3 applications chosen")
    page.get_by_label("Confirm those that are ready").check()
    press(page, "See what would happen")
    expect(main(page)).to_contain_text("2 get a place, 1 is refused.")
    preview = page.get_by_role("table").locator("tbody tr")
    expect(preview.filter(has_text=draft.applicant.name)).to_contain_text("Nothing.")
    assert not Enrolment.objects.filter(application__reference__in=(one, two)).exists()
    press(page, "Confirm 2 applications")
    expect(page.get_by_role("heading", level=1)).to_have_text("What was done")
    expect(main(page)).to_contain_text("2 done.")
    expect(page.get_by_role("table").locator("tbody tr").filter(has_text="Done")).to_have_count(2)
    page.reload()
    expect(main(page)).to_contain_text("2 done.")
    assert Enrolment.objects.filter(application__reference__in=(one, two)).count() == 2

    page.get_by_role("link", name=second).click()
    press(page, "Take this decision back")
    expect(main(page)).to_contain_text("is cancelled and becomes free for somebody else")
    why = "The school asked for the next cohort before we confirmed."
    reason(page, "Why is it taken back?", why, "Take the decision back")
    expect(main(page)).to_contain_text(f"{HELEN} took it back")
    expect(main(page)).to_contain_text(why)
    expect(page.get_by_role("button", name="Confirm and enrol")).to_be_visible()
    row = Application.objects.get(reference=two)
    assert row.status == ApplicationStatus.READY
    mail = letters.to(row.applicant.email, "We have taken back our decision")
    assert LINK.findall(mail.text) == [f"/apply/{two}/"]
    letters.to(Application.objects.get(reference=one).applicant.email, "You have a place on NPQML")
    assert first != second


def day(page: Page, question: str, *numbers: str) -> None:
    group = page.get_by_role("group", name=question)
    for label, number in zip(("Day", "Month", "Year"), numbers, strict=True):
        group.get_by_label(label, exact=True).fill(number)


def test_a_cohort_is_opened_changed_closed_early_and_opened_again(visitor: Visitor) -> None:
    name = "Autumn 2031, Whitby"
    page = be(visitor(), OLIVER)
    anybody = visitor()
    page.goto("/cohorts/")
    press(page, "Open a cohort")
    page.get_by_label("Places", exact=True).fill("none")
    press(page, "Open this cohort")
    expect(summary(page)).to_contain_text("Choose a level")
    expect(summary(page)).to_contain_text("Enter the places as a whole number")
    page.get_by_label("Level", exact=True).select_option(label="NPQEL, 2019 edition")
    page.get_by_label("Name", exact=True).fill(name)
    day(page, "When does it start?", "6", "10", "2031")
    page.get_by_label("Places", exact=True).fill("12")
    page.get_by_label("Fee in pounds").fill("£3,250.50")
    page.get_by_label("Where does the group meet? (optional)").fill("Whitby")
    page.get_by_label("Delivery partner (optional)").fill("Cliff Street Teaching School Hub")
    press(page, "Open this cohort")
    expect(main(page)).to_contain_text(f"{name} is open for applications.")
    expect(main(page)).to_contain_text("8 September 2031")
    expect(main(page)).to_contain_text("£3,250.50")
    address = page.url
    anybody.goto("/programmes/NPQEL/")
    card = anybody.locator(".govuk-summary-card", has_text=name)
    expect(card).to_contain_text("Cliff Street Teaching School Hub")

    press(page, "Change this cohort")
    expect(page.get_by_label("Fee in pounds")).to_have_value("3250.50")
    page.get_by_label("Places", exact=True).fill("20")
    press(page, "Save changes")
    expect(page.locator(".govuk-summary-card", has_text="Places")).to_contain_text("20")

    press(page, "Close it to applications early")
    press(page, "Close to applications")
    assert page.url == address
    press(anybody, "All programmes")
    anybody.goto("/programmes/NPQEL/")
    expect(card.get_by_role("button")).to_have_count(0)
    press(page, "Open it to applications again")
    press(page, "Open to applications again")
    anybody.reload()
    expect(card.get_by_role("button").first).to_be_visible()
    press(page, "Close it to applications early")
    press(page, "Close to applications")
    expect(main(page)).to_contain_text("Open it to applications again")


def test_the_readiness_rule_is_changed_after_a_look_ahead(visitor: Visitor, rows: None) -> None:
    reference, name = ready("NPQEL")
    page = be(visitor(), HELEN)
    page.goto("/readiness/")
    page.get_by_role("row").filter(has_text="2019").get_by_role("link", name="NPQEL").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Readiness rule, version 1")
    press(page, "Change this rule")
    mean = page.locator("#id_mean_score_tenths")
    mean.fill("3.5")
    press(page, "See what this would change")
    expect(summary(page)).to_be_visible()
    expect(mean).to_have_value("3.5")
    page.get_by_label("Why do you change it?").fill("Executive leaders need more behind them.")
    press(page, "See what this would change")
    expect(page.get_by_role("heading", level=1)).to_have_text("What version 2 would change")
    expect(main(page)).to_contain_text(name)
    expect(main(page)).to_contain_text("Borderline")
    assert Application.objects.get(reference=reference).status == ApplicationStatus.READY
    press(page, "Save version 2")
    expect(main(page)).to_contain_text("The new rule is in force. 1 application moved on by it.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Readiness rule, version 2")
    expect(main(page)).to_contain_text("Executive leaders need more behind them.")
    assert Application.objects.get(reference=reference).status == ApplicationStatus.REFERRED
    page.goto(f"/apply/{reference}/")
    expect(main(page)).to_contain_text("Readiness: borderline")
    expect(main(page)).to_contain_text("What version 2 of the rule found")


def test_two_accounts_become_one_and_the_old_reference_leads_there(
    visitor: Visitor, rows: None
) -> None:
    page = be(visitor(), HELEN)
    page.goto("/applications/")
    press(page, "Find people who have two accounts")
    pair = page.locator("section.npq-panel").first
    name = pair.get_by_role("link").first.inner_text()
    both = User.objects.filter(first_name=name.split()[0], last_name=name.split()[-1])
    assert both.count() == 2
    keep, other = both.order_by("pk")
    pair.get_by_role("button", name=re.compile("^Compare and merge")).click()
    expect(page.get_by_role("table")).to_contain_text(other.email)
    reason(
        page,
        "How do you know that they are one person?",
        "Same teacher reference number; rang them.",
        "Merge the two accounts",
    )
    expect(summary(page)).to_contain_text("Choose which account stays")
    page.get_by_role("radio", name=re.compile(f"^{re.escape(keep.email)}")).check()
    press(page, "Merge the two accounts")
    page.wait_for_url(f"**/people/{keep.reference}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    for level in ("NPQEL", "NPQML"):
        expect(main(page).get_by_role("link", name=re.compile(level))).to_have_count(1)
    page.goto(f"/people/{other.reference}/")
    assert page.url.endswith(f"/people/{keep.reference}/")
    page.goto(f"/applications/?status=all&words={other.reference}")
    expect(lines(page).filter(has_text=name).first).to_be_visible()
    page.goto("/people/duplicates/")
    expect(page.get_by_text(other.email)).to_have_count(0)


def test_a_school_that_was_typed_is_matched(visitor: Visitor) -> None:
    page = be(visitor(), OLIVER)
    page.goto("/applications/?words=Mill+Pond+Free+School")
    expect(lines(page)).to_contain_text("No region known")
    lines(page).first.get_by_role("link").click()
    expect(main(page)).to_contain_text("The applicant typed Mill Pond Free School, ZZ4 7QQ.")
    press(page, re.compile("^Match"))
    page.get_by_label(re.compile("^School name")).fill("Xqzvv")
    press(page, "Find schools")
    expect(main(page)).to_contain_text("No school found")
    page.get_by_label(re.compile("^School name")).fill("Weir Bank")
    press(page, "Find schools")
    press(page, "Match this school")
    expect(summary(page)).to_contain_text("Choose the school")
    page.get_by_label("Weir Bank Academy", exact=True).check()
    press(page, "Match this school")
    page.wait_for_url(re.compile(r"/apply/APP-\w+/$"))
    expect(main(page)).to_contain_text("Weir Bank Academy")
    expect(main(page)).not_to_contain_text("Until it is matched")


def test_who_waits_for_a_place_and_in_which_order(visitor: Visitor) -> None:
    page = be(visitor(), HELEN)
    page.goto("/applications/waiting/")
    row = page.get_by_role("row").filter(has_text="Northern hub")
    waiting, offered = (int(each) for each in row.locator("td").all_inner_texts()[1:3])
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Northern hub")
    tables = page.get_by_role("table")
    if waiting:
        in_order = tables.filter(has_text="Why here").locator("tbody tr")
        expect(in_order).to_have_count(waiting)
        expect(in_order.first.locator("td").first).to_have_text("1")
    if offered:
        kept = tables.filter(has_text="Kept until").locator("tbody tr")
        expect(kept).to_have_count(offered)
        expect(kept.first).to_contain_text(re.compile(r"\d{4}"))
    assert waiting + offered


def test_grants_on_the_page_and_in_the_file_agree(visitor: Visitor) -> None:
    page = be(visitor(), HELEN)
    page.goto("/applications/grants/")
    body = page.get_by_role("table").locator("tbody tr")
    assert body.count() > 1
    schools = [
        [row.locator("th").inner_text().split("\n")[0], *row.locator("td").all_inner_texts()]
        for row in body.all()[:-1]
    ]
    total = body.last.locator("td").all_inner_texts()
    for column in (1, 3):
        assert sum(int(row[column].split()[0]) for row in schools) == int(total[column - 1])
    heading, *rows = read_csv(downloaded(page, "CSV"))
    assert len(rows) == len(schools) + 1
    joined = [" ".join(row) for row in rows]
    for row, text in zip(schools, joined[:-1], strict=True):
        assert row[0] in text
    figures = [pounds(each) for each in (total[1], total[3])]
    assert set(figures) <= {pounds(each) for each in rows[-1]}
    body.first.get_by_role("link").first.click()
    people = page.get_by_role("table").locator("tbody tr")
    assert people.count() == sum(int(schools[0][column].split()[0]) for column in (1, 3))
    assert heading


def pounds(text: str) -> str:
    """An amount without what stands around its digits."""
    return re.sub(r"[£,]|\.00$", "", text)


def test_what_was_sent_and_what_each_message_says(visitor: Visitor) -> None:
    page = be(visitor(), HELEN)
    page.goto("/mail/")
    row = (
        page.get_by_role("row")
        .filter(has_text="asked to sponsor")
        .or_(page.get_by_role("row").filter(has_text="place on"))
    )
    about = row.first.locator("td").first.inner_text().split("\n")[0]
    subject = row.first.get_by_role("link").inner_text()
    row.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)
    expect(main(page)).to_contain_text(about)
    expect(main(page)).to_contain_text("What it says")
    assert not re.search(r"/invitations/\w{20,}", page.content())
    page.goto("/mail/templates/")
    main(page).get_by_role("link", name=re.compile("our decision and feedback")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("our decision and feedback")
    expect(main(page)).to_contain_text("You can appeal until", ignore_case=True)


def test_an_appeal_is_upheld_by_somebody_who_was_not_involved(
    visitor: Visitor, letters: Letters, rows: None
) -> None:
    page = be(visitor(), OLIVER)
    press(page, re.compile(r"appeals? to decide"))
    row = page.get_by_role("table").locator("tbody tr").first
    expect(row).to_contain_text(re.compile(r"working days? left|due today|late"))
    name = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    page.wait_for_url("**/apply/**")
    reference = page.url.split("/")[-2]
    press(page, "Uphold the appeal")
    expect(main(page)).to_contain_text(f"What {name.split()[0]} wrote on")
    why = "The new figures show a year of whole-school work."
    reason(page, "Why?", why, "Continue to the letter")
    expect(main(page)).to_contain_text("Nothing has been decided or sent yet.")
    expect(main(page)).to_contain_text(why)
    press(page, "Uphold the appeal and send this letter")
    expect(main(page)).to_contain_text(f"{reference}: the appeal is upheld")
    row_after = Application.objects.get(reference=reference)
    assert row_after.status == ApplicationStatus.ACCEPTED
    mail = letters.to(row_after.applicant.email, "appeal was upheld: you are accepted")
    assert LINK.findall(mail.text) == [f"/apply/{reference}/letter/"]
    page.goto(f"/apply/{reference}/letter/")
    expect(main(page)).to_contain_text("Your appeal is upheld.")
    expect(main(page)).to_contain_text(why)
    page.goto(f"/apply/{reference}/")
    expect(main(page)).to_contain_text("changed it by upholding the appeal")
