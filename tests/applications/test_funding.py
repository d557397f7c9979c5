"""Funding as it is decided and kept, the years' rules, and the report of grants to the last pound (A12, G4)."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from accounts.states import Role
from applications import services
from applications.models import Application, FundingDecision, FundingYear
from applications.policies.funding import Band
from applications.presenters import funding as words
from applications.queries import funding as queries
from core import clock
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from programmes import services as programmes
from programmes.states import PauseReason
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
LOCAL = "Local authority maintained schools"


@pytest.fixture
def administrator():
    return steps.make_person(Role.ADMINISTRATOR)


@pytest.fixture
def year(administrator):
    """Rules for the year in which tests' cohorts start, as those of 2023-24."""
    day = clock.today() + timedelta(days=60)
    first = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    return services.copy_funding_year(
        by=administrator,
        year=FundingYear.objects.get(code="2023-24"),
        code=f"{first.year}-{(first.year + 1) % 100:02}",
        starts_on=first,
        ends_on=first.replace(year=first.year + 1) - timedelta(days=1),
        source="As 2023-24",
    )


def school(pupils=120, **more):
    known = {"group": LOCAL, "kind": "Community school", "phase": "Primary", "pupils": pupils}
    return steps.make_school(**(known | more))


def accepted(*, of=None, route="school", cohort=None, by=None):
    """Somebody accepted, from a school, by a route."""
    application = Application.objects.create(
        applicant=steps.make_person(),
        cohort=cohort or steps.make_cohort(),
        level=(cohort or steps.make_cohort()).level,
        school=of or school(),
        sponsor=steps.make_person(first_name="Sam", last_name="Okafor"),
        signed_name="Asha Bello",
        sent_at=clock.now(),
        funding_route=route,
        status="ready",
    )
    services.confirm(by=by or steps.make_person(Role.ADMINISTRATOR), application=application)
    return Application.objects.select_related("applicant", "enrolment", "school", "cohort").get(
        pk=application.pk
    )


class TestDecision:
    def test_made_at_acceptance_with_everything_used(self, year, administrator):
        application = accepted(route="scholarship", by=administrator)
        decision = queries.current_decision(application)
        assert (decision.year, decision.route, decision.reason_code) == (
            year,
            "scholarship",
            "scholarship",
        )
        assert (decision.scholarship, decision.dual_award) == (True, False)
        assert decision.support_pence == 80000
        assert decision.decided_by == administrator
        assert decision.inputs["urn"] == application.school.urn
        assert decision.inputs["band"] == ["Primary", 1, 150, 80000]
        entry = AuditEntry.objects.get(event="applications.funding_decided")
        assert (entry.object, entry.facts["reason"]) == (application.reference, "scholarship")

    def test_without_rules_for_the_year_it_says_so(self):
        decision = queries.current_decision(accepted(route="scholarship"))
        assert (decision.year, decision.reason_code) == (None, "no_rules_for_year")
        assert (decision.scholarship, decision.support_pence) == (False, 0)

    @pytest.mark.parametrize(
        ("starts", "found"), [("first", True), ("last", True), ("after", False)]
    )
    def test_the_year_is_the_cohort_s_start(self, year, starts, found):
        day = {
            "first": year.starts_on,
            "last": year.ends_on,
            "after": year.ends_on + timedelta(days=1),
        }[starts]
        assert (queries.year_of(day) == year) is found

    def test_decided_again_the_old_one_is_kept(self, year, administrator):
        application = accepted(
            route="scholarship", of=school(kind="Other", group="Independent schools")
        )
        assert queries.current_decision(application).reason_code == "workplace_not_eligible"
        services.decide_funding(by=administrator, application=application, route="self")
        old, new = queries.decisions(application)
        assert old.replaced_at is not None
        assert (new.reason_code, new.decided_by) == ("pays_self", administrator)
        assert queries.current_decision(application) == new

    def test_only_of_an_accepted_application_and_by_a_known_route(self, administrator):
        application = steps.application_at("ready")
        with pytest.raises(WrongMoment, match="once an application has been accepted"):
            services.decide_funding(by=administrator, application=application, route="self")
        with pytest.raises(Refused, match="Choose who pays"):
            services.decide_funding(by=administrator, application=accepted(), route="luck")
        assert FundingDecision.objects.count() == 1

    @pytest.mark.parametrize(
        ("route", "says"),
        [
            ("scholarship", "A scholarship pays for your place."),
            ("self", "You pay for your place yourself."),
            ("", "How your place is paid for is not settled yet: we write to you about it."),
        ],
    )
    def test_the_applicant_is_told_who_pays(self, year, route, says):
        assert words.own_line(accepted(route=route)) == says


class TestYears:
    def test_the_published_year_comes_with_the_reference_data_once(self, administrator):
        year = FundingYear.objects.get(code="2023-24")
        services.change_bands(by=administrator, year=year, bands={1: Band("Primary", 1, None, 100)})
        call_command("load_reference", verbosity=0)
        assert queries.rules_of(year).bands == (Band("Primary", 1, None, 100),)
        assert FundingYear.objects.filter(code="2023-24").count() == 1

    def test_a_copy_has_its_own_rules(self, year, administrator):
        first = FundingYear.objects.get(code="2023-24")
        assert queries.rules_of(year).bands == queries.rules_of(first).bands
        services.change_workplaces(
            by=administrator, year=year, kinds=["Academies", " Academies ", ""]
        )
        assert queries.rules_of(year).workplaces == {"Academies"}
        assert len(queries.rules_of(first).workplaces) > 5

    def test_two_years_never_hold_for_one_day(self, year, administrator):
        with pytest.raises(Refused, match="These days overlap with"):
            services.copy_funding_year(
                by=administrator,
                year=year,
                code="2031-32",
                starts_on=year.ends_on,
                ends_on=year.ends_on + timedelta(days=300),
                source="Guidance",
            )

    def test_a_change_is_audited_and_changes_no_decision(self, year, administrator):
        application = accepted()
        services.change_bands(by=administrator, year=year, bands={})
        entry = AuditEntry.objects.get(event="applications.funding_rules_changed")
        assert (entry.object, entry.by) == (f"FUND-{year.code}", administrator.reference)
        assert ["Primary", 1, 150, 80000] in entry.before["bands"]
        assert entry.after["bands"] == []
        assert queries.current_decision(application).support_pence == 80000

    def test_refused_bands_change_nothing(self, year, administrator):
        wrong = {1: Band("Primary", 1, None, 100), 2: Band("Primary", 5, None, 100)}
        with pytest.raises(Refused, match="have a band already"):
            services.change_bands(by=administrator, year=year, bands=wrong)
        assert len(queries.rules_of(FundingYear.objects.get(pk=year.pk)).bands) == 8


def grants_of(year):
    return {
        row["application__school__name"]: (
            row["due"],
            row["due_pence"],
            row["expected"],
            row["expected_pence"],
        )
        for row in queries.grants(year)
    }


class TestGrants:
    def test_due_once_started_expected_before_and_neither_when_undone(self, year, administrator):
        small, large = school(name="Small"), school(400, name="Large")
        started, left_later = accepted(of=small), accepted(of=small)
        accepted(of=small)
        left_before, taken_back = accepted(of=large), accepted(of=large)
        paused_before = accepted(of=large)
        accepted(of=school(700, phase="Secondary", name="Too large"))
        for each in (started, left_later):
            programmes.commence(by=None, enrolment=each.enrolment)
        for each in (left_later, left_before):
            programmes.withdraw(by=None, enrolment=each.enrolment, reason=PauseReason.HEALTH)
        programmes.defer(by=None, enrolment=paused_before.enrolment, reason=PauseReason.HEALTH)
        assert grants_of(year) == {"Small": (2, 160000, 1, 80000), "Large": (0, 0, 1, 20000)}
        services.undo_confirm(
            by=taken_back.decided_by, application=taken_back, reason="The wrong person"
        )
        assert grants_of(year) == {"Small": (2, 160000, 1, 80000)}
        assert queries.totals(year) == {
            "due": 2,
            "expected": 1,
            "due_pence": 160000,
            "expected_pence": 80000,
        }

    def test_the_decision_that_stands_is_what_counts(self, year, administrator):
        application = accepted()
        services.change_bands(
            by=administrator, year=year, bands={1: Band("Primary", 1, None, 50000)}
        )
        services.decide_funding(by=administrator, application=application, route="self")
        assert queries.totals(year)["expected_pence"] == 50000

    def test_the_page_its_people_and_its_files_agree(self, year, administrator):
        first = accepted(of=school(name="=HYPERLINK(1)"))
        programmes.commence(by=None, enrolment=first.enrolment)
        accepted(of=school(400, name="Zeal School"))
        browser = signed_in(administrator)
        page = text_of(browser.get(reverse("applications:grants"), {"year": year.code}))
        for said in ("=HYPERLINK(1)", "£800", "Zeal School", "£200", "for 1 participant, started"):
            assert said in page
        people = browser.get(
            reverse("applications:grant_people", args=[year.code]),
            {"school": first.school.urn, "counts": "due"},
        )
        assert first.applicant.name in text_of(people)
        lines = list(csv.reader(io.StringIO(self._file(browser, year, "csv").decode("utf-8-sig"))))
        assert lines[0] == list(words.HEADINGS)
        assert [line[1] for line in lines[1:]] == ["'=HYPERLINK(1)", "Zeal School", "Total"]
        assert lines[-1] == ["", "Total", "", "1", "800", "1", "200"]
        book = load_workbook(io.BytesIO(self._file(browser, year, "xlsx")))
        rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
        assert [[str(cell or "") for cell in row] for row in rows] == [
            [cell if cell != "0" else "" for cell in line] for line in lines
        ]
        assert not any(cell.data_type == "f" for row in book.active.iter_rows() for cell in row)

    @staticmethod
    def _file(browser, year, kind):
        answer = browser.get(reverse("applications:export_grants", args=[year.code, kind]))
        assert f"grants-{year.code}.{kind}" in answer["Content-Disposition"]
        return b"".join(answer) if answer.streaming else answer.content

    def test_pages_of_schools_leave_none_out_and_cost_as_much_as_one(self, year, administrator):
        cohort = steps.make_cohort(capacity=100)
        accepted(cohort=cohort)
        browser, address = signed_in(administrator), reverse("applications:grants")
        browser.get(address)
        one = queries_of(browser, address)
        for number in range(10):
            accepted(cohort=cohort, of=school(name=f"School {number % 3}"))
        assert queries_of(browser, address) == one <= 15
        seen, after = [], ""
        while True:
            page, after = queries.page_of_grants(year, after=after, size=4)
            seen += [row["application__school__urn"] for row in page]
            if not after:
                break
        assert len(seen) == len(set(seen)) == 11
        people = reverse("applications:grant_people", args=[year.code])
        assert queries_of(browser, people) <= 15


class TestPages:
    def test_the_panel_says_why_and_staff_decide_again(self, year, administrator):
        application = accepted(route="scholarship")
        browser = signed_in(administrator)
        page = text_of(browser.get(url("application", application)))
        assert "A scholarship pays: the workplace is of an eligible kind." in page
        assert "£800: Primary, 1 to 150 pupils" in page
        answer = browser.post(url("decide_funding", application), {"route": "self"})
        assert answer.status_code == 302
        page = text_of(browser.get(url("application", application)))
        assert "What was decided before" in page
        refused = browser.post(url("decide_funding", application), {})
        assert refused.status_code == 422
        assert "Choose who pays" in text_of(refused)
        ready = steps.application_at("ready")
        assert browser.get(url("decide_funding", ready)).status_code == 409

    def test_a_year_is_begun_from_another_and_its_rules_edited(self, administrator):
        browser = signed_in(administrator)
        assert "2023-24" in text_of(browser.get(reverse("applications:funding_years")))
        typed = {
            "code": "2024-25",
            "starts_on_0": "1",
            "starts_on_1": "9",
            "starts_on_2": "2024",
            "ends_on_0": "31",
            "ends_on_1": "8",
            "ends_on_2": "2025",
            "source": "Guidance of 2024",
        }
        copy = reverse("applications:copy_funding_year", args=["2023-24"])
        wrong = browser.post(copy, typed | {"code": "2023-24"})
        assert wrong.status_code == 422
        assert "There are rules for 2023-24 already" in text_of(wrong)
        assert browser.post(copy, typed).status_code == 302
        made = FundingYear.objects.get(code="2024-25")
        kinds = reverse("applications:change_workplaces", args=["2024-25"])
        assert browser.post(kinds, {"kinds": "Academies\r\n\r\nSpecial schools"}).status_code == 302
        assert queries.rules_of(made).workplaces == {"Academies", "Special schools"}
        assert browser.post(kinds, {"kinds": " "}).status_code == 422

    def test_bands_are_edited_in_rows(self, administrator):
        browser = signed_in(administrator)
        address = reverse("applications:change_bands", args=["2023-24"])
        assert browser.get(address).content.count(b"Middle deemed secondary") >= 8
        whole = {"phase_1": "Primary", "from_1": "1", "to_1": "", "pounds_1": "300"}
        wrong = browser.post(address, whole | {"phase_2": "Primary", "from_2": "x", "pounds_2": ""})
        said = text_of(wrong)
        assert wrong.status_code == 422
        assert "Enter a whole number" in said
        assert "Enter the pounds for each participant in band 2" in said
        twice = browser.post(
            address, whole | {"phase_2": "Primary", "from_2": "9", "to_2": "10", "pounds_2": "5"}
        )
        assert "Primary schools with 1 and more pupils have a band already" in text_of(twice)
        assert browser.post(address, whole).status_code == 302
        year = FundingYear.objects.get(code="2023-24")
        assert queries.rules_of(year).bands == (Band("Primary", 1, None, 30000),)
        assert "1 and more" in text_of(browser.get(words.year_url(year)))

    def test_without_any_grant_the_page_says_what_will_come(self, administrator):
        page = text_of(signed_in(administrator).get(reverse("applications:grants")))
        assert "No grants this year" in page

    @pytest.mark.parametrize("role", [None, Role.REGIONAL_MODERATOR, Role.QUALITY_AGENT])
    def test_for_administrators_only(self, role):
        browser = signed_in(steps.make_person(*([role] if role else [])))
        for name, args in (
            ("funding_years", []),
            ("funding_year", ["2023-24"]),
            ("copy_funding_year", ["2023-24"]),
            ("change_bands", ["2023-24"]),
            ("change_workplaces", ["2023-24"]),
            ("grants", []),
            ("grant_people", ["2023-24"]),
            ("export_grants", ["2023-24", "csv"]),
        ):
            assert browser.get(reverse(f"applications:{name}", args=args)).status_code == 403
