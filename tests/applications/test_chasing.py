"""Reminders to sponsor and applicant on days 3, 7 and 14: once each, never in a heap, with a link that works (A4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from accounts.models import Invitation, Notification
from accounts.states import MailState
from applications import policies, services
from applications.models import Application, Chase
from applications.tasks import chase_sponsors
from core import clock, outbox
from core.models import AuditEntry
from npq_portal.celery import app
from tests.applications import steps
from tests.applications.test_by_mail import link_to
from tests.worker import celery_worker_process, wait_for  # noqa: F401

pytestmark = pytest.mark.whole

ASKED = date(2027, 3, 1)


class TestWhenItIsDue:
    """Pure: on which day which reminder."""

    @pytest.mark.parametrize(
        ("days_after", "chased", "due"),
        [
            (0, [], None),
            (2, [], None),
            (3, [], 3),
            (3, [3], None),
            (6, [3], None),
            (7, [3], 7),
            (10, [], 7),
            (10, [7], None),
            (14, [3, 7], 14),
            (90, [], 14),
            (90, [14], None),
            (90, [3, 7, 14], None),
        ],
    )
    def test_each_boundary(self, days_after, chased, due):
        assert policies.chase_due(ASKED, ASKED + timedelta(days=days_after), chased) == due

    @given(some.lists(some.integers(0, 40), max_size=60))
    def test_whenever_the_portal_looks_it_reminds_at_most_three_times_and_never_backwards(
        self, looks
    ):
        sent: list[int] = []
        for look in sorted(looks):
            day = policies.chase_due(ASKED, ASKED + timedelta(days=look), sent)
            if day is not None:
                assert day <= look
                sent.append(day)
        assert sent == sorted(set(sent))
        assert set(sent) <= set(policies.CHASE_DAYS)

    def test_the_last_one_says_so(self):
        assert [policies.is_last_chase(day) for day in policies.CHASE_DAYS] == [False, False, True]


def asked(stage: str = "with_sponsor") -> Application:
    """An application whose sponsor was asked at nine in the evening of 1 March."""
    with clock.travel(datetime(2027, 3, 1, 21, 0, tzinfo=UTC)):
        application = steps.application_at(stage)
        outbox.sweep()
    mail.outbox.clear()
    return application


def look(day: int, hour: int = 6) -> dict[str, list]:
    """What the hourly look of that day of March sends, by address."""
    with clock.travel(datetime(2027, 3, day, hour, 0, tzinfo=UTC)):
        mail.outbox.clear()
        chase_sponsors()
        outbox.sweep()
    found: dict[str, list] = {}
    for each in mail.outbox:
        found.setdefault(each.to[0], []).append(each)
    return found


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestReminders:
    def test_both_are_written_to_once_on_each_day_of_the_plan(self):
        application = asked()
        both = {application.sponsor_email, application.applicant.email}
        sent = {day: look(day) for day in range(1, 25)}
        assert {day for day, found in sent.items() if found} == {4, 8, 15}
        for day in (4, 8, 15):
            assert set(sent[day]) == both
            assert [len(mails) for mails in sent[day].values()] == [1, 1]
        to_sponsor = sent[4][application.sponsor_email][0]
        assert to_sponsor.subject.startswith(f"{application.applicant.name} waits for your answer")
        assert "last reminder" not in to_sponsor.body
        assert "This is our last reminder." in sent[15][application.sponsor_email][0].body
        to_applicant = sent[4][application.applicant.email][0]
        assert to_applicant.subject == ("We have reminded your sponsor: your NPQSL application")
        assert f"/apply/{application.reference}/name-sponsor/" in to_applicant.body
        assert "have not answered yet, so we have reminded them today" in to_applicant.body
        assert list(application.chases.values_list("day", flat=True)) == [3, 7, 14]
        recorded = AuditEntry.objects.filter(event="applications.sponsor_chased")
        assert [entry.facts for entry in recorded] == [{"day": 3}, {"day": 7}, {"day": 14}]
        assert {entry.by for entry in recorded} == {""}

    def test_looking_again_the_same_day_sends_nothing(self):
        application = asked()
        assert look(4, 6)
        assert look(4, 7) == {}
        assert look(4, 23) == {}
        assert application.chases.count() == 1

    def test_a_day_is_londons_and_not_the_clocks(self):
        """Asked at 00:30 in London on 2 June, which is still 1 June in UTC: day 3 is 5 June in London."""
        with clock.travel(datetime(2027, 6, 1, 23, 30, tzinfo=UTC)):
            application = steps.application_at("with_sponsor")
        for moment, due in (
            (datetime(2027, 6, 4, 22, 30, tzinfo=UTC), 0),
            (datetime(2027, 6, 4, 23, 30, tzinfo=UTC), 1),
        ):
            with clock.travel(moment):
                assert services.chase_sponsors() == due
        assert application.chases.get().day == 3

    def test_after_a_long_silence_there_is_one_reminder_and_not_three(self):
        application = asked()
        found = look(29)
        assert {address: len(mails) for address, mails in found.items()} == {
            application.sponsor_email: 1,
            application.applicant.email: 1,
        }
        assert list(application.chases.values_list("day", flat=True)) == [14]
        assert look(30) == {}

    def test_every_reminders_link_works_even_when_the_invitation_has_run_out(self):
        application = asked()
        first = Invitation.objects.get()
        for day in (4, 8, 15, 29):
            look(day)
            with clock.travel(datetime(2027, 3, min(day, 15) + 2, 12, 0, tzinfo=UTC)):
                page = Client().get(link_to(application.sponsor_email)) if mail.outbox else None
                if page is not None:
                    assert page.status_code == 200
        invitations = list(Invitation.objects.order_by("pk"))
        assert [each.email for each in invitations] == [application.sponsor_email] * 2
        assert invitations[0] == first
        # The fresh link came with the reminder alone: no second mail said the same.
        assert Notification.objects.filter(template="accounts/invitation").count() == 1

    def test_who_has_begun_is_asked_to_finish(self):
        application = asked("answered")
        found = look(4)
        (to_sponsor,) = found[application.sponsor.email]
        assert to_sponsor.subject.startswith("Finish and sign your answer about")
        assert "Everything that you answered is saved." in to_sponsor.body
        (to_applicant,) = found[application.applicant.email]
        assert "have started to answer and have not signed yet" in to_applicant.body

    def test_who_was_asked_to_look_again_reads_that(self):
        with clock.travel(datetime(2027, 3, 1, 9, 0, tzinfo=UTC)):
            application = steps.application_at("referred")
            services.return_to_sponsor(
                by=application.moderator, application=application, reason="Two are unclear"
            )
            outbox.sweep()
        (to_sponsor,) = look(4)[application.sponsor.email]
        assert "On 1 March 2027 we asked you to look again" in to_sponsor.body
        assert "Two are unclear" not in to_sponsor.body

    @pytest.mark.parametrize("stage", ["draft", "sponsor_needed", "ready", "referred", "withdrawn"])
    def test_nobody_is_reminded_of_what_does_not_wait_for_a_sponsor(self, stage):
        application = asked(stage)
        assert look(4) == {}
        with clock.travel(datetime(2027, 3, 20, tzinfo=UTC)):
            assert services.chase_sponsor(by=None, application=application) is None

    def test_another_sponsor_is_reminded_anew(self):
        application = asked()
        look(8)
        with clock.travel(datetime(2027, 3, 9, 9, 0, tzinfo=UTC)):
            services.name_sponsor(
                by=application.applicant,
                application=application,
                email="nia@example.org",
                first_name="Nia",
                last_name="Roy",
            )
            outbox.sweep()
        assert look(11) == {}
        assert set(look(12)) == {"nia@example.org", application.applicant.email}

    def test_an_answer_given_before_the_mail_went_stops_it(self):
        application = asked("answered")
        with clock.travel(datetime(2027, 3, 4, 6, 0, tzinfo=UTC)):
            mail.outbox.clear()
            services.chase_sponsors()
            services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
            outbox.sweep()
        assert not [
            each for each in mail.outbox if "remind" in each.subject or "Finish" in each.subject
        ]

    def test_an_address_that_does_not_work_is_not_written_to_again(self):
        application = asked()
        Notification.objects.filter(to_email=application.sponsor_email).update(
            state=MailState.BOUNCED
        )
        found = look(4)
        assert set(found) == {application.applicant.email}
        (to_applicant,) = found[application.applicant.email]
        assert to_applicant.subject.startswith("Check your sponsor’s address")

    def test_the_database_keeps_a_day_to_one_reminder(self):
        application = asked()
        look(4)
        chase = application.chases.get()
        with pytest.raises(IntegrityError, match="one_chase_per_day"), transaction.atomic():
            Chase.objects.create(application=application, asked_at=chase.asked_at, day=3)

    def test_the_kept_copy_of_a_reminder_holds_no_link(self):
        application = asked()
        look(4)
        link = link_to(application.sponsor_email)
        kept = Notification.objects.get(template="applications/sponsor_reminder")
        assert link.rsplit("/", 2)[-2] not in kept.text
        assert "Start here:\n[link]" in kept.text
        assert kept.about == application.reference


@pytest.mark.integration
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_a_worker_reminds_when_beat_asks(celery_worker_process, files_folder):  # noqa: F811
    with clock.travel(clock.now() - timedelta(days=4)):
        application = steps.application_at("with_sponsor")
        outbox.sweep()
    celery_worker_process()
    for _ in range(2):
        app.send_task("applications.chase_sponsors")
    wait_for(
        lambda: (
            Notification.objects.filter(
                template__in=["applications/sponsor_reminder", "applications/sponsor_chased"],
                state=MailState.SENT,
            ).count()
            == 2
        )
    )
    written = b"".join(each.read_bytes() for each in (files_folder / "mail").glob("*.log"))
    assert written.count(b"waits for your answer") >= 1
    assert list(application.chases.values_list("day", flat=True)) == [3]
