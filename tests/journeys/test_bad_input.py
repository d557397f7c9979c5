"""Bad input: each gets a clear page and the right status, and nothing is lost or written."""

import re
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Page, Response, expect

from accounts.models import User
from applications.models import Application, AreaScore, BehaviourScore, FundingYear
from applications.states import ApplicationStatus
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


# What came with issue 3

HELEN, GARETH = "Helen Marlowe", "Gareth Bowen"
NUL, LONG = "a\0b", "long " * 100_000
NONSENSE = (NUL, "' OR 1=1 --", "9" * 40, "-1", "é☃" * 30, "../../etc", "<script>")


def refused(page: Page, address: str, form: dict[str, str], *, at: set[int]) -> str:
    """The answer to a form that must not be carried out: one of these statuses, and never a 500."""
    answer = post(page, address, {"idempotency_key": str(uuid.uuid4()), **form})
    assert answer.status in at, (address, {key: form[key][:40] for key in form}, answer.status)
    return answer.text()


def test_nobody_takes_an_offer_that_is_not_theirs(visitor: Visitor, nothing_written: Block) -> None:
    page = be_the_one_who(visitor(), READY_TO_SEND)
    own = Application.objects.filter(applicant__persona__story__contains=READY_TO_SEND).earliest(
        "pk"
    )
    others = Application.objects.exclude(applicant=own.applicant).filter(
        status__in=(
            ApplicationStatus.OFFERED,
            ApplicationStatus.WAITING,
            ApplicationStatus.DECLINED,
        )
    )
    page.goto("/account/")
    steps = ("offer/", "offer/turn-down/", "appeal/")
    with nothing_written():
        for step in steps:
            refused(page, f"/apply/{own.reference}/{step}", {"grounds": "As if."}, at={403, 409})
            refused(page, f"/apply/APP-ZZZZZZZZ/{step}", {"grounds": "As if."}, at={404})
            for other in others:
                refused(page, f"/apply/{other.reference}/{step}", {"grounds": "As if."}, at={404})
        for step in (
            "confirm/",
            "accept/",
            "decline/",
            "uphold/",
            "undo-decline/",
            "note/",
            "move/",
        ):
            refused(page, f"/apply/{own.reference}/{step}", {"reason": "As if."}, at={403, 404})


def test_an_appeal_needs_words_that_can_be_kept(visitor: Visitor, nothing_written: Block) -> None:
    page = be_the_one_who(visitor(), "and may appeal")
    own = Application.objects.filter(applicant__persona__story__contains="and may appeal").get()
    page.goto("/account/")
    with nothing_written():
        for grounds in ("", "   ", NUL, LONG):
            said = refused(
                page, f"/apply/{own.reference}/appeal/", {"grounds": grounds}, at={409, 422}
            )
            if own.status == ApplicationStatus.DECLINED:
                assert "There is a problem" in said


ABSURD_COHORTS: dict[str, tuple[str, ...]] = {
    "level": ("", "0", "9" * 30, "NPQSL", NUL),
    "name": ("", " ", NUL, "x" * 5000),
    "starts_on_0": ("", "0", "32", "9" * 30, "first", NUL),
    "starts_on_1": ("13", "-1", "0.5"),
    "starts_on_2": ("0", "99999", "-2031", "20"),
    "capacity": ("", "0", "-3", "1e9", "9" * 30, "1.5", "5001", NUL),
    "fee": ("", "-1", "NaN", "Infinity", "1e400", "9" * 30, "1.234", "free", "£", NUL),
    "local_group": ("x" * 5000, NUL),
    "partner": ("x" * 5000, NUL),
    "applications_close_on_2": ("0", "99999", "x"),
}


def test_a_cohort_of_absurd_numbers_and_dates_is_not_opened(
    visitor: Visitor, nothing_written: Block
) -> None:
    page = be(visitor(), HELEN)
    page.goto("/cohorts/open/")
    level = page.locator("#id_level option").nth(1).get_attribute("value") or ""
    good = {
        "level": level,
        "name": "Never opened",
        **{"starts_on_0": "6", "starts_on_1": "10", "starts_on_2": "2031"},
        "capacity": "12",
        "fee": "900",
    }
    existing = Cohort.objects.latest("pk").reference
    with nothing_written():
        for name, values in ABSURD_COHORTS.items():
            for value in values:
                said = refused(page, "/cohorts/open/", {**good, name: value}, at={422})
                assert "There is a problem" in said, (name, value)
        for change in ({"capacity": "0"}, {"starts_on_2": "1066"}, {"fee": "NaN"}):
            refused(page, f"/cohorts/{existing}/change/", {**good, **change}, at={422})
    assert not Cohort.objects.filter(name="Never opened").exists()


def test_rules_of_funding_and_readiness_take_no_nonsense(
    visitor: Visitor, nothing_written: Block
) -> None:
    page = be(visitor(), HELEN)
    code = FundingYear.objects.latest("starts_on").code
    bands = f"/applications/funding/{code}/bands/"
    page.goto(bands)
    fields = page.locator("main form :is(input, select)[name*='_']")
    shown = {
        str(each.get_attribute("name")): each.input_value()
        for each in fields.all()
        if each.get_attribute("type") != "hidden"
    }
    copy = f"/applications/funding/{code}/copy/"
    year = {
        "code": "2040-41",
        **{"starts_on_0": "1", "starts_on_1": "9", "starts_on_2": "2040"},
        **{"ends_on_0": "31", "ends_on_1": "8", "ends_on_2": "2041"},
        "source": "Nowhere",
    }
    rule = "/readiness/2019/NPQSL/change/"
    page.goto(rule)
    numbers = {
        str(each.get_attribute("name")): each.input_value()
        for each in page.locator("main form input[name]").all()
        if each.get_attribute("name") not in ("csrfmiddlewaretoken", "idempotency_key")
    }
    numbers["reason"] = "As posted by hand."
    with nothing_written():
        for name in ("from_1", "to_1", "pounds_1"):
            for value in ("-1", "1.5", "many", "9" * 30, NUL):
                refused(page, bands, {**shown, name: value}, at={422})
        for change in (
            {"phase_1": "Moon school"},
            {"from_1": "500", "to_1": "2"},
            {"phase_1": ""},
            {"pounds_1": ""},
        ):
            refused(page, bands, {**shown, **change}, at={422})
        for name, value in (
            *(("code", value) for value in ("", code, "2040", "<b>", NUL)),
            ("starts_on_2", "99999"),
            ("ends_on_2", "2039"),
            ("ends_on_1", "0"),
            ("source", NUL),
            ("source", "x" * 5000),
        ):
            refused(page, copy, {**year, name: value}, at={422})
        for value in ("", "-1", "5", "1.25", "9" * 30, "NaN", "Infinity", NUL):
            for step in ("look", "save"):
                form = {**numbers, "step": step, "mean_score_tenths": value}
                refused(page, rule, form, at={422})
        for change in ({"version": "0"}, {"version": "9" * 30}, {"step": "burn"}, {"reason": NUL}):
            refused(page, rule, {**numbers, "step": "save", **change}, at={409, 422})


def test_an_address_of_nonsense_is_answered(visitor: Visitor, nothing_written: Block) -> None:
    page = be(visitor(), HELEN)
    page.goto("/account/")
    year = FundingYear.objects.latest("starts_on").code
    typed = Application.objects.filter(status=ApplicationStatus.DRAFT).earliest("pk").reference
    lists = {
        "/applications/": (
            *("words", "status", "waits_for", "age", "level", "cohort", "region", "after"),
        ),
        "/applications/save-filter/": ("words", "age"),
        "/applications/bulk/": ("application", "action", "cohort", "route"),
        "/applications/waiting/": ("after",),
        "/applications/grants/": ("year", "after"),
        f"/applications/grants/{year}/people/": ("school", "counts"),
        "/cohorts/": ("level", "intake", "after"),
        "/schools/imports/": ("after",),
        "/appeals/": ("after",),
        "/referrals/stuck/": ("after",),
        "/enrolments/": ("after", "status", "words"),
        "/mail/": ("state", "words", "after"),
        f"/apply/{typed}/match-school/": ("q",),
    }
    with nothing_written():
        for address, names in lists.items():
            for name in names:
                for value in NONSENSE:
                    whole = f"{address}?{name}={quote(value)}"
                    status = page.request.get(whole).status
                    assert status in {200, 404, 409}, (whole, status)
        for address in (
            "/applications/export/pdf/",
            "/applications/export/csv.exe/",
            f"/applications/grants/{year}/grants.pdf",
            "/applications/grants/1066-67/grants.csv",
            "/schools/imports/IMP-ZZZZZZZZ/",
            "/cohorts/COH-ZZZZZZZZ/",
            "/people/USR-ZZZZZZZZ/",
            "/people/USR-ZZZZZZZZ/merge/USR-YYYYYYYY/",
            "/mail/MSG-ZZZZZZZZ/",
            "/mail/templates/applications/nothing/",
            "/mail/templates/../../settings/",
            "/readiness/1066/NPQSL/",
            "/readiness/2019/NPQXX/change/",
            "/applications/funding/1066-67/",
            "/applications/waiting/COH-ZZZZZZZZ/",
            "/referrals/moderators/atlantis/",
            "/check-readiness/NPQXX/areas/1/",
            "/check-readiness/NPQSL/areas/99999999999999999999/",
            "/programmes/NPQXX/",
            *(f"/{room}/%00/" for room in ("apply", "people", "cohorts", "mail", "programmes")),
            *(
                f"/{room}/%00/"
                for room in ("applications/funding", "schools/imports", "readiness/x")
            ),
        ):
            assert page.request.get(address).status == 404, address


def test_many_at_once_touches_nobody_who_was_not_chosen(
    visitor: Visitor, nothing_written: Block
) -> None:
    page = be(visitor(), HELEN)
    page.goto("/account/")
    ready = Application.objects.filter(status=ApplicationStatus.READY).earliest("pk").reference

    def stages() -> list[tuple[str, str]]:
        return sorted(Application.objects.values_list("reference", "status"))

    before = stages()
    sent = {"action": "confirm", "do": "yes", "idempotency_key": str(uuid.uuid4())}
    for references in ("APP-ZZZZZZZZ", NUL, "9" * 5000, "' OR 1=1 --"):
        answer = post(page, "/applications/bulk/", {**sent, "application": references})
        assert answer.status in {302, 404, 422}, references[:20]
    for mark in ({}, {f"mark_{ready}": "stale"}):
        form = {**sent, "idempotency_key": str(uuid.uuid4()), "application": ready, **mark}
        answer = post(page, "/applications/bulk/", form)
        assert answer.status == 302
        told = page.request.get(answer.headers["location"])
        assert "1 refused" in told.text()
    assert stages() == before
    not_theirs = {
        READY_TO_SEND: {"action": "confirm", "do": "yes", "application": ready},
        "Looks at the figures": {"action": "decide_funding", "route": "self", "do": "yes"},
    }
    others = [(be_the_one_who(visitor(), name), form) for name, form in not_theirs.items()]
    for other, _ in others:
        other.goto("/account/")
    with nothing_written():
        form = {"action": "explode", "do": "yes", "application": ready}
        assert post(page, "/applications/bulk/", form).status == 302
        form = {"action": "move_to_cohort", "cohort": NUL, "do": "yes", "application": ready}
        assert post(page, "/applications/bulk/", form).status == 302
        for other, form in others:
            assert post(other, "/applications/bulk/", form).status == 403


def test_texts_that_are_too_long_or_not_text_are_refused(
    visitor: Visitor, nothing_written: Block
) -> None:
    page = be(visitor(), HELEN)
    page.goto("/account/")
    some = Application.objects.filter(status=ApplicationStatus.DECLINED).earliest("pk").reference
    one, other = User.objects.filter(memberships=None).order_by("pk")[:2]
    forms: dict[str, dict[str, str]] = {
        f"/apply/{some}/note/": {"text": ""},
        "/applications/save-filter/?level=NPQSL": {"name": ""},
        f"/apply/{some}/undo-decline/": {"reason": ""},
        f"/people/{one.reference}/merge/{other.reference}/": {"keep": one.reference, "reason": ""},
        "/programmes/NPQSL/describe/": {"description": ""},
    }
    with nothing_written():
        for address, form in forms.items():
            for name in form:
                for value in ("", NUL, LONG):
                    refused(page, address, {**form, name: value}, at={422})
    moderator = be(visitor(), GARETH)
    moderator.goto("/account/")
    his = Application.objects.filter(
        status=ApplicationStatus.REFERRED, moderator__first_name="Gareth", contacts=None
    ).earliest("pk")
    contact = {"means": "phone", "on_0": "1", "on_1": "1", "on_2": "2026", "note": "Spoke."}
    with nothing_written():
        for change in (
            {"means": "raven"},
            {"on_2": "2999"},
            {"on_2": "99999"},
            {"on_0": "31", "on_1": "2"},
            {"note": NUL},
            {"note": LONG},
        ):
            refused(moderator, f"/apply/{his.reference}/contact/", {**contact, **change}, at={422})
        for step in ("return-to-applicant/", "return-to-sponsor/", "accept/", "decline/"):
            for value in ("", NUL, LONG):
                refused(moderator, f"/apply/{his.reference}/{step}", {"reason": value}, at={422})
