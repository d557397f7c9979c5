"""Lists of entry: their filters, their pages, and what each page costs."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.states import Role
from applications import services
from applications.models import Application
from applications.states import ApplicationStatus
from core import clock
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


APPLICANT_PAGES = ["school", "details", "strengths", "name_sponsor", "send", "withdraw"]
SPONSOR_PAGES = ["sponsor", "endorse", "verify", "sign", "decline_to_sponsor"]
MODERATOR_PAGES = [
    "log_contact",
    "return_to_sponsor",
    "return_to_applicant",
    "accept",
    "decline",
]


class TestLists:
    def test_filters_stand_in_the_address(self):
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        head = steps.application_at("started", level="NPQH")
        ready = steps.application_at("ready")
        declined = steps.application_at("declined")
        address = reverse("applications:list")

        def shown(**query):
            page = administrator.get(address, query).content.decode()
            return {each for each in (head, ready, declined) if each.reference in page}

        assert shown() == {head, ready}
        assert shown(status="all") == {head, ready, declined}
        assert shown(status="declined") == {declined}
        assert shown(level="NPQH") == {head}
        assert shown(cohort=ready.cohort.reference) == {ready}
        assert shown(status="withdrawn") == set()
        assert shown(status="nonsense", level="1 OR 1=1") == {head, ready}

    def test_pages_of_fifty_without_gap_or_repeat(self):
        cohort = steps.make_cohort(capacity=200)
        for _ in range(53):
            services.start(by=steps.make_person(), cohort=cohort)
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        first = administrator.get(reverse("applications:list"))
        references = re.findall(r"APP-\w{8}", first.content.decode())
        onward = re.search(r'href="(\?after=[^"]+)"', first.content.decode()).group(1)
        second = administrator.get(reverse("applications:list") + onward)
        more = re.findall(r"/apply/(APP-\w{8})", second.content.decode())
        seen = list(dict.fromkeys(re.findall(r"/apply/(APP-\w{8})", first.content.decode())))
        assert references
        assert (len(seen), len(more)) == (50, 3)
        assert not set(seen) & set(more)

    def test_age_is_in_days(self):
        with clock.travel(clock.now() - timedelta(days=12)):
            steps.application_at("started")
        administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
        assert "12 days" in administrator.get(reverse("applications:list")).content.decode()

    @pytest.mark.parametrize(
        ("name", "role", "stage"),
        [
            ("list", Role.ADMINISTRATOR, "started"),
        ],
    )
    def test_one_row_and_many_cost_the_same(self, name, role, stage):
        browser = signed_in(steps.make_person(role))
        cohort, address = steps.make_cohort(capacity=200), reverse(f"applications:{name}")
        steps.application_at(stage, cohort=cohort)
        browser.get(address)
        one = queries_of(browser, address)
        first = Application.objects.get()
        for _ in range(49):
            other = steps.make_person()
            Application.objects.filter(pk=first.pk).first()
            copy = Application.objects.get(pk=first.pk)
            copy.pk, copy.applicant = None, other
            copy.reference = Application._meta.get_field("reference").fresh()
            copy.school = steps.make_school()
            copy.save()
        many = queries_of(browser, address)
        assert many == one
        assert many <= 15


class TestQueryBudget:
    def test_every_page_asks_postgres_at_most_fifteen_times(self):
        draft, begun = steps.application_at("draft"), steps.application_at("begun")
        ready, referred = steps.application_at("ready"), steps.application_at("not_ready")
        declined, answered = steps.application_at("declined"), steps.application_at("answered")
        administrator = steps.make_person(Role.ADMINISTRATOR)
        moderator = referred.moderator
        pages = [
            (draft.applicant, reverse("applications:mine")),
            (steps.make_person(), reverse("applications:start", args=[draft.cohort.reference])),
            (draft.applicant, url("application", draft)),
            *((draft.applicant, url(name, draft)) for name in APPLICANT_PAGES),
            (draft.applicant, url("area", draft, 1)),
            (draft.applicant, url("strength", draft, 1)),
            (begun.applicant, url("application", begun)),
            (declined.applicant, url("application", declined)),
            *((begun.sponsor, url(name, begun)) for name in ("sponsor", "endorse", "verify")),
            (begun.sponsor, url("behaviour", begun, 7)),
            (answered.sponsor, url("sign", answered)),
            (ready.sponsor, url("sponsor", ready)),
            (administrator, url("application", ready)),
            (administrator, url("confirm", ready)),
            (moderator, url("application", referred)),
            *((moderator, url(name, referred)) for name in MODERATOR_PAGES),
        ]
        cost = {}
        for user, address in pages:
            browser = signed_in(user)
            browser.get(address)
            cost[address] = queries_of(browser, address)
        assert {address: count for address, count in cost.items() if count > 15} == {}
