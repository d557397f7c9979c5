"""Cohorts: opened, changed, closed, opened again; programmes described; which are found, and how many places (A11, F10)."""

from datetime import date, timedelta

import pytest

from accounts.states import Role
from core import clock
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from frameworks.models import Level
from programmes import policies, queries, services
from programmes.models import Cohort, Partner, Programme
from programmes.policies import Intake
from programmes.presenters import cohorts as presenters
from tests.applications import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def facts_of(cohort, **changed):
    """What change_cohort takes, as the cohort is."""
    fields = (
        "name",
        "starts_on",
        "applications_close_on",
        "capacity",
        "fee_pence",
        "local_group",
    )
    known = {field: getattr(cohort, field) for field in fields}
    return known | {"partner": cohort.partner.name if cohort.partner else ""} | changed


def events_of(thing):
    return list(
        AuditEntry.objects.filter(object=thing.reference).values_list("event", "before", "after")
    )


class TestOpening:
    def test_all_its_facts(self):
        by = steps.make_person(Role.ADMINISTRATOR)
        cohort = services.open_cohort(
            by=by,
            level=Level.objects.get(edition__code="2019", code="NPQH"),
            name=" Leeds ",
            starts_on=date(2027, 1, 12),
            capacity=24,
            fee_pence=125050,
            local_group=" Leeds Central Library ",
            partner="  Aire   Valley Trust ",
        )
        cohort = Cohort.objects.select_related("partner").get(pk=cohort.pk)
        assert (cohort.name, cohort.local_group, cohort.partner.name) == (
            "Leeds",
            "Leeds Central Library",
            "Aire Valley Trust",
        )
        assert cohort.applications_close_on == policies.usual_closing(
            cohort.starts_on, clock.today()
        )
        (entry,) = AuditEntry.objects.filter(object=cohort.reference)
        assert (entry.event, entry.by, entry.facts) == (
            "programmes.cohort_opened",
            by.reference,
            {"level": "NPQH", "capacity": 24},
        )

    def test_a_partner_is_known_however_it_is_typed(self):
        for name in ("Aire Valley Trust", "aire valley TRUST", " Aire  Valley Trust"):
            steps.make_cohort(partner=name)
        assert list(Partner.objects.values_list("name", flat=True)) == ["Aire Valley Trust"]

    def test_a_name_is_used_once_for_each_level(self):
        steps.make_cohort("NPQSL", name="Spring")
        with pytest.raises(Refused, match="Another cohort of this level has this name"):
            steps.make_cohort("NPQSL", name="Spring")
        steps.make_cohort("NPQH", name="Spring")
        assert Cohort.objects.count() == 2


class TestChanging:
    def test_what_changed_is_recorded_before_and_after(self):
        cohort, by = steps.make_cohort(name="Spring"), steps.make_person(Role.ADMINISTRATOR)
        services.change_cohort(
            by=by, cohort=cohort, **facts_of(cohort, capacity=61, partner="Aire Trust")
        )
        cohort.refresh_from_db()
        assert (cohort.capacity, cohort.partner.name) == (61, "Aire Trust")
        assert events_of(cohort)[1:] == [
            (
                "programmes.cohort_changed",
                {"capacity": 60, "partner": ""},
                {"capacity": 61, "partner": "Aire Trust"},
            )
        ]

    def test_nothing_changed_is_not_recorded(self):
        cohort = steps.make_cohort()
        services.change_cohort(by=None, cohort=cohort, **facts_of(cohort))
        assert len(events_of(cohort)) == 1

    def test_never_under_the_places_taken_and_kept(self):
        cohort = steps.make_cohort(capacity=5)
        steps.enrolled_participant(cohort=cohort)
        left = steps.enrolled_participant(cohort=cohort)
        services.hold_place(
            cohort=cohort, person=steps.make_person(), until=clock.now() + timedelta(days=1)
        )
        with pytest.raises(Refused, match="3 places are taken, so enter 3 or more"):
            services.change_cohort(by=None, cohort=cohort, **facts_of(cohort, capacity=2))
        services.withdraw(by=None, enrolment=left, reason="health")
        services.change_cohort(by=None, cohort=cohort, **facts_of(cohort, capacity=2))
        cohort.refresh_from_db()
        assert (cohort.capacity, queries.places_left(cohort)) == (2, 0)

    def test_a_refused_change_leaves_all_as_it_was(self):
        cohort = steps.make_cohort()
        with pytest.raises(Refused, match="Applications must close on or before"):
            services.change_cohort(
                by=None,
                cohort=cohort,
                **facts_of(cohort, partner="New", starts_on=clock.today() + timedelta(days=1)),
            )
        assert (Partner.objects.count(), len(events_of(cohort))) == (0, 1)


class TestClosing:
    def test_closed_and_opened_again(self):
        cohort, by = steps.make_cohort(), steps.make_person(Role.ADMINISTRATOR)
        services.close_cohort(by=by, cohort=cohort)
        cohort.refresh_from_db()
        assert cohort.closed_by == by
        assert list(queries.cohorts_to_apply_for(clock.today())) == []
        with pytest.raises(WrongMoment, match="closed to applications already"):
            services.close_cohort(by=by, cohort=cohort)
        services.reopen_cohort(by=by, cohort=cohort)
        cohort.refresh_from_db()
        assert (cohort.closed_at, cohort.closed_by) == (None, None)
        assert list(queries.open_cohorts(clock.today())) == [cohort]
        with pytest.raises(WrongMoment, match="was not closed early"):
            services.reopen_cohort(by=by, cohort=cohort)
        assert [event for event, *_ in events_of(cohort)] == [
            "programmes.cohort_opened",
            "programmes.cohort_closed",
            "programmes.cohort_reopened",
        ]

    def test_one_that_has_started_is_not_closed(self):
        with clock.travel(clock.now() - timedelta(days=61)):
            cohort = steps.make_cohort()
        with pytest.raises(WrongMoment, match="has started"):
            services.close_cohort(by=steps.make_person(Role.ADMINISTRATOR), cohort=cohort)


class TestDescribing:
    def test_each_level_comes_with_words_and_hours_only_where_they_are_known(self):
        """F10: hours are given for the 2020 edition alone."""
        described = Programme.objects.exclude(description="")
        assert described.count() == Level.objects.count() == 5
        assert {presenters.hours(each) == [] for each in described} == {True}

    def test_the_2020_edition_brings_its_hours(self):
        edition = Level.objects.first().edition.__class__.objects.create(
            code="2020",
            title="2020",
            source="-",
            licence="-",
            status="published",
            published_at=clock.now(),
        )
        level = Level.objects.create(edition=edition, code="NPQSL", name="NPQSL", position=1)
        services.load_programmes()
        assert presenters.hours(Programme.objects.get(level=level)) == [
            ("Induction", "2 hours"),
            ("Face to face", "24 hours"),
            ("Online", "38 hours"),
            ("Formative tasks", "20 hours"),
            ("Coaching", "6 hours"),
            ("Together", "90 hours"),
        ]

    def test_what_changed_is_recorded_and_loading_again_keeps_it(self):
        level = Level.objects.get(edition__code="2019", code="NPQSL")
        by = steps.make_person(Role.ADMINISTRATOR)
        hours = {"hours_online": 40}
        services.describe_programme(by=by, level=level, description=" Ours. ", hours=hours)
        services.describe_programme(by=by, level=level, description="Ours.", hours=hours)
        services.load_programmes()
        row = Programme.objects.get(level=level)
        assert (row.description, row.hours_online, row.hours_coaching) == ("Ours.", 40, None)
        (entry,) = AuditEntry.objects.filter(object="PRG-NPQSL", by=by.reference)
        assert (entry.after, entry.facts) == (
            {"description": "Ours.", "hours_online": 40},
            {"level": "NPQSL", "edition": "2019"},
        )

    def test_it_says_something(self):
        level = Level.objects.get(edition__code="2019", code="NPQSL")
        with pytest.raises(Refused, match="Say what the programme is for"):
            services.describe_programme(by=None, level=level, description=" ", hours={})


class TestFinding:
    def test_the_database_and_the_policy_agree_on_every_day(self):
        today = clock.today()
        by = steps.make_person(Role.ADMINISTRATOR)
        for starts in (-1, 0, 1, 30):
            for closes in (-40, -1, 0, 1, 29):
                if closes > starts:
                    continue
                for early in (False, True):
                    cohort = steps.make_cohort(
                        starts_on=today + timedelta(days=starts),
                        applications_close_on=today + timedelta(days=closes),
                    )
                    if early:
                        Cohort.objects.filter(pk=cohort.pk).update(
                            closed_at=clock.now(), closed_by=by
                        )
        every = queries.cohorts_with_places()
        assert every.count() == 28
        for intake in Intake:
            found = set(queries.cohorts_of(every, on=today, intake=intake.value))
            assert found == {each for each in every if presenters.intake(each, today) == intake}
            assert found
        assert set(queries.cohorts_to_apply_for(today)) == {
            each for each in every if presenters.intake(each, today) in (Intake.OPEN, Intake.LATE)
        }

    def test_places_count_who_has_one_and_who_is_kept_one(self):
        cohort = steps.make_cohort(capacity=10)
        steps.enrolled_participant(cohort=cohort)
        services.cancel(
            by=None,
            enrolment=steps.enrolled_participant(cohort=cohort, commence=False),
            reason="Twice.",
        )
        services.defer(
            by=None, enrolment=steps.enrolled_participant(cohort=cohort), reason="health"
        )
        person = steps.make_person()
        services.hold_place(cohort=cohort, person=person, until=clock.now() + timedelta(days=1))
        row = queries.cohorts_with_places().get(pk=cohort.pk)
        assert (row.enrolled, row.held, row.taken, queries.places_left(row)) == (1, 1, 2, 8)
        assert services.end_hold(cohort=cohort, person=person) is True
        assert services.end_hold(cohort=cohort, person=person) is False
        row = queries.cohorts_with_places().get(pk=cohort.pk)
        assert (row.held, queries.places_left(row)) == (0, 9)

    def test_a_programme_page_is_of_the_edition_that_can_be_applied_for(self):
        today = clock.today()
        assert queries.programme_level("NPQH", today).edition.code == "2019"
        steps.make_cohort("NPQH", edition="2017")
        assert queries.programme_level("NPQH", today).edition.code == "2017"
        steps.make_cohort("NPQH")
        assert queries.programme_level("NPQH", today).edition.code == "2019"
        assert [each.code for each in queries.programme_levels(today)] == [
            "NPQML",
            "NPQSL",
            "NPQH",
            "NPQEL",
        ]
        assert queries.programme_level("NPQX", today) is None
