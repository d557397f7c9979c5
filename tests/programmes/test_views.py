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
from core.templatetags.portal import uk_date
from frameworks.models import Level
from programmes import policies, queries, services
from programmes.models import Cohort, Enrolment
from programmes.presenters import cohorts as presenters
from programmes.states import EnrolmentStatus
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


DAY = timedelta(days=1)


def programme(level="NPQSL"):
    return reverse("programmes:programme", args=[level])


class TestCohorts:
    def test_without_any_the_page_says_what_will_appear(self):
        page = text_of(Client().get(reverse("programmes:cohorts")))
        assert "No programme takes applications now" in page
        assert "When we open a cohort, it appears here" in page
        assert "National Professional Qualification for Headship (NPQH)" in page

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
        assert "2 places left" in page
        assert "£1,250" in page
        assert f"Apply by {uk_date(clock.today())} at 11:59pm, today" in page
        assert reverse("applications:start", args=[cohort.reference]) in response.content.decode()
        assert programme() in response.content.decode()
        assert reverse("applications:selfcheck") in response.content.decode()

    def test_one_that_started_or_was_closed_early_is_not_shown(self):
        with clock.travel(clock.now() - timedelta(days=61)):
            steps.make_cohort(name="Old group")
        closed = steps.make_cohort(name="Closed group")
        services.close_cohort(by=steps.make_person(Role.ADMINISTRATOR), cohort=closed)
        for address in (reverse("programmes:cohorts"), programme()):
            page = text_of(Client().get(address))
            assert "Old group" not in page
            assert "Closed group" not in page

    @pytest.mark.parametrize("address", ["programmes:cohorts", "programmes:programme"])
    def test_full_and_late_ones_can_be_applied_for_and_say_what_that_means(self, address):
        """A11."""
        full = steps.make_cohort(name="Full group", capacity=1)
        steps.enrolled_participant(cohort=full, commence=False)
        late = steps.make_cohort(name="Late group", applications_close_on=clock.today() - DAY)
        where = programme() if address.endswith("programme") else reverse(address)
        response = Client().get(where)
        page = text_of(response)
        assert "Full: you can join the waiting list" in page
        assert (
            f"Applications closed on {uk_date(clock.today() - DAY)}. You can still apply late: "
            "you go on the waiting list" in page
        )
        for cohort in (full, late):
            start = reverse("applications:start", args=[cohort.reference])
            assert start in response.content.decode()

    def test_one_cohort_and_many_cost_the_same(self):
        for address in (reverse("programmes:cohorts"), programme()):
            steps.make_cohort()
            Client().get(address)
            one = queries_of(Client(), address)
            for level in ("NPQML", "NPQSL", "NPQH", "NPQEL") * 5:
                steps.make_cohort(level)
            assert queries_of(Client(), address) == one
            assert one <= 15


class TestOneProgramme:
    def test_what_it_is_for_takes_and_costs(self):
        steps.make_cohort(
            name="Leeds group",
            local_group="Leeds Central Library",
            partner="Aire Valley Trust",
            applications_close_on=clock.today() + timedelta(days=12),
        )
        response = Client().get(programme())
        page = text_of(response)
        assert "For people with responsibilities across a school" in page
        assert "Working in partnership" in page
        assert "Whole-school improvement project" in page
        assert "a write-up of at most 5,000 words" in page
        assert "Where the group meets Leeds Central Library" in page
        assert "Run with Aire Valley Trust" in page
        assert f"{uk_date(clock.today() + timedelta(days=12))} at 11:59pm, in 12 days" in page
        assert "£950" in page
        assert "Your time" not in page
        assert "Change what this page says" not in page
        first = reverse("applications:selfcheck_area", args=["NPQSL", 1])
        assert first in response.content.decode()

    def test_without_a_cohort_it_says_what_will_appear(self):
        assert "When we open a cohort of NPQSL, it appears here" in text_of(
            Client().get(programme())
        )

    def test_a_level_there_is_not(self):
        assert Client().get(programme("NPQX")).status_code == 404

    def test_an_administrator_describes_it(self):
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        address = reverse("programmes:describe_programme", args=["NPQSL"])
        assert address in administrator.get(programme()).content.decode()
        wrong = administrator.post(address, {"description": "", "hours_online": "many"})
        assert wrong.status_code == 422
        assert "Say what the programme is for" in text_of(wrong)
        assert "Enter the hours of ‘online’ as a whole number" in text_of(wrong)
        sent = {"description": "Ours.\n\nFor you.", "hours_online": "40", "hours_coaching": "6"}
        assert administrator.post(address, sent).url == programme()
        page = text_of(Client().get(programme()))
        assert "Ours." in page
        assert "Online 40 hours Coaching 6 hours Together 46 hours" in page
        for role in (Role.PARTICIPANT, Role.QUALITY_AGENT):
            other = signed_in(steps.make_person(role))
            assert other.get(address).status_code == 403
            assert other.post(address, sent).status_code == 403


class TestDesk:
    address = property(lambda self: reverse("programmes:desk"))

    @pytest.fixture
    def administrator(self):
        return signed_in(steps.make_person(Role.ADMINISTRATOR))

    def form(self, **changed):
        start = clock.today() + timedelta(days=60)
        known = {
            "level": Level.objects.get(edition__code="2019", code="NPQSL").pk,
            "name": "Spring, Leeds",
            "starts_on_0": start.day,
            "starts_on_1": start.month,
            "starts_on_2": start.year,
            "capacity": "24",
            "fee": "£1,250.50",
            "local_group": "Leeds",
            "partner": "Aire Valley Trust",
            "idempotency_key": str(uuid.uuid4()),
        }
        return known | changed

    def test_only_those_who_may(self):
        cohort = steps.make_cohort()
        names = ("cohort", "change_cohort", "close_cohort", "reopen_cohort")
        pages = [
            self.address,
            reverse("programmes:open_cohort"),
            *(reverse(f"programmes:{each}", args=[cohort.reference]) for each in names),
        ]
        for page in pages:
            answers = {
                role: signed_in(steps.make_person(role)).get(page).status_code
                for role in (Role.ADMINISTRATOR, Role.QUALITY_AGENT, Role.PARTICIPANT)
            }
            assert list(answers.values()) == [200, 403, 403], page
            assert Client().get(page).status_code == 302

    def test_one_is_opened_once(self, administrator):
        address, sent = reverse("programmes:open_cohort"), self.form()
        where = administrator.post(address, sent).url
        assert administrator.post(address, sent).url == where
        cohort = Cohort.objects.get()
        assert (cohort.capacity, cohort.fee_pence, cohort.partner.name) == (
            24,
            125050,
            "Aire Valley Trust",
        )
        assert cohort.applications_close_on == policies.usual_closing(
            cohort.starts_on, clock.today()
        )
        page = text_of(administrator.get(where))
        assert "Spring, Leeds is open for applications." in page
        assert "£1,250.50" in page
        assert "Nobody is enrolled yet" in page

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"level": ""}, "Choose a level"),
            ({"name": " "}, "Enter a name for the cohort"),
            ({"capacity": "0"}, "A cohort needs at least one place"),
            ({"capacity": "99999"}, "Enter 5,000 places or fewer"),
            ({"fee": "a lot"}, "Enter the fee in pounds, such as 950"),
            ({"fee": "-1"}, "The fee cannot be less than nothing"),
            ({"starts_on_1": "13"}, "Enter a real date"),
            (
                {
                    "applications_close_on_0": "1",
                    "applications_close_on_1": "1",
                    "applications_close_on_2": "2099",
                },
                "Applications must close on or before the day the cohort starts",
            ),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_stays(self, administrator, changed, words):
        page = administrator.post(reverse("programmes:open_cohort"), self.form(**changed))
        assert page.status_code == 422
        assert words in text_of(page)
        assert "Aire Valley Trust" in page.content.decode()
        assert Cohort.objects.count() == 0

    def test_one_is_changed_but_not_under_its_places_taken(self, administrator):
        cohort = steps.make_cohort(name="Spring", capacity=2)
        steps.enrolled_participant(cohort=cohort)
        steps.enrolled_participant(cohort=cohort)
        address = reverse("programmes:change_cohort", args=[cohort.reference])
        page = administrator.get(address)
        assert "2 places taken or kept for an offer" in text_of(page)
        assert 'value="950"' in page.content.decode()
        sent = self.form(capacity="1")
        refused = administrator.post(address, sent)
        assert refused.status_code == 422
        assert "2 places are taken, so enter 2 or more" in text_of(refused)
        more = self.form(capacity="3")
        assert administrator.post(address, more).url == cohort.get_absolute_url()
        cohort.refresh_from_db()
        assert (cohort.capacity, cohort.name) == (3, "Spring, Leeds")

    def test_one_is_closed_and_opened_again(self, administrator):
        cohort = steps.make_cohort()
        close = reverse("programmes:close_cohort", args=[cohort.reference])
        reopen = reverse("programmes:reopen_cohort", args=[cohort.reference])
        page = administrator.get(cohort.get_absolute_url()).content.decode()
        assert close in page
        assert reopen not in page
        administrator.post(close)
        page = administrator.get(cohort.get_absolute_url())
        assert "Closed early" in text_of(page)
        assert reopen in page.content.decode()
        again = administrator.post(close)
        assert again.status_code == 409
        assert "closed to applications already" in text_of(again)
        administrator.post(reopen)
        cohort.refresh_from_db()
        assert cohort.closed_at is None

    def test_a_cohort_shows_its_places_and_its_people(self, administrator):
        cohort = steps.make_cohort(capacity=5)
        enrolment = steps.enrolled_participant(cohort=cohort)
        services.hold_place(cohort=cohort, person=steps.make_person(), until=clock.now() + DAY)
        steps.enrolled_participant()
        page = administrator.get(cohort.get_absolute_url())
        assert "In all 5 Taken 1 Kept for offers 1 Left 3" in text_of(page)
        assert set(re.findall(r"ENR-\w{8}", page.content.decode())) == {enrolment.reference}

    def test_an_upper_room_adds_its_link(self, administrator):
        cohort = steps.make_cohort()
        for text, href in presenters.desk_links(cohort):
            page = administrator.get(cohort.get_absolute_url()).content.decode()
            assert href in page
            assert text in page
        assert presenters.desk_links(cohort)

    def test_filters_stand_in_the_address(self, administrator):
        steps.make_cohort("NPQSL", name="Open SL")
        steps.make_cohort("NPQH", name="Late H", applications_close_on=clock.today() - DAY)

        def shown(**query):
            page = administrator.get(self.address, query).content.decode()
            return {each for each in ("Open SL", "Late H") if each in page}

        assert shown() == {"Open SL", "Late H"}
        assert shown(level="NPQH") == {"Late H"}
        assert shown(intake="open") == {"Open SL"}
        assert shown(intake="late", level="NPQSL") == set()
        assert shown(intake="'", level="'") == {"Open SL", "Late H"}
        empty = text_of(administrator.get(self.address, {"intake": "started"}))
        assert "No cohort is like this" in empty

    def test_pages_and_what_they_cost(self, administrator):
        assert "A cohort that you open appears here" in text_of(administrator.get(self.address))
        cohort = steps.make_cohort(partner="Aire Trust")
        steps.enrolled_participant(cohort=cohort, commence=False)
        pages = (self.address, cohort.get_absolute_url())
        for page in pages:
            administrator.get(page)
        few = [queries_of(administrator, page) for page in pages]
        for _ in range(52):
            steps.make_cohort(partner="Aire Trust")
        for _ in range(3):
            steps.enrolled_participant(cohort=cohort, commence=False)
        assert [queries_of(administrator, page) for page in pages] == few
        assert max(few) <= 15
        page = administrator.get(self.address).content.decode()
        seen = set(re.findall(r"/cohorts/(COH-\w{8})/", page))
        onward = re.search(r'href="(\?after=[^"]+)"', page).group(1)
        rest = administrator.get(self.address + onward).content.decode()
        more = set(re.findall(r"/cohorts/(COH-\w{8})/", rest))
        assert (len(seen), len(more), seen & more) == (50, 3, set())


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
