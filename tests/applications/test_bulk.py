"""One thing done to several applications: the preview writes nothing and keeps its word, row by row."""

import re
import uuid

import pytest
from django.urls import reverse

from accounts.states import Role
from applications import services
from applications.models import Application, FundingDecision
from applications.services import bulk
from applications.services.bulk import Action
from applications.states import ApplicationStatus
from core.models import AuditEntry, HandledForm, OutboxMessage
from programmes.models import Enrolment
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of
from tests.applications.test_places import full_cohort, leave, ready, status, waiting

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


@pytest.fixture
def administrator():
    return steps.make_person(Role.ADMINISTRATOR)


def whole(applications):
    """As the list has them."""
    references = [each.reference for each in applications]
    found = Application.objects.select_related("applicant", "cohort", "level", "school")
    return sorted(
        found.filter(reference__in=references), key=lambda row: references.index(row.reference)
    )


def preview(by, action, applications, **more):
    return bulk.preview(by=by, action=action, applications=whole(applications), **more)


def carry_out(by, action, previewed, **more):
    return bulk.carry_out(
        by=by,
        action=action,
        previewed=[(each.application, each.mark) for each in previewed if each.line.allowed],
        **more,
    )


class TestConfirm:
    def test_over_capacity_the_rest_waits_as_the_preview_said(self, administrator):
        cohort = steps.make_cohort(capacity=2)
        chosen = [ready(cohort) for _ in range(4)]
        found = preview(administrator, Action.CONFIRM, chosen)
        said = [(each.line.outcome, each.line.places_left) for each in found]
        assert said == [("place", 1), ("place", 0), ("waiting", 0), ("waiting", 0)]
        done = carry_out(administrator, Action.CONFIRM, found)
        assert [each.done for each in done] == [True] * 4
        assert [status(each) for each in chosen] == [S.ACCEPTED, S.ACCEPTED, S.WAITING, S.WAITING]
        assert Enrolment.objects.filter(cohort=cohort).count() == 2

    def test_a_preview_writes_nothing(self, administrator):
        chosen = [ready(steps.make_cohort()), steps.application_at("draft")]
        before = (AuditEntry.objects.count(), OutboxMessage.objects.count())
        preview(administrator, Action.CONFIRM, chosen)
        assert (AuditEntry.objects.count(), OutboxMessage.objects.count()) == before
        assert [status(each) for each in chosen] == [S.READY, S.DRAFT]

    def test_refused_with_the_reason(self, administrator):
        cohort = steps.make_cohort()
        draft = steps.application_at("draft", cohort=cohort)
        own, sponsored = ready(cohort), ready(cohort)
        Application.objects.filter(pk=own.pk).update(applicant=administrator)
        Application.objects.filter(pk=sponsored.pk).update(sponsor=administrator)
        unlisted, enrolled = ready(cohort), ready(cohort)
        Application.objects.filter(pk=unlisted.pk).update(school=None)
        steps.enrolled_participant(participant=enrolled.applicant, commence=False)
        found = preview(administrator, Action.CONFIRM, [draft, own, sponsored, unlisted, enrolled])
        assert [each.line.says for each in found] == [
            "Being written: it is not ready to confirm",
            bulk.NOT_YOURS,
            bulk.NOT_YOURS,
            "Its school is not matched with the register yet",
            "They already have a place on this level",
        ]
        assert not any(each.line.allowed or each.mark for each in found)

    def test_those_who_wait_already_come_first(self, administrator):
        cohort, (taken,) = full_cohort()
        waiting(cohort)
        leave(taken)
        (found,) = preview(administrator, Action.CONFIRM, [ready(cohort)])
        assert found.line.outcome == "waiting"

    def test_what_changed_since_the_preview_is_refused_and_the_others_done(self, administrator):
        cohort = steps.make_cohort(capacity=5)
        _, second, _ = chosen = [ready(cohort) for _ in range(3)]
        found = preview(administrator, Action.CONFIRM, chosen)
        services.withdraw(by=second.applicant, application=second)
        done = carry_out(administrator, Action.CONFIRM, found)
        assert [each.done for each in done] == [True, False, True]
        assert "not waiting for that decision now" in done[1].says
        assert [status(each) for each in chosen] == [S.ACCEPTED, S.WITHDRAWN, S.ACCEPTED]

    def test_a_place_lost_since_the_preview_is_no_silent_waiting_list(self, administrator):
        cohort = steps.make_cohort(capacity=1)
        application = ready(cohort)
        found = preview(administrator, Action.CONFIRM, [application])
        steps.enrolled_participant(cohort=cohort, commence=False)
        (done,) = carry_out(administrator, Action.CONFIRM, found)
        assert (done.done, done.says) == (False, bulk.CHANGED)
        assert status(application) == S.READY
        assert not OutboxMessage.objects.filter(kind="applications.waiting").exists()

    def test_each_in_a_transaction_of_its_own(self, administrator):
        """The second fails unforeseen; the first stays done and the third is carried out."""
        cohort = steps.make_cohort()
        chosen = [ready(cohort) for _ in range(3)]
        found = preview(administrator, Action.CONFIRM, chosen)
        Application.objects.filter(pk=chosen[1].pk).update(school=None)
        done = carry_out(administrator, Action.CONFIRM, found)
        assert [each.done for each in done] == [True, False, True]

    def test_nobody_else_may(self):
        application = ready(steps.make_cohort())
        found = preview(steps.make_person(Role.ADMINISTRATOR), Action.CONFIRM, [application])
        for somebody in (steps.make_person(), steps.make_person(Role.REGIONAL_MODERATOR)):
            (done,) = carry_out(somebody, Action.CONFIRM, found)
            assert (done.done, done.says) == (False, bulk.NOT_YOURS)
        assert status(application) == S.READY


class TestMoveAndFund:
    def test_moving_those_who_wait(self, administrator):
        cohort, _ = full_cohort()
        waits, also, other = waiting(cohort), waiting(cohort), ready(cohort)
        following = steps.make_cohort()
        services.start(by=also.applicant, cohort=following)
        found = preview(administrator, Action.MOVE, [waits, also, other], cohort=following)
        assert [each.line.says for each in found] == [
            f"Waits for {following.name}, as long as they have waited",
            "They have another application for that cohort",
            "Ready to confirm: it is not on a waiting list",
        ]
        done = carry_out(administrator, Action.MOVE, found, cohort=following)
        assert [each.done for each in done] == [True]
        assert Application.objects.get(pk=waits.pk).cohort == following

    def test_deciding_the_funding_again(self, administrator):
        accepted = steps.application_at("accepted")
        waits = ready(steps.make_cohort())
        found = preview(administrator, Action.FUND, [accepted, waits], route="self")
        assert [each.line.allowed for each in found] == [True, False]
        assert "funding follows acceptance" in found[1].line.says
        (done,) = carry_out(administrator, Action.FUND, found, route="self")
        assert done.done
        assert [each.route for each in FundingDecision.objects.filter(application=accepted)] == [
            "",
            "self",
        ]


class TestPages:
    address = "/applications/bulk/"

    def form(self, page):
        """The preview's hidden fields."""
        found = re.findall(
            r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()
        )
        data = {}
        for name, value in found:
            data.setdefault(name, []).append(value)
        return data | {"do": "yes"}

    def test_what_no_reference_can_be_asks_for_nothing(self, administrator):
        application = ready(steps.make_cohort(capacity=1))
        sent = {"action": "move_to_cohort", "do": "yes", "cohort": "a\0b"}
        browser = signed_in(administrator)
        for references in ([application.reference], [application.reference, "a\0b"]):
            answer = browser.post(self.address, sent | {"application": references})
            asked = f"application={application.reference}&action=move_to_cohort"
            assert answer.url == f"{self.address}?{asked}"
        assert status(application) == S.READY

    def test_from_the_list_to_the_result(self, administrator):
        cohort = steps.make_cohort(capacity=1)
        first, second, draft = (
            ready(cohort),
            ready(cohort),
            steps.application_at("draft", cohort=cohort),
        )
        browser = signed_in(administrator)
        references = [each.reference for each in (first, second, draft)]
        posted = browser.post(self.address, {"application": references, "action": "confirm"})
        assert posted.status_code == 302
        page = browser.get(posted.url)
        assert page.status_code == 200
        assert "1 gets a place, 1 goes on the waiting list, 1 is refused." in text_of(page)
        assert "Confirm 2 applications" in text_of(page)
        assert [status(each) for each in (first, second)] == [S.READY, S.READY]
        data = self.form(page)
        assert sorted(data["application"]) == sorted(references[:2])
        done = browser.post(self.address, data)
        result = browser.get(done.url)
        assert "2 done." in text_of(result)
        assert "On the waiting list" in text_of(result)
        assert [status(each) for each in (first, second)] == [S.ACCEPTED, S.WAITING]

        again = browser.post(self.address, data)
        assert again.url == done.url
        assert "2 done." in text_of(browser.get(again.url))
        assert HandledForm.objects.filter(location=done.url).count() == 1

    def test_without_marks_nothing_is_done(self, administrator):
        application = ready(steps.make_cohort())
        browser = signed_in(administrator)
        done = browser.post(
            self.address,
            {"application": application.reference, "action": "confirm", "do": "yes"},
        )
        assert "0 done, 1 refused." in text_of(browser.get(done.url))
        assert status(application) == S.READY

    def test_each_step_asks_for_what_is_missing(self, administrator):
        cohort, _ = full_cohort()
        waits, following = waiting(cohort), steps.make_cohort()
        browser = signed_in(administrator)
        query = f"?application={waits.reference}"
        assert "Confirm those that are ready" in text_of(browser.get(self.address + query))
        page = text_of(browser.get(f"{self.address}{query}&action=move_to_cohort"))
        assert following.name in page
        page = browser.get(
            f"{self.address}{query}&action=move_to_cohort&cohort={following.reference}"
        )
        assert "1 is moved." in text_of(page)
        assert "A scholarship" in text_of(
            browser.get(f"{self.address}{query}&action=decide_funding")
        )
        assert "Nothing is chosen" in text_of(browser.get(self.address))
        assert "Nothing is chosen" in text_of(browser.get(f"{self.address}?application=APP-NONE"))
        empty = browser.get(reverse("applications:bulk_result", args=[uuid.uuid4()]))
        assert "There is no result to show here" in text_of(empty)

    @pytest.mark.parametrize("role", [None, Role.REGIONAL_MODERATOR, Role.ASSESSOR])
    def test_others_do_not_get_in(self, role):
        application = ready(steps.make_cohort())
        browser = signed_in(steps.make_person(*([role] if role else [])))
        query = {"application": application.reference, "action": "confirm"}
        assert browser.get(self.address, query).status_code == 403
        assert browser.post(self.address, query | {"do": "yes"}).status_code == 403
        assert status(application) == S.READY

    def test_one_and_many_cost_the_same(self, administrator):
        cohort = steps.make_cohort(capacity=3)
        rows = [ready(cohort) for _ in range(12)]
        browser = signed_in(administrator)

        def cost(chosen, action):
            query = "&".join(f"application={each.reference}" for each in chosen)
            address = f"{self.address}?{query}&action={action}"
            browser.get(address)
            return queries_of(browser, address)

        for action in (
            "confirm",
            "decide_funding&route=self",
            f"move_to_cohort&cohort={cohort.reference}",
        ):
            one, many = cost(rows[:1], action), cost(rows, action)
            assert one == many
            assert many <= 15
