"""Appeals: once, in time, decided by somebody who was not involved before (A10)."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from accounts.states import Role
from applications import queries, services
from applications.models import Appeal, Application, SchoolInterest, Undoing
from applications.policies import Involvement, uninvolved
from applications.policies import appeal as may_appeal
from applications.presenters import decisions as presenters
from applications.queries import decisions as appeals
from applications.states import AppealOutcome, ApplicationStatus
from core import clock, outbox
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from tests.applications import stages, steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = pytest.mark.whole

S = ApplicationStatus
database = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def events_after(pk):
    rows = AuditEntry.objects.filter(pk__gt=pk).exclude(event="accounts.role_granted")
    return [each.event for each in rows]


def last_entry():
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class TestTheRule:
    """Pure: no table is needed."""

    UNTIL = date(2027, 3, 12)

    def found(self, **facts):
        known = {
            "grounds": "Look again",
            "today": self.UNTIL,
            "until": self.UNTIL,
            "has_appealed": False,
            "has_another": False,
        }
        return [each.text for each in may_appeal(**(known | facts)).reasons]

    def test_on_the_last_day_and_the_day_after(self):
        assert self.found() == []
        assert self.found(today=self.UNTIL + timedelta(days=1)) == [
            "The time to appeal ended on 12 March 2027 at 11:59pm"
        ]

    def test_once_with_grounds_and_with_no_other_application(self):
        assert self.found(has_appealed=True) == ["You have appealed already, and can do so once"]
        assert self.found(grounds="  ") == ["Say why you think the decision was wrong"]
        assert self.found(has_another=True) == [
            "You have another application for this cohort: withdraw it before you appeal"
        ]

    @pytest.mark.parametrize("how", Involvement)
    def test_nobody_who_was_involved(self, how):
        assert not uninvolved({how}).allowed
        assert (
            uninvolved({how})
            .reasons[0]
            .text.startswith("Somebody who was not involved before decides an appeal: you ")
        )
        assert str(how) in uninvolved({how}, oneself=False).reasons[0].text
        assert uninvolved(set()).allowed


class TestAppealing:
    pytestmark = database

    def test_the_last_second_is_at_the_end_of_the_day_in_london(self):
        application = steps.application_at("declined")
        until = appeals.appeal_until(application)
        end = datetime(until.year, until.month, until.day, 23, 59, 59, tzinfo=clock.LONDON)
        with (
            clock.travel(end + timedelta(seconds=1)),
            pytest.raises(Refused, match="The time to appeal ended"),
        ):
            services.appeal(by=application.applicant, application=application, grounds="Why?")
        last = last_entry()
        with clock.travel(end):
            made = services.appeal(
                by=application.applicant, application=application, grounds=" You missed it. "
            )
        assert (made.grounds, made.outcome) == ("You missed it.", "")
        assert Application.objects.get(pk=application.pk).status == S.APPEALED
        assert events_after(last) == ["applications.appealed"]
        entry = AuditEntry.objects.latest("pk")
        assert (entry.before, entry.after) == ({"status": "declined"}, {"status": "appealed"})
        assert "missed" not in f"{entry.facts}{entry.why}"

    def test_twenty_working_days_after_the_decision(self):
        application = steps.application_at("declined")
        Application.objects.filter(pk=application.pk).update(
            decided_at=datetime(2026, 12, 18, 23, 30, tzinfo=clock.LONDON)
        )
        assert appeals.appeal_until(stages.fresh(application)) == date(2027, 1, 20)

    def test_nobody_else_appeals(self):
        application = steps.application_at("declined")
        for person in (application.sponsor, application.moderator, stages.administrator()):
            with pytest.raises(PermissionDenied):
                services.appeal(by=person, application=application, grounds="Why?")
        assert signed_in(application.sponsor).get(url("appeal", application)).status_code == 404

    def test_a_second_appeal_is_refused(self):
        application = stages.appealed()
        services.dismiss(by=stages.administrator(), application=application, reason="Read again")
        with pytest.raises(Refused, match="You have appealed already"):
            services.appeal(by=application.applicant, application=application, grounds="Again")
        browser = signed_in(application.applicant)
        response = browser.get(url("appeal", application))
        assert "You have appealed already, and can do so once." in text_of(response)
        assert "<textarea" not in response.content.decode()
        assert browser.post(url("appeal", application), {"grounds": "x"}).status_code == 422
        assert Appeal.objects.count() == 1

    def test_another_application_for_the_cohort_comes_first(self):
        application = steps.application_at("declined")
        services.start(by=application.applicant, cohort=application.cohort)
        with pytest.raises(Refused, match="withdraw it before you appeal"):
            services.appeal(by=application.applicant, application=application, grounds="Why?")
        assert Application.objects.get(pk=application.pk).status == S.DECLINED

    def test_the_page(self):
        application = steps.application_at("declined")
        browser = signed_in(application.applicant)
        assert "until 11:59pm on" in text_of(browser.get(url("appeal", application)))
        empty = browser.post(url("appeal", application), {"grounds": ""})
        assert empty.status_code == 422
        assert "Say why you think the decision was wrong" in text_of(empty)
        sent = browser.post(url("appeal", application), {"grounds": "You missed my last year."})
        assert sent.url == application.get_absolute_url()
        assert Appeal.objects.get().grounds == "You missed my last year."
        assert browser.get(url("appeal", application)).status_code == 409
        step = presenters.own_step(stages.fresh(application))
        assert "we write to you by" in step.text
        outbox.sweep()
        assert mail.outbox[-1].subject.startswith("We have your NPQSL appeal and will answer by ")


class TestWhoDecides:
    pytestmark = database

    def test_everybody_who_was_involved_is_known_and_how(self):
        application = stages.appealed()
        SchoolInterest.objects.create(
            moderator=(interested := steps.make_person(Role.REGIONAL_MODERATOR)),
            school=application.school,
            why="Governor",
        )
        found = appeals.involved_people(application)
        moderator = {Involvement.DECIDED, Involvement.MODERATOR, Involvement.CONTACT}
        assert found == {
            application.applicant_id: {Involvement.APPLICANT},
            application.sponsor_id: {Involvement.SPONSOR},
            application.moderator_id: moderator,
            interested.pk: {Involvement.INTEREST},
        }
        other = steps.make_person(Role.REGIONAL_MODERATOR)
        assert list(appeals.uninvolved_moderators(application)) == [other]

    def test_whoever_took_an_earlier_decision_back_is_involved_too(self):
        application = stages.accepted_after_referral()
        first, undoer = application.moderator, stages.administrator()
        services.undo_accept(by=undoer, application=application, reason="In error")
        found = appeals.involved_people(stages.fresh(application))
        assert Involvement.UNDID in found[undoer.pk]
        assert Involvement.DECIDED in found[first.pk]

    @pytest.mark.parametrize("verb", ["uphold", "dismiss"])
    def test_the_one_who_declined_is_refused_with_words(self, verb):
        application = stages.appealed()
        decider = application.moderator
        from accounts import services as accounts

        accounts.grant_role(by=None, user=decider, role=Role.ADMINISTRATOR)
        decider = type(decider).objects.get(pk=decider.pk)
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match="you took a decision on it; you are the regional"):
            getattr(services, verb)(by=decider, application=application, reason="Mine")
        assert AuditEntry.objects.count() == before
        response = signed_in(decider).get(url(verb, application))
        assert "Somebody who was not involved before decides an appeal" in text_of(response)
        assert "<textarea" not in response.content.decode()

    @pytest.mark.parametrize("verb", ["uphold", "dismiss"])
    def test_without_the_role_or_the_appeal_nobody_decides(self, verb):
        application = stages.appealed()
        strangers = [
            steps.make_person(Role.REGIONAL_MODERATOR),
            steps.make_person(),
            application.applicant,
        ]
        for person in strangers:
            with pytest.raises(PermissionDenied):
                getattr(services, verb)(by=person, application=application, reason="Mine")
        assert Application.objects.get(pk=application.pk).status == S.APPEALED

    def test_handed_to_a_moderator_it_is_theirs_only_while_it_is_open(self):
        application = stages.appealed()
        administrator = stages.administrator()
        moderator = steps.make_person(Role.REGIONAL_MODERATOR)
        other = steps.make_person(Role.REGIONAL_MODERATOR)
        assert application not in queries.visible_to(moderator)
        last = last_entry()
        for to in (other, moderator):
            services.hand_appeal(by=administrator, application=application, moderator=to)
        assert events_after(last) == ["applications.appeal_handed"] * 2
        assert application not in queries.visible_to(other)
        assert application in queries.visible_to(moderator)
        outbox.sweep()
        handed = [each for each in mail.outbox if "An appeal for you to decide by" in each.subject]
        assert [each.to for each in handed] == [[moderator.email]]
        browser = signed_in(moderator)
        assert application.applicant.name in text_of(browser.get("/appeals/"))
        checked = browser.post(url("uphold", application), {"reason": "It does show."})
        assert "Your appeal is upheld." in text_of(checked)
        done = browser.post(
            url("uphold", application), {"reason": "It does show.", "step": "send"}, follow=True
        )
        assert "the appeal is upheld, and we have written to the applicant." in text_of(done)
        assert "No appeal waits for a decision" in text_of(done)
        assert application not in queries.visible_to(moderator)
        assert browser.get(application.get_absolute_url()).status_code == 404
        assert Appeal.objects.get().decided_by == moderator

    def test_the_page_to_hand_it_lists_only_those_not_involved(self):
        application = stages.appealed()
        moderator = steps.make_person(Role.REGIONAL_MODERATOR, first_name="Ines")
        browser = signed_in(stages.administrator())
        text = text_of(browser.get(url("hand_appeal", application)))
        assert f"{moderator.name} (0 referrals open)" in text
        assert application.moderator.name not in text.replace(application.applicant.name, "")
        wrong = browser.post(
            url("hand_appeal", application), {"moderator": application.moderator.reference}
        )
        assert wrong.status_code == 422
        assert "Choose somebody from the list" in text_of(wrong)
        sent = browser.post(url("hand_appeal", application), {"moderator": moderator.reference})
        assert sent.url == application.get_absolute_url()
        assert Appeal.objects.get().handed_to == moderator
        with pytest.raises(Refused, match="this person took a decision on it"):
            services.hand_appeal(
                by=stages.administrator(),
                application=application,
                moderator=application.moderator,
            )


class TestDeciding:
    pytestmark = database

    def test_upheld_gives_the_place_and_keeps_the_decline(self):
        application = stages.appealed()
        declined_at, administrator = application.decided_at, stages.administrator()
        last = last_entry()
        enrolment = services.uphold(
            by=administrator, application=application, reason="Last year does show it."
        )
        row = Application.objects.get(pk=application.pk)
        assert (row.status, row.enrolment, row.decided_by) == (S.ACCEPTED, enrolment, administrator)
        assert (row.feedback, row.feedback_areas.count()) == ("", 0)
        appeal = Appeal.objects.get()
        assert (appeal.outcome, appeal.decided_at) == (AppealOutcome.UPHELD, row.decided_at)
        kept = Undoing.objects.get()
        assert (kept.was_status, kept.was_decided_at) == (S.DECLINED, declined_at)
        assert kept.was_feedback == (
            "Lead a project across the whole school first.\n\n"
            "To develop: Strategy and improvement, Commitment, Collaboration"
        )
        assert events_after(last) == [
            "programmes.enrolled",
            "applications.funding_decided",
            "applications.appeal_upheld",
        ]
        outbox.sweep()
        assert mail.outbox[-1].subject == "Your NPQSL appeal was upheld: you are accepted"
        shown = presenters.panel(row, administrator)
        assert "by upholding the appeal" in shown.context["undoings"][0]["how"]

    def test_upheld_without_a_free_place_waits(self):
        cohort = steps.make_cohort(capacity=1)
        application = steps.application_at("declined", cohort=cohort)
        services.appeal(by=application.applicant, application=application, grounds="Look again")
        stages.full_cohort(cohort)
        administrator = stages.administrator()
        last = last_entry()
        assert services.uphold(by=administrator, application=application, reason="Yes") is None
        row = Application.objects.get(pk=application.pk)
        assert (row.status, row.enrolment) == (S.WAITING, None)
        assert Appeal.objects.get().outcome == AppealOutcome.UPHELD
        assert events_after(last) == [
            "applications.put_on_waiting_list",
            "applications.appeal_upheld",
        ]

    def test_dismissed_the_decision_stands_with_a_reason(self):
        application = stages.appealed()
        decided = (application.decided_at, application.decided_by)
        administrator = stages.administrator()
        last = last_entry()
        services.dismiss(
            by=administrator, application=application, reason="All of it had been read."
        )
        row = Application.objects.get(pk=application.pk)
        assert (row.status, (row.decided_at, row.decided_by)) == (S.DECLINED, decided)
        assert Appeal.objects.get().reason == "All of it had been read."
        assert events_after(last) == ["applications.appeal_dismissed"]
        step = presenters.own_step(row)
        assert "our decision stands" in step.text
        assert [each.text for each in step.actions] == ["Read your letter"]
        outbox.sweep()
        assert mail.outbox[-1].subject == "Your NPQSL appeal: our decision and the reason"

    @pytest.mark.parametrize("verb", ["uphold", "dismiss"])
    def test_a_reason_is_needed_and_nothing_happens_without(self, verb):
        application = stages.appealed()
        administrator = stages.administrator()
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match="Give the reason for your decision"):
            getattr(services, verb)(by=administrator, application=application, reason=" ")
        response = signed_in(administrator).post(url(verb, application), {"reason": ""})
        assert response.status_code == 422
        assert "Give the reason for your decision" in text_of(response)
        assert AuditEntry.objects.count() == before
        assert Application.objects.get(pk=application.pk).status == S.APPEALED

    def test_one_that_is_no_appeal_now(self):
        application = steps.application_at("declined")
        with pytest.raises(WrongMoment):
            services.uphold(by=stages.administrator(), application=application, reason="Yes")
        browser = signed_in(stages.administrator())
        assert browser.get(url("dismiss", application)).status_code == 409


class TestTheList:
    pytestmark = database

    def test_it_says_when_each_is_due_and_with_whom_it_is(self):
        application = stages.appealed()
        browser = signed_in(stages.administrator())
        text = text_of(browser.get("/appeals/"))
        assert application.applicant.name in text
        assert "20 working days left" in text
        assert "The provider" in text
        Appeal.objects.update(made_at=clock.now() - timedelta(days=60))
        assert "working days late" in text_of(browser.get("/appeals/"))

    def test_empty_it_says_what_will_appear(self):
        text = text_of(signed_in(stages.administrator()).get("/appeals/"))
        assert "No appeal waits for a decision" in text
        assert signed_in(steps.make_person()).get("/appeals/").status_code == 403

    def test_it_costs_the_same_with_more_rows_and_pages_on(self):
        administrator = signed_in(stages.administrator())
        first = stages.appealed()
        administrator.get("/appeals/")
        one = queries_of(administrator, "/appeals/")
        for _ in range(3):
            stages.appealed()
        assert queries_of(administrator, "/appeals/") == one <= 15
        rows = appeals.open_appeals(stages.administrator())
        page, after = appeals.page_of_appeals(rows, size=2)
        rest, end = appeals.page_of_appeals(rows, after=after, size=2)
        assert page[0] == first
        assert ([*page, *rest], end) == (list(rows), "")
