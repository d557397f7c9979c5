"""Pages of schools: choosing one, and what each reading of the Department's file did (A1, G3)."""

import re

import pytest
from django.urls import reverse

from accounts.states import Role
from programmes import services
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of, url
from tests.programmes.establishments import row, write

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
LIST = "programmes:school_imports"


def read(folder, *rows):
    return services.import_schools(by=None, path=write(folder / "edubase.csv", rows))


def page_of(run, **query):
    browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
    return browser.get(reverse("programmes:school_import", args=[run.reference]), query)


class TestChoosing:
    @pytest.fixture
    def look(self):
        application = steps.application_at("started")
        browser = signed_in(application.applicant)
        return lambda typed: browser.get(url("school", application), {"q": typed})

    def test_two_of_one_name_are_told_apart(self, look, tmp_path):
        read(
            tmp_path,
            row(urn="900001", name="St Wilfreda's School"),
            row(urn="900002", name="St Wilfreda's School", street="Mill Road", town="Eastmark"),
        )
        page = text_of(look("sant wilfreda"))
        assert "2 schools found" in page
        assert "Chapel Lane, Westmark, ZZ9 1AA Primary, Community school, URN 900001" in page
        assert "Mill Road, Eastmark, ZZ9 1AA Primary, Community school, URN 900002" in page

    def test_a_closed_one_is_shown_with_its_successor_to_choose(self, look, tmp_path):
        read(
            tmp_path,
            row(name="Quarry School", number="2001", status="Closed", closed="31-08-2025"),
            row(urn="900002", name="Lighthouse Academy", number="2001"),
        )
        response = look("Quarry School")
        assert "Now: Lighthouse Academy" in text_of(response)
        assert "Quarry School (URN 900001) closed on 31 August 2025." in text_of(response)
        assert re.findall(r'type="radio" value="(\d+)"', response.content.decode()) == ["900002"]

    def test_a_closed_one_without_a_successor_is_told_and_cannot_be_chosen(self, look, tmp_path):
        read(tmp_path, row(name="Quarry School", status="Closed"))
        response = look("900001")
        page = text_of(response)
        assert (
            "Quarry School (URN 900001) has closed. We know of no school that replaced it." in page
        )
        assert 'type="radio"' not in response.content.decode()
        assert "No school found" not in page
        assert "My school is not listed" in page

    def test_nothing_found_says_what_to_try(self, look):
        page = text_of(look("qqqq"))
        assert "No school found" in page
        assert "the school’s postcode, or its first half" in page
        assert "My school is not listed" in page

    def test_more_than_fit_asks_for_the_town(self, look, tmp_path):
        read(tmp_path, *(row(urn=str(900001 + number)) for number in range(25)))
        response = look("weir bank")
        assert response.content.decode().count('type="radio"') == 20
        assert "The likeliest schools" in text_of(response)
        assert "Add the town or the postcode" in text_of(response)

    def test_one_school_and_many_cost_the_same(self, tmp_path):
        application = steps.application_at("started")
        browser = signed_in(application.applicant)
        address = url("school", application) + "?q=weir+bank"
        read(tmp_path, row())
        browser.get(address)
        one = queries_of(browser, address)
        read(tmp_path, *(row(urn=str(900001 + number)) for number in range(30)))
        assert queries_of(browser, address) == one
        worst = url("school", application) + "?q=sant+wilfrda+primry+scool+lanne+westmrk"
        assert queries_of(browser, worst) <= 15


class TestReadings:
    def test_without_any_the_page_says_how_to_read_one(self):
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        page = text_of(browser.get(reverse(LIST)))
        assert "No file has been read yet" in page
        assert "python manage.py import_schools FILE" in page

    def test_the_list_says_what_each_did(self, tmp_path):
        first = read(tmp_path, row(), row(urn="x"))
        again = read(tmp_path, row())
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        response = browser.get(reverse(LIST))
        page = text_of(response)
        assert "1 added, 1 refused" in page
        assert "Nothing was new" in page
        references = re.findall(r"/schools/imports/(IMP-\w+)/", response.content.decode())
        assert references == [again.reference, first.reference]

    def test_refused_rows_stand_with_line_and_reasons(self, tmp_path):
        page = text_of(page_of(read(tmp_path, row(), row(urn="12", name=""), row(urn=""))))
        assert "3 12 URN is not 6 digits; EstablishmentName is empty" in page
        assert "4 Not given URN is empty" in page

    def test_changed_and_closed_schools_in_words(self, tmp_path):
        read(tmp_path, row(), row(urn="900002", name="Quarry School", number="2001"))
        run = read(
            tmp_path,
            row(pupils="1200", percent="", changed="02-10-2025"),
            row(
                urn="900002",
                name="Quarry School",
                number="2001",
                status="Closed",
                closed="31-08-2025",
                because="Academy Converter",
                changed="02-10-2025",
            ),
            row(urn="900003", name="Lighthouse Academy", number="2001"),
        )
        closed = text_of(page_of(run))
        assert (
            "Quarry School URN 900002 31 August 2025 Academy Converter Lighthouse Academy" in closed
        )
        assert "Weir Bank" not in closed
        changed = text_of(page_of(run, show="changed"))
        assert "Weir Bank School URN 900001" in changed
        assert "Number of pupils: 210, now 1,200" in changed
        assert "Free school meals, per cent: 31.5, now empty" in changed
        assert "Last changed at the Department: 1 September 2025, now 2 October 2025" in changed
        assert "Quarry" not in changed

    def test_a_reading_that_changed_nothing_says_so(self, tmp_path):
        read(tmp_path, row())
        page = text_of(page_of(read(tmp_path, row())))
        assert "The portal knew every school of this file already" in page

    def test_long_lists_are_paged_at_one_cost(self, tmp_path):
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        few = read(tmp_path, row(urn="x"))
        many = read(tmp_path, *(row(urn=f"x{number}") for number in range(120)))

        def address(run):
            return reverse("programmes:school_import", args=[run.reference])

        browser.get(address(few))
        assert queries_of(browser, address(few)) == queries_of(browser, address(many)) <= 15
        seen, onward = [], ""
        while True:
            page = browser.get(address(many) + onward).content.decode()
            seen += re.findall(r">(x\d+)<", page)
            found = re.search(r'href="(\?show=refused[^"]+)" rel="next"', page)
            if not found:
                break
            onward = found[1].replace("&amp;", "&").removesuffix("#rows")
        assert seen == [f"x{number}" for number in range(120)]

    def test_pages_of_readings(self, tmp_path):
        for _ in range(52):
            read(tmp_path, row())
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        first = browser.get(reverse(LIST)).content.decode()
        onward = re.search(r'href="(\?after=[^"]+)"', first)[1]
        second = browser.get(reverse(LIST) + onward).content.decode()
        seen = [set(re.findall(r"IMP-\w+", page)) for page in (first, second)]
        assert [len(seen[0]), len(seen[1] - seen[0])] == [50, 2]
        assert queries_of(browser, reverse(LIST)) <= 15

    @pytest.mark.parametrize("query", ["?show=x", "?after=x", "?after=²", "?after=" + "9" * 40])
    def test_odd_addresses(self, tmp_path, query):
        run = read(tmp_path, row(urn="x"))
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        address = reverse("programmes:school_import", args=[run.reference])
        assert "URN is not 6 digits" in text_of(browser.get(address + query))
        assert browser.get(reverse(LIST) + query).status_code == 200

    def test_only_administrators(self, tmp_path):
        run = read(tmp_path, row())
        one = reverse("programmes:school_import", args=[run.reference])
        for role in Role:
            browser = signed_in(steps.make_person(role))
            expected = 200 if role == Role.ADMINISTRATOR else 403
            assert browser.get(reverse(LIST)).status_code == expected
            assert browser.get(one).status_code == expected
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        missing = reverse("programmes:school_import", args=["IMP-22222222"])
        assert administrator.get(missing).status_code == 404
