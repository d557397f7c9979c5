"""How far a mail came: every verb in every state; receipts of the carrier; who is told of what came back."""

import json

import pytest
from django.core import mail
from django.urls import reverse

from accounts import notifications, services
from accounts.models import Notification
from accounts.states import MAIL, MailState
from core import outbox
from core.errors import Refused, WrongMoment
from core.models import AuditEntry, OutboxMessage
from tests.accounts.carriers import CARRIER_ID

M = MailState
LEADS = {
    ("put_off", M.WAITING): M.WAITING,
    ("send", M.WAITING): M.SENT,
    ("deliver", M.SENT): M.DELIVERED,
    ("bounce", M.WAITING): M.BOUNCED,
    ("bounce", M.SENT): M.BOUNCED,
    ("bounce", M.DELIVERED): M.BOUNCED,
    ("fail", M.WAITING): M.FAILED,
    ("fail", M.SENT): M.FAILED,
    ("try_again", M.FAILED): M.WAITING,
    ("try_again", M.BOUNCED): M.WAITING,
}
VERBS = ["put_off", "send", "deliver", "bounce", "fail", "try_again"]
TOKEN = "a-receipt-token-of-some-length"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", MailState.values)
def test_each_verb_in_each_state(verb, state):
    if target := LEADS.get((verb, state)):
        assert MAIL.target(verb, state) == target
    else:
        with pytest.raises(WrongMoment):
            MAIL.target(verb, state)


@pytest.fixture
def sent(invite):
    """A mail that GOV.UK Notify took."""
    invite()
    Notification.objects.update(carrier_id=CARRIER_ID)
    return Notification.objects.get()


@pytest.fixture
def told(monkeypatch):
    """The mails that an upper room was told of."""
    found: list[Notification] = []
    monkeypatch.setattr(notifications, "_when_bounced", [found.append])
    return found


@pytest.fixture
def receive(client, settings):
    """Posts a receipt as GOV.UK Notify does."""
    settings.NOTIFY_RECEIPT_TOKEN = TOKEN

    def post(status="delivered", *, number=CARRIER_ID, token=TOKEN, **more):
        body = {"id": number, "status": status, "to": "sam@school.example", "reference": None}
        return client.post(
            reverse("accounts:mail_receipt"),
            json.dumps(body | more),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    return post


@pytest.mark.parametrize(
    ("said", "state", "event"),
    [
        ("delivered", M.DELIVERED, "accounts.mail_delivered"),
        ("permanent-failure", M.BOUNCED, "accounts.mail_bounced"),
        ("temporary-failure", M.BOUNCED, "accounts.mail_bounced"),
        ("technical-failure", M.FAILED, "accounts.mail_failed"),
    ],
)
def test_a_receipt_says_how_far_it_came_and_said_twice_says_no_more(
    sent, receive, told, said, state, event
):
    for _ in range(2):
        assert receive(said).status_code == 204
    sent.refresh_from_db()
    assert sent.state == state
    assert AuditEntry.objects.filter(event=event, object=sent.reference).count() == 1
    assert told == ([] if state == M.DELIVERED else [sent])


def test_what_was_delivered_can_still_come_back_but_not_the_other_way(sent, receive, told):
    receive("delivered")
    receive("permanent-failure")
    receive("delivered")
    sent.refresh_from_db()
    assert (sent.state, sent.detail) == (M.BOUNCED, "The address does not exist")
    assert told == [sent]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"number": "nobody-knows-this"}, 404),
        ({"number": ""}, 404),
        ({"number": "\x00"}, 404),
        ({"number": 7}, 404),
        ({"status": "sending"}, 404),
        ({"status": ["delivered"]}, 404),
        ({"token": "another-token-of-some-length!!"}, 401),
        ({"token": ""}, 401),
    ],
)
def test_what_is_no_receipt_changes_nothing_and_tells_nothing(sent, receive, wrong, status):
    response = receive(**wrong)
    assert response.status_code == status
    assert response.json() in ({"message": "Not found"}, {"message": "Not authorised"})
    sent.refresh_from_db()
    assert sent.state == M.SENT


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"[" * 9000, b"\xff", b"null"])
def test_a_body_that_is_no_receipt_is_not_found(sent, client, settings, body):
    settings.NOTIFY_RECEIPT_TOKEN = TOKEN
    response = client.post(
        reverse("accounts:mail_receipt"),
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    assert response.status_code == 404


def test_without_a_token_of_ours_there_is_no_such_address(sent, receive, settings, client):
    settings.NOTIFY_RECEIPT_TOKEN = ""
    assert receive(token="").status_code == 404
    assert client.get(reverse("accounts:mail_receipt")).status_code == 404


def test_a_mail_without_number_is_not_found_by_an_empty_one(invite, receive):
    invite()
    assert Notification.objects.get().carrier_id == ""
    assert receive("permanent-failure", number="").status_code == 404
    assert Notification.objects.get().state == M.SENT


class TestTryingAgain:
    def test_it_is_made_anew_and_sent(self, sent, person, at_commit):
        services.take_receipt(carrier_id=CARRIER_ID, said="temporary-failure")
        before = len(mail.outbox)
        admin = person("admin@npq.example")
        with at_commit():
            services.try_again(by=admin, notification=sent)
        sent.refresh_from_db()
        assert len(mail.outbox) == before + 1
        assert sent.state == M.SENT
        events = AuditEntry.objects.filter(object=sent.reference).values_list("event", "by")
        assert list(events) == [
            ("accounts.mail_bounced", ""),
            ("accounts.mail_tried_again", admin.reference),
        ]

    def test_what_is_on_its_way_is_not_sent_twice(self, sent, person):
        with pytest.raises(WrongMoment, match="on its way"):
            services.try_again(by=person("admin@npq.example"), notification=sent)
        assert len(mail.outbox) == 1

    def test_without_its_promise_it_says_why_not(self, sent, person):
        services.take_receipt(carrier_id=CARRIER_ID, said="temporary-failure")
        Notification.objects.update(promise="")
        with pytest.raises(Refused, match="no longer known"):
            services.try_again(by=person("admin@npq.example"), notification=sent)
        sent.refresh_from_db()
        assert sent.state == M.BOUNCED

    def test_only_what_was_given_up_is_revived(self, sent, person):
        with pytest.raises(WrongMoment, match="carried out"):
            services.revive(by=person("admin@npq.example"), message=OutboxMessage.objects.get())
        assert outbox.sweep() == 0


class TestWhatIsKept:
    def test_the_words_are_kept_without_the_link(self, invite):
        _, path = invite()
        kept = Notification.objects.get()
        assert kept.subject == mail.outbox[0].subject
        assert "Start here:\n[link]" in kept.text
        token = path.split("/")[2]
        for value in (kept.text, kept.subject, kept.detail, kept.promise):
            assert token not in value

    def test_the_words_are_kept_without_the_code(self, invite, at_commit):
        invitation, _ = invite()
        with at_commit():
            services.ask_for_code(by=None, invitation=invitation)
        code = mail.outbox[-1].subject.split()[0]
        kept = Notification.objects.get(template="accounts/code")
        assert code.isdigit()
        assert code not in kept.text + kept.subject
        assert kept.subject == "[code] is your code, for the next 10 minutes"

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            (
                "Go to https://a.example/apply/APP-1/ now",
                "Go to https://a.example/apply/APP-1/ now",
            ),
            (f"https://a.example/invitations/{'x' * 43}/", "[link]"),
            (f"See https://a.example/k?token={'aB3-' * 10}.", "See [link]"),
            ("no link", "no link"),
        ],
    )
    def test_any_link_with_a_long_secret_word_goes(self, said, kept):
        assert notifications.without_secrets(said) == kept
