"""Who pays and what a school is due, by a year's rules (A12): truth tables."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from applications.policies import funding as rules
from applications.policies.funding import Band, RouteReason, SupportReason, Workplace, Year
from applications.states import FundingRoute

PUBLISHED = json.loads(
    (Path(settings.BASE_DIR) / "fixtures/applications/funding.json").read_text(encoding="utf-8")
)["years"][0]
YEAR = Year(
    PUBLISHED["code"],
    frozenset(PUBLISHED["workplaces"]),
    tuple(
        Band(each["phase"], each["from"], each["to"], each["pence"]) for each in PUBLISHED["bands"]
    ),
)
LOCAL = "Local authority maintained schools"


def school(phase="Primary", pupils=100, *, kind="Community school", group=LOCAL):
    return Workplace("200001", kind, group, phase, pupils)


def decide(route="school", level="NPQSL", workplace=None, year=YEAR):
    return rules.funding(route=route, level=level, workplace=workplace or school(), year=year)


@pytest.mark.parametrize(
    ("phase", "pupils", "pounds"),
    [
        ("Primary", 0, 0),
        ("Primary", 1, 800),
        ("Primary", 150, 800),
        ("Primary", 151, 200),
        ("Primary", 600, 200),
        ("Primary", 601, 200),
        ("Primary", None, 0),
        ("Secondary", 0, 0),
        ("Secondary", 1, 200),
        ("Secondary", 150, 200),
        ("Secondary", 151, 200),
        ("Secondary", 600, 200),
        ("Secondary", 601, 0),
        ("Secondary", None, 0),
        ("16 plus", 0, 0),
        ("16 plus", 1, 200),
        ("16 plus", 600, 200),
        ("16 plus", 601, 0),
        ("16 plus", None, 0),
        ("Nursery", 100, 0),
        ("Not applicable", 100, 0),
        ("", 100, 0),
    ],
)
def test_targeted_support_of_2023_24(phase, pupils, pounds):
    found = decide(workplace=school(phase, pupils))
    assert found.support_pence == pounds * 100
    assert (found.support == SupportReason.IN_BAND) is bool(pounds)


@pytest.mark.parametrize(
    ("kind", "group", "eligible"),
    [
        ("Community school", LOCAL, True),
        ("Pupil referral unit", LOCAL, True),
        ("Academy converter", "Academies", True),
        ("Studio schools", "Free Schools", True),
        ("Community special school", "Special schools", True),
        ("Sixth form centres", "Colleges", True),
        ("Other independent special school", "Independent schools", True),
        ("Virtual school", "", True),
        ("Hospital school", "", True),
        ("Young offender institution", "", True),
        ("Other independent school", "Independent schools", False),
        ("Welsh establishment", "Welsh schools", False),
        ("British schools overseas", "Other types", False),
        ("Higher education institutions", "Universities", False),
        ("", "", False),
    ],
)
def test_workplaces_eligible_for_a_scholarship_in_2023_24(kind, group, eligible):
    found = decide("scholarship", workplace=school(kind=kind, group=group))
    assert found.scholarship is eligible
    assert found.reason == (
        RouteReason.SCHOLARSHIP if eligible else RouteReason.WORKPLACE_NOT_ELIGIBLE
    )
    assert bool(found.support_pence) is eligible


@pytest.mark.parametrize(
    ("route", "level", "reason", "dual"),
    [
        ("self", "NPQSL", RouteReason.PAYS_SELF, False),
        ("school", "NPQSL", RouteReason.SCHOOL_PAYS, False),
        ("apprenticeship", "NPQSL", RouteReason.DUAL_AWARD, True),
        ("apprenticeship", "NPQH", RouteReason.DUAL_AWARD, True),
        ("apprenticeship", "NPQEL", RouteReason.DUAL_AWARD, True),
        ("apprenticeship", "NPQML", RouteReason.NO_APPRENTICESHIP, False),
        ("", "NPQSL", RouteReason.ROUTE_NOT_GIVEN, False),
    ],
)
def test_the_other_routes(route, level, reason, dual):
    found = decide(route, level)
    assert (found.reason, found.dual_award, found.scholarship) == (reason, dual, False)


@pytest.mark.parametrize("route", FundingRoute.values)
def test_without_rules_for_the_year_nothing_is_promised(route):
    found = decide(route, year=None)
    assert (found.scholarship, found.dual_award, found.support_pence) == (False, False, 0)
    assert (found.reason, found.support) == (RouteReason.NO_RULES, SupportReason.NO_RULES)


def test_the_inputs_are_everything_used():
    assert decide("scholarship", workplace=school(pupils=120)).inputs == {
        "route": "scholarship",
        "level": "NPQSL",
        "year": "2023-24",
        "urn": "200001",
        "kind": "Community school",
        "group": LOCAL,
        "phase": "Primary",
        "pupils": 120,
        "eligible": True,
        "support": "in_band",
        "band": ["Primary", 1, 150, 80000],
    }


@given(
    st.sampled_from([*FundingRoute.values, ""]),
    st.sampled_from(["Primary", "Secondary", "16 plus", "Nursery", ""]),
    st.none() | st.integers(0, 5000),
    st.sampled_from([*sorted(YEAR.workplaces), "Other independent school", ""]),
    st.none() | st.just(YEAR),
)
def test_the_inputs_alone_give_the_decision_again(route, phase, pupils, kind, year):
    found = decide(route, workplace=school(phase, pupils, kind=kind, group=""), year=year)
    kept = found.inputs
    workplace = Workplace(*(kept[name] for name in ("urn", "kind", "group", "phase", "pupils")))
    again = decide(kept["route"], kept["level"], workplace, YEAR if kept["year"] else None)
    assert again == found
    assert found.support_pence in (0, 20000, 80000)
    assert not found.scholarship or (route == "scholarship" and kept["eligible"])


def test_every_code_has_its_words():
    assert set(rules.WORDS) == set(RouteReason)
    assert set(rules.SUPPORT_WORDS) == set(SupportReason)


def says(decision):
    return {reason.field: reason.text for reason in decision.reasons}


@pytest.mark.parametrize(
    ("bands", "fields"),
    [
        ({1: Band("Primary", 1, 150, 80000), 2: Band("Primary", 151, None, 20000)}, set()),
        ({1: Band("Primary", 1, 150, 80000), 4: Band("Primary", 150, None, 20000)}, {"from_4"}),
        ({1: Band("Primary", 1, None, 80000), 2: Band("Primary", 900, 901, 20000)}, {"from_2"}),
        ({1: Band("Primary", 1, 150, 80000), 2: Band("Secondary", 1, 600, 20000)}, set()),
        ({3: Band("Primary", 10, 5, 20000)}, {"to_3"}),
        ({1: Band("Primary", 1, 5, 0)}, {"pounds_1"}),
        ({1: Band("Primary", 1, 20_001, 100)}, {"to_1"}),
        ({}, set()),
    ],
)
def test_no_school_is_in_two_bands(bands, fields):
    assert set(says(rules.bands(bands))) == fields


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, set()),
        ({"code": "2024-26"}, {"code"}),
        ({"code": "2024/25"}, {"code"}),
        ({"code": "2099-00"}, set()),
        ({"code": "2023-24"}, {"code"}),
        ({"ends_on": date(2024, 9, 1)}, {"ends_on"}),
        ({"overlaps": "2023-24"}, {"starts_on"}),
        ({"source": " "}, {"source"}),
    ],
)
def test_another_year(change, fields):
    known = {
        "code": "2024-25",
        "known": {"2023-24"},
        "starts_on": date(2024, 9, 1),
        "ends_on": date(2025, 8, 31),
        "overlaps": "",
        "source": "The Department's guidance",
    }
    assert set(says(rules.new_year(**(known | change)))) == fields


def test_a_year_without_workplaces_is_refused():
    assert says(rules.workplaces([])) == {"kinds": "Enter at least one kind of workplace"}
    assert rules.workplaces(["Academies"]).allowed
