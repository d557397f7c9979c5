"""The sponsor's way in by pages alone: the mailed link, the mailed code, the first page; and dead links."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from applications import services
from applications.models import Application
from core import outbox
from tests.applications import steps
from tests.applications.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def link_to(address: str) -> str:
    """The path of the newest link mailed to an address."""
    outbox.sweep()
    bodies = [each.body for each in mail.outbox if each.to == [address]]
    return re.findall(r"/invitations/[^\s]+", "\n".join(bodies))[-1]


def come_in(phone: Client, application: Application) -> str:
    """Follow the link, ask for the code, enter it; the address that it leads to."""
    link = link_to(application.sponsor_email)
    assert f"{application.applicant.name} asks you to sponsor" in text_of(phone.get(link))
    phone.post(f"{link}ask/")
    outbox.sweep()
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE).group(1)
    return str(phone.post(f"{link}code/", {"code": code}).url)


def test_a_sponsor_comes_answers_and_comes_back_by_the_same_mail():
    application = steps.application_at("with_sponsor", sponsor=steps.make_person(first_name="Sam"))
    landing = reverse("applications:sponsor", args=[application.reference])
    phone = Client()
    assert come_in(phone, application) == landing
    assert "It takes about ten minutes" in text_of(phone.get(landing))
    agreed = {f"area_{number}": "yes" for number in range(1, 7)}
    phone.post(reverse("applications:endorse", args=[application.reference]), agreed)
    other_phone = Client()
    assert come_in(other_phone, application) == landing
    assert "You have answered 6 of 14 questions" in text_of(other_phone.get(landing))


def test_the_link_of_a_replaced_sponsor_is_dead_and_lets_nobody_in():
    application = steps.application_at("with_sponsor")
    old = link_to(application.sponsor_email)
    services.name_sponsor(
        by=application.applicant,
        application=application,
        email="new@example.org",
        first_name="Nia",
        last_name="Roy",
    )
    phone = Client()
    assert phone.get(old).status_code == 410
    assert phone.post(f"{old}ask/").status_code == 410
    application.refresh_from_db()
    assert application.sponsor is None
    assert come_in(phone, application).endswith("/sponsor/")


def test_after_signing_the_link_says_that_it_is_answered():
    application = steps.application_at("answered")
    link = link_to(application.sponsor_email)
    services.sign(by=application.sponsor, application=application, signed_name="Sam Okafor")
    assert Client().get(link).status_code == 410
