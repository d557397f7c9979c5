"""The pages of figures: same numbers in tiles, tables and pictures, for the right eyes, in few statements."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from accounts.states import Role
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus
from quality import services
from quality.policies import Period
from tests.quality import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

TODAY = date(2026, 1, 10)
YEAR = Period.year_of(TODAY)
INSIDE = date(2025, 10, 1)
COMMENCED, LAST_DAY = date(2024, 9, 14), date(2026, 3, 14)


@pytest.fixture
def frozen():
    with time_machine.travel(rows.at(TODAY), tick=False):
        yield


@pytest.fixture
def administrator():
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def agent():
    return signed_in(Role.QUALITY_AGENT)


@pytest.fixture
def provider():
    """NPQSL: 2 of 3 recruited, one left out of each kind; 1 of 2 presented in time; 1 of 2 tasks passed."""
    services.set_target(
        by=None, level="NPQSL", period_start=YEAR.first, period_end=YEAR.last, recruitment_target=3
    )
    back = rows.person(first_name="Bea", last_name="Back")
    rows.enrolment(
        participant=back,
        enrolled_on=COMMENCED,
        commenced_on=COMMENCED,
        status=EnrolmentStatus.COMMENCED,
    )
    rows.enrolment(participant=back, enrolled_on=INSIDE)
    rows.enrolment(
        participant=rows.person(last_name="Team"), enrolled_on=INSIDE, delivery_team=True
    )
    for name in ("First", "Second"):
        rows.enrolment(participant=rows.person(last_name=name), enrolled_on=INSIDE)
    done = rows.enrolment(
        participant=rows.person(last_name="Intime"),
        enrolled_on=COMMENCED,
        commenced_on=COMMENCED,
        presented_on=LAST_DAY,
    )
    rows.outcome(done, passed=False, released_at=rows.at(INSIDE))
    rows.outcome(done, passed=True, released_at=rows.at(TODAY), attempt=2)


def signed_in(*roles: Role) -> Client:
    client = Client()
    user = rows.person(*roles)
    client.force_login(user)
    # Staff pages want a second factor; the session says that it was given.
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0.0}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def page(client: Client, address: str) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return html.fromstring(response.content.decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def table(document: html.HtmlElement, caption: str) -> list[list[str]]:
    (found,) = document.xpath(f"//table[normalize-space(caption)='{caption}']")
    for hidden in found.xpath(".//*[contains(@class, 'govuk-visually-hidden')]"):
        hidden.drop_tree()
    return [[words(cell) for cell in row.xpath("./*")] for row in found.xpath("./tbody/tr")]


def people(
    client: Client, metric: str, shown: str = "", level: str = "NPQSL", more: str = ""
) -> list[str]:
    address = (
        reverse("quality:people", args=[metric, level]) + f"?show={shown}{more}" if shown else ""
    )
    document = page(client, address or reverse("quality:people", args=[metric, level]))
    return [words(cell) for cell in document.xpath("//tbody/tr/th")]


def test_every_table_holds_the_numbers(provider, administrator):
    document = page(administrator, reverse("quality:dashboard"))
    empty = ["0", "No target set", "–", "–", "–", "Nobody"]
    assert table(document, "Recruitment by level") == [
        ["NPQML", *empty],
        [
            "NPQSL",
            "2",
            "3",
            "66.7%",
            "100%",
            "Not met 1 short",
            "1 delivery team, 1 enrolled before",
        ],
        ["NPQH", *empty],
        ["NPQEL", *empty],
    ]
    assert table(document, "Presenting in time by level")[1] == [
        "NPQSL",
        "1",
        "2",
        "50.0%",
        "90%",
        "Not met 1 short",
    ]
    assert table(document, "Pass rate by level")[1] == ["NPQSL", "1", "2", "50.0%"]
    assert table(document, "All levels, target and actual")[1] == [
        "NPQSL",
        "66.7% 2 of 3 Not met 1 short",
        "50.0% 1 of 2 Not met 1 short",
        "50.0% 1 of 2",
    ]


def test_pictures_say_their_finding_and_hold_the_same_numbers_as_text(provider, administrator):
    document = page(administrator, reverse("quality:dashboard"))
    pictures = document.xpath("//figure//svg")
    assert [words(picture.xpath("./title")[0]) for picture in pictures] == [
        words(caption) for caption in document.xpath("//figure/figcaption")
    ]
    assert [words(caption) for caption in document.xpath("//figure/figcaption")] == [
        "Recruitment: NPQSL did not meet the target",
        "Presenting in time: NPQSL did not meet the target",
        "Pass rate: 1 of 2 task results were passes (50.0%)",
    ]
    texts = [[words(text) for text in picture.xpath(".//text")] for picture in pictures]
    assert {"NPQSL: 66.7%, not met", "NPQML: no target set", "Target 100%"} <= set(texts[0])
    assert {"NPQSL: 50.0%, not met", "NPQML: nobody due", "Target 90%"} <= set(texts[1])
    assert {"NPQSL: 50.0%", "NPQML: no results yet"} <= set(texts[2])
    assert all(
        "Arial" in text.get("font-family")
        for picture in pictures
        for text in picture.xpath(".//text")
    )


def test_nothing_on_the_page_needs_an_exception_from_the_security_policy(provider, administrator):
    response = administrator.get(reverse("quality:dashboard"))
    assert "style-src 'self'" in response["Content-Security-Policy"]
    document = html.fromstring(response.content.decode())
    assert document.xpath("//*[@style] | //style | //script[not(@src)]") == []


def test_tiles_say_how_many_levels_met(provider, administrator):
    document = page(administrator, reverse("quality:dashboard"))
    assert [words(tile) for tile in document.xpath("//li[@class='npq-tile']")] == [
        "Recruitment 0 of 1 level met the target of 100%",
        "Presenting in time 0 of 1 level met the target of 90%",
        "Pass rate 50.0% 1 of 2 results released",
    ]


def test_an_empty_portal_says_that_there_is_nothing(agent):
    document = page(agent, reverse("quality:dashboard"))
    assert [words(caption) for caption in document.xpath("//figure/figcaption")] == [
        "Recruitment: no target set in this period",
        "Presenting in time: nobody due in this period",
        "Pass rate: no results released in this period",
    ]
    assert "Nobody has a last day to present in the next 90 days." in words(document)


def test_another_year_is_chosen_in_the_address(provider, administrator):
    document = page(administrator, reverse("quality:dashboard") + "?from=2024-09-01")
    assert words(document.xpath("//select/option[@selected]")[0]) == "September 2024 to August 2025"
    assert table(document, "Recruitment by level")[1][1] == "2"
    assert (
        words(document.xpath("//h1/preceding-sibling::span")[0])
        == "1 September 2024 to 31 August 2025"
    )


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01", "0001-01-01", "9999-12-31", "%00", "2026-09-01' OR 1=1"]
)
def test_a_period_that_cannot_be_is_not_found(administrator, text):
    assert administrator.get(reverse("quality:dashboard"), {"from": text}).status_code == 404


def test_from_each_number_to_the_people_behind_it(provider, administrator):
    document = page(administrator, reverse("quality:dashboard"))
    links = {
        words(link): link.get("href")
        for link in document.xpath("//section//table//a")
        + document.xpath("//table//a[contains(., '%')]")
    }
    found = {
        text: [words(cell) for cell in page(administrator, href).xpath("//tbody/tr/th")]
        for text, href in links.items()
    }
    assert found == {
        "2 recruited on NPQSL, see the people": ["Ada First", "Ada Second"],
        "1 delivery team on NPQSL": ["Bea Back", "Ada Team"],
        "1 enrolled before on NPQSL": ["Bea Back", "Ada Team"],
        "1 presented in time on NPQSL, see the people": ["Ada Intime"],
        "2 due to present on NPQSL, see the people": ["Bea Back", "Ada Intime"],
        "1 tasks passed on NPQSL, see the people": ["Ada Intime"],
        "2 results released on NPQSL, see the people": ["Ada Intime", "Ada Intime"],
        "66.7%: Recruitment of NPQSL, see the people": ["Ada First", "Ada Second"],
        "50.0%: Presenting in time of NPQSL, see the people": ["Bea Back", "Ada Intime"],
        "50.0%: Pass rate of NPQSL, see the people": ["Ada Intime", "Ada Intime"],
    }


def test_the_people_list_says_how_each_is_counted(provider, administrator):
    document = page(
        administrator, reverse("quality:people", args=["recruited", "NPQSL"]) + "?show=all"
    )
    assert [words(row.xpath("./td")[-1]) for row in document.xpath("//tbody/tr")] == [
        "Left out: enrolled on this level before",
        "Left out: delivery team",
        "Recruited",
        "Recruited",
    ]
    missed = page(
        administrator, reverse("quality:people", args=["presented", "NPQSL"]) + "?show=missed"
    )
    assert [[words(cell) for cell in row.xpath("./*")] for row in missed.xpath("//tbody/tr")] == [
        ["Bea Back", "Harbour Primary School", "14 March 2026", "–", "Taking part", "Not presented"]
    ]


def test_a_long_list_is_read_in_pages_of_fifty_with_nobody_twice(administrator):
    level = rows.level("NPQSL")
    crowd = rows.people(120)
    Enrolment.objects.bulk_create(
        rows.unsaved(each, level, INSIDE + timedelta(days=number % 3))
        for number, each in enumerate(crowd)
    )
    address, seen, sizes = reverse("quality:people", args=["recruited", "NPQSL"]), [], []
    while address:
        document = page(administrator, address)
        found = document.xpath("//tbody/tr/th/a/@href")
        sizes.append(len(found))
        seen += found
        address = next(iter(document.xpath("//a[@rel='next']/@href")), "")
    assert sizes == [50, 50, 20]
    assert len(set(seen)) == 120


@pytest.mark.parametrize(
    "address",
    [
        "/figures/recruited/NPQX/",
        "/figures/wealth/NPQSL/",
        "/figures/recruited/NPQSL/?show=everything",
        "/figures/recruited/NPQSL/?after=ENR-NOTTHERE",
        "/figures/passed/NPQSL/?after=%00",
        "/figures/due/?after=ENR-NOTTHERE",
    ],
)
def test_lists_that_there_are_not(administrator, address):
    assert administrator.get(address).status_code == 404


def test_who_is_due_soon_by_name_for_the_administrator_and_as_counts_for_the_agent(
    provider, administrator, agent
):
    document = page(administrator, reverse("quality:dashboard"))
    assert table(document, "Not presented yet, the soonest first") == [
        ["Bea Back", "NPQSL", "Harbour Primary School", "Taking part", "14 March 2026, in 63 days"]
    ]
    assert table(page(agent, reverse("quality:dashboard")), "Not presented yet") == [["NPQSL", "1"]]
    listed = page(administrator, reverse("quality:due"))
    assert [words(cell) for cell in listed.xpath("//tbody/tr/th")] == ["Bea Back"]


def test_the_agent_sees_the_same_counts_and_nobodys_name(provider, administrator, agent):
    seen = page(agent, reverse("quality:dashboard"))
    caption = "All levels, target and actual"
    assert table(seen, caption) == table(page(administrator, reverse("quality:dashboard")), caption)
    assert not re.search("Back|Intime|First|Second|Team", seen.text_content())
    assert seen.xpath("//main//a") == []


ADDRESSES = ("/figures/", "/figures/due/", "/figures/recruited/NPQSL/", "/figures/passed/NPQSL/")


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.ADMINISTRATOR, [200, 200, 200, 200]),
        (Role.QUALITY_AGENT, [200, 403, 403, 403]),
        *(
            (role, [403] * 4)
            for role in Role
            if role not in (Role.ADMINISTRATOR, Role.QUALITY_AGENT)
        ),
        (None, [403] * 4),
    ],
)
def test_who_may_see_which_page(provider, role, statuses):
    client = signed_in(role) if role else signed_in()
    responses = [client.get(address) for address in ADDRESSES]
    assert [response.status_code for response in responses] == statuses
    for response in responses:
        if response.status_code == 403:
            assert "Back" not in re.sub(
                "[Gg]o [Bb]ack", "", response.content.decode().split("<main")[-1]
            )


def test_who_is_not_signed_in_is_asked_to():
    for address in ADDRESSES:
        response = Client().get(address)
        assert (response.status_code, response["Location"].split("?")[0]) == (
            302,
            reverse("account_login"),
        )


@pytest.mark.parametrize("address", ADDRESSES)
def test_as_many_statements_for_fifty_as_for_one_and_never_more_than_fifteen(
    administrator, address
):
    def statements() -> int:
        administrator.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(address).status_code == 200
        return len(captured)

    made = rows.enrolment(
        enrolled_on=COMMENCED, commenced_on=COMMENCED, status=EnrolmentStatus.COMMENCED
    )
    rows.enrolment(enrolled_on=INSIDE)
    rows.outcome(made, passed=True, released_at=rows.at(INSIDE))
    one = statements()
    for _ in range(49):
        made = rows.enrolment(
            enrolled_on=COMMENCED, commenced_on=COMMENCED, status=EnrolmentStatus.COMMENCED
        )
        rows.enrolment(enrolled_on=INSIDE)
        rows.outcome(made, passed=True, released_at=rows.at(INSIDE))
    assert statements() == one <= 15


def test_even_the_first_view_of_new_figures_keeps_to_fifteen_statements(provider, administrator):
    with CaptureQueriesContext(connection) as captured:
        administrator.get(reverse("quality:dashboard"))
    own = [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]
    assert len(own) <= 15, own
