"""The form when a moderator asks for more, and what the form's pages ask of Postgres."""

import pytest
from django.urls import reverse

from applications.states import ApplicationStatus
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of, url
from tests.applications.test_form_services import returned

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


class TestReturned:
    def test_the_list_is_open_again_with_the_reason(self):
        application = returned("Say more about your evidence")
        browser = signed_in(application.applicant)
        page = text_of(browser.get(url("application", application)))
        assert "We need more from you" in page
        assert "Say more about your evidence" in page
        assert "Check your answers and send it back Not started" in page
        check = browser.get(url("send_back", application))
        assert "It goes straight back to us" in text_of(check)
        assert url("name_sponsor", application) not in check.content.decode()
        assert browser.get(url("send", application)).status_code == 409
        changed = browser.post(f"{url('area', application, 1)}?from=check", {"score": 4})
        assert changed.url == url("send_back", application)
        check = text_of(browser.get(changed.url))
        assert "You changed something that Sam Okafor had confirmed" in check
        sent = browser.post(changed.url, {"signed_name": "Asha Bello"})
        assert sent.url == url("application", application)
        application.refresh_from_db()
        assert application.status == S.WITH_SPONSOR
        assert browser.get(url("send_back", application)).status_code == 409
        assert browser.get(url("sent", application)).status_code == 200

    def test_nobody_else_reaches_it(self):
        application = returned()
        address = url("send_back", application)
        for person in (application.sponsor, application.moderator, steps.make_person()):
            assert signed_in(person).get(address).status_code == 404


def test_pages_of_the_form_cost_few_queries():
    application = steps.application_at("draft")
    browser = signed_in(application.applicant)
    names = [
        "application",
        "school",
        "details",
        "funding_route",
        "strengths",
        "name_sponsor",
        "send",
    ]
    pages = [url(name, application) for name in [*names, "equality", "school_not_listed"]]
    pages += [url("area", application, 1), url("strength", application, 1)]
    costs = {page: queries_of(browser, page) for page in [*pages, reverse("applications:mine")]}
    assert max(costs.values()) <= 15, costs


@pytest.mark.parametrize("stage", ["with_sponsor", "referred", "accepted", "declined"])
def test_the_status_page_costs_few_queries(stage):
    application = steps.application_at(stage)
    browser = signed_in(application.applicant)
    browser.get(url("application", application))
    assert queries_of(browser, url("application", application)) <= 15


def test_the_list_of_own_applications_costs_the_same_for_many():
    person = steps.make_person()
    steps.application_at("draft", applicant=person)
    browser, address = signed_in(person), reverse("applications:mine")
    browser.get(address)
    one = queries_of(browser, address)
    for level in ("NPQML", "NPQH", "NPQEL", "NPQML", "NPQH"):
        steps.application_at("with_sponsor", applicant=person, level=level)
    assert queries_of(browser, address) == one
