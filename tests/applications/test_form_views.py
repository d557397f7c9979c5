"""The form's pages: words, ways back, drafts, counts, lateness, a return; each with what it leaves in Postgres."""

import json
import re
import uuid
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.states import Role
from applications import policies, services
from applications.models import Application
from applications.services.writing import version
from applications.states import ApplicationStatus
from core import clock
from core.models import AuditEntry
from tests.applications import steps
from tests.applications.pages import signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus
COUNT = reverse("applications:count_words")


def own(application: Application) -> Client:
    return signed_in(application.applicant)


def write(**changes: str) -> dict[str, str]:
    return steps.STRENGTH | changes


class TestTaskList:
    def test_parts_progress_deadline_and_that_it_is_kept(self):
        with clock.travel(datetime(2026, 11, 22, 9, tzinfo=clock.LONDON)):
            application = steps.application_at(
                "started",
                cohort=steps.make_cohort(
                    starts_on=date(2027, 1, 31), applications_close_on=date(2026, 12, 20)
                ),
            )
            page = text_of(own(application).get(url("application", application)))
        for words in (
            "You have completed 0 of 10 parts. Apply by 20 December 2026, in 28 days.",
            "You can stop here and come back at any time",
            "Your school and role",
            "How your place is paid for (optional)",
            "How you see yourself in six areas",
            "Equality questions (optional)",
            "Check your answers and send Cannot start yet",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ((2026, 12, 19), "Apply by 20 December 2026, which is tomorrow."),
            ((2026, 12, 20), "Apply by 20 December 2026, which is today, until midnight."),
            (
                (2026, 12, 21),
                "Applications closed on 20 December 2026. You can still apply late: if we accept you, you go on "
                "the waiting list.",
            ),
            (
                (2027, 2, 1),
                "This cohort started on 31 January 2027. You can still apply late: if we accept you, you go on "
                "the waiting list for the next one.",
            ),
        ],
    )
    def test_the_deadline_in_days(self, day, words):
        cohort = steps.make_cohort(
            starts_on=date(2027, 1, 31), applications_close_on=date(2026, 12, 20)
        )
        with clock.travel(datetime(2026, 12, 1, 9, tzinfo=clock.LONDON)):
            application = steps.application_at("draft", cohort=cohort)
        with clock.travel(datetime(*day, 23, 59, tzinfo=clock.LONDON)):
            assert words in text_of(own(application).get(url("application", application)))
            late = "This is late" in text_of(own(application).get(url("send", application)))
            assert late is (day > (2026, 12, 20))

    @pytest.mark.parametrize(
        ("texts", "status"),
        [
            ({"experience": "", "impact": "", "evidence": ""}, "Not started"),
            ({"evidence": ""}, "In progress"),
            ({"evidence": "They read more"}, "Add a figure"),
            ({"impact": "word " * 501}, "Shorten it"),
            ({}, "Completed"),
        ],
    )
    def test_a_draft_is_named_for_what_it_lacks(self, texts, status):
        application = steps.application_at("draft")
        services.keep_strength(
            by=application.applicant, application=application, area=1, **write(**texts)
        )
        page = text_of(own(application).get(url("application", application)))
        assert f"Write about Strategy and improvement {status}" in page
        done = 11 if status == "Completed" else 10
        assert f"You have completed {done} of 12 parts" in page

    def test_a_list_of_own_applications_says_the_next_step_of_each(self):
        person = steps.make_person()
        stages = ("started", "with_sponsor", "sponsor_needed", "accepted", "withdrawn")
        levels = ("NPQML", "NPQSL", "NPQH", "NPQEL", "NPQML")
        for stage, level in zip(stages, levels, strict=True):
            steps.application_at(stage, level=level, applicant=person)
        page = text_of(signed_in(person).get(reverse("applications:mine")))
        for words in (
            "Apply by",
            "It takes them about ten minutes",
            "Name another sponsor",
            "Your cohort starts on",
            "You can apply again while a cohort is open",
        ):
            assert words in page


class TestSchool:
    def test_my_school_is_not_listed(self):
        application = steps.application_at("started")
        browser = own(application)
        found = browser.get(url("school", application), {"q": "no such place"})
        assert url("school_not_listed", application) in found.content.decode()
        typed = {"name": "New Harbour Academy", "postcode": "LS1"}
        wrong = browser.post(url("school_not_listed", application), typed)
        assert wrong.status_code == 422
        assert "Enter a full UK postcode" in text_of(wrong)
        assert "New Harbour Academy" in wrong.content.decode()
        sent = browser.post(url("school_not_listed", application), typed | {"postcode": ""})
        assert sent.url == url("details", application)
        details = text_of(browser.get(sent.url))
        assert "New Harbour Academy Not listed: we look it up" in details
        browser.post(sent.url, {"school": "", "post": "Head of maths"})
        application.refresh_from_db()
        assert (application.school_name, application.post) == (
            "New Harbour Academy",
            "Head of maths",
        )
        page = text_of(browser.get(url("application", application)))
        assert "Your school and role New Harbour Academy Completed" in page

    def test_funding_says_that_it_does_not_bind(self):
        application = steps.application_at("started")
        browser, address = own(application), url("funding_route", application)
        page = text_of(browser.get(address))
        assert "It is not binding" in page
        assert "Your employer uses its apprenticeship levy" in page
        assert browser.post(address, {}).status_code == 422
        assert browser.post(address, {"route": "school"}).url == url("application", application)
        application.refresh_from_db()
        assert application.funding_route == "school"


class TestAreas:
    def test_each_level_has_its_own_words_and_both_kinds_of_statement(self):
        pages = {}
        for level in ("NPQML", "NPQEL"):
            application = steps.application_at("started", level=level)
            pages[level] = text_of(own(application).get(url("area", application, 2)))
            assert "Area 2 of 6" in pages[level]
            assert "Learn how to" in pages[level]
            assert "Learn about" in pages[level]
        assert "beyond my own classroom" in pages["NPQML"]
        assert "beyond one school" in pages["NPQEL"]


class TestWriting:
    def test_saving_for_later_keeps_anything_and_leads_to_the_list(self):
        application = steps.application_at("draft")
        browser, address = own(application), url("strength", application, 1)
        sent = browser.post(address, write(impact="word " * 600, evidence="", later=""))
        assert sent.url == url("application", application)
        kept = application.strengths.get(position=1)
        assert (policies.count_words(kept.impact), kept.evidence) == (600, "")

    def test_page_endpoint_and_refusal_count_alike(self):
        """S2: one counter; 'team-led' is a word and a dash is none."""
        application = steps.application_at("draft")
        browser, address = own(application), url("strength", application, 1)
        text = "A team-led year - and/or more… 100% " * 90
        words = policies.count_words(text)
        assert words == 540
        told = json.loads(browser.post(COUNT, {"text": text}).content)
        assert told == {"words": 540, "used": "540 of 500 words: 40 too many"}
        refused = text_of(browser.post(address, write(impact=text)))
        assert "Your impact has 540 words: shorten it to 500 or fewer" in refused
        assert "540 of 500 words: 40 too many" in refused
        assert "540 of 500 words: 40 too many" in text_of(browser.get(address))

    def test_counting_is_for_those_signed_in_with_a_protected_form_of_fair_size(self):
        person = steps.make_person()
        assert Client().post(COUNT, {"text": "one two"}).status_code == 302
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert strict.post(COUNT, {"text": "one two"}).status_code == 403
        browser = signed_in(person)
        assert browser.get(COUNT).status_code == 405
        assert browser.post(COUNT, {"text": "x" * 30_001}).status_code == 413
        assert json.loads(browser.post(COUNT).content)["words"] == 0

    def test_what_is_refused_is_kept_with_its_version(self):
        application = steps.application_at("draft")
        browser, address = own(application), url("strength", application, 1)
        seen = version(application.strengths.get(position=1))
        refused = browser.post(address, write(evidence="They read.", seen=seen))
        assert refused.status_code == 422
        kept = application.strengths.get(position=1)
        assert kept.evidence == "They read."
        assert f'name="seen" value="{version(kept)}"' in refused.content.decode()
        seen = re.search(r'name="seen" value="(\w+)"', refused.content.decode()).group(1)
        sent = browser.post(address, write(evidence="9 of 10 read.", seen=seen))
        assert sent.url == url("application", application)

    def test_an_older_window_is_shown_both_versions(self):
        application = steps.application_at("draft")
        browser, address = own(application), url("strength", application, 1)
        seen = version(application.strengths.get(position=1))
        browser.post(address, write(impact="Newer words", seen=seen))
        response = browser.post(address, write(impact="Older words", seen=seen))
        assert response.status_code == 409
        assert "Newer words" in text_of(response)
        assert "Older words" in text_of(response)
        assert application.strengths.get(position=1).impact == "Newer words"

    def test_the_page_keeps_drafts_by_itself(self):
        application = steps.application_at("draft")
        browser, address = own(application), url("keep_strength", application, 1)
        seen = version(application.strengths.get(position=1))
        entries = AuditEntry.objects.count()
        answers = []
        for _ in range(2):
            answers.append(browser.post(address, write(impact="Half a sent", seen=seen)))
        assert [answer.status_code for answer in answers] == [200, 200]
        told = json.loads(answers[0].content)
        kept = application.strengths.get(position=1)
        assert (kept.impact, told["seen"]) == ("Half a sent", version(kept))
        assert told["saved"].startswith("Saved at ")
        stale = browser.post(address, write(impact="Older", seen=seen))
        assert stale.status_code == 409
        assert "You saved another version" in json.loads(stale.content)["message"]
        endless = browser.post(address, write(impact="x" * 40_000))
        assert endless.status_code == 422
        assert AuditEntry.objects.count() == entries

    def test_keeping_belongs_to_the_applicant_and_the_moment(self):
        application = steps.application_at("draft")
        address = url("keep_strength", application, 1)
        assert signed_in(steps.make_person()).post(address, write()).status_code == 404
        assert (
            own(application).post(url("keep_strength", application, 6), write()).status_code == 404
        )
        sent = steps.application_at("with_sponsor")
        late = own(sent).post(url("keep_strength", sent, 1), write())
        assert late.status_code == 409
        assert "has been sent" in json.loads(late.content)["message"]


class TestCheckAndSend:
    def test_change_links_come_back_to_the_answers(self):
        application = steps.application_at("draft")
        browser, check = own(application), url("send", application)
        page = browser.get(check).content.decode()
        forms = {
            url("details", application): {"school": "", "post": "Deputy head"},
            url("funding_route", application): {"route": "self"},
            url("area", application, 3): {"score": 4},
            url("strength", application, 2): write(impact="Changed"),
            url("name_sponsor", application): {
                "first_name": "Nia",
                "last_name": "Roy",
                "email": "nia@example.org",
            },
        }
        for address, form in forms.items():
            link = f"{address}?from=check"
            assert f'href="{link}"' in page, address
            assert f'href="{check}"' in browser.get(link).content.decode()
            assert browser.post(link, form).url == check
        shown = text_of(browser.get(check))
        for words in ("Deputy head", "I pay myself", "4: Proven", "Changed", "Nia Roy"):
            assert words in shown

    def test_another_school_comes_back_to_the_answers_too(self):
        application = steps.application_at("draft")
        school = steps.make_school(name="Weir Bank Academy")
        browser = own(application)
        picker = browser.get(
            f"{url('school', application)}?from=check", {"from": "check", "q": "weir"}
        )
        assert picker.content.decode().count('name="from" value="check"') == 2
        link = f"{url('details', application)}?q=weir&from=check&school={school.urn}"
        assert (
            f'href="{url("school", application)}?from=check"' in browser.get(link).content.decode()
        )
        sent = browser.post(link, {"school": school.urn, "post": "Head"})
        assert sent.url == url("send", application)
        assert "Weir Bank Academy" in text_of(browser.get(sent.url))

    def test_the_receipt_shows_both_times_and_what_comes_next(self):
        cohort = steps.make_cohort(
            starts_on=date(2027, 1, 31), applications_close_on=date(2026, 12, 20)
        )
        with clock.travel(datetime(2026, 12, 20, 23, 50, tzinfo=clock.LONDON)):
            application = steps.application_at("draft", cohort=cohort)
        with clock.travel(datetime(2026, 12, 21, 0, 2, tzinfo=clock.LONDON)):
            browser = own(application)
            sent = browser.post(
                url("send", application),
                {"signed_name": "Asha Bello", "idempotency_key": str(uuid.uuid4())},
            )
            page = text_of(browser.get(sent.url))
        for words in (
            "Started 20 December 2026 at 11:50pm",
            "Sent 21 December 2026 at 12:02am",
            "Applications close 20 December 2026 at 11:59pm",
            "You sent this after applications had closed",
            f"We have written to Sam Okafor at {application.sponsor_email}",
            "Your cohort starts on 31 January 2027",
            "Answer the equality questions",
        ):
            assert words in page
        application.refresh_from_db()
        assert application.is_late

    def test_start_tells_of_the_waiting_list_or_that_it_is_over(self):
        full = steps.make_cohort(capacity=1)
        steps.enrolled_participant(cohort=full, commence=False)
        browser = signed_in(steps.make_person())
        page = text_of(browser.get(reverse("applications:start", args=[full.reference])))
        assert "Every place in this cohort is taken now" in page
        assert "Start now" in page
        early = steps.make_cohort()
        early.closed_at, early.closed_by = clock.now(), steps.make_person(Role.ADMINISTRATOR)
        early.save()
        page = text_of(browser.get(reverse("applications:start", args=[early.reference])))
        assert "We closed applications for this cohort early" in page
        assert "Start now" not in page
