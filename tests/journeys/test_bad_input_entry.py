"""What must be refused in entry, sent by hand in Chromium: nonsense, absurd numbers, what is somebody else's."""

import uuid
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from accounts.models import User
from applications.models import Application, FundingYear
from applications.states import ApplicationStatus
from programmes.models import Cohort
from tests.journeys.conftest import Block, Visitor
from tests.journeys.hands import be, be_the_one_who, post

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
READY_TO_SEND = "ready to check and send"

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
