"""Pages of enrolments: the list, one of them, what is recorded about it; and schools looked for."""

import re
import uuid
from datetime import date

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

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


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

    def test_an_administrator_records_pausing_coming_back_and_leaving(self):
        enrolment = steps.enrolled_participant(enrolled_on=date(2026, 3, 1))
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))

        def send(verb, **form):
            address = reverse(f"programmes:{verb}", args=[enrolment.reference])
            page = administrator.get(enrolment.get_absolute_url()).content.decode()
            assert address in page
            today = clock.today()
            day = {"on_0": today.day, "on_1": today.month, "on_2": today.year}
            return administrator.post(address, day | form)

        refused = send("defer", reason="other")
        assert refused.status_code == 422
        assert "Say what the other reason is" in text_of(refused)
        assert send("defer", reason="health", note="An operation").status_code == 302
        enrolment.refresh_from_db()
        assert (enrolment.status, enrolment.deferred_note) == ("deferred", "An operation")
        assert send("resume").status_code == 302
        enrolment.refresh_from_db()
        assert (enrolment.status, enrolment.resumed_on) == ("commenced", clock.today())
        assert send("withdraw", reason="").status_code == 422
        assert send("withdraw", reason="new_post").url == enrolment.get_absolute_url()
        page = text_of(administrator.get(enrolment.get_absolute_url()))
        assert "A new post or school" in page
        assert "What else happened?" not in page
        late = administrator.get(reverse("programmes:withdraw", args=[enrolment.reference]))
        assert late.status_code == 409

    def test_an_administrator_takes_back_a_place_given_in_error(self):
        enrolment = steps.enrolled_participant(commence=False)
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        address = reverse("programmes:cancel", args=[enrolment.reference])
        assert address in administrator.get(enrolment.get_absolute_url()).content.decode()
        empty = administrator.post(address, {"reason": ""})
        assert empty.status_code == 422
        assert "Say why the place is taken back" in text_of(empty)
        administrator.post(address, {"reason": "The wrong person was chosen."})
        page = text_of(administrator.get(enrolment.get_absolute_url()))
        assert "Made in error" in page
        assert "Taken back: given in error" in page
        assert "The wrong person was chosen." in page
        started = steps.enrolled_participant()
        refused = administrator.get(reverse("programmes:cancel", args=[started.reference]))
        assert refused.status_code == 409
        assert "record a withdrawal instead" in text_of(refused)

    @pytest.mark.parametrize("verb", ["withdraw", "defer", "resume", "cancel"])
    def test_nobody_else_records_these(self, verb):
        enrolment = steps.enrolled_participant(commence=False)
        address = reverse(f"programmes:{verb}", args=[enrolment.reference])
        answers = [
            signed_in(who).post(address, {"reason": "health"}).status_code
            for who in (enrolment.participant, enrolment.sponsor, steps.make_person())
        ]
        assert answers == [403, 404, 404]
        own = signed_in(enrolment.participant).get(enrolment.get_absolute_url())
        assert address not in own.content.decode()
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
