"""Signing up, in, out and back: through allauth with the portal's own pages."""

import re

import pytest
from django.core import mail
from django.utils.html import escape

from accounts.models import User
from accounts.states import Role
from tests.accounts.conftest import PASSWORD, code_in, heading, path_in

pytestmark = pytest.mark.django_db

NEW = {
    "first_name": "Nia",
    "last_name": "New",
    "email": "Nia@School.Example",
    "password1": "a long and quiet river",
}


def sign_in(client, email="ada@school.example", password=PASSWORD, path="/accounts/login/"):
    return client.post(path, {"login": email, "password": password})


def errors(response) -> list[tuple[str, str]]:
    """(where it leads, what it says) of each line of the error summary."""
    page = response.content.decode()
    summary = re.search(r"govuk-error-summary__list\">(.*?)</ul>", page, re.DOTALL)[1]
    return re.findall(r'<a href="#([^"]*)">(.*?)</a>', summary)


def test_a_new_person_signs_up_confirms_and_has_no_role(client):
    response = client.post("/accounts/signup/", NEW)
    assert response["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    page = client.get(response["Location"])
    assert heading(page) == "Confirm your email address"
    (sent,) = mail.outbox
    assert sent.to == ["nia@school.example"]
    response = client.post("/accounts/confirm-email/", {"code": code_in(sent)})
    assert response["Location"] == "/home/"
    user = User.objects.get()
    assert (user.name, user.roles) == ("Nia New", frozenset())
    assert client.get("/account/").status_code == 200


def test_a_wrong_code_says_so_and_a_new_one_can_be_asked_for(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "2/10s/key"}
    client.post("/accounts/signup/", NEW)
    code = code_in(mail.outbox[0])
    wrong = "000000" if code != "000000" else "111111"
    page = client.post("/accounts/confirm-email/", {"code": wrong})
    assert errors(page) == [("id_code", "Enter the code from the newest email we sent you")]
    client.post("/accounts/confirm-email/", {"action": "resend"})
    assert code_in(mail.outbox[1]) != ""


def test_an_empty_sign_up_names_each_field_and_links_to_it(client):
    page = client.post("/accounts/signup/", {})
    assert page.status_code == 422
    found = errors(page)
    assert found == [
        ("id_first_name", "Enter your first name"),
        ("id_last_name", "Enter your last name"),
        ("id_email", "Enter your email address"),
        ("id_password1", "Enter a password"),
    ]
    body = page.content.decode()
    assert all(f'id="{target}"' in body for target, _ in found)
    assert "<title>Error: Create an account" in body


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "at least 12 characters"),
        ("1q2w3e4r5t6y7u", "common"),
        ("headteacherschool", "words such as school"),
        ("nia@school.example", "too similar"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(client, password, says):
    page = client.post("/accounts/signup/", {**NEW, "password1": password})
    assert any(says in text for _, text in errors(page)), errors(page)
    assert User.objects.count() == 0


def test_a_password_of_128_characters_is_accepted(client):
    long = ("quiet river " * 11)[:128]
    client.post("/accounts/signup/", {**NEW, "password1": long})
    assert User.objects.get().check_password(long)


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_owner(client, person):
    person("nia@school.example")
    response = client.post("/accounts/signup/", NEW)
    assert response["Location"] == "/accounts/confirm-email/"
    assert heading(client.get(response["Location"])) == "Confirm your email address"
    assert [sent.subject for sent in mail.outbox] == ["You have an account with us already"]
    assert User.objects.count() == 1


def test_signing_in_leads_on_and_out_again_by_post_only(client, person):
    person()
    response = sign_in(client, path="/accounts/login/?next=/account/")
    assert response["Location"] == "/account/"
    assert heading(client.get("/accounts/logout/")) == "Do you want to sign out?"
    assert client.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/account/").status_code == 302


def test_the_session_key_changes_at_sign_in(client, person):
    person()
    client.get("/accounts/login/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_sign_in_says_the_same_for_known_and_unknown_addresses(client, person):
    person()
    pages = [
        sign_in(client, email, "wrong wrong wrong").content.decode()
        for email in ("ada@school.example", "bob@school.example")
    ]
    scrubbed = [
        re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
        .replace("ada@", "x@")
        .replace("bob@", "x@")
        for page in pages
    ]
    assert scrubbed[0] == scrubbed[1]
    assert escape("Enter the email address and password of your account") in pages[0]


def test_reset_says_the_same_for_known_and_unknown_addresses(client, person):
    person()
    answers = [
        client.post("/accounts/password/reset/", {"email": email})
        for email in ("ada@school.example", "bob@school.example")
    ]
    assert {answer["Location"] for answer in answers} == {"/accounts/password/reset/done/"}
    assert [sent.subject for sent in mail.outbox] == [
        "Choose a new password within 3 days",
        "There is no account with this address",
    ]


def test_a_reset_changes_the_password_once_and_ends_open_sessions(client, person):
    user = person()
    other = type(client)()
    other.force_login(user)
    client.post("/accounts/password/reset/", {"email": user.email})
    path = path_in(mail.outbox[0])
    response = client.get(path)
    form = response["Location"]
    assert heading(client.get(form)) == "Choose a new password"
    response = client.post(form, {"password1": "four green bicycles"})
    assert response["Location"] == "/accounts/password/reset/key/done/"
    assert mail.outbox[-1].subject == "The password of your account was reset"
    assert other.get("/account/").status_code == 302
    assert sign_in(client, password=PASSWORD).status_code == 422
    assert sign_in(client, password="four green bicycles")["Location"] == "/home/"
    again = type(client)().get(path)
    assert heading(again) == "This link does not work"


def test_a_changed_password_keeps_this_session_only(client, person):
    user = person()
    sign_in(client)
    other = type(client)()
    other.force_login(user)
    page = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "four green bicycles"}
    )
    assert page["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_too_many_wrong_tries_are_stopped_whatever_address_is_claimed(client, person):
    person()
    for count in range(5):
        client.post(
            "/accounts/login/",
            {"login": "ada@school.example", "password": "wrong wrong"},
            headers={"x-forwarded-for": f"10.0.0.{count}"},
        )
    page = client.post(
        "/accounts/login/",
        {"login": "ada@school.example", "password": PASSWORD},
        headers={"x-forwarded-for": "10.9.9.9"},
    )
    assert "There were too many wrong tries" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_your_account_shows_name_address_roles_and_second_step(client, person):
    user = person("ada@school.example", Role.PARTICIPANT, Role.SPONSOR)
    client.force_login(user)
    page = client.get("/account/").content.decode()
    values = [
        re.sub(r"<[^>]+>", " ", value).split()
        for value in re.findall(r"summary-list__value[^>]*>(.*?)</dd>", page, re.DOTALL)
    ]
    assert values == [
        ["Ada", "Example"],
        ["ada@school.example"],
        ["Participant", "Sponsor"],
        ["Set"],
        ["Off"],
    ]


def test_an_address_changes_after_its_code_only(client, person):
    user = person()
    sign_in(client)
    client.post("/accounts/email/", {"email": "new@school.example", "action_add": "x"})
    user.refresh_from_db()
    assert user.email == "ada@school.example"
    sent = next(each for each in mail.outbox if each.to == ["new@school.example"])
    client.post("/accounts/confirm-email/", {"code": code_in(sent)})
    user.refresh_from_db()
    assert user.email == "new@school.example"


PUBLIC = {
    "/accounts/login/": "Sign in",
    "/accounts/signup/": "Create an account",
    "/accounts/password/reset/": "Reset your password",
    "/accounts/password/reset/done/": "Check your email",
    "/accounts/inactive/": "This account is closed",
}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_open_to_anyone_and_have_one_heading(client, path):
    page = client.get(path)
    assert heading(page) == PUBLIC[path]
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize("path", ["/account/", "/accounts/2fa/", "/accounts/password/change/"])
def test_other_pages_ask_to_sign_in_first(client, path):
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_fields_say_what_browsers_may_fill_in(client):
    page = client.get("/accounts/signup/").content.decode()
    assert re.findall(r'autocomplete="([^"]+)"', page) == [
        "given-name",
        "family-name",
        "email",
        "new-password",
    ]
    page = client.get("/accounts/login/").content.decode()
    assert re.findall(r'autocomplete="([^"]+)"', page) == ["email", "current-password"]
    assert "onpaste" not in page
    assert re.findall(r'maxlength="(\d+)"', page) == ["320"]
