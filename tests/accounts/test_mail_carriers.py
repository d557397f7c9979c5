"""What carriers answer and what becomes of the mail: sent, waiting, bounced or failed; never twice, never lost."""

import logging
import socket
import time
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.urls import reverse

from accounts import services
from accounts.carriers import Later, Returned
from accounts.models import Notification
from accounts.states import MailState
from core import clock, outbox
from core.models import AuditEntry, OutboxMessage
from tests.accounts.carriers import (
    CARRIER_ID,
    SECRET,
    SERVICE,
    TEMPLATE,
    error,
    mail_server,
    notify,
)


@pytest.fixture
def by_notify(settings):
    with notify() as stub:
        settings.EMAIL_BACKEND = "accounts.carriers.NotifyBackend"
        settings.NOTIFY_URL = stub.url
        settings.NOTIFY_SERVICE, settings.NOTIFY_SECRET = SERVICE, SECRET
        settings.NOTIFY_TEMPLATE = TEMPLATE
        yield stub


@pytest.fixture
def by_smtp(settings):
    with mail_server() as stub:
        settings.EMAIL_BACKEND = "accounts.carriers.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", stub.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield stub


@pytest.fixture
def invite(db):
    """Invites Sam about APP-1 and tries to send what was promised; the mail's row."""

    def make() -> Notification | None:
        services.invite(
            by=None,
            email="sam@school.example",
            first_name="Sam",
            last_name="Sponsor",
            purpose="test_request",
            subject="APP-1",
        )
        outbox.sweep()
        return Notification.objects.filter(template="accounts/invitation").first()

    return make


def one_message() -> django_mail.EmailMessage:
    return django_mail.EmailMessage("Hello", "Words", "portal@npq.example", ["sam@school.example"])


class TestNotify:
    def test_a_mail_is_asked_for_as_the_documentation_says(self, by_notify, invite):
        row = invite()
        (asked,) = by_notify.asked
        (claims,) = by_notify.claims
        assert set(asked) == {"email_address", "template_id", "personalisation", "reference"}
        assert asked["email_address"] == "sam@school.example"
        assert asked["template_id"] == TEMPLATE
        assert set(asked["personalisation"]) == {"subject", "body"}
        assert asked["personalisation"]["subject"] == row.subject
        assert "/invitations/" in asked["personalisation"]["body"]
        assert abs(claims["iat"] - time.time()) < 30
        assert (claims["iss"], claims["alg"], claims["typ"]) == (SERVICE, "HS256", "JWT")
        assert (row.state, row.carrier_id, row.detail) == (MailState.SENT, CARRIER_ID, "")
        assert (row.about, row.to_email) == ("APP-1", "sam@school.example")

    @pytest.mark.parametrize(
        ("answer", "state", "words"),
        [
            (
                (400, error(400, "ValidationError", "email_address Not a valid email address")),
                MailState.BOUNCED,
                "GOV.UK Notify refused it: The address is not one that mail can go to",
            ),
            (
                (400, error(400, "BadRequestError", "Template not found")),
                MailState.FAILED,
                "GOV.UK Notify refused it: Template not found",
            ),
            ((400, b"<html>"), MailState.FAILED, "GOV.UK Notify refused it: 400"),
        ],
    )
    def test_what_it_will_never_take_is_not_asked_again(
        self, by_notify, invite, answer, state, words
    ):
        by_notify.says(answer)
        row = invite()
        assert (row.state, row.detail) == (state, words)
        assert OutboxMessage.objects.get().done_at is not None
        with clock.travel(clock.now() + timedelta(days=1)):
            assert outbox.sweep() == 0
        assert len(by_notify.asked) == 1
        events = {"bounced": "accounts.mail_bounced", "failed": "accounts.mail_failed"}
        last = AuditEntry.objects.latest("pk")
        assert (last.event, last.object, last.facts) == (
            events[state],
            row.reference,
            {"about": "APP-1"},
        )

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            (
                (403, error(403, "AuthError", "Invalid token: API key not found")),
                "GOV.UK Notify does not accept our key",
            ),
            (
                (429, error(429, "RateLimitError", "Exceeded rate limit")),
                "GOV.UK Notify has had too many mails from us for now",
            ),
            ((500, error(500, "Exception", "Internal server error")), "GOV.UK Notify answered 500"),
            ((502, b"bad gateway"), "GOV.UK Notify answered 502"),
        ],
    )
    def test_trouble_that_passes_is_waited_for(self, by_notify, invite, answer, words, caplog):
        by_notify.says(answer, (201, {"id": CARRIER_ID}))
        with caplog.at_level(logging.WARNING):
            row = invite()
        assert (row.state, row.detail) == (MailState.WAITING, words)
        message = OutboxMessage.objects.get()
        assert (message.attempts, message.last_error, message.done_at) == (1, words, None)
        for secret in (SECRET, "sam@school.example"):
            assert secret not in caplog.text
        assert outbox.sweep() == 0
        with clock.travel(clock.now() + timedelta(hours=1)):
            assert outbox.sweep() == 1
        row.refresh_from_db()
        assert (row.state, row.detail, row.carrier_id) == (MailState.SENT, "", CARRIER_ID)
        assert Notification.objects.count() == 1

    def test_a_carrier_that_is_away_is_waited_for(self, settings, invite):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            settings.NOTIFY_URL = f"http://127.0.0.1:{unused.getsockname()[1]}"
            settings.EMAIL_BACKEND = "accounts.carriers.NotifyBackend"
            settings.NOTIFY_SERVICE, settings.NOTIFY_SECRET = SERVICE, SECRET
            settings.NOTIFY_TEMPLATE = TEMPLATE
            row = invite()
        assert row.state == MailState.WAITING
        assert row.detail.startswith("GOV.UK Notify could not be reached (")

    def test_a_mail_that_was_taken_is_not_sent_again_because_its_answer_is_odd(
        self, by_notify, invite
    ):
        by_notify.says((201, b"taken"))
        row = invite()
        assert (row.state, row.carrier_id) == (MailState.SENT, "")
        OutboxMessage.objects.update(done_at=None)
        outbox.sweep()
        assert len(by_notify.asked) == 1

    def test_after_the_last_attempt_it_failed_and_can_be_tried_again(
        self, by_notify, invite, person
    ):
        by_notify.says((500, b""))
        row = invite()
        moment = clock.now()
        for _ in range(outbox.MOST_ATTEMPTS):
            moment += timedelta(hours=3)
            with clock.travel(moment):
                outbox.sweep()
        row.refresh_from_db()
        assert (row.state, row.detail) == (MailState.FAILED, "GOV.UK Notify answered 500")
        assert [each.key for each in outbox.dead()] == [row.promise]
        asked = len(by_notify.asked)
        by_notify.says((201, {"id": CARRIER_ID}))
        services.try_again(by=person("admin@npq.example"), notification=row)
        assert outbox.sweep() == 1
        row.refresh_from_db()
        assert row.state == MailState.SENT
        assert len(by_notify.asked) == asked + 1
        assert not outbox.dead().exists()


class TestSmtp:
    def test_a_mail_is_taken_with_a_number_that_stays_the_same(self, by_smtp, invite):
        row = invite()
        (taken,) = by_smtp.taken
        number = next(line for line in taken.splitlines() if line.startswith("Message-ID: "))
        assert number.endswith("@127.0.0.1>")
        assert "To: sam@school.example" in taken
        assert "Auto-Submitted: auto-generated" in taken
        assert "multipart/alternative" in taken
        assert row.state == MailState.SENT
        Notification.objects.all().delete()
        OutboxMessage.objects.update(done_at=None)
        outbox.sweep()
        assert number in by_smtp.taken[1]

    @pytest.mark.parametrize("verb", ["RCPT", "TAKEN"])
    def test_a_refused_recipient_bounced(self, by_smtp, invite, verb):
        by_smtp.answers[verb] = "550 5.1.1 no such user here"
        row = invite()
        assert row.state == MailState.BOUNCED
        assert row.detail == "The mail server answered 550: 5.1.1 no such user here"
        assert OutboxMessage.objects.get().done_at is not None
        assert by_smtp.taken == []

    @pytest.mark.parametrize("verb", ["RCPT", "TAKEN"])
    def test_a_recipient_put_off_is_tried_again(self, by_smtp, invite, verb):
        by_smtp.answers[verb] = "451 4.7.1 greylisted, come back later"
        row = invite()
        assert row.state == MailState.WAITING
        assert row.detail.startswith("The mail server answered 451: 4.7.1 greylisted")
        del by_smtp.answers[verb]
        with clock.travel(clock.now() + timedelta(hours=1)):
            outbox.sweep()
        row.refresh_from_db()
        assert row.state == MailState.SENT
        assert len(by_smtp.taken) == 1

    def test_our_own_address_refused_is_ours_to_mend(self, by_smtp):
        by_smtp.answers["MAIL"] = "550 sender not allowed"
        with pytest.raises(Later, match="answered 550 to our own address"):
            one_message().send()

    def test_a_server_that_is_away_is_waited_for(self, settings):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            settings.EMAIL_BACKEND = "accounts.carriers.SmtpBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = unused.getsockname()
            with pytest.raises(Later, match="could not be reached"):
                one_message().send()

    def test_a_server_that_goes_away_in_the_middle_is_waited_for(self, by_smtp):
        by_smtp.answers["RCPT"] = "421 closing"
        with pytest.raises((Later, Returned)) as said:
            one_message().send()
        assert isinstance(said.value, Later)


class TestMailsOfSigningIn:
    @pytest.mark.parametrize("answer", [(500, b""), (400, error(400, "X", "email_address bad"))])
    def test_a_carrier_that_is_away_makes_no_error_page(
        self, by_notify, client, person, answer, caplog
    ):
        person("ada@school.example")
        by_notify.says(answer)
        with caplog.at_level(logging.WARNING):
            response = client.post(
                reverse("account_reset_password"), {"email": "ada@school.example"}
            )
        assert (response.status_code, response.url) == (302, reverse("account_reset_password_done"))
        assert "accounts/reset_password was not sent" in caplog.text
        assert "ada@school.example" not in caplog.text
        assert len(by_notify.asked) == 1
