"""The readiness self-check: what it finds and says, what it keeps, and how it becomes an application (A1, A7, A9, A11)."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from applications import policies, services
from applications.models import Application, AreaScore
from applications.policies import DEFAULT_RULE, FOR
from applications.presenters import selfcheck as words
from applications.presenters.scales import area_scale
from core import clock
from core.models import AuditEntry, HandledForm
from frameworks.models import Level
from programmes import services as programmes
from tests.accounts.conftest import code_in
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of

pytestmark = pytest.mark.whole

AREAS = ("A", "B", "C", "D", "E", "F")
BEHAVIOURS = ("T", "U", "V", "W", "X", "Y", "Z")
SCORES = {1: 3, 2: 4, 3: 1, 4: 2, 5: 3, 6: 2}
one_to_four = st.integers(1, 4)
some_areas = st.fixed_dictionaries(dict.fromkeys(AREAS, one_to_four))
some_behaviours = st.one_of(
    st.just({}), st.fixed_dictionaries(dict.fromkeys(BEHAVIOURS, one_to_four))
)


def address(name, level="NPQSL", *more):
    return reverse(f"applications:selfcheck_{name}", args=[level, *more])


def answer(browser, scores=SCORES, behaviours=None, level="NPQSL"):
    """Every area answered, screen by screen, as each page leads on; then behaviours, if given."""
    where = address("area", level, 1)
    for score in scores.values():
        where = browser.post(where, {"score": score}).url
    for score in (behaviours or {}).values():
        where = browser.post(where, {"score": score}).url
    return where


class TestWhatTheRuleCanKnow:
    def test_without_behaviours_nothing_is_said_about_them_nor_about_the_sponsor(self):
        clauses = policies.known_clauses(dict.fromkeys(AREAS, 3), {}, DEFAULT_RULE)
        assert [each.code for each in clauses] == ["R3", "R4"]

    def test_with_behaviours(self):
        clauses = policies.known_clauses(
            dict.fromkeys(AREAS, 1), dict.fromkeys(BEHAVIOURS, 1), DEFAULT_RULE
        )
        assert [each.code for each in clauses] == ["R1", "R2", "R3", "R4", "N1", "N2"]

    @given(some_areas, some_behaviours)
    def test_it_finds_what_the_rule_finds_when_the_sponsor_agrees(self, areas, behaviours):
        """A7: whoever sees 'ready' here is found ready by the rule, sponsor and scores the same."""
        clauses = policies.known_clauses(areas, behaviours, DEFAULT_RULE)
        looks_ready = all(each.side == FOR for each in clauses)
        assumed = behaviours or dict.fromkeys(BEHAVIOURS, 3)
        assert looks_ready == (policies.readiness(areas, assumed, ()).readiness == "ready")

    @given(some_areas, some_behaviours)
    def test_nobody_is_ever_told_that_they_are_declined(self, areas, behaviours):
        """A9."""
        level = Level(code="NPQSL")
        clauses = policies.known_clauses(areas, behaviours, DEFAULT_RULE)
        found = words.findings(clauses, areas, behaviours, DEFAULT_RULE)
        said = " ".join(
            [*words.headline(level, clauses), *(f"{each.title} {each.text}" for each in found)]
        )
        assert not re.search(r"declin|refus|reject|fail|not ready|cannot|unable", said, re.I)
        assert len(found) == len(clauses)
        assert all(each.text.strip(" .") for each in found)


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestThePages:
    def test_from_a_level_to_the_result_one_question_at_a_time(self):
        browser = Client()
        page = text_of(browser.get(reverse("applications:selfcheck")))
        assert "you need no account" in page
        assert "For people with responsibilities across a school" in page
        where = browser.post(reverse("applications:selfcheck"), {"level": "NPQSL"}).url
        assert where == address("area", "NPQSL", 1)
        question = text_of(browser.get(where))
        assert "NPQSL. Area 1 of 6" in question
        assert all(step.text in question for step in area_scale("NPQSL"))
        assert "What this area covers" in question
        assert "Learn how to" in question
        for number, score in SCORES.items():
            assert where == address("area", "NPQSL", number)
            where = browser.post(where, {"score": score}).url
        assert where == address("behaviour", "NPQSL", 1)
        behaviour = browser.get(where)
        assert "skip the behaviours and see your result" in text_of(behaviour)
        assert address("result") in behaviour.content.decode()
        result = text_of(browser.get(address("result")))
        assert "You are on your way to NPQSL" in result
        assert "people decide, never a rule" in result
        assert "New to you so far: Leading with impact" in result
        assert "Ask yourself about the leadership behaviours too" in result

    def test_behaviours_add_what_the_rule_says_of_them(self):
        browser = Client()
        behaviours = dict.fromkeys(range(1, 8), 3)
        assert answer(browser, dict.fromkeys(range(1, 7), 3), behaviours) == address("result")
        page = text_of(browser.get(address("result")))
        assert "You look ready to apply for NPQSL" in page
        assert "How you see your behaviours" in page
        assert "Every behaviour at 2 or more" in page
        assert "What you could develop" not in page

    def test_the_rule_in_force_is_asked(self):
        browser = Client()
        answer(browser, dict.fromkeys(range(1, 7), 2))
        assert "An average of 2.5 or more" in text_of(browser.get(address("result")))

    def test_an_answer_is_changed_from_the_result_and_leads_back(self):
        browser = Client()
        answer(browser)
        change = f"{address('area', 'NPQSL', 3)}?change=1"
        assert change in browser.get(address("result")).content.decode()
        page = browser.get(change).content.decode()
        assert re.search(r'value="1"[^>]*checked', page)
        assert browser.post(change, {"score": 3}).url == address("result")
        assert "New to you so far" not in text_of(browser.get(address("result")))

    @pytest.mark.parametrize("score", ["", "0", "5", "x"])
    def test_no_answer_is_told_and_keeps_nothing(self, score):
        browser = Client()
        response = browser.post(address("area", "NPQSL", 1), {"score": score})
        assert response.status_code == 422
        assert "Choose the answer that describes you best in ‘Strategy" in text_of(response)
        assert browser.get(address("result")).url == address("area", "NPQSL", 1)

    def test_nothing_is_kept_but_in_the_session(self):
        browser = Client()
        before = AuditEntry.objects.count()
        answer(browser, behaviours=dict.fromkeys(range(1, 8), 2))
        browser.get(address("result"))
        assert (Application.objects.count(), AreaScore.objects.count()) == (0, 0)
        assert (HandledForm.objects.count(), AuditEntry.objects.count()) == (0, before)
        assert Session.objects.count() == 1

    def test_one_visit_knows_nothing_of_another_and_can_forget(self):
        browser = Client()
        answer(browser)
        assert Client().get(address("result")).url == address("area", "NPQSL", 1)
        assert browser.get(address("result", "NPQH")).url == address("area", "NPQH", 1)
        browser.post(address("clear"))
        assert browser.get(address("result")).url == address("area", "NPQSL", 1)

    def test_what_there_is_not(self):
        for missing in (
            address("area", "NPQX", 1),
            address("area", "NPQSL", 7),
            address("behaviour", "NPQSL", 8),
            address("result", "NPQX"),
        ):
            assert Client().get(missing).status_code == 404

    def test_what_the_pages_cost(self):
        browser = Client()
        answer(browser)
        for each in (
            reverse("applications:selfcheck"),
            address("area", "NPQSL", 1),
            address("behaviour", "NPQSL", 1),
            address("result"),
        ):
            assert queries_of(browser, each) <= 15


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestApplyingWithTheAnswers:
    def test_answers_survive_signing_up(self):
        """A stranger's whole way: check, create an account, confirm the address, apply."""
        cohort = steps.make_cohort(name="Spring group")
        browser = Client()
        answer(browser)
        result = browser.get(address("result")).content.decode()
        (sign_up,) = re.findall(r'href="(/accounts/signup/[^"]*)"', result)
        new = {
            "first_name": "Nia",
            "last_name": "New",
            "email": "nia@school.example",
            "password1": "a long and quiet river",
        }
        confirm = browser.post(sign_up, new).url
        where = browser.post(confirm, {"code": code_in(mail.outbox[0])}).url
        assert where == address("apply")
        page = browser.get(where)
        assert "We put your six scores" in text_of(page)
        assert "Spring group" in text_of(page)
        sent = {"cohort": cohort.reference, "idempotency_key": str(uuid.uuid4())}
        application_page = browser.post(where, sent).url
        application = Application.objects.get()
        assert application.applicant == User.objects.get(email="nia@school.example")
        assert application_page == application.get_absolute_url()
        kept = {each.area.number: each.score for each in application.area_scores.all()}
        assert kept == SCORES
        task_list = text_of(browser.get(application_page))
        assert "We brought your six scores from the self-check: look at them again" in task_list

    def test_answers_survive_signing_in(self):
        steps.make_cohort()
        person = steps.make_person()
        person.set_password("a long and quiet river")
        person.save()
        browser = Client()
        answer(browser)
        result = browser.get(address("result")).content.decode()
        (sign_in,) = re.findall(r'href="(/accounts/login/\?next[^"]*)"', result)
        sent = {"login": person.email, "password": "a long and quiet river"}
        where = browser.post(sign_in, sent).url
        assert where == address("apply")
        assert "We put your six scores" in text_of(browser.get(where))

    def test_one_application_however_often_it_is_pressed(self):
        cohort = steps.make_cohort()
        browser = signed_in(steps.make_person())
        answer(browser)
        sent = {"cohort": cohort.reference, "idempotency_key": str(uuid.uuid4())}
        first = browser.post(address("apply"), sent).url
        assert browser.post(address("apply"), sent).url == first
        assert browser.post(address("apply"), {"cohort": cohort.reference}).url == first
        application = Application.objects.get()
        assert "here it is, as you left it" in text_of(browser.get(first))
        events = AuditEntry.objects.filter(object=application.reference)
        assert list(events.values_list("event", flat=True)) == [
            "applications.started",
            "applications.areas_scored",
        ]

    def test_what_was_scored_in_the_application_stays(self):
        person, cohort = steps.make_person(), steps.make_cohort()
        application = services.start(by=person, cohort=cohort)
        services.score_areas(by=person, application=application, scores={1: 1})
        same, brought = services.start_with_scores(by=person, cohort=cohort, scores=SCORES)
        assert (same, brought) == (application, 5)
        kept = {each.area.number: each.score for each in application.area_scores.all()}
        assert kept == SCORES | {1: 1}

    def test_a_sent_one_is_left_alone(self):
        application = steps.application_at("with_sponsor")
        before = AuditEntry.objects.count()
        same, brought = services.start_with_scores(
            by=application.applicant, cohort=application.cohort, scores=SCORES
        )
        assert (same, brought, AuditEntry.objects.count()) == (application, 0, before)

    def test_a_refused_start_brings_nothing(self):
        with clock.travel(clock.now() - timedelta(days=70)):
            cohort = steps.make_cohort()
        with pytest.raises(Exception, match="This cohort has started"):
            services.start_with_scores(by=steps.make_person(), cohort=cohort, scores=SCORES)
        assert (Application.objects.count(), AreaScore.objects.count()) == (0, 0)

    def test_full_late_and_closed_ones_are_told_apart(self):
        day = timedelta(days=1)
        full = steps.make_cohort(name="Full group", capacity=1)
        steps.enrolled_participant(cohort=full)
        steps.make_cohort(name="Late group", applications_close_on=clock.today() - day)
        closed = steps.make_cohort(name="Closed group")
        programmes.close_cohort(by=steps.make_person(), cohort=closed)
        browser = signed_in(steps.make_person())
        answer(browser)
        page = text_of(browser.get(address("apply")))
        assert "Full: you can join the waiting list" in page
        assert "You can still apply late: you go on the waiting list" in page
        assert "Closed group" not in page
        late = browser.post(address("apply"), {"cohort": closed.reference})
        assert late.status_code == 422
        assert "Choose a group" in text_of(late)
        assert Application.objects.count() == 0

    def test_without_any_cohort_it_is_said_before_and_after_signing_in(self):
        browser = Client()
        answer(browser)
        assert "No cohort of NPQSL takes applications now" in text_of(
            browser.get(address("result"))
        )
        browser = signed_in(steps.make_person())
        answer(browser)
        assert "No cohort takes applications now" in text_of(browser.get(address("apply")))

    def test_without_answers_it_leads_to_the_questions(self):
        browser = signed_in(steps.make_person())
        assert browser.get(address("apply")).url == address("area", "NPQSL", 1)
        assert browser.post(address("apply"), {}).url == address("area", "NPQSL", 1)
        assert "start with area 1" in text_of(browser.get(address("area", "NPQSL", 1)))
        assert Client().get(address("apply")).url.startswith("/accounts/login/?next=")
