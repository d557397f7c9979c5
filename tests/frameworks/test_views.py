"""The pages: what they show without signing in, how many queries they take, and what wrong addresses get."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.states import Role
from frameworks import queries, services
from frameworks.models import PassMark
from tests.frameworks.people import person

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "",
    "2017/",
    "2019/",
    "2019/behaviours/",
    "2019/NPQSL/",
    "2017/NPQH/",
    "2019/NPQEL/print/",
    "2019/NPQSL/areas/5/",
    "2019/NPQEL/criteria/3.4.1/",
    "2019/NPQSL/tasks/1/",
    "2019/NPQH/tasks/2/",
    "grows/2/",
    "changes/NPQH/",
    "changes/NPQSL/",
    "search/",
    "search/?q=teaching&level=all",
]


def words(page: str) -> str:
    """The page's main part as a reader has it."""
    main = page.split("<main", 1)[1].split(">", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(f"/framework/{address}")
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_open_and_takes_few_queries(
    client: Client, django_assert_max_num_queries, address: str
) -> None:
    with django_assert_max_num_queries(15):
        page = get(client, address)
    assert page.count("<h1") == 1
    assert words(page)


def test_the_front_of_the_framework_offers_levels_areas_and_editions(client: Client) -> None:
    page = words(get(client, ""))
    assert "NPQML National Professional Qualification for Middle Leadership" in page
    assert "6 areas, 43 statements, 14 criteria, 1 task" in page
    assert "What changed in NPQH between editions" in page
    assert "NPQH, 2017 edition" in page
    assert "Open Government Licence v3.0" in page


def test_a_level_lists_its_areas_and_tasks_with_what_is_known_of_the_pass_mark(
    client: Client,
) -> None:
    assert "5. Managing resources and risks" in words(get(client, "2019/NPQSL/"))
    page = words(get(client, "2019/NPQH/"))
    assert "2 assessment tasks" in page
    assert page.count("Pass mark Not entered yet.") == 2


def test_an_area_shows_statements_beside_criteria_and_lists_within_statements(
    client: Client,
) -> None:
    page = get(client, "2019/NPQSL/areas/5/")
    shown = words(page)
    assert "Systematically identify, manage and mitigate risks to the school" in shown
    assert "including: the collection on schools financial health and efficiency" in shown
    assert "5.2.2 Implements a risk management plan" in shown
    assert "<li>cost drivers and behaviours</li>" in page


def test_a_criterion_shows_its_tasks_documents_and_marks(client: Client) -> None:
    shown = words(get(client, "2019/NPQEL/criteria/3.4.1/"))
    assert "Task 1: Business development strategy for your organisation" in shown
    assert "Task 2: Improvement project across several schools" in shown
    assert shown.count("Presentation recording and feedback") == 2
    assert "0 Not shown" in shown
    assert "2 Shown in depth" in shown


def test_a_task_shows_limit_pass_mark_documents_and_criteria(client: Client) -> None:
    shown = words(get(client, "2019/NPQSL/tasks/1/"))
    assert "Word limit 5,000 words Marks available 28 Pass mark 20" in shown
    assert "Sponsor comments 3.2.1 , 4.2.1" in shown
    assert "Project plan None: added by the provider (NPQSL participant handbook" in shown
    assert shown.index("Part A") < shown.index("4.2.2") < shown.index("Part B")


def test_a_demonstration_pass_mark_is_called_one(client: Client) -> None:
    task = queries.task("2019", "NPQH", 2)
    services.enter_pass_mark(by=None, task=task, value=8, source="Made up", demonstration=True)
    assert "Pass mark 8 Demonstration value Made up" in words(get(client, "2019/NPQH/tasks/2/"))


def test_behaviours_are_listed(client: Client) -> None:
    shown = words(get(client, "2019/behaviours/"))
    assert "Respect The best leaders respect the rights, views, beliefs and faiths" in shown


def test_an_area_grows_across_the_levels(client: Client) -> None:
    page = get(client, "grows/1/")
    headings = re.findall(r'role="columnheader"><a[^>]*>([A-Z]+)</a>', page)
    assert headings == ["NPQML", "NPQSL", "NPQH", "NPQEL"]
    shown = words(page)
    assert shown.index("1.1.1") < shown.index("1.2.1") < shown.index("1.4.3")


def test_changes_are_marked_word_by_word_and_in_words(client: Client) -> None:
    page = get(client, "changes/NPQH/")
    shown = words(page)
    assert "20 texts were reworded, 10 added and 2 removed; 47 stayed the same" in shown
    assert "Develop [removed: an ] [added: a robust and reliable ] evidence-based" in shown
    deleted = '<del class="fw-del"><span class="govuk-visually-hidden"> [removed: </span>governing'
    assert deleted in page
    assert "Added Systematically review the cumulative impact of initiatives" in shown
    assert "Removed Balance a school's strategic or educational priorities" in shown


def test_a_level_with_one_edition_says_that_nothing_can_be_compared(client: Client) -> None:
    shown = words(get(client, "changes/NPQSL/"))
    assert "There is only one edition of this level" in shown


def test_the_print_page_holds_the_whole_level(client: Client) -> None:
    shown = words(get(client, "2019/NPQSL/print/"))
    statements = queries.statements_of(queries.level("2019", "NPQSL"))
    assert [each.text for each in statements if each.text not in shown] == []
    assert shown.count("Sponsor comments") == 2


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("1999/", "edition"),
        ("1999/NPQSL/", "level"),
        ("2019/NPQX/", "level"),
        ("2017/NPQSL/", "level"),
        ("2019/npqsl/", "level"),
        ("2019/NPQSL/areas/7/", "area"),
        ("2019/NPQSL/criteria/1.1.1/", "criterion"),
        ("2019/NPQSL/criteria/..../", "criterion"),
        ("2019/NPQSL/tasks/2/", "task"),
        ("1999/behaviours/", "edition"),
        ("grows/99/", "area"),
        ("changes/NPQX/", "level"),
    ],
)
def test_what_is_not_there_says_so_and_offers_what_is(
    client: Client, address: str, what: str
) -> None:
    shown = words(get(client, address, status=404))
    assert shown.startswith(f"There is no such {what}")
    assert "NPQEL, 2019 edition" in shown


@pytest.mark.parametrize("address", ["2019/NPQSL%00/", "2019/NPQSL/areas/9999/", "2019/<b>/"])
def test_addresses_of_no_page_answer_404(client: Client, address: str) -> None:
    assert "<b>" not in get(client, address, status=404)


def search(client: Client, typed: str, level: str = "", status: int = 200) -> str:
    response = client.get("/framework/search/", {"q": typed, "level": level})
    assert response.status_code == status
    return response.content.decode()


def test_search_marks_what_it_found_and_says_where(client: Client) -> None:
    page = search(client, "communicat campaign")
    assert "1 result for ‘communicat campaign’" in words(page)
    assert "<mark>communications</mark> plan" in page
    assert "Criterion 3.2.2 : NPQSL, Leading with impact, 2019 edition" in words(page)


def test_search_can_be_kept_to_one_level_of_one_edition(client: Client) -> None:
    everywhere = words(search(client, "knowledge-rich", "all"))
    old = words(search(client, "knowledge-rich", "2017-NPQH"))
    assert everywhere.count("2019 edition") > 0
    assert "1 result" in old
    assert old.count("NPQH, Teaching and Curriculum Excellence, 2017 edition") == 1


def test_search_finds_a_criterion_by_its_code(client: Client) -> None:
    assert "3.2.1 : NPQSL" in words(search(client, "3.2.1"))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Enter a word to search for"),
        ("x" * 10_000, "Search for 200 characters or fewer"),
        ("?!<>", "Enter a word made of letters or numbers"),
    ],
)
def test_a_search_that_cannot_be_made_says_what_to_do(
    client: Client, typed: str, problem: str
) -> None:
    page = search(client, typed, status=422)
    assert "<title>Error: " in page
    assert f'<a href="#id_q">{problem}</a>' in page
    assert words(page).count(problem) == 2


def test_an_address_with_a_nul_is_nowhere(client: Client) -> None:
    assert client.get(reverse("frameworks:search"), {"q": "a\x00b"}).status_code == 404


def test_a_level_that_is_not_there_says_so(client: Client) -> None:
    page = search(client, "risk", "2019-NPQX", status=422)
    assert '<a href="#id_level">Choose a level from the list</a>' in page


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script> risk",
        '"><img src=x onerror=alert(1)>',
        "'; DROP TABLE frameworks_statement; --",
        "risk & | ! :* ( )",
        "risk\ue000<b>\ue001",
        "%s %(x)s {{ 7 }}",
    ],
)
def test_hostile_searches_are_only_words(client: Client, typed: str) -> None:
    page = search(client, typed)
    body = page.split("<main", 1)[1]
    assert "<script>alert" not in body
    assert "<img" not in body
    assert "<b>" not in body
    assert re.search(r"\d+ results? for|Nothing found", words(page))
    assert queries.statements_of(queries.level("2019", "NPQSL")).count() == 43


def test_text_that_looks_like_markup_is_shown_as_text(client: Client) -> None:
    document = queries.as_document(queries.edition("2019"), "NPQSL") | {"edition": "2031"}
    document["levels"][0]["areas"][0]["learn_about"][0] = {
        "text": "Zebra <b>bold</b> & <script>x</script>",
        "items": ["zebra <i>item</i>"],
    }
    services.import_edition(by=None, document=document)
    edition = queries.Edition.objects.get(code="2031")
    services.publish(by=None, edition=edition)
    page = search(client, "zebra")
    assert "<mark>Zebra</mark> &lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;" in page
    assert "<mark>zebra</mark> &lt;i&gt;item&lt;/i&gt;" in page
    assert "<b>bold" not in get(client, "2031/NPQSL/areas/1/")


def pass_mark_url(level: str = "NPQH", number: int = 2) -> str:
    return reverse("frameworks:pass_mark", args=["2019", level, number])


@pytest.fixture
def administrator(client: Client, settings) -> Client:
    """Signed in with a second factor."""
    user = person(Role.ADMINISTRATOR)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def test_the_administrator_enters_a_pass_mark(administrator: Client) -> None:
    task = administrator.get("/framework/2019/NPQH/tasks/2/").content.decode()
    assert f'href="{pass_mark_url()}"' in task
    sent = administrator.post(pass_mark_url(), {"value": "8", "source": "Letter of May 2027"})
    assert (sent.status_code, sent["Location"]) == (302, "/framework/2019/NPQH/tasks/2/")
    assert "Pass mark 8 Letter of May 2027" in words(
        administrator.get(sent["Location"]).content.decode()
    )


@pytest.mark.parametrize(
    ("value", "source", "problem"),
    [
        ("", "Letter", "Enter the pass mark"),
        ("eight", "Letter", "Enter the pass mark as a whole number, such as 20"),
        ("13", "Letter", "Enter a pass mark from 1 to 12, the marks available"),
        ("-1", "Letter", "Enter a pass mark from 1 to 12, the marks available"),
        ("8", "", "Say where the pass mark comes from"),
        ("9" * 30, "Letter", "Enter a pass mark from 1 to 12, the marks available"),
    ],
)
def test_a_wrong_pass_mark_is_refused_and_kept_in_the_form(
    administrator: Client, value: str, source: str, problem: str
) -> None:
    sent = administrator.post(pass_mark_url(), {"value": value, "source": source})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert f">{problem}</a>" in page
    assert f'value="{value}"' in page or not value
    assert not PassMark.objects.filter(task__level__code="NPQH").exists()


def test_a_pass_mark_of_no_task_answers_404(administrator: Client) -> None:
    assert administrator.get(pass_mark_url("NPQSL", 9)).status_code == 404


def test_nobody_else_sees_or_enters_a_pass_mark_form(client: Client) -> None:
    assert client.get(pass_mark_url()).status_code == 302
    client.force_login(person(Role.PARTICIPANT))
    assert client.get(pass_mark_url()).status_code == 403
    assert client.post(pass_mark_url(), {"value": "1", "source": "Me"}).status_code == 403
    assert "pass-mark" not in client.get("/framework/2019/NPQH/tasks/2/").content.decode()
    assert not PassMark.objects.filter(task__level__code="NPQH").exists()
