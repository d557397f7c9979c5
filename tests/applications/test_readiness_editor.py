"""Changing the readiness rule: what a change would do is shown first, and happens (A7, A9)."""

from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.states import Role
from applications import policies, services
from applications.models import ReadinessResult, ReadinessRule
from applications.queries import readiness as queries
from applications.states import ApplicationStatus, Readiness
from core import clock
from core.errors import Refused, Stale
from core.models import AuditEntry
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of

pytestmark = [pytest.mark.whole]
database = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
STRICTER = replace(policies.DEFAULT_RULE, version=2, mean_score_tenths=30)
MILDER = replace(policies.DEFAULT_RULE, version=2, most_behaviours_at_floor=2)


class TestPolicy:
    @pytest.mark.parametrize("name", policies.LIMITS)
    def test_each_number_has_a_least_and_a_most(self, name):
        least, most, _ = policies.LIMITS[name]
        for value, good in ((least - 1, False), (least, True), (most, True), (most + 1, False)):
            rule = replace(policies.DEFAULT_RULE, **{name: value})
            decision = policies.new_rule(rule, replace(STRICTER, mean_score_tenths=11), "Why")
            assert (name not in [reason.field for reason in decision.reasons]) is good, value

    def test_the_same_rule_and_no_reason_are_refused(self):
        decision = policies.new_rule(
            replace(policies.DEFAULT_RULE, version=2), policies.DEFAULT_RULE, " "
        )
        assert [reason.text for reason in decision.reasons] == [
            "Change at least one number: this is the rule in force",
            "Say why the rule is changed",
        ]

    @pytest.mark.parametrize(
        ("status", "found", "spoken", "verb"),
        [
            ("ready", "ready", False, ""),
            ("ready", "borderline", False, "find_referred"),
            ("ready", "not_ready", True, "find_referred"),
            ("referred", "ready", False, "find_ready"),
            ("referred", "ready", True, ""),
            ("referred", "borderline", False, ""),
            ("referred", "not_ready", False, ""),
        ],
    )
    def test_where_a_change_leads(self, status, found, spoken, verb):
        assert (
            policies.verb_after_rule_change(status, Readiness(found), is_spoken_about=spoken)
            == verb
        )

    @given(
        st.sampled_from(ApplicationStatus.values),
        st.sampled_from(list(Readiness)),
        st.booleans(),
    )
    def test_no_change_of_rule_declines_anybody(self, status, found, spoken):
        from applications.states import APPLICATION

        verb = policies.verb_after_rule_change(status, found, is_spoken_about=spoken)
        if verb:
            assert APPLICATION.target(verb, status) in ("ready", "referred")

    def test_one_sentence_for_each_number(self):
        words = policies.rule_in_words(policies.DEFAULT_RULE)
        assert len(words) == len(policies.LIMITS)
        for name in policies.LIMITS:
            changed = policies.rule_in_words(
                replace(policies.DEFAULT_RULE, **{name: getattr(policies.DEFAULT_RULE, name) + 1})
            )
            assert sum(a != b for a, b in zip(words, changed, strict=True)) >= 1, name


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestChanging:
    def change(self, application, rule, version=1, reason="The board asked for it"):
        return services.change_rule(
            by=self.administrator,
            level=application.level,
            rule=rule,
            reason=reason,
            from_version=version,
        )

    @pytest.fixture(autouse=True)
    def somebody(self):
        self.administrator = steps.make_person(Role.ADMINISTRATOR)

    def test_a_ready_one_goes_to_its_regions_moderator(self):
        moderator = steps.regional_moderator()
        application = steps.application_at("ready")
        assert [each.pk for each in self.change(application, STRICTER)] == [application.pk]
        application.refresh_from_db()
        assert (application.status, application.moderator) == ("referred", moderator)
        last = application.readiness_results.last()
        assert (last.verdict, last.rule_version) == ("borderline", 2)
        assert "below 3.0" in str(last.clauses)
        assert application.readiness_results.count() == 2

    def test_a_referred_one_that_is_ready_now_goes_to_the_provider(self):
        application = steps.application_at("referred")
        self.change(application, MILDER)
        application.refresh_from_db()
        assert (application.status, application.moderator) == ("ready", None)

    def test_what_a_moderator_speaks_about_stays_with_them(self):
        application = steps.application_at("referred")
        services.log_contact(
            by=application.moderator,
            application=application,
            means="phone",
            on=clock.today(),
            note="We spoke.",
        )
        assert self.change(application, MILDER) == []
        application.refresh_from_db()
        assert application.status == "referred"
        assert application.readiness_results.last().verdict == "ready"

    def test_what_is_decided_or_unsigned_is_left_alone(self):
        kept = [steps.application_at(stage) for stage in ("accepted", "answered", "draft")]
        before = ReadinessResult.objects.count()
        assert self.change(kept[0], STRICTER) == []
        assert ReadinessResult.objects.count() == before

    def test_only_its_level_and_the_next_signature_is_found_by_it(self):
        other = steps.application_at("ready", level="NPQH")
        self.change(steps.application_at("started"), STRICTER)
        other.refresh_from_db()
        assert other.status == "ready"
        later = steps.application_at("ready")
        assert later.readiness_results.get().rule_version == 2
        assert later.status == "referred"

    def test_two_administrators_at_once(self):
        application = steps.application_at("ready")
        self.change(application, STRICTER)
        with pytest.raises(Stale):
            self.change(application, replace(MILDER, version=2))
        assert ReadinessRule.objects.count() == 1

    def test_refused_nothing_is_written(self):
        application = steps.application_at("ready")
        with pytest.raises(Refused):
            self.change(application, STRICTER, reason=" ")
        assert not ReadinessRule.objects.exists()

    def test_the_trail(self):
        application = steps.application_at("ready")
        AuditEntry.objects.order_by("-pk").first()
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.change(application, STRICTER)
        entries = AuditEntry.objects.filter(pk__gt=last).order_by("pk")
        assert [each.event for each in entries][:2] == [
            "applications.rule_changed",
            "applications.readiness_found",
        ]
        first = entries[0]
        assert first.object == "RULE-NPQSL-2"
        assert (first.before["mean_score_tenths"], first.after["mean_score_tenths"]) == (25, 30)
        assert first.why == "The board asked for it"


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestPages:
    ADDRESS = ("2019", "NPQSL")

    @pytest.fixture(autouse=True)
    def somebody(self):
        self.client = signed_in(steps.make_person(Role.ADMINISTRATOR))
        self.page = reverse("applications:change_rule", args=self.ADDRESS)

    def sent(self, step, **numbers):
        known = {name: getattr(policies.DEFAULT_RULE, name) for name in policies.LIMITS}
        known["mean_score_tenths"] = "2.5"
        return {**known, **numbers, "version": 1, "step": step, "reason": "The board asked for it"}

    def test_looking_ahead_writes_nothing_and_saving_does_what_was_shown(self):
        application = steps.application_at("ready")
        steps.regional_moderator()
        sent = self.sent("look", mean_score_tenths="3.0")
        looked = self.client.post(self.page, sent)
        words = text_of(looked)
        assert looked.status_code == 200
        assert application.applicant.name in words
        assert "Goes to a regional moderator" in words
        assert "The mean self-score is 2.67, below 3.0" in words
        assert not ReadinessRule.objects.exists()
        for name, value in sent.items():
            if name != "step":
                assert f'name="{name}" value="{value}"' in looked.content.decode(), name
        saved = self.client.post(self.page, {**sent, "step": "save"}, follow=True)
        assert "1 application moved on by it" in text_of(saved)
        assert "Readiness rule, version 2" in text_of(saved)
        assert "The board asked for it" in text_of(saved)
        application.refresh_from_db()
        assert application.status == "referred"

    def test_nothing_to_change_is_said(self):
        looked = self.client.post(self.page, self.sent("look", not_ready_disputes=4))
        assert "None. Every application that waits" in text_of(looked)

    @pytest.mark.parametrize(
        ("numbers", "says"),
        [
            ({}, "Change at least one number"),
            ({"area_floor": 9}, "The least self-score of an area must be between 1 and 4"),
            ({"area_floor": ""}, "Enter a number for: the least self-score of an area"),
            ({"mean_score_tenths": "2.55"}, "Give the mean with one decimal, like 2.5"),
            ({"mean_score_tenths": "many"}, "Enter the mean as a number, like 2.5"),
            ({"mean_score_tenths": "5"}, "The mean self-score must be between 1 and 4"),
        ],
    )
    @pytest.mark.parametrize("step", ["look", "save"])
    def test_what_cannot_be_a_rule_comes_back_with_what_was_typed(self, step, numbers, says):
        refused = self.client.post(self.page, self.sent(step, **numbers))
        assert refused.status_code == 422
        assert says in text_of(refused)
        assert "The board asked for it" in refused.content.decode()
        assert not ReadinessRule.objects.exists()

    def test_a_rule_changed_in_between_shows_both(self):
        steps.application_at("started")
        sent = self.sent("save", mean_score_tenths="3.0")
        self.client.post(self.page, sent)
        stale = self.client.post(self.page, {**sent, "area_floor": 3})
        assert stale.status_code == 409
        assert "Somebody changed this rule while you did" in text_of(stale)
        assert ReadinessRule.objects.count() == 1

    def test_only_administrators(self):
        for role in (Role.REGIONAL_MODERATOR, Role.QUALITY_AGENT, Role.SPONSOR):
            client = signed_in(steps.make_person(role))
            for name, args in (("readiness_rules", ()), ("readiness_rule", self.ADDRESS)):
                assert client.get(reverse(f"applications:{name}", args=args)).status_code == 403
            assert client.post(self.page, self.sent("save", area_floor=3)).status_code == 403
        assert not ReadinessRule.objects.exists()
        unknown = reverse("applications:readiness_rule", args=["2019", "NPQX"])
        assert self.client.get(unknown).status_code == 404

    def test_the_look_ahead_costs_the_same_for_one_and_many(self):
        cohort = steps.make_cohort()
        steps.application_at("ready", cohort=cohort)

        def cost():
            level = cohort.level
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as captured:
                queries.would_change(level, STRICTER)
            return len(captured)

        one = cost()
        for _ in range(4):
            steps.application_at("ready", cohort=cohort)
        assert cost() == one <= 12
        assert queries_of(self.client, reverse("applications:readiness_rules")) <= 10
