"""Pages of places: the applicant's offer on a phone, the waiting list with why, moving and putting back (A11)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.states import Role
from applications.models import Application
from applications.presenters import places as words
from applications.states import ApplicationStatus
from core import clock
from core.templatetags.portal import uk_datetime
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of, url
from tests.applications.test_places import (
    fresh,
    full_cohort,
    lapsed,
    leave,
    offered,
    ready,
    status,
    waiting,
)

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


@pytest.fixture
def administrator():
    return signed_in(steps.make_person(Role.ADMINISTRATOR))


class TestTheApplicant:
    def test_is_told_their_number(self):
        cohort, _ = full_cohort()
        waiting(cohort)
        late, second = waiting(cohort, late=True), waiting(cohort)
        assert words.own_step(second).text.startswith("You are number 2 of 3 on the waiting list.")
        assert "Those who applied on time come first." in words.own_step(late).text
        page = text_of(signed_in(second.applicant).get(url("application", second)))
        assert "You are number 2 of 3" in page

    def test_accepts_the_place(self):
        first, _ = offered()
        browser = signed_in(first.applicant)
        ends = uk_datetime(first.offer_expires_at)
        page = text_of(browser.get(url("application", first)))
        assert f"We keep a place for you until {ends}." in page
        page = text_of(browser.get(url("offer", first)))
        assert f"Accept it by {ends}." in page
        answer = browser.post(url("offer", first))
        assert (answer.status_code, answer.url) == (302, first.get_absolute_url())
        assert status(first) == S.ACCEPTED
        again = browser.get(url("offer", first))
        assert again.status_code == 409
        assert "There is no offer of a place to answer now." in text_of(again)

    def test_turns_it_down(self):
        first, _ = offered()
        browser = signed_in(first.applicant)
        page = text_of(browser.get(url("turn_down", first)))
        assert "The place goes to the next person who waits" in page
        assert browser.post(url("turn_down", first)).status_code == 302
        assert status(first) == S.WITHDRAWN

    def test_is_too_late_a_second_after_the_end(self):
        first, _ = offered()
        browser = signed_in(first.applicant)
        with clock.travel(first.offer_expires_at + timedelta(seconds=1)):
            page = browser.get(url("offer", first))
            assert page.status_code == 409
            assert "This offer has ended" in text_of(page)
            posted = browser.post(url("offer", first))
        assert posted.status_code == 422
        assert "the place goes to somebody else" in text_of(posted)
        assert status(first) == S.OFFERED

    def test_after_a_lapse_or_a_closing_knows_what_came_of_it(self):
        first, second = lapsed()
        assert "You can apply for a later cohort." in words.own_step(first).text
        steps.application_at("accepted", applicant=second.applicant)
        assert "so this one is closed" in words.own_step(fresh(second)).text
        for each in (first, second):
            page = signed_in(each.applicant).get(url("application", each))
            assert page.status_code == 200

    def test_nobody_else_answers_for_them(self, administrator):
        first, second = offered()
        for name in ("offer", "turn_down"):
            assert signed_in(second.applicant).get(url(name, first)).status_code == 404
            assert administrator.post(url(name, first)).status_code == 403
        assert status(first) == S.OFFERED


class TestTheWaitingList:
    def test_order_with_why_offers_and_what_lapsed(self, administrator):
        first, second = lapsed()
        cohort = first.cohort
        late = waiting(cohort, late=True)
        page = text_of(administrator.get(words.list_url(cohort)))
        assert "2 people wait, 0 offers open, 1 place left." in page
        assert page.index(second.applicant.name) < page.index(late.applicant.name)
        assert "Sent late, waiting since" in page
        assert "Put back" in page
        answer = administrator.post(words.list_url(cohort))
        assert answer.status_code == 302
        page = text_of(administrator.get(answer.url))
        assert "1 place offered. We have written to each person." in page
        assert "1 person waits, 1 offer open, no place left." in page
        assert status(second) == S.OFFERED

    def test_lists_of_every_cohort(self, administrator):
        address = reverse("applications:waiting_lists")
        assert "Nobody waits for a place" in text_of(administrator.get(address))
        first, _ = offered()
        assert f"NPQSL: {first.cohort.name}" in text_of(administrator.get(address))

    def test_pages_go_on_where_the_last_ended(self, administrator, monkeypatch):
        monkeypatch.setattr("applications.views.places.PAGE", 2)
        cohort, _ = full_cohort()
        people = [waiting(cohort) for _ in range(3)]
        people += [waiting(cohort, late=True) for _ in range(2)]
        names, address = [], words.list_url(cohort)
        for _ in range(3):
            page = administrator.get(address)
            rows = page.context["waiting"]
            names += [(row["number"], row["application"]) for row in rows]
            address = words.list_url(cohort) + page.context["older"]
        assert names == list(enumerate(people, start=1))

    def test_one_and_many_cost_the_same(self, administrator):
        cohort, taken = full_cohort(2)
        addresses = [words.list_url(cohort), reverse("applications:waiting_lists")]
        waiting(cohort)

        def costs():
            return [queries_of(administrator, address) for address in addresses]

        costs()
        one = costs()
        for _ in range(6):
            waiting(cohort)
        assert costs() == one
        assert max(one) <= 15
        leave(taken[0])

    def test_moving_somebody(self, administrator):
        cohort, _ = full_cohort()
        waits = waiting(cohort)
        none = text_of(administrator.get(url("move_to_cohort", waits)))
        assert "There is no other cohort to move to" in none
        following = steps.make_cohort(capacity=7)
        page = text_of(administrator.get(url("move_to_cohort", waits)))
        assert f"{following.name}, starting" in page
        assert "7 places left" in page
        assert administrator.post(url("move_to_cohort", waits), {}).status_code == 422
        answer = administrator.post(url("move_to_cohort", waits), {"cohort": following.reference})
        assert answer.url == words.list_url(following)
        assert Application.objects.get(pk=waits.pk).cohort == following
        assert administrator.get(url("move_to_cohort", ready(cohort))).status_code == 409

    def test_putting_back_needs_a_reason(self, administrator):
        first, _ = lapsed()
        assert administrator.post(url("undo_lapse", first), {}).status_code == 422
        answer = administrator.post(url("undo_lapse", first), {"reason": "In hospital"})
        assert answer.url == words.list_url(first.cohort)
        assert status(first) == S.WAITING
        assert administrator.get(url("undo_lapse", first)).status_code == 409

    @pytest.mark.parametrize("role", [None, Role.REGIONAL_MODERATOR, Role.QUALITY_AGENT])
    def test_for_administrators_only(self, role):
        first, _ = offered()
        browser = signed_in(steps.make_person(*([role] if role else [])))
        for address in (words.list_url(first.cohort), reverse("applications:waiting_lists")):
            assert browser.get(address).status_code == 403
        for name in ("move_to_cohort", "undo_lapse"):
            assert browser.get(url(name, first)).status_code == 404

    def test_the_panel_of_each_stage(self, administrator):
        first, second = offered()
        page = text_of(administrator.get(url("application", first)))
        assert f"A place is kept until {uk_datetime(first.offer_expires_at)}." in page
        page = text_of(administrator.get(url("application", second)))
        assert "Number 1 of 1 on the waiting list." in page
        assert "Move to another cohort" in page
