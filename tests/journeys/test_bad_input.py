"""Bad input: each gets a clear page and the right status, and nothing is lost or written."""

import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Response, expect

from applications.models import Application, AreaScore, BehaviourScore
from assessment.models import Mark, Marking, Script
from assessment.states import MarkingStatus
from documents.models import ReportJob
from programmes.models import Cohort, Enrolment
from tests.journeys.conftest import Block, Visitor
from tests.journeys.hands import DOCX, Letters, be, be_the_one_who, post, press
from tests.journeys.running import Portal

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WRITER = "has work to submit"
READY_TO_SEND = "ready to check and send"


def file(name: str, content: bytes, kind: str = DOCX) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


def the_write_up_page(page: Page) -> None:
    page.goto("/submissions/")
    press(page, "NPQSL task 1")
    start = page.get_by_role("button", name="Start your submission")
    if start.count():
        start.click()
    press(page, "Write-up")
    page.wait_for_url("**/write-up/")


@pytest.fixture(scope="module")
def too_big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file one byte over the limit, on disk as a browser sends it."""
    path = tmp_path_factory.mktemp("big") / "Write-up.docx"
    with path.open("wb") as made:
        made.write(b"PK\x03\x04")
        made.truncate(20 * 1024 * 1024 + 1)
    return path


BAD_FILES = {
    "none": (None, "Choose a file"),
    "empty": (file("Write-up.docx", b""), "empty"),
    "wrong": (file("Write-up.txt", b"My project", "text/plain"), "must be a Word document"),
    "mislabelled": (file("Write-up.docx", PDF), re.compile("PDF|not a Word|damaged")),
    "damaged": (file("Write-up.docx", b"PK\x03\x04" + b"\0" * 500), re.compile("damaged|cannot")),
    "over-sized": ("too big", "20 MB"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_upload_is_refused_with_the_reason(
    case: str, visitor: Visitor, nothing_written: Block, too_big: Path
) -> None:
    chosen, said = BAD_FILES[case]
    page = be_the_one_who(visitor(), WRITER)
    the_write_up_page(page)
    with nothing_written():
        if chosen is not None:
            page.locator("input[type=file]").set_input_files(
                too_big if chosen == "too big" else chosen
            )
        answer = sent(page, "Upload")
    assert answer.status in ({413, 422} if case == "over-sized" else {422})
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(said)
    expect(page).to_have_title(re.compile("^Error: "))
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.type") == "file"


def sent(page: Page, button: str) -> Response:
    """The answer to the form."""
    with page.expect_response(lambda each: each.request.method == "POST") as answer:
        page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    return answer.value


@pytest.mark.parametrize("score", ["0", "5", "-1", "3.5", "three", ""])
def test_a_score_outside_1_to_4_is_refused(
    score: str, visitor: Visitor, nothing_written: Block
) -> None:
    page = be_the_one_who(visitor(), READY_TO_SEND)
    page.goto("/apply/")
    page.locator("main").get_by_role("link").first.click()
    press(page, "Strategy and improvement")
    page.wait_for_url("**/areas/1/")
    with nothing_written():
        answer = post(page, page.url, {"score": score})
    assert answer.status == 422
    assert "Choose a score for Strategy and improvement" in answer.text()
    assert set(AreaScore.objects.values_list("score", flat=True)) <= {1, 2, 3, 4}


@pytest.mark.parametrize("score", ["0", "5", "two", ""])
def test_a_sponsors_score_outside_1_to_4_is_refused(
    score: str, visitor: Visitor, nothing_written: Block
) -> None:
    page = be_the_one_who(visitor(), "asked to sponsor a colleague")
    press(page, re.compile("^Answer for"))
    page.wait_for_url("**/sponsor/")
    address = re.search(r"/apply/APP-\w+/", page.url)
    assert address
    page.goto(f"{address[0]}sponsor/behaviours/1/")
    with nothing_written():
        answer = post(page, page.url, {"score": score, "comment": "As posted by hand."})
    assert answer.status == 422
    assert "Choose one of the four answers for Commitment" in answer.text()
    assert "As posted by hand." in answer.text()
    assert set(BehaviourScore.objects.values_list("score", flat=True)) <= {1, 2, 3, 4}


@pytest.mark.parametrize("mark", ["3", "-1", "1.5", "two"])
def test_a_mark_outside_0_to_2_is_refused(
    mark: str, visitor: Visitor, nothing_written: Block
) -> None:
    marking = Marking.objects.exclude(status=MarkingStatus.SUBMITTED).first()
    assert marking
    page = be(visitor(), marking.assessor.name)
    page.goto(f"/marking/{marking.reference}/?criterion=1.2.1")
    address = page.locator("form[data-mark-form]").get_attribute("action") or ""
    form = {"value": mark, "confidence": "secure", "reason": "As posted by hand."}
    with nothing_written():
        by_button = post(page, address, form)
        by_script = post(page, address, form, Accept="application/json")
    assert by_button.status == by_script.status == 422
    assert "A mark is 0, 1 or 2" in by_button.text()
    assert "As posted by hand." in by_button.text()
    assert by_script.json()["errors"]["value"] == ["A mark is 0, 1 or 2"]
    assert set(Mark.objects.values_list("value", flat=True)) <= {0, 1, 2, None}


def test_the_same_form_twice_is_carried_out_once(visitor: Visitor, nothing_written: Block) -> None:
    page = be_the_one_who(visitor(), "Has not applied yet")
    cohort = Cohort.objects.filter(level__code="NPQML", closed_at=None).latest("starts_on")
    page.goto(f"/apply/cohort/{cohort.reference}/")
    key = {"idempotency_key": str(uuid.uuid4())}
    before = Application.objects.count()
    first = post(page, page.url, key)
    assert Application.objects.count() == before + 1
    with nothing_written():
        again = post(page, page.url, key)
    assert first.status == again.status == 302
    assert first.headers["location"] == again.headers["location"]

    with nothing_written():
        other_key = post(page, page.url, {"idempotency_key": str(uuid.uuid4())})
    assert other_key.status in {302, 409, 422}


def test_a_dead_sponsor_link_says_why_and_lets_nobody_in(
    visitor: Visitor, portal: Portal, nothing_written: Block
) -> None:
    letters = Letters(portal.folder / "mail")
    page = be_the_one_who(visitor(), READY_TO_SEND)
    page.goto("/apply/")
    page.locator("main").get_by_role("link").first.click()
    if page.get_by_role("link", name="Check your answers and send").count():
        name_sponsor(page, "first.sponsor@dead-link.example", "Save and continue")
        press(page, "Check your answers and send")
        page.wait_for_url("**/send/")
        applicant = Application.objects.get(reference=page.url.split("/")[-3]).applicant.name
        page.get_by_label("Type your full name to sign").fill(applicant)
        press(page, "Sign and send to your sponsor")
        press(page, "See your application")
    page.wait_for_url(re.compile(r"/apply/APP-\w+/$"))
    old = letters.link("first.sponsor@dead-link.example", "sponsor")
    name_sponsor(page, "second.sponsor@dead-link.example", "Send to this sponsor")
    new = letters.link("second.sponsor@dead-link.example", "sponsor")

    stranger = visitor(width=390, height=844)
    with nothing_written():
        dead = stranger.goto(old)
        code_page = stranger.request.post(f"{portal.url}{old}ask/", form={}, max_redirects=0)
    assert dead
    assert dead.status == 410
    assert stranger.locator("h1").inner_text().strip()
    assert code_page.status in {403, 410}
    with nothing_written():
        unknown = stranger.goto("/invitations/" + "x" * 43 + "/")
        working = stranger.goto(new)
    assert unknown
    assert working
    assert (unknown.status, working.status) == (404, 200)


def name_sponsor(page: Page, address: str, button: str) -> None:
    page.goto(re.sub(r"(/apply/APP-\w+/).*", r"\1name-sponsor/", page.url))
    page.get_by_label("First name").fill("Somebody")
    page.get_by_label("Last name").fill("Else")
    page.get_by_label("Email address").fill(address)
    press(page, button)


def test_a_page_of_somebody_elses_answers_like_one_that_does_not_exist(
    visitor: Visitor, nothing_written: Block
) -> None:
    other = be_the_one_who(visitor(), "Has a result to read")
    press(other, "See your result")
    press(other, "Make my feedback report (PDF)")
    ready = other.get_by_role("heading", name="Your report is ready")
    expect(ready).to_be_visible(timeout=60_000)

    page = be_the_one_who(visitor(), WRITER)
    name = page.get_by_role("heading", level=1).inner_text().removeprefix("Hello, ")
    scripts = Script.objects.exclude(enrolment__participant__first_name=name)
    of_others = {
        "/apply/{}/": Application.objects.exclude(applicant__first_name=name),
        "/apply/{}/send/": Application.objects.filter(status="draft"),
        "/apply/{}/sponsor/": Application.objects.filter(status="with_sponsor"),
        "/enrolments/{}/": Enrolment.objects.exclude(participant__first_name=name),
        "/scripts/{}/": scripts,
        "/scripts/{}/receipt/": scripts.exclude(status="started"),
        "/scripts/{}/result/": scripts.filter(status="released"),
        "/reports/{}/": ReportJob.objects.order_by("-pk"),
        "/reports/{}/file": ReportJob.objects.order_by("-pk"),
    }
    with nothing_written():
        for address, those in of_others.items():
            reference = those.values_list("reference", flat=True)[0]
            found = page.goto(address.format(reference))
            words = page.locator("main").inner_text()
            missing = page.goto(address.format(reference[:4] + "ZZZZZZZZ"))
            assert found, address
            assert missing, address
            assert (found.status, missing.status) == (404, 404), address
            assert words == page.locator("main").inner_text(), address
        for address in ("/applications/", "/scripts/", "/enrolments/", "/figures/", "/marking/"):
            answer = page.goto(address)
            assert answer
            assert answer.status == 403, address
            expect(page.get_by_role("heading", level=1)).not_to_be_empty()


def test_an_assessor_opens_no_other_assessors_script(
    visitor: Visitor, nothing_written: Block
) -> None:
    marking = Marking.objects.select_related("assessor").first()
    assert marking
    other = "Ingrid Larsen" if marking.assessor.name != "Ingrid Larsen" else "Peter Whitlock"
    page = be(visitor(), other)
    page.goto("/account/")
    with nothing_written():
        for address in ("", "submit/", "documents/1/"):
            answer = page.request.get(f"/marking/{marking.reference}/{address}")
            assert answer.status == 404, address
        saved = post(page, f"/marking/{marking.reference}/marks/1.2.1/", {"value": "0"})
    assert saved.status == 404


def test_signed_out_leads_to_signing_in_and_back(visitor: Visitor, nothing_written: Block) -> None:
    page = visitor()
    with nothing_written():
        for address in ("/home/", "/submissions/", "/scripts/", "/figures/", "/reports/REP-AAAA/"):
            page.goto(address)
            assert page.url.endswith(f"/accounts/login/?next={address}"), page.url


def test_an_unfinished_submission_cannot_be_forced(
    visitor: Visitor, nothing_written: Block
) -> None:
    page = be_the_one_who(visitor(), WRITER)
    the_write_up_page(page)
    address = page.url.replace("write-up/", "submit/")
    page.goto(address)
    with nothing_written():
        answer = post(page, address, {"own_work": "on", "signed_name": "Whoever I am"})
    assert answer.status == 422
