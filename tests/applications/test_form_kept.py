"""Typed text survives signing in again, for the same person and address only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from core import clock, kept
from core.models import HandledForm
from tests.applications import steps
from tests.applications.pages import signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
MOMENT = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
LATER = MOMENT + timedelta(hours=1)
TYPED = {"experience": "I led a team.\r\nOf nine.", "impact": "Half typed", "evidence": ""}


def sent_too_late(client: Client, address: str, **more: str):
    """A form posted after the session has ended."""
    with clock.travel(MOMENT):
        client.get("/account/")
    with clock.travel(LATER):
        return client.post(address, {**TYPED, **more, "csrfmiddlewaretoken": "x"})


def again(client: Client, user, address: str):
    """Signs in and goes where the sign-in page leads."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with clock.travel(LATER):
        return client.get(address)


def test_what_was_typed_is_there_after_signing_in_and_only_once():
    application = steps.application_at("draft")
    browser, address = signed_in(application.applicant), url("strength", application, 1)
    response = sent_too_late(browser, address)
    assert response.url == f"/accounts/login/?next={address}"
    page = again(browser, application.applicant, address)
    shown = page.content.decode()
    assert "You were signed out before this was saved" in shown
    assert "Of nine." in shown
    assert "Half typed" in shown
    # Shown and not saved: that is the person's own press of the button.
    assert application.strengths.get(position=1).impact == steps.STRENGTH["impact"]
    assert HandledForm.objects.count() == 0
    with clock.travel(LATER):
        after = browser.get(address).content.decode()
    assert "Half typed" not in after
    assert steps.STRENGTH["impact"] in after


def test_somebody_else_at_the_same_browser_gets_nothing():
    application = steps.application_at("draft")
    other = steps.make_person()
    browser, address = signed_in(application.applicant), url("strength", application, 1)
    sent_too_late(browser, address)
    assert again(browser, other, address).status_code == 404
    with clock.travel(LATER):
        own = url("strength", steps.application_at("draft", applicant=other), 1)
        assert "Half typed" not in browser.get(own).content.decode()


def test_the_same_address_of_another_person_drops_it():
    """A page without a row of its own answers both; the text is the first one's."""
    first, second = steps.make_person(), steps.make_person()
    cohort = steps.make_cohort()
    address = f"/apply/cohort/{cohort.reference}/"
    browser = signed_in(first)
    sent_too_late(browser, address)
    page = again(browser, second, address)
    assert page.status_code == 200
    assert "You were signed out" not in text_of(page)
    assert kept.KEPT not in browser.session


@pytest.mark.parametrize(
    ("more", "accept"),
    [({"evidence": "x" * (kept.MOST_CHARACTERS + 1)}, "text/html"), ({}, "application/json")],
)
def test_what_is_too_large_or_sent_by_a_script_is_not_kept(more, accept):
    application = steps.application_at("draft")
    browser = signed_in(application.applicant)
    with clock.travel(MOMENT):
        browser.get("/account/")
    with clock.travel(LATER):
        browser.post(url("strength", application, 1), {**TYPED, **more}, headers={"Accept": accept})
    assert kept.KEPT not in browser.session


def test_a_password_and_the_form_protection_are_never_kept():
    application = steps.application_at("draft")
    browser = signed_in(application.applicant)
    sent_too_late(browser, url("strength", application, 1), password="secret words")
    assert set(browser.session[kept.KEPT]["fields"]) == set(TYPED)


def test_a_stranger_without_a_session_leaves_nothing():
    application = steps.application_at("draft")
    browser = Client()
    assert browser.post(url("strength", application, 1), TYPED).status_code == 302
    assert kept.KEPT not in browser.session
