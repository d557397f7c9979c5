"""Which rows: the scopes and the worklists."""

from datetime import timedelta

import pytest

from accounts.states import Role
from applications import policies, queries, services
from applications.models import ReadinessRule
from core import clock
from tests.applications import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_each_sees_their_own_scope():
    draft, begun = steps.application_at("draft"), steps.application_at("begun")
    referred = steps.application_at("referred")
    everything = {draft, begun, referred}
    administrator = steps.make_person(Role.ADMINISTRATOR)
    agent = steps.make_person(Role.QUALITY_AGENT)
    moderator, another = referred.moderator, steps.make_person(Role.REGIONAL_MODERATOR)
    stranger = steps.make_person(Role.PARTICIPANT, Role.SPONSOR, Role.ASSESSOR, Role.MODERATOR)
    assert set(queries.visible_to(administrator)) == everything
    assert set(queries.visible_to(agent)) == set()
    assert set(queries.visible_to(moderator)) == {referred}
    assert set(queries.visible_to(another)) == set()
    assert set(queries.visible_to(draft.applicant)) == {draft}
    assert set(queries.visible_to(begun.sponsor)) == {begun}
    assert set(queries.visible_to(stranger)) == set()


def test_worklists():
    steps.application_at("draft"), steps.application_at("sponsor_needed")
    begun, ready = steps.application_at("begun"), steps.application_at("ready")
    referred = steps.application_at("referred")
    moderator, another = referred.moderator, steps.make_person(Role.REGIONAL_MODERATOR)
    assert list(queries.waiting_for_sponsor(begun.sponsor)) == [begun]
    assert list(queries.waiting_for_sponsor(ready.sponsor)) == []
    assert list(queries.waiting_for_provider()) == [ready]
    assert list(queries.referred_to(moderator)) == [referred]
    assert list(queries.referred_to(another)) == []
    assert list(queries.referred_to(referred.sponsor)) == []
    assert queries.counts_by_status() == {
        "draft": 1,
        "sponsor_needed": 1,
        "with_sponsor": 1,
        "ready": 1,
        "referred": 1,
    }


def test_the_longest_waiting_comes_first():
    with clock.travel(clock.now() - timedelta(days=3)):
        older = steps.application_at("ready")
    newer = steps.application_at("ready")
    assert list(queries.waiting_for_provider()) == [older, newer]
    assert (queries.days_waiting(older), queries.days_waiting(newer)) == (3, 0)


def test_a_page_goes_on_where_the_last_one_ended():
    made = [steps.application_at("started") for _ in range(5)]
    rows = queries.visible_to(steps.make_person(Role.ADMINISTRATOR))
    first, after = queries.page_of(rows, size=2)
    second, after_second = queries.page_of(rows, after=after, size=2)
    third, end = queries.page_of(rows, after=after_second, size=2)
    assert [*first, *second, *third] == made
    assert end == ""


def test_a_page_after_something_unknown_is_the_first():
    made = steps.application_at("started")
    rows = queries.visible_to(made.applicant)
    assert queries.page_of(rows, after="APP-NOTHING2") == ([made], "")


def test_the_newest_rule_is_in_force():
    level = steps.make_cohort().level
    assert queries.rule_in_force(level) == policies.DEFAULT_RULE
    for version in (2, 3):
        ReadinessRule.objects.create(level=level, version=version, area_floor=version)
    assert queries.rule_in_force(level) == policies.Rule(version=3, area_floor=3)


def test_one_live_application_is_found():
    application = steps.application_at("draft")
    person, cohort = application.applicant, application.cohort
    assert queries.live_application(person, cohort) == application
    services.withdraw(by=person, application=application)
    assert queries.live_application(person, cohort) is None
