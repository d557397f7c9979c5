"""The administrator's pages of mail: the list, one mail, what each says, what was given up."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import notifications, services
from accounts.models import Notification
from accounts.states import MailState, Role
from core import clock, outbox
from core.models import AuditEntry, OutboxMessage
from tests.accounts.carriers import CARRIER_ID
from tests.applications.pages import signed_in, text_of

pytestmark = pytest.mark.whole

PAGES = ["messages", "mail_templates", "dead_letters"]


@pytest.fixture
def admin(person) -> Client:
    return signed_in(person("admin@npq.example", Role.ADMINISTRATOR))


@pytest.fixture
def mails(db):
    """Makes so many mails, the last the newest."""

    def make(count: int, **fields) -> list[Notification]:
        known = {"template": "accounts/code", "to_email": "a@b.example", "subject": "Hello"}
        return [
            Notification.objects.create(key=f"{clock.now()}-{number}", **(known | fields))
            for number in range(count)
        ]

    return make


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_reads_mail(role, person, invite):
    invite()
    browser = signed_in(person("somebody@npq.example", role))
    row = Notification.objects.get()
    addresses = [reverse(f"accounts:{name}") for name in PAGES]
    addresses += [
        reverse("accounts:message", args=[row.reference]),
        reverse("accounts:mail_template", args=["accounts/code"]),
    ]
    assert [browser.get(address).status_code for address in addresses] == [403] * 5
    assert browser.post(reverse("accounts:try_mail_again", args=[row.reference])).status_code == 403
    assert browser.post(reverse("accounts:revive", args=[row.promise])).status_code == 403
    assert Client().get(addresses[0]).status_code == 302


def test_the_list_says_to_whom_about_what_and_how_far(admin, invite):
    invite()
    said = text_of(admin.get(reverse("accounts:messages")))
    assert "Ada Example asks you to be their sponsor: please answer by" in said
    assert "sam@school.example APP-1 Sent" in said


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"one@x.example", "two@x.example"}),
        ({"state": "bounced"}, {"two@x.example"}),
        ({"state": "nonsense"}, {"one@x.example", "two@x.example"}),
        ({"words": "ONE@"}, {"one@x.example"}),
        ({"words": "app-2"}, {"two@x.example"}),
        ({"words": "app"}, set()),
        ({"state": "sent", "words": "two"}, set()),
    ],
)
def test_the_list_shows_what_its_address_asks_for(admin, mails, asked, found):
    mails(1, to_email="one@x.example", about="APP-1")
    mails(1, to_email="two@x.example", about="APP-2", state=MailState.BOUNCED)
    page = admin.get(reverse("accounts:messages"), asked)
    said = text_of(page)
    assert {address for address in ("one@x.example", "two@x.example") if address in said} == found
    if not found:
        assert "No emails to show" in said


def test_a_page_holds_fifty_and_the_next_the_rest_with_the_filter_kept(admin, mails):
    made = mails(60, about="APP-7")
    mails(3, about="APP-8")
    page = admin.get(reverse("accounts:messages"), {"words": "APP-7"}).content.decode()
    assert page.count(">Hello</a>") == 50
    href = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(urlsplit(href).query) == {"words": ["APP-7"], "after": [made[10].reference]}
    following = admin.get(href).content.decode()
    assert following.count(">Hello</a>") == 10
    assert made[0].reference in following


def test_the_list_costs_the_same_at_one_and_at_fifty(admin, mails):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            admin.get(reverse("accounts:messages"))
        return len(captured)

    mails(1)
    cost()  # the first request of a session notes when it began
    one = cost()
    mails(49)
    assert cost() == one <= 15


def test_one_mail_says_what_it_says_without_its_link(admin, invite):
    _, path = invite()
    row = Notification.objects.get()
    page = admin.get(reverse("accounts:message", args=[row.reference]))
    said = text_of(page)
    assert "Start here: [link]" in said
    assert "Ada Example is applying for NPQSL." in said
    assert "Handed over; whether it arrived is not known yet." in said
    assert path.split("/")[2] not in page.content.decode()
    assert "Try again" not in said


def test_a_code_is_on_no_page(admin, invite, at_commit):
    invitation, _ = invite()
    with at_commit():
        services.ask_for_code(by=None, invitation=invitation)
    code = mail.outbox[-1].subject.split()[0]
    row = Notification.objects.get(template="accounts/code")
    for address in (
        reverse("accounts:messages"),
        reverse("accounts:message", args=[row.reference]),
    ):
        page = admin.get(address).content.decode()
        assert "[code]" in page
        assert code not in page


def test_what_came_back_is_sent_again_by_a_button(admin, invite, at_commit):
    invite()
    row = Notification.objects.get()
    Notification.objects.update(carrier_id=CARRIER_ID)
    services.take_receipt(carrier_id=CARRIER_ID, said="permanent-failure")
    here = reverse("accounts:message", args=[row.reference])
    said = text_of(admin.get(here))
    assert "It came back, so nobody has read it." in said
    assert "The address does not exist" in said
    again = reverse("accounts:try_mail_again", args=[row.reference])
    assert again in admin.get(here).content.decode()
    with at_commit():
        response = admin.post(again)
    assert (response.status_code, response.url) == (302, here)
    row.refresh_from_db()
    assert row.state == MailState.SENT
    assert len(mail.outbox) == 2
    assert admin.post(again).status_code == 409
    assert len(mail.outbox) == 2


def test_an_unknown_mail_is_not_found(admin):
    assert admin.get(reverse("accounts:message", args=["MSG-22222222"])).status_code == 404
    assert admin.get(reverse("accounts:mail_template", args=["base"])).status_code == 404
    assert admin.get(reverse("accounts:mail_template", args=["../base"])).status_code == 404


def test_every_text_is_listed_and_can_be_read(admin):
    page = admin.get(reverse("accounts:mail_templates"))
    for name in notifications.sampled():
        address = reverse("accounts:mail_template", args=[name])
        assert address in page.content.decode()
        shown = admin.get(address)
        assert shown.status_code == 200
        assert notifications.compose_sample(name).subject.split(":")[0] in (
            text_of(shown).replace("&#x27;", "'")
        )


def test_a_text_is_shown_without_anything_that_acts(admin):
    shown = admin.get(reverse("accounts:mail_template", args=["accounts/code"])).content.decode()
    main = shown.partition("<main")[2].partition("</main>")[0]
    assert "<p><strong>123456</strong></p>" in main
    assert main.count("<h1") == 1
    for acting in ("<style", "<script", "style=", "<html", "<meta"):
        assert acting not in main


class TestGivenUp:
    @pytest.fixture
    def dead(self, invite) -> OutboxMessage:
        """A promise that failed every time."""
        invite()
        OutboxMessage.objects.update(
            done_at=None, dead_at=clock.now(), attempts=8, last_error="ConnectionError"
        )
        Notification.objects.update(state=MailState.FAILED)
        mail.outbox.clear()
        return OutboxMessage.objects.get()

    def test_it_is_told_of_and_tried_again(self, admin, dead, at_commit):
        listed = text_of(admin.get(reverse("accounts:messages")))
        assert "The portal gave up 1 thing" in listed
        page = text_of(admin.get(reverse("accounts:dead_letters")))
        assert "Accounts: invitation" in page
        assert "ConnectionError" in page
        with at_commit():
            response = admin.post(reverse("accounts:revive", args=[dead.key]))
        assert response.url == reverse("accounts:dead_letters")
        assert len(mail.outbox) == 1
        assert Notification.objects.get().state == MailState.SENT
        dead.refresh_from_db()
        assert (dead.dead_at, dead.attempts) == (None, 0)
        assert dead.done_at is not None
        last = AuditEntry.objects.latest("pk")
        assert (last.event, last.object) == ("accounts.revived", f"OUT-{dead.pk}")
        assert "Nothing was given up" in text_of(admin.get(reverse("accounts:dead_letters")))

    def test_a_second_press_does_nothing_more(self, admin, dead, at_commit):
        with at_commit():
            admin.post(reverse("accounts:revive", args=[dead.key]))
        assert admin.post(reverse("accounts:revive", args=[dead.key])).status_code == 409
        assert outbox.sweep() == 0
        assert len(mail.outbox) == 1

    def test_an_unknown_promise_is_not_found(self, admin):
        assert admin.post(reverse("accounts:revive", args=["no.such:thing"])).status_code == 404
