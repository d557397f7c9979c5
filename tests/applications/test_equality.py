"""Equality answers: one's own, optional, and in front of nobody who decides (A6, G5)."""

import re

import pytest
from django.urls import reverse

from accounts import queries as people
from accounts import services as accounts
from accounts.models import EqualityAnswers, Notification
from accounts.states import Role
from applications.models import Application
from core import outbox
from core.errors import Refused
from core.models import AuditEntry, OutboxMessage
from tests.applications import steps
from tests.applications.pages import signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
GIVEN = {"sex": "female", "ethnicity": "black_african", "disability": "not_stated"}
MARKERS = {"sex": "markersex", "ethnicity": "markerethnicity", "disability": "markerdisab"}


class TestData:
    def test_every_question_may_be_declined_and_holds_what_the_metric_counts(self):
        questions = people.equality_questions()
        codes = {name: [each["code"] for each in each_one] for name, each_one in questions.items()}
        assert set(codes) == {"sex", "ethnicity", "disability"}
        assert all("not_stated" in each for each in codes.values())
        assert "white_british" in codes["ethnicity"]
        assert all(len(each) == len(set(each)) for each in codes.values())
        for name, each in codes.items():
            longest = EqualityAnswers._meta.get_field(name).max_length
            assert max(map(len, each)) <= longest


class TestAnswering:
    def test_from_the_task_list_and_changed_and_taken_back(self):
        application = steps.application_at("started")
        browser, address = signed_in(application.applicant), url("equality", application)
        page = text_of(browser.get(address))
        assert "Who reads your answers, and why" in page
        assert "Your sponsor, the people who decide" in page
        assert browser.post(address, GIVEN).url == url("application", application)
        row = EqualityAnswers.objects.get(person=application.applicant)
        assert {name: getattr(row, name) for name in GIVEN} == GIVEN
        listed = text_of(browser.get(url("application", application)))
        assert (
            "Equality questions (optional) Kept apart: nobody who decides sees them. Completed"
            in (listed)
        )
        assert 'value="black_african" selected' in browser.get(address).content.decode()
        browser.post(address, {"sex": "", "ethnicity": "", "disability": ""})
        row.refresh_from_db()
        assert (row.sex, row.ethnicity, row.disability) == ("", "", "")
        assert EqualityAnswers.objects.count() == 1

    def test_after_sending(self):
        application = steps.application_at("with_sponsor")
        browser = signed_in(application.applicant)
        assert (
            url("equality", application) in browser.get(url("sent", application)).content.decode()
        )
        assert browser.post(url("equality", application), GIVEN).status_code == 302
        sent = browser.get(url("sent", application)).content.decode()
        assert url("equality", application) not in sent

    def test_the_trail_says_that_and_not_what(self):
        person = steps.make_person()
        accounts.answer_equality(by=person, **GIVEN)
        entry = AuditEntry.objects.get(event="accounts.equality_answered")
        assert (entry.by, entry.object, entry.before, entry.after) == (
            person.reference,
            person.reference,
            None,
            None,
        )
        assert entry.facts == {}

    @pytest.mark.parametrize("question", GIVEN)
    def test_only_answers_of_the_question(self, question):
        person = steps.make_person()
        with pytest.raises(Refused, match="Choose one of the answers"):
            accounts.answer_equality(by=person, **{**GIVEN, question: "other than these"})
        assert EqualityAnswers.objects.count() == 0
        application = steps.application_at("started", applicant=person)
        response = signed_in(person).post(url("equality", application), {question: "invented"})
        assert response.status_code == 422
        assert EqualityAnswers.objects.count() == 0


def pages_of(application):
    """Each person's pages about one application, as far as they lead from it."""
    names = ["application", "sponsor", "confirm", "accept", "decline", "log_contact"]
    names += ["match_school", "equality", "return_to_sponsor", "return_to_applicant"]
    lists = [reverse(f"applications:{name}") for name in ("list", "referrals", "mine")]
    return [*(url(name, application) for name in names), *lists, "/", "/account/", "/enrolments/"]


@pytest.mark.parametrize(
    ("stage", "roles"),
    [("begun", [Role.SPONSOR]), ("referred", [Role.REGIONAL_MODERATOR, Role.ADMINISTRATOR])],
)
def test_nobody_who_decides_reads_them_anywhere(stage, roles, at_commit, mailoutbox):
    """A marker in each answer, looked for in every page, export behind them, mail and record."""
    applicant = steps.make_person()
    EqualityAnswers.objects.create(person=applicant, **MARKERS)
    with at_commit():
        application = steps.application_at(stage, applicant=applicant)
    outbox.sweep()
    known = {Role.SPONSOR: application.sponsor, Role.REGIONAL_MODERATOR: application.moderator}
    for role in roles:
        reader = known.get(role) or steps.make_person(role)
        read = crawl(signed_in(reader), pages_of(application))
        assert len(read) > 2
        for address, content in read.items():
            assert not [each for each in MARKERS.values() if each.encode() in content], address
    sent = [f"{mail.subject}{mail.body}{mail.alternatives}" for mail in mailoutbox]
    kept = [f"{entry.facts}{entry.before}{entry.after}" for entry in AuditEntry.objects.all()]
    kept += [str(message.payload) for message in OutboxMessage.objects.all()]
    kept += [str(vars(each)) for each in Notification.objects.all()]
    assert not [each for each in MARKERS.values() for text in [*sent, *kept] if each in text]


def crawl(browser, addresses):
    """What is read at those addresses, and at the pages and exports that they link to."""
    read, waiting = {}, list(addresses)
    while waiting and len(read) < 60:
        address = waiting.pop(0)
        response = browser.get(address) if address not in read else None
        if response is None or response.status_code != 200:
            continue
        read[address] = b"".join(response) if response.streaming else response.content
        if address in addresses and not response.streaming:
            links = re.findall(
                r'href="(/(?:apply|applications|enrolments)/[^"#]*)"', response.content.decode()
            )
            waiting += [link.replace("&amp;", "&") for link in links]
    return read


def test_the_crawl_would_find_a_marker():
    """The canary of the test above: a marker that staff may read is found."""
    application = steps.application_at("ready")
    Application.objects.filter(pk=application.pk).update(post="markerpost")
    administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
    page = url("application", application)
    assert b"markerpost" in crawl(administrator, [page])[page]
