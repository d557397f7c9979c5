"""Pages of programmes for anybody, and the desk of those who run cohorts (A11, F10)."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.states import Role
from core import clock
from core.templatetags.portal import uk_date
from frameworks.models import Level
from programmes import policies, services
from programmes.models import Cohort
from programmes.presenters import cohorts as presenters
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


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
        change = reverse("programmes:change_cohort", args=[cohort.reference])
        assert 'value="1250.50"' in administrator.get(change).content.decode()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"level": ""}, "Choose a level"),
            ({"name": " "}, "Enter a name for the cohort"),
            ({"capacity": "0"}, "A cohort needs at least one place"),
            ({"capacity": "99999"}, "Enter 5,000 places or fewer"),
            ({"starts_on_0": "9" * 30}, "Enter a real date, such as 27 3 2027"),
            ({"applications_close_on_1": "9"}, "Enter a real date, such as 27 3 2027"),
            ({"starts_on_2": "27"}, "Enter a real date, such as 27 3 2027"),
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
