"""Mails: what they say, that none is sent twice, and that no value adds a header."""

import pytest
from django.core import mail
from django.template import TemplateDoesNotExist

from accounts import adapters, notifications
from accounts.models import Notification
from core import outbox
from core.models import OutboxMessage

CODE = "accounts/code"


def test_a_mail_has_a_subject_a_text_and_html(person):
    user = person()
    words = {"invitation": user, "code": "123456"}
    assert notifications.send_mail(to=user, template=CODE, context=words, key="a")
    (sent,) = mail.outbox
    assert sent.to == ["ada@school.example"]
    assert sent.subject == "123456 is your code, for the next 10 minutes"
    assert sent.body.startswith("Hello Ada Example,\n")
    assert "Subject:" not in sent.body
    assert "<h1>123456</h1>" in sent.alternatives[0].content
    assert Notification.objects.get().to_user == user


def test_the_same_effect_is_mailed_once(person):
    words = {"invitation": person(), "code": "123456"}
    for _ in range(2):
        notifications.send_mail(to="a@b.example", template=CODE, context=words, key="same")
    assert len(mail.outbox) == 1
    assert list(Notification.objects.values_list("key", flat=True)) == ["same"]


def test_a_mail_that_cannot_be_made_leaves_no_note_that_it_was_sent(db):
    with pytest.raises(TemplateDoesNotExist):
        notifications.send_mail(to="a@b.example", template="none", context={}, key="k")
    assert Notification.objects.count() == 0


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\n\n", "\u2028"])
def test_no_value_adds_a_header_or_a_recipient(breaks):
    evil = f"x{breaks}Bcc: everybody@school.example{breaks}X-Evil: 1"
    message = notifications.compose(
        to=f"a@b.example{breaks}Bcc:c@d.example",
        template=CODE,
        context={"code": evil},
    )
    assert "\n" not in message.subject
    assert "\r" not in message.subject
    headers = message.message()
    assert headers["Bcc"] is None
    assert headers["X-Evil"] is None
    assert len(message.recipients()) == 1


def test_values_are_escaped_in_html_and_plain_in_text():
    message = notifications.compose(
        to="a@b.example", template=CODE, context={"code": "<b>O'Neill & co</b>"}
    )
    assert "<b>O'Neill & co</b>" in message.body
    assert "&lt;b&gt;O&#x27;Neill &amp; co" in message.alternatives[0].content


@pytest.mark.parametrize(
    "template", [*sorted(set(adapters.MAILS.values())), "accounts/security_notice"]
)
def test_every_mail_of_sign_in_can_be_made(template):
    words = {
        "code": "123456",
        "notice": "The password of your account was changed",
        "signup_url": "https://portal.example/up/",
        "password_reset_url": "https://portal.example/reset/",
    }
    message = notifications.compose(to="a@b.example", template=template, context=words)
    assert message.subject
    assert "{" not in message.body
    assert message.body.count("https://") <= 1


def test_the_invitation_says_who_what_and_until_when(invite):
    invitation, path = invite()
    (sent,) = mail.outbox
    until = f"{invitation.expires_at:%B %Y}"
    assert sent.subject.startswith("Ada Example asks you to be their sponsor: please answer by ")
    assert until in sent.subject
    assert "It takes about 10 minutes." in sent.body
    assert f'{path}"><strong>Start here</strong>' in sent.alternatives[0].content


def test_an_invitation_delivered_twice_is_mailed_once(invite):
    invitation, _ = invite()
    OutboxMessage.objects.update(done_at=None)
    assert outbox.sweep() == 1
    assert len(mail.outbox) == 1
    assert invitation.reference in Notification.objects.get().key
