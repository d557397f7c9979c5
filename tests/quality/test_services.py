"""Setting a target: what is kept, refused and recorded."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.states import Role
from core.errors import Refused
from core.models import AuditEntry
from quality import services
from quality.models import PresentingTime, Target
from tests.quality import rows

pytestmark = pytest.mark.django_db

YEAR = {"period_start": date(2025, 9, 1), "period_end": date(2026, 8, 31)}


def row(**changes):
    return Target(**{"level": "NPQSL", "recruitment_target": 5, **YEAR, **changes})


def test_a_target_is_kept_and_recorded():
    by = rows.person(Role.ADMINISTRATOR)
    target = services.set_target(
        by=by, level=rows.level("NPQSL"), recruitment_target=40, fsm_target_percent=30, **YEAR
    )
    target.refresh_from_db()
    assert (target.level, target.recruitment_target, target.fsm_target_percent, target.set_by) == (
        "NPQSL",
        40,
        30,
        by,
    )
    entry = AuditEntry.objects.get(object=target.reference)
    after = {
        "recruitment_target": 40,
        "fsm_target_percent": "30.0",
        "non_white_british_target_percent": None,
    }
    assert (entry.event, entry.by, entry.before, entry.after) == (
        "quality.target_set",
        by.reference,
        None,
        after,
    )
    assert entry.facts == {
        "level": "NPQSL",
        "period_start": "2025-09-01",
        "period_end": "2026-08-31",
    }


def test_the_same_period_again_replaces_it_and_the_same_values_record_nothing():
    for number in (40, 50, 50):
        services.set_target(by=None, level="NPQSL", recruitment_target=number, **YEAR)
    assert [target.recruitment_target for target in Target.objects.all()] == [50]
    changes = AuditEntry.objects.filter(event="quality.target_set").values_list("before", "after")
    assert [
        (before and before["recruitment_target"], after["recruitment_target"])
        for before, after in changes
    ] == [
        (None, 40),
        (40, 50),
    ]


def test_an_overlapping_period_of_the_level_is_refused_and_another_level_is_not():
    services.set_target(by=None, level="NPQSL", recruitment_target=40, **YEAR)
    later = {"period_start": date(2026, 8, 31), "period_end": date(2027, 8, 31)}
    with pytest.raises(Refused, match="overlaps another"):
        services.set_target(by=None, level="NPQSL", recruitment_target=40, **later)
    services.set_target(by=None, level="NPQH", recruitment_target=40, **later)
    assert list(Target.objects.order_by("level").values_list("level", "period_start")) == [
        ("NPQH", date(2026, 8, 31)),
        ("NPQSL", date(2025, 9, 1)),
    ]


@pytest.mark.parametrize("code", ["NPQX", "", "npqsl"])
def test_an_unknown_level_is_refused_and_nothing_is_written(code):
    with pytest.raises(Refused, match="Choose a level"):
        services.set_target(by=None, level=code, recruitment_target=40, **YEAR)
    assert (
        Target.objects.count(),
        AuditEntry.objects.filter(event="quality.target_set").count(),
    ) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"fsm_target_percent": Decimal("100.1")}, "target_fsm_is_a_percentage"),
        ({"non_white_british_target_percent": Decimal("-0.1")}, "target_ethnicity_is_a_percentage"),
        ({"period_end": YEAR["period_start"]}, "target_period_ends_after_start"),
        ({"level": "npq sl"}, "target_level_code_is_plain"),
        ({"recruitment_target": -1}, "recruitment_target_check"),
        ({}, "one_target_per_level_and_period"),
        (
            {"period_start": date(2026, 8, 31), "period_end": date(2027, 8, 31)},
            "target_periods_of_a_level_apart",
        ),
    ],
)
def test_the_database_says_it_too(changes, constraint):
    row().save()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row(**changes).save()


def test_months_to_present_are_1_to_60():
    with pytest.raises(IntegrityError, match="months_to_present_1_to_60"):
        PresentingTime.objects.create(edition=rows.level("NPQSL").edition, months=61)
