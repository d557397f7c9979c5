"""The figures of the database against a plain calculation written from the rulebook (Q2, P2)."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.states import Role
from programmes.models import Enrolment
from programmes.policies import deadline_to_present
from programmes.states import EnrolmentStatus
from quality import queries, services
from quality.models import PresentingTime
from quality.policies import Period
from tests.quality import rows

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 9, 1), date(2026, 8, 31))
INSIDE = date(2025, 10, 1)
# Commenced this day, the 18-month day is 14 March 2026.
COMMENCED, LAST_DAY = date(2024, 9, 14), date(2026, 3, 14)


def by_hand(enrolments: Iterable[Enrolment], period: Period) -> dict[str, tuple[int, ...]]:
    """Per level: recruited, delivery team, re-enrolled, due to present, presented in time."""
    result = {code: [0, 0, 0, 0, 0] for code in rows.CODES}
    met_before: set[tuple[int, str]] = set()
    for each in sorted(enrolments, key=lambda row: (row.enrolled_on, row.pk)):
        counts = result[each.level.code]
        dated = period.first <= each.enrolled_on <= period.last
        if each.delivery_team:
            counts[1] += dated
        else:
            again = (each.participant_id, each.level.code) in met_before
            counts[2 if again else 0] += dated
            met_before.add((each.participant_id, each.level.code))
        if each.commenced_on:
            last_day = deadline_to_present(each.commenced_on)
            if period.first <= last_day <= period.last:
                counts[3] += 1
                counts[4] += bool(each.presented_on and each.presented_on <= last_day)
    return {code: tuple(counts) for code, counts in result.items()}


def by_portal(period: Period) -> dict[str, tuple[int, ...]]:
    return {
        each.code: (
            each.recruited,
            each.delivery_team,
            each.re_enrolled,
            each.due_to_present,
            each.presented_in_time,
        )
        for each in queries.metrics(period)
    }


def figures(code: str = "NPQSL", period: Period = YEAR):
    (only,) = queries.metrics(period, [code])
    return only


def test_sixty_random_providers_are_counted_as_by_hand():
    seen_again = seen_due = 0
    for seed in range(60):
        Enrolment.objects.all().delete()
        provider = rows.random_provider(seed)
        dice = random.Random(-seed - 1)
        first = date(2022, 1, 1) + timedelta(days=dice.randint(0, 1600))
        for period in (YEAR, Period(first, first + timedelta(days=dice.randint(1, 800)))):
            expected = by_hand(provider, period)
            assert by_portal(period) == expected, (seed, period)
            seen_again += sum(counts[2] for counts in expected.values())
            seen_due += sum(counts[3] for counts in expected.values())
    assert seen_again > 100
    assert seen_due > 100


def test_the_last_day_is_the_policys_for_every_day_of_five_years_and_any_months():
    person, level = rows.people(1)[0], rows.level("NPQSL")
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(5 * 365 + 2)]
    Enrolment.objects.bulk_create(
        rows.unsaved(person, level, day, commenced_on=day) for day in days
    )
    computed = queries.with_last_day().values_list("commenced_on", "last_day").order_by("pk")
    assert list(computed) == [(day, deadline_to_present(day, 18)) for day in days]
    for months in (1, 12, 13, 25, 60):
        PresentingTime.objects.update_or_create(edition=level.edition, defaults={"months": months})
        assert list(computed.all()) == [(day, deadline_to_present(day, months)) for day in days]


def test_the_index_bounds_leave_nobody_out_around_month_ends():
    person, level = rows.people(1)[0], rows.level("NPQSL")
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(3 * 365)]
    Enrolment.objects.bulk_create(
        rows.unsaved(person, level, day, commenced_on=day) for day in days
    )
    last_days = [deadline_to_present(day) for day in days]
    for offset in range(0, 400):
        first = date(2025, 1, 25) + timedelta(days=offset)
        period = Period(first, first + timedelta(days=1))
        expected = sum(first <= day <= period.last for day in last_days)
        assert queries.presentable(period).count() == expected, first


def test_every_level_of_the_2019_edition_is_there_when_nothing_is():
    empty = queries.metrics(YEAR)
    assert [each.code for each in empty] == ["NPQML", "NPQSL", "NPQH", "NPQEL"]
    for each in empty:
        assert (each.recruitment.value, each.recruitment.met) == (None, None)
        assert (each.presenting.value, each.presenting.met) == (None, None)
        assert (each.passing.value, each.passing.met) == (None, None)


def test_exactly_the_target_meets_it_and_one_fewer_does_not():
    services.set_target(
        by=None, level="NPQSL", period_start=YEAR.first, period_end=YEAR.last, recruitment_target=3
    )
    for _ in range(2):
        rows.enrolment(enrolled_on=INSIDE)
    assert (str(figures().recruitment.value), figures().recruitment.met) == ("66.7", False)
    rows.enrolment(enrolled_on=INSIDE)
    assert (str(figures().recruitment.value), figures().recruitment.met) == ("100.0", True)


def test_a_target_of_another_period_does_not_count():
    services.set_target(
        by=None,
        level="NPQSL",
        period_start=YEAR.first,
        period_end=date(2026, 1, 31),
        recruitment_target=3,
    )
    assert figures().recruitment_target is None


def test_first_and_last_day_of_the_period_count_and_their_neighbours_do_not():
    day = timedelta(days=1)
    for enrolled_on in (YEAR.first - day, YEAR.first, YEAR.last, YEAR.last + day):
        rows.enrolment(enrolled_on=enrolled_on)
    assert figures().recruited == 2


def test_somebody_back_after_leaving_counts_at_their_first_enrolment_only():
    back = rows.person(Role.PARTICIPANT)
    rows.enrolment(participant=back, enrolled_on=date(2024, 10, 1))
    rows.enrolment(participant=back, enrolled_on=INSIDE, status=EnrolmentStatus.ENROLLED)
    rows.enrolment("NPQH", participant=back, enrolled_on=INSIDE)
    assert (figures().recruited, figures().re_enrolled) == (0, 1)
    assert figures("NPQH").recruited == 1
    before = Period(date(2024, 9, 1), date(2025, 8, 31))
    assert figures(period=before).recruited == 1


def test_the_same_level_of_an_older_edition_is_the_same_level():
    back = rows.person(Role.PARTICIPANT)
    rows.enrolment("NPQH", participant=back, enrolled_on=INSIDE, edition="2017")
    rows.enrolment("NPQH", participant=back, enrolled_on=INSIDE + timedelta(days=1))
    assert (figures("NPQH").recruited, figures("NPQH").re_enrolled) == (1, 1)


def test_the_delivery_team_is_left_out_and_is_no_first_enrolment():
    tutor = rows.person(Role.TUTOR)
    rows.enrolment(participant=tutor, enrolled_on=INSIDE, delivery_team=True)
    rows.enrolment(participant=tutor, enrolled_on=INSIDE + timedelta(days=9))
    assert (figures().recruited, figures().delivery_team, figures().re_enrolled) == (1, 1, 0)


def test_presenting_on_the_anniversary_counts_and_the_day_after_does_not():
    for presented_on in (LAST_DAY, LAST_DAY + timedelta(days=1), None):
        rows.enrolment(enrolled_on=COMMENCED, commenced_on=COMMENCED, presented_on=presented_on)
    assert (figures().due_to_present, figures().presented_in_time) == (3, 1)


def test_31_august_is_due_on_the_last_day_of_february():
    start = date(2024, 8, 31)
    rows.enrolment(enrolled_on=start, commenced_on=start, presented_on=date(2026, 2, 28))
    rows.enrolment(enrolled_on=start, commenced_on=start, presented_on=date(2026, 3, 1))
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert (
        figures(period=february).due_to_present,
        figures(period=february).presented_in_time,
    ) == (2, 1)


def test_nine_of_ten_meets_ninety_per_cent_and_eight_of_nine_does_not():
    in_time = {"enrolled_on": COMMENCED, "commenced_on": COMMENCED, "presented_on": LAST_DAY}
    for _ in range(8):
        rows.enrolment(**in_time)
    rows.enrolment(enrolled_on=COMMENCED, commenced_on=COMMENCED)
    assert (str(figures().presenting.value), figures().presenting.met) == ("88.9", False)
    rows.enrolment(**in_time)
    assert (str(figures().presenting.value), figures().presenting.met) == ("90.0", True)


def test_everyone_withdrawn_is_nobody_presented():
    for status in (EnrolmentStatus.WITHDRAWN, EnrolmentStatus.DEFERRED):
        rows.enrolment(enrolled_on=COMMENCED, commenced_on=COMMENCED, status=status)
    assert (str(figures().presenting.value), figures().presenting.met) == ("0.0", False)


def test_an_edition_may_give_other_months():
    rows.enrolment(enrolled_on=COMMENCED, commenced_on=COMMENCED)
    PresentingTime.objects.create(edition=rows.level("NPQSL").edition, months=30)
    assert figures().due_to_present == 0


def test_editions_with_more_and_with_fewer_months_stand_side_by_side():
    period = Period(date(2026, 1, 1), date(2026, 1, 31))
    for edition, months in (("2017", 30), ("2019", 6)):
        level = rows.level("NPQH", edition)
        PresentingTime.objects.create(edition=level.edition, months=months)
    for edition, commenced_on in (("2017", date(2023, 7, 15)), ("2019", date(2025, 7, 15))):
        for day in (commenced_on, commenced_on + timedelta(days=31)):
            rows.enrolment("NPQH", day, edition=edition, commenced_on=day, presented_on=day)
    assert (figures("NPQH", period).due_to_present, figures("NPQH", period).presented_in_time) == (
        2,
        2,
    )


def test_pass_rate_counts_outcomes_released_in_the_period_by_londons_days():
    first = rows.enrolment()
    rows.outcome(first, passed=False, released_at=rows.at(YEAR.first, hour=0))
    rows.outcome(first, passed=True, released_at=rows.at(YEAR.last, hour=23), attempt=2)
    rows.outcome(
        rows.enrolment(), passed=True, released_at=rows.at(YEAR.first - timedelta(days=1), hour=23)
    )
    rows.outcome(
        rows.enrolment(), passed=True, released_at=rows.at(YEAR.last + timedelta(days=1), hour=0)
    )
    rows.outcome(rows.enrolment(), passed=True, released_at=None)
    assert (figures().tasks_passed, figures().tasks_released) == (1, 2)
    assert str(figures().passing.value) == "50.0"


def test_concluded_counts_final_outcomes_dated_in_the_period():
    facts = {"commenced_on": COMMENCED, "presented_on": LAST_DAY, "enrolled_on": COMMENCED}
    rows.enrolment(**facts, outcome_on=INSIDE, status=EnrolmentStatus.PASSED)
    rows.enrolment(**facts, outcome_on=INSIDE, status=EnrolmentStatus.FAILED)
    rows.enrolment(**facts, outcome_on=YEAR.last + timedelta(days=1), status=EnrolmentStatus.PASSED)
    assert (figures().concluded_passed, figures().concluded) == (1, 2)


def test_due_soon_lists_who_can_still_present_within_ninety_days():
    today = date(2026, 1, 10)
    days = {"today": 0, "ninety": 90, "past": -1, "later": 91}
    made = {}
    for name, ahead in days.items():
        last_day = today + timedelta(days=ahead)
        commenced_on = next(
            day
            for day in (last_day - timedelta(days=n) for n in range(540, 560))
            if deadline_to_present(day) == last_day
        )
        made[name] = rows.enrolment(
            enrolled_on=commenced_on, commenced_on=commenced_on, status=EnrolmentStatus.COMMENCED
        )
    commenced_on = made["ninety"].commenced_on
    rows.enrolment(enrolled_on=commenced_on, commenced_on=commenced_on)
    rows.enrolment(
        enrolled_on=commenced_on,
        commenced_on=commenced_on,
        presented_on=commenced_on,
        status=EnrolmentStatus.PRESENTED,
    )
    assert list(queries.due_soon(today)) == [made["today"], made["ninety"]]
    assert queries.due_soon_by_level(today) == [("NPQSL", 2)]


def test_the_figures_take_as_many_statements_for_fifty_as_for_one():
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            queries.metrics(YEAR)
        return len(captured)

    rows.enrolment(enrolled_on=INSIDE)
    one = statements()
    rows.random_provider(3)
    assert statements() == one == 5
