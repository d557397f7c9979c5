"""The list as a file: exactly what the filter shows, harmless in a spreadsheet, and recorded."""

import csv
import io
import re
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from accounts.models import EqualityAnswers
from accounts.states import Role
from applications.models import Application
from applications.presenters import exporting
from core import clock
from core.models import AuditEntry
from tests.applications import many, steps
from tests.applications.pages import queries_of, signed_in

pytestmark = pytest.mark.whole

LIST, CSV, XLSX = "/applications/", "/applications/export/csv/", "/applications/export/xlsx/"


@pytest.mark.parametrize("start", ["=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_nothing_is_taken_for_a_formula(start):
    assert exporting.harmless(start) == f"'{start}"


@pytest.mark.parametrize("value", ["Asha", "a=b", "", None, 7, date(2027, 3, 12)])
def test_what_is_harmless_stays_as_it_is(value):
    assert exporting.harmless(value) is value


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def read_xlsx(response):
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def as_written(value):
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def shown(browser, query):
    """References over all pages of the list, in order."""
    seen, address = [], f"{LIST}?{query}"
    while address:
        page = browser.get(address).content.decode()
        seen += re.findall(
            r'rowheader" class="govuk-table__header"><a [^>]*href="/apply/(APP-\w+)/', page
        )
        onward = re.search(r'href="(\?[^"]*after=[^"]+)" rel="next"', page)
        address = LIST + onward[1].replace("&amp;", "&") if onward else ""
    return seen


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestExport:
    def test_the_file_holds_the_rows_of_the_list_in_its_order(self):
        by = steps.make_person(Role.ADMINISTRATOR)
        many.applications(160, by=by)
        browser = signed_in(by)
        sizes = set()
        for query in (
            "",
            "status=all",
            "status=ready",
            "waits_for=moderator",
            "region=London&age=14",
            "words=bello",
            "level=NPQH&waits_for=applicant",
            "status=accepted&waits_for=us",
            "words=nobody",
        ):
            listed = shown(browser, query)
            rows = read_csv(browser.get(f"{CSV}?{query}"))
            assert rows[0] == list(exporting.HEADINGS)
            assert [row[0] for row in rows[1:]] == listed, query
            sizes.add(len(listed))
        assert len(sizes) > 5

    def test_both_kinds_of_file_say_the_same_in_words(self):
        by = steps.make_person(Role.ADMINISTRATOR)
        many.applications(60, by=by)
        browser = signed_in(by)
        rows = read_csv(browser.get(f"{CSV}?status=all"))
        book = read_xlsx(browser.get(f"{XLSX}?status=all"))
        assert [[as_written(cell) for cell in row] for row in book] == rows
        assert all(isinstance(row[15], datetime) for row in book[1:])
        one = dict(zip(rows[0], rows[1], strict=True))
        application = Application.objects.get(reference=one["Reference"])
        assert one["Email address"] == application.applicant.email
        assert one["Stage"] == application.get_status_display()
        since = application.moved_at.astimezone(clock.LONDON).date()
        assert one["In this stage since"] == since.isoformat()
        assert one["Days in this stage"] == str((clock.today() - since).days)

    def test_names_are_harmless_and_equality_answers_are_nowhere(self):
        application = steps.application_at("ready")
        person = application.applicant
        person.first_name = '=HYPERLINK("http://example.org")'
        person.save()
        EqualityAnswers.objects.create(
            person=person, ethnicity="marker_ethnicity", sex="marker_sex"
        )
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        response = browser.get(CSV)
        body = b"".join(response.streaming_content).decode("utf-8-sig")
        assert "'=HYPERLINK" in body
        assert "marker_" not in body
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"].startswith('attachment; filename="applications-2')
        book = read_xlsx(browser.get(XLSX))
        assert book[1][1].startswith("'=HYPERLINK")

    def test_that_it_was_taken_is_recorded_without_the_words(self):
        helen = steps.make_person(Role.ADMINISTRATOR)
        steps.application_at("ready", applicant=steps.make_person(last_name="Quill"))
        steps.application_at("ready")
        browser = signed_in(helen)
        browser.get(f"{CSV}?words=quill&status=ready&after=APP-NOTHING2")
        entry = AuditEntry.objects.get(event="applications.exported")
        assert (entry.by, entry.facts) == (
            helen.reference,
            {"filter": "status=ready", "searched": True, "kind": "csv", "rows": 1},
        )

    def test_other_kinds_and_other_people_get_nothing(self):
        assert (
            signed_in(steps.make_person(Role.ADMINISTRATOR))
            .get("/applications/export/pdf/")
            .status_code
            == 404
        )
        for role in (Role.REGIONAL_MODERATOR, Role.SPONSOR, Role.QUALITY_AGENT):
            assert signed_in(steps.make_person(role)).get(CSV).status_code == 403
        assert not AuditEntry.objects.filter(event="applications.exported").exists()

    def test_a_file_costs_the_same_queries_however_long(self):
        by = steps.make_person(Role.ADMINISTRATOR)
        browser = signed_in(by)
        browser.get(LIST)
        many.applications(1, by=by)
        few = queries_of(browser, CSV)
        many.applications(120, by=by)
        assert queries_of(browser, CSV) == few <= 15
