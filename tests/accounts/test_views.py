"""What an invited person and a visitor of the demonstration meet."""

from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.models import Invitation, InvitationCode, User
from accounts.states import Role
from core import clock
from core.models import AuditEntry
from tests.accounts.conftest import MOMENT, code_in, heading, path_in
from tests.accounts.test_sign_in import sign_in

pytestmark = pytest.mark.django_db


# Invited


def test_reading_the_link_changes_nothing(client, invite):
    _, path = invite()
    before = AuditEntry.objects.count()
    for _ in range(3):
        page = client.get(path)
    assert heading(page) == "Ada Example asks you to be their sponsor"
    body = page.content.decode()
    assert "It takes about 10 minutes." in body
    assert "s•••@school.example" in body
    assert "sam@school.example" not in body
    assert (AuditEntry.objects.count(), User.objects.count(), InvitationCode.objects.count()) == (
        before,
        0,
        0,
    )
    assert "no-store" in page["Cache-Control"]
    assert client.get(f"{path}ask/").status_code == 405


def test_the_code_signs_in_and_leads_to_the_request(client, invite, at_commit):
    _, path = invite()
    with at_commit():
        response = client.post(f"{path}ask/")
    assert response["Location"] == f"{path}code/"
    assert heading(client.get(f"{path}code/")) == "Enter the code we sent you"
    response = client.post(f"{path}code/", {"code": code_in(mail.outbox[-1])})
    assert response["Location"] == "/account/"
    assert "Sponsor" in client.get("/account/").content.decode()
    # The same mail leads back, without another code while still signed in.
    page = client.get(path)
    assert 'href="/account/"' in page.content.decode()


def test_a_wrong_code_is_counted_and_said(client, invite, at_commit):
    _, path = invite()
    with at_commit():
        client.post(f"{path}ask/")
    code = code_in(mail.outbox[-1])
    wrong = "000000" if code != "000000" else "111111"
    page = client.post(f"{path}code/", {"code": wrong})
    assert page.status_code == 422
    assert (
        '<a href="#id_code">Enter the 6-digit code from the newest email' in page.content.decode()
    )
    assert InvitationCode.objects.get().tries == 1
    assert client.post(f"{path}code/", {}).status_code == 422
    assert InvitationCode.objects.get().tries == 1


def test_too_many_codes_are_refused_plainly(client, invite):
    _, path = invite()
    for _ in range(5):
        client.post(f"{path}ask/")
    page = client.post(f"{path}ask/")
    assert (page.status_code, heading(page)) == (429, "Please wait")
    assert InvitationCode.objects.count() == 5


def end(invitation: Invitation, how: str) -> None:
    if how == "replaced":
        services.invite(
            by=None,
            email="other@school.example",
            first_name="O",
            last_name="O",
            purpose="test_request",
            subject="APP-1",
        )
    elif how == "expired":
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now())
    else:
        services.close_invitations(
            purpose="test_request", subject="APP-1", by=None, answered=how == "answered"
        )


@pytest.mark.parametrize(
    ("how", "says", "can_send"),
    [
        ("expired", "This link has expired", True),
        ("replaced", "There is a newer link", False),
        ("answered", "You have already answered", False),
        ("closed", "This request has been closed", False),
    ],
)
def test_each_dead_link_has_its_own_page(client, invite, how, says, can_send):
    invitation, path = invite()
    end(invitation, how)
    for response in (
        client.get(path),
        client.post(f"{path}ask/"),
        client.get(f"{path}code/"),
        client.post(f"{path}code/", {"code": "123456"}),
    ):
        assert (response.status_code, heading(response)) == (410, says)
        assert (f"{path}fresh/" in response.content.decode()) == can_send
    assert InvitationCode.objects.count() == 0


def test_an_unknown_link_is_not_found_with_help(client, db):
    for path in ("", "code/"):
        page = client.get(f"/invitations/{'x' * 43}/{path}")
        assert (page.status_code, heading(page)) == (404, "This link is not one of ours")


def test_an_expired_link_sends_a_fresh_one_to_the_same_address(client, invite, at_commit):
    invitation, path = invite()
    end(invitation, "expired")
    with at_commit():
        page = client.post(f"{path}fresh/")
    assert heading(page) == "We have sent you a new link"
    assert mail.outbox[-1].to == ["sam@school.example"]
    fresh = path_in(mail.outbox[-1])
    assert fresh != path
    assert client.get(fresh).status_code == 200
    assert heading(client.get(path)) == "There is a newer link"


@pytest.mark.parametrize("how", ["answered", "closed", "replaced"])
def test_no_fresh_link_where_none_is_wanted(client, invite, at_commit, how):
    invitation, path = invite()
    end(invitation, how)
    sent = len(mail.outbox)
    with at_commit():
        response = client.post(f"{path}fresh/")
    assert response["Location"] == path
    assert len(mail.outbox) == sent


def test_a_link_dies_after_fourteen_days(client, invite):
    with clock.travel(MOMENT):
        _, path = invite()
        assert client.get(path).status_code == 200
    with clock.travel(MOMENT + timedelta(days=14)):
        assert client.get(path).status_code == 410


def test_somebody_else_is_never_bound_silently(client, invite, person):
    invitation, path = invite()
    client.force_login(person("ada@school.example"))
    for response in (client.get(path), client.post(f"{path}ask/"), client.post(f"{path}code/")):
        assert (response.status_code, heading(response)) == (
            409,
            "You are signed in as somebody else",
        )
    invitation.refresh_from_db()
    assert (invitation.accepted_by, InvitationCode.objects.count()) == (None, 0)
    assert client.post("/accounts/logout/", {"next": path})["Location"] == path


def test_a_code_does_not_pass_a_staff_members_second_factor(client, invite, at_commit, person):
    user = person("sam@school.example", Role.ASSESSOR)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    _, path = invite()
    with at_commit():
        client.post(f"{path}ask/")
    response = client.post(f"{path}code/", {"code": code_in(mail.outbox[-1])})
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/account/").status_code == 302


def test_pages_of_a_link_and_of_the_account_cost_few_queries(client, invite, person):
    _, path = invite()
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) == 1
    client.force_login(person())
    client.get("/account/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/account/")
    assert len(queries) == 4  # session, person, roles, second factor


@pytest.mark.parametrize("code", ["\x00", "١٢٣٤٥٦", "<script>", "9" * 5000, "' or 1=1 --"])
def test_no_code_makes_a_fault(client, invite, code):
    _, path = invite()
    client.post(f"{path}ask/")
    assert client.post(f"{path}code/", {"code": code}).status_code == 422
    assert User.objects.count() == 0


# The demonstration


@pytest.fixture
def personas(person):
    made = [
        person("boss@provider.example", Role.ADMINISTRATOR, first_name="Bo"),
        person("pat@school.example", Role.PARTICIPANT, first_name="Pat"),
    ]
    for position, user in enumerate(made):
        services.make_persona(by=None, user=user, position=position, story=f"Story {position}")
    return made


def demo_answers(client, reference: str) -> dict[str, int]:
    return {
        "list": client.get("/demo/").status_code,
        "mail": client.get("/demo/mail/").status_code,
        "sign in": client.post(f"/demo/{reference}/sign-in/").status_code,
    }


def test_outside_demo_mode_none_of_it_exists(client, personas, settings):
    reference = personas[0].reference
    assert set(demo_answers(client, reference).values()) == {404}
    assert "_auth_user_id" not in client.session
    settings.DEMO = True
    assert set(demo_answers(client, reference).values()) == {200, 302}


def test_one_click_signs_in_and_another_switches(client, personas, settings):
    settings.DEMO = True
    boss, pat = personas
    page = client.get("/demo/").content.decode()
    assert page.index("Provider administrator") < page.index("Participant")
    assert client.post(f"/demo/{boss.reference}/sign-in/")["Location"] == "/home/"
    # An administrator's persona counts as having a second factor.
    assert client.get("/account/").status_code == 200
    client.post(f"/demo/{pat.reference}/sign-in/")
    assert client.session["_auth_user_id"] == str(pat.pk)
    assert client.get(f"/demo/{boss.reference}/sign-in/").status_code == 405


def test_a_personas_session_counts_for_nothing_when_demo_mode_ends(client, personas, settings):
    settings.DEMO = True
    client.post(f"/demo/{personas[0].reference}/sign-in/")
    settings.DEMO = False
    assert client.get("/account/")["Location"] == "/accounts/2fa/totp/activate/"


def test_a_password_does_not_count_in_demo_mode_either(client, personas, settings):
    settings.DEMO = True
    sign_in(client, "boss@provider.example")
    assert client.get("/account/")["Location"] == "/accounts/2fa/totp/activate/"
    assert client.get("/demo/").status_code == 200


def test_only_personas_can_be_signed_in_as(client, personas, person, settings):
    settings.DEMO = True
    other = person("other@school.example")
    assert client.post(f"/demo/{other.reference}/sign-in/").status_code == 404
    User.objects.filter(pk=personas[1].pk).update(is_active=False)
    assert client.post(f"/demo/{personas[1].reference}/sign-in/").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_fifty(client, person, settings):
    settings.DEMO = True

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/demo/")
        return len(queries)

    def more(count: int, start: int) -> None:
        for number in range(start, start + count):
            user = person(f"p{number}@school.example", Role.PARTICIPANT)
            services.make_persona(by=None, user=user, position=number, story="Lives here.")

    more(1, 0)
    one = cost()
    more(49, 1)
    assert cost() == one
    assert one <= 5


def test_the_letter_box_shows_the_newest_mail_first_with_its_link(client, settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    assert "No mail yet" in client.get("/demo/mail/").content.decode()
    backend = "django.core.mail.backends.filebased.EmailBackend"
    for number in (1, 2):
        connection_ = get_connection(backend, file_path=settings.EMAIL_FILE_PATH)
        message = EmailMultiAlternatives(
            f"Number {number} – café",
            f"Hello <b>\n\nhttps://portal.example/invitations/tok{number}/\n",
            to=[f"to{number}@school.example"],
            connection=connection_,
        )
        message.attach_alternative("<p>html</p>", "text/html")
        message.send()
    page = client.get("/demo/mail/").content.decode()
    assert page.index("Number 2 – café") < page.index("Number 1 – café")
    assert 'href="https://portal.example/invitations/tok2/"' in page
    assert "Hello &lt;b&gt;" in page
    assert "to1@school.example" in page
    assert len(list(Path(settings.EMAIL_FILE_PATH).iterdir())) == 2


def test_the_command_lists_the_personas(personas, settings, capsys):
    settings.DEMO = True
    call_command("personas")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" (")[0] for line in lines] == [
        "Provider administrator: Bo Example <boss@provider.example>",
        "Participant: Pat Example <pat@school.example>",
    ]
    assert all("/demo/" in line for line in lines)


def test_the_command_says_when_there_are_none(db):
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("personas")
