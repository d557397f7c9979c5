"""Pages of programmes: the public one, the list, one enrolment, its start."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.states import Role
from core import clock
from programmes import queries
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


class TestCohorts:
    def test_without_any_the_page_says_what_will_appear(self):
        page = text_of(Client().get(reverse("programmes:cohorts")))
        assert "No programme takes applications now" in page
        assert "When we open a cohort, it appears here" in page

    def test_an_open_one_shows_start_close_places_and_fee(self):
        cohort = steps.make_cohort(
            name="Spring group",
            starts_on=clock.today() + timedelta(days=9),
            applications_close_on=clock.today(),
            capacity=3,
            fee_pence=125000,
        )
        steps.enrolled_participant(cohort=cohort, commence=False)
        response = Client().get(reverse("programmes:cohorts"))
        page = text_of(response)
        assert "Spring group" in page
        assert re.search(r"Places left\s+2\b", page)
        assert "£1,250" in page
        assert reverse("applications:start", args=[cohort.reference]) in response.content.decode()

    def test_a_closed_one_is_not_shown(self):
        with clock.travel(clock.now() - timedelta(days=31)):
            steps.make_cohort(name="Old group")
        assert "Old group" not in text_of(Client().get(reverse("programmes:cohorts")))

    def test_a_full_one_cannot_be_applied_for(self):
        cohort = steps.make_cohort(capacity=1)
        steps.enrolled_participant(cohort=cohort, commence=False)
        response = Client().get(reverse("programmes:cohorts"))
        assert "this cohort is full" in text_of(response)
        assert cohort.reference not in response.content.decode()

    def test_one_cohort_and_many_cost_the_same(self):
        address = reverse("programmes:cohorts")
        steps.make_cohort()
        Client().get(address)
        one = queries_of(Client(), address)
        for level in ("NPQML", "NPQSL", "NPQH", "NPQEL") * 5:
            steps.make_cohort(level)
        assert queries_of(Client(), address) == one
        assert one <= 15


class TestEnrolments:
    address = property(lambda self: reverse("programmes:enrolments"))

    def test_filters_stand_in_the_address(self):
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        senior = steps.enrolled_participant("NPQSL")
        head = steps.enrolled_participant("NPQH", commence=False)

        def shown(**query):
            page = administrator.get(self.address, query).content.decode()
            return {each for each in (senior, head) if each.reference in page}

        assert shown() == {senior, head}
        assert shown(level="NPQH") == {head}
        assert shown(status="commenced") == {senior}
        assert shown(level="NPQH", status="commenced") == set()
        assert shown(level="'", status="'") == {senior, head}

    def test_pages_and_query_counts(self):
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        first = steps.enrolled_participant()
        administrator.get(self.address)
        one = queries_of(administrator, self.address)
        for number in range(52):
            steps.enrolled_participant(
                cohort=first.cohort, commence=False, enrolled_on=date(2026, 1, 1 + number % 20)
            )
        assert queries_of(administrator, self.address) == one
        assert one <= 15
        page = administrator.get(self.address).content.decode()
        seen = set(re.findall(r"/enrolments/(ENR-\w{8})/", page))
        onward = re.search(r'href="(\?after=[^"]+)"', page).group(1)
        rest = administrator.get(self.address + onward).content.decode()
        more = set(re.findall(r"/enrolments/(ENR-\w{8})/", rest))
        assert (len(seen), len(more), seen & more) == (50, 3, set())

    def test_only_those_who_may(self):
        answers = {
            role: signed_in(steps.make_person(role)).get(self.address).status_code for role in Role
        }
        allowed = {role for role, status in answers.items() if status == 200}
        assert allowed == {Role.ADMINISTRATOR}
        assert set(answers.values()) == {200, 403}

    def test_without_any_it_says_what_will_appear(self):
        page = text_of(signed_in(steps.make_person(Role.ADMINISTRATOR)).get(self.address))
        assert "An enrolment appears here when an application is confirmed" in page


class TestOneEnrolment:
    def test_the_participant_sees_the_deadline_in_days(self):
        enrolment = steps.enrolled_participant(
            enrolled_on=date(2026, 3, 1), commenced_on=date(2026, 8, 31)
        )
        days = (date(2028, 2, 29) - clock.today()).days
        page = text_of(signed_in(enrolment.participant).get(enrolment.get_absolute_url()))
        assert "Your place on NPQSL" in page
        assert f"Present your work by 29 February 2028: in {days:,} days." in page

    def test_others_do_not_find_it(self):
        enrolment = steps.enrolled_participant()
        address = enrolment.get_absolute_url()
        for who in (enrolment.sponsor, steps.make_person(Role.PARTICIPANT)):
            assert signed_in(who).get(address).status_code == 404
        assert Client().get(address).status_code == 302

    def test_an_administrator_records_the_start_once(self):
        enrolment = steps.enrolled_participant(enrolled_on=date(2026, 3, 1), commence=False)
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        address = reverse("programmes:commence", args=[enrolment.reference])
        assert address in administrator.get(enrolment.get_absolute_url()).content.decode()
        form = {"on_0": "2", "on_1": "4", "on_2": "2026", "idempotency_key": str(uuid.uuid4())}
        assert administrator.post(address, form).url == enrolment.get_absolute_url()
        assert administrator.post(address, form).url == enrolment.get_absolute_url()
        enrolment.refresh_from_db()
        assert (enrolment.status, enrolment.commenced_on) == (
            EnrolmentStatus.COMMENCED,
            date(2026, 4, 2),
        )
        late = administrator.post(address, form | {"idempotency_key": str(uuid.uuid4())})
        assert late.status_code == 409
        assert "Their start has been recorded already." in text_of(late)

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (("1", "2", "2026"), "The date cannot be before they enrolled"),
            (("1", "1", "2099"), "The date cannot be in the future"),
            (("31", "2", "2026"), "Enter a real date, such as 27 3 2027"),
            (("", "", ""), "Enter the day, month and year"),
        ],
    )
    def test_a_wrong_day_is_told_and_writes_nothing(self, day, words):
        enrolment = steps.enrolled_participant(enrolled_on=date(2026, 3, 1), commence=False)
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        response = administrator.post(
            reverse("programmes:commence", args=[enrolment.reference]),
            {f"on_{place}": part for place, part in enumerate(day)},
        )
        assert response.status_code == 422
        assert words in text_of(response)
        enrolment.refresh_from_db()
        assert enrolment.status == EnrolmentStatus.ENROLLED

    @pytest.mark.parametrize(
        "role", [Role.QUALITY_AGENT, Role.PARTICIPANT, Role.REGIONAL_MODERATOR]
    )
    def test_nobody_else_records_a_start(self, role):
        enrolment = steps.enrolled_participant(commence=False)
        answer = signed_in(steps.make_person(role)).post(
            reverse("programmes:commence", args=[enrolment.reference])
        )
        assert answer.status_code == 404
        own = signed_in(enrolment.participant).post(
            reverse("programmes:commence", args=[enrolment.reference])
        )
        assert own.status_code == 403
        assert Enrolment.objects.get().status == EnrolmentStatus.ENROLLED

    def test_its_page_costs_few_queries(self):
        enrolment = steps.enrolled_participant()
        browser = signed_in(enrolment.participant)
        browser.get(enrolment.get_absolute_url())
        assert queries_of(browser, enrolment.get_absolute_url()) <= 15


class TestFindSchools:
    def test_by_name_place_postcode_and_urn(self):
        weir = steps.make_school(
            name="Weir Bank Academy", urn="900001", postcode="TS99 9ZZ", district="Hartlepool"
        )
        bank = steps.make_school(name="Bank Street Weir School", urn="900002")
        closed = steps.make_school(name="Weir Old School", urn="900003", status="Closed")
        find = queries.find_schools
        assert find("weir bank") == [weir, bank]
        assert find("hartlepool academy") == [weir]
        assert find("ts999zz") == [weir]
        assert find("900002") == [bank]
        assert find(" ") == []
        assert closed not in find("weir")
        assert find("%") == find("_") == []

    def test_at_most_so_many_in_one_query(self):
        for _ in range(25):
            steps.make_school()
        with CaptureQueriesContext(connection) as captured:
            assert len(queries.find_schools("quarry")) == 20
        assert len(captured) == 1
