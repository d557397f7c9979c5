"""The pages of entry by axe: one person after the other goes from page to page, wide and on a phone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Notification, User
from applications.models import Application, FundingYear
from applications.states import ApplicationStatus
from programmes.models import Cohort, SchoolImport
from tests.journeys.applying import application
from tests.journeys.conftest import Visitor
from tests.journeys.hands import be, be_the_one_who, press
from tests.journeys.looking import FEWEST, axe, faults
from tests.journeys.running import ROOT, Portal

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

HELEN, GARETH = "Helen Marlowe", "Gareth Bowen"


# Walks: one person after the other goes from page to page; each step is looked at wide and on a phone.
Steps = Iterator[str]


def to_each(page: Page, *addresses: str) -> Steps:
    for address in addresses:
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, f"{address}: {answer.status}"
        yield address


def empty(page: Page, address: str, button: str) -> Steps:
    """A page, and the same refused because nothing was filled in."""
    yield from to_each(page, address)
    with page.expect_response(lambda each: each.request.method == "POST") as answer:
        page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    assert answer.value.status == 422, address
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page).to_have_title(re.compile("^Error: "))
    yield f"{address}, refused"


def anybody_walks(page: Page, portal: Portal) -> Steps:
    yield from to_each(page, "/programmes/NPQSL/")
    yield from empty(page, "/check-readiness/", "Start")
    page.get_by_label("NPQML").first.check()
    press(page, "Start")
    yield from empty(page, page.url, "Continue")
    for _ in range(20):
        if "/result/" in page.url:
            break
        page.get_by_role("radio").first.check()
        press(page, "Continue")
        if "/behaviours/1/" in page.url:
            yield "a behaviour of the self-check"
    expect(page).to_have_url(re.compile("/result/$"))
    yield "what the self-check found"


def applicant_walks(page: Page, portal: Portal) -> Steps:
    application(page)
    own = page.url
    yield from to_each(page, "/apply/", f"{own}school/", f"{own}school/?q=academy&choose=")
    yield from empty(page, f"{own}school/not-listed/", "Save and continue")
    yield from empty(page, f"{own}funding-route/", "Save and continue")
    yield from empty(page, f"{own}areas/1/", "Save and continue")
    yield from empty(page, f"{own}strengths/", "Save and continue")
    yield from to_each(
        page, f"{own}equality/", f"{own}send/", f"{own}name-sponsor/", f"{own}withdraw/"
    )


def writer_walks(page: Page, portal: Portal) -> Steps:
    draft = Application.objects.filter(status=ApplicationStatus.DRAFT)
    be_the_one_who(page, "ready to check and send")
    page.goto("/apply/")
    page.locator("main").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/apply/APP-\w+/$"))
    own = page.url
    if draft.filter(reference=own.split("/")[-2]).exists():
        yield from to_each(page, f"{own}about-you/", f"{own}strengths/1/")
        yield from empty(page, f"{own}send/", "Sign and send to your sponsor")


def asked_walks(page: Page, portal: Portal) -> Steps:
    be_the_one_who(page, "asked for more by whoever decides")
    page.goto("/apply/")
    page.locator("main").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/apply/APP-\w+/$"))
    yield "an application that came back"
    if page.get_by_role("button", name="Send it back").count():
        yield from to_each(page, f"{page.url}send-back/")


def offered_walks(page: Page, portal: Portal) -> Steps:
    be_the_one_who(page, "Has been offered a place")
    page.goto("/apply/")
    page.locator("main").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/apply/APP-\w+/$"))
    yield "an application with an offer, or what became of it"
    own = page.url
    row = Application.objects.get(reference=own.split("/")[-2])
    if row.status == ApplicationStatus.OFFERED:
        yield from to_each(page, f"{own}offer/", f"{own}offer/turn-down/")


def declined_walks(page: Page, portal: Portal) -> Steps:
    be_the_one_who(page, "and may appeal")
    page.goto("/apply/")
    page.locator("main").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/apply/APP-\w+/$"))
    own = page.url
    yield from to_each(page, own)
    if Application.objects.get(reference=own.split("/")[-2]).status == ApplicationStatus.DECLINED:
        yield from to_each(page, f"{own}letter/")
        yield from empty(page, f"{own}appeal/", "Send your appeal")
        page.get_by_label("Why do you think").fill("My figures of the summer were not seen.")
        press(page, "Send your appeal")
        yield "an application with an appeal"
    be(page, "Oliver Brand")
    appealed = Application.objects.filter(status=ApplicationStatus.APPEALED).earliest("pk")
    its = f"/apply/{appealed.reference}/"
    yield from to_each(page, "/appeals/", its)
    yield from empty(page, f"{its}uphold/", "Continue to the letter")
    page.get_by_label("Why?").fill("The figures are clear.")
    press(page, "Continue to the letter")
    yield "the letter of an appeal before it is sent"
    yield from empty(page, f"{its}dismiss/", "Continue to the letter")
    yield from empty(page, f"{its}hand-appeal/", "Hand them the appeal")


def sponsor_walks(page: Page, portal: Portal) -> Steps:
    be_the_one_who(page, "Has been asked to sponsor a colleague")
    press(page, re.compile("^Answer for"))
    page.wait_for_url("**/sponsor/")
    own = page.url
    yield from to_each(page, "/sponsoring/", own)
    yield from empty(page, f"{own}scores/", "Save and continue")
    yield from empty(page, f"{own}statements/", "Save and continue")
    yield from empty(page, f"{own}behaviours/2/", "Save and continue")
    yield from empty(page, f"{own}cannot/", "Tell them that I cannot")


def moderator_walks(page: Page, portal: Portal) -> Steps:
    be(page, GARETH)
    his = Application.objects.filter(
        status=ApplicationStatus.REFERRED, moderator__first_name="Gareth"
    )
    its = f"/apply/{his.filter(contacts=None).earliest('pk').reference}/"
    yield from to_each(page, its, f"{its}accept/", f"{its}decline/")
    yield from empty(page, f"{its}contact/", "Log this conversation")
    yield from empty(page, f"{its}return-to-applicant/", "Send it back to the applicant")
    yield from empty(page, f"{its}return-to-sponsor/", "Send it back to the sponsor")
    its = f"/apply/{his.filter(contacts__isnull=False).earliest('pk').reference}/"
    yield from to_each(page, its)
    yield from empty(page, f"{its}accept/", "Accept and send the letter")
    yield from empty(page, f"{its}decline/", "Continue to the letter")
    page.get_by_label("Why do you decline?").fill("Too early.")
    press(page, "Continue to the letter")
    yield "a decline before it is sent"
    yield from to_each(page, "/referrals/my-schools/")
    yield from empty(page, "/referrals/my-schools/?q=academy", "Declare this interest")


def desk_walks(page: Page, portal: Portal) -> Steps:
    be(page, HELEN)
    of = Application.objects.filter
    draft, ready, declined = (
        of(status=status).earliest("pk").reference
        for status in (ApplicationStatus.DRAFT, ApplicationStatus.READY, ApplicationStatus.DECLINED)
    )
    person = User.objects.get(applications__reference=draft).reference
    yield from to_each(
        page,
        "/applications/?words=nobody+is+called+so",
        "/applications/?status=all&level=NPQSL",
        f"/apply/{draft}/",
        f"/apply/{declined}/",
        f"/apply/{declined}/letter/",
        f"/apply/{ready}/confirm/",
        f"/people/{person}/",
        "/people/duplicates/",
    )
    yield from empty(page, "/applications/save-filter/?level=NPQSL", "Save this filter")
    yield from empty(page, f"/apply/{draft}/note/", "Add this note")
    yield from empty(page, f"/apply/{declined}/undo-decline/", "Take the decision back")
    chosen = f"/applications/bulk/?application={draft}&application={ready}"
    yield from to_each(page, "/applications/bulk/", chosen, f"{chosen}&action=confirm")
    yield from to_each(page, "/applications/bulk/00000000-0000-4000-8000-000000000000/")
    typed = of(school=None).exclude(school_typed="").first()
    if typed:
        yield from to_each(page, f"/apply/{typed.reference}/match-school/?q=nowhere")
        address = f"/apply/{typed.reference}/match-school/?q=academy"
        yield from empty(page, address, "Match this school")
    one, other = User.objects.filter(memberships=None).order_by("pk")[:2]
    address = f"/people/{one.reference}/merge/{other.reference}/"
    yield from empty(page, address, "Merge the two accounts")


def deciding_walks(page: Page, portal: Portal) -> Steps:
    be(page, HELEN)
    gareth = User.objects.get(first_name="Gareth").reference
    referred = Application.objects.filter(status=ApplicationStatus.REFERRED).earliest("pk")
    yield from to_each(
        page,
        "/referrals/moderators/",
        "/referrals/stuck/",
        "/referrals/moderators/london/",
        f"/referrals/moderators/{gareth}/schools/?q=academy",
        "/readiness/",
        "/readiness/2019/NPQSL/",
    )
    yield from empty(page, f"/apply/{referred.reference}/assign-moderator/", "Give it to them")
    yield from empty(page, "/readiness/2019/NPQSL/change/", "See what this would change")
    page.get_by_label("Why do you change it?").fill("To look at the page.")
    page.locator("#id_mean_score_tenths").fill("3.9")
    press(page, "See what this would change")
    yield "what a change of the rule would do"


def places_walks(page: Page, portal: Portal) -> Steps:
    be(page, HELEN)
    hub = Cohort.objects.get(name__contains="Northern hub").reference
    year = FundingYear.objects.earliest("starts_on").code
    placed = Application.objects.exclude(enrolment=None).latest("pk").reference
    yield from to_each(
        page,
        "/applications/waiting/",
        f"/applications/waiting/{hub}/",
        "/applications/grants/",
        f"/applications/grants/{year}/people/",
        "/applications/funding/",
        f"/applications/funding/{year}/",
        f"/applications/funding/{year}/workplaces/",
    )
    waiting = Application.objects.filter(status=ApplicationStatus.WAITING).first()
    if waiting:
        yield from empty(page, f"/apply/{waiting.reference}/move/", "Move to this cohort")
    yield from to_each(page, f"/apply/{placed}/funding/")
    yield from empty(page, f"/applications/funding/{year}/copy/", "Begin this year")
    yield from to_each(page, f"/applications/funding/{year}/bands/")
    page.get_by_label("Pupils from, band 1", exact=True).fill("")
    press(page, re.compile("^Save"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    yield "bands, refused"


def cohort_walks(page: Page, portal: Portal) -> Steps:
    if not SchoolImport.objects.exists():
        portal.manage("import_schools", str(ROOT / "fixtures" / "demo" / "schools.csv"))
    be(page, HELEN)
    newest = f"/cohorts/{Cohort.objects.latest('starts_on').reference}/"
    read = SchoolImport.objects.latest("pk").reference
    yield from to_each(
        page,
        "/cohorts/",
        "/cohorts/?level=NPQML&intake=nothing",
        newest,
        f"{newest}close/",
        f"{newest}reopen/",
        f"{newest}change/",
        "/schools/imports/",
        f"/schools/imports/{read}/",
    )
    yield from empty(page, "/cohorts/open/", "Open this cohort")
    yield from to_each(page, "/programmes/NPQSL/describe/")
    page.get_by_label("What is it for?").fill("")
    press(page, "Save and show")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    yield "a programme's page, refused"


def mail_walks(page: Page, portal: Portal) -> Steps:
    be(page, HELEN)
    mail = Notification.objects.latest("pk").reference
    yield from to_each(
        page,
        "/mail/",
        "/mail/?words=nobody",
        f"/mail/{mail}/",
        "/mail/given-up/",
        "/mail/templates/",
        "/mail/templates/applications/declined/",
    )


WALKS = {
    name.removesuffix("_walks"): walk
    for name, walk in list(globals().items())
    if name.endswith("_walks")
}


@pytest.mark.parametrize("who", WALKS)
def test_no_violation_on_any_page_of_a_walk(
    who: str, visitor: Visitor, portal: Portal, rows: None
) -> None:
    page = visitor(bypass_csp=True)
    found: dict[str, Any] = {}
    for name in WALKS[who](page, portal):
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        wide = axe(page)
        page.set_viewport_size({"width": 320, "height": 800})
        narrow = page.evaluate("axe.run()")
        width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1280, "height": 900})
        trouble = [*faults(wide), *faults(narrow), *([f"{width} px wide"] if width > 320 else [])]
        if trouble:
            found[name] = trouble
        assert min(len(wide["passes"]), len(narrow["passes"])) >= FEWEST, name
    assert found == {}
