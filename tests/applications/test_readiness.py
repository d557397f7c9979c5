"""A7 as a truth table at every boundary, and the promise that the rule alone declines nobody (A9)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications import policies
from applications.policies import AGAINST, FOR, NOT_READY, Rule, readiness
from applications.states import APPLICATION, ApplicationStatus, Readiness

READY, BORDERLINE, NOT = Readiness.READY, Readiness.BORDERLINE, Readiness.NOT_READY
NAMES = [f"area {number}" for number in range(1, 7)]


def find(areas, behaviours, disputed=0, rule=policies.DEFAULT_RULE, verified=True):
    return readiness(
        dict(zip(NAMES, areas, strict=True)),
        {f"behaviour {number}": score for number, score in enumerate(behaviours, start=1)},
        NAMES[:disputed],
        rule,
        statements_verified=verified,
    )


GOOD_AREAS = (3, 3, 3, 3, 3, 3)
GOOD_BEHAVIOURS = (3, 3, 3, 3, 3, 3, 3)
MEAN_AT = (2, 2, 2, 3, 3, 3)
MEAN_UNDER = (2, 2, 2, 2, 3, 3)


@pytest.mark.parametrize(
    ("areas", "behaviours", "disputed", "expected", "fired"),
    [
        (GOOD_AREAS, GOOD_BEHAVIOURS, 0, READY, []),
        ((4,) * 6, (4,) * 7, 0, READY, []),
        # Behaviours: every one 2 or more, at most one is 2.
        (GOOD_AREAS, (2, 3, 3, 3, 3, 3, 3), 0, READY, []),
        (GOOD_AREAS, (2, 2, 3, 3, 3, 3, 3), 0, BORDERLINE, ["R2"]),
        (GOOD_AREAS, (2,) * 7, 0, BORDERLINE, ["R2"]),
        (GOOD_AREAS, (1, 3, 3, 3, 3, 3, 3), 0, BORDERLINE, ["R1"]),
        (GOOD_AREAS, (1, 2, 2, 3, 3, 3, 3), 0, BORDERLINE, ["R1", "R2"]),
        (GOOD_AREAS, (1, 1, 4, 4, 4, 4, 4), 0, NOT, ["R1", "N1"]),
        (GOOD_AREAS, (1,) * 7, 0, NOT, ["R1", "N1"]),
        # Areas: none is 1; three or more of 1 are not ready.
        ((1, 4, 4, 4, 4, 4), GOOD_BEHAVIOURS, 0, BORDERLINE, ["R3"]),
        ((1, 1, 4, 4, 4, 4), GOOD_BEHAVIOURS, 0, BORDERLINE, ["R3"]),
        ((1, 1, 1, 4, 4, 4), GOOD_BEHAVIOURS, 0, NOT, ["R3", "N2"]),
        # The mean self-score: exactly 2.5 is enough.
        (MEAN_AT, GOOD_BEHAVIOURS, 0, READY, []),
        (MEAN_UNDER, GOOD_BEHAVIOURS, 0, BORDERLINE, ["R4"]),
        ((2,) * 6, GOOD_BEHAVIOURS, 0, BORDERLINE, ["R4"]),
        # Disputes: none for ready; three are not ready.
        (GOOD_AREAS, GOOD_BEHAVIOURS, 1, BORDERLINE, ["R5"]),
        (GOOD_AREAS, GOOD_BEHAVIOURS, 2, BORDERLINE, ["R5"]),
        (GOOD_AREAS, GOOD_BEHAVIOURS, 3, NOT, ["R5", "N3"]),
        # Everything at once.
        ((1,) * 6, (1,) * 7, 6, NOT, ["R1", "R3", "R4", "R5", "N1", "N2", "N3"]),
    ],
)
def test_truth_table(areas, behaviours, disputed, expected, fired):
    verdict = find(areas, behaviours, disputed)
    assert verdict.readiness == expected
    assert [clause.code for clause in verdict.clauses if clause.side != FOR] == fired


def test_statements_not_confirmed_are_something_disputed():
    verdict = find(GOOD_AREAS, GOOD_BEHAVIOURS, verified=False)
    assert verdict.readiness == BORDERLINE
    assert [clause.code for clause in verdict.clauses if clause.side == AGAINST] == ["R6"]
    assert find(GOOD_AREAS, GOOD_BEHAVIOURS, 2, verified=False).readiness == BORDERLINE


def test_a_ready_one_lists_every_clause_for_it():
    verdict = find(GOOD_AREAS, GOOD_BEHAVIOURS)
    assert [(clause.code, clause.side) for clause in verdict.clauses] == [
        (code, FOR) for code in ("R1", "R2", "R3", "R4", "R5", "R6")
    ]


def test_clauses_name_areas_and_behaviours():
    texts = {
        clause.code: clause.text
        for clause in find((1, 1, 1, 4, 4, 4), (1, 1, 4, 4, 4, 4, 4)).clauses
    }
    assert texts["N1"] == "2 behaviours are scored 1: behaviour 1 and behaviour 2"
    assert texts["N2"] == "3 areas are scored 1: area 1, area 2 and area 3"
    assert texts["R4"] == "The mean self-score is 2.50, at least 2.5"


def test_another_version_of_the_rule_is_data():
    kinder = Rule(version=2, most_behaviours_at_floor=2, mean_score_tenths=20)
    verdict = find((2,) * 6, (2, 2, 3, 3, 3, 3, 3), rule=kinder)
    assert verdict.readiness == READY
    assert verdict.rule.as_data()["version"] == 2


@pytest.mark.parametrize(
    ("areas", "behaviours"),
    [({}, {"a": 3}), ({"a": 3}, {}), ({"a": 0}, {"b": 3}), ({"a": 3}, {"b": 5})],
)
def test_nothing_is_found_before_all_is_scored(areas, behaviours):
    with pytest.raises(ValueError, match="a score from 1 to 4"):
        readiness(areas, behaviours, [])


SCORES = st.integers(1, 4)


@given(
    areas=st.lists(SCORES, min_size=6, max_size=6),
    behaviours=st.lists(SCORES, min_size=7, max_size=7),
    disputed=st.integers(0, 6),
    verified=st.booleans(),
)
def test_the_rule_alone_never_declines(areas, behaviours, disputed, verified):
    """A9: whatever is scored, the way on leads to people, and the verdict follows from the clauses."""
    verdict = find(areas, behaviours, disputed, verified=verified)
    target = APPLICATION.target(
        policies.verb_after_signing(verdict.readiness), ApplicationStatus.WITH_SPONSOR
    )
    assert target in (ApplicationStatus.READY, ApplicationStatus.REFERRED)
    assert (target == ApplicationStatus.READY) == (verdict.readiness == READY)
    sides = {clause.side for clause in verdict.clauses}
    assert (verdict.readiness == NOT) == (NOT_READY in sides)
    assert (verdict.readiness == READY) == (sides == {FOR})


@given(
    areas=st.lists(SCORES, min_size=6, max_size=6),
    behaviours=st.lists(SCORES, min_size=7, max_size=7),
)
def test_better_scores_never_make_it_worse(areas, behaviours):
    order = [NOT, BORDERLINE, READY]
    now = order.index(find(areas, behaviours).readiness)
    better = find([min(each + 1, 4) for each in areas], behaviours).readiness
    assert order.index(better) >= now


# The rule once more, written from its text and not from the code: an oracle.


def oracle(areas, behaviours, disputed, verified, rule):
    """A7 in plain words, with the numbers of a rule: the readiness and the clauses that stand against."""
    against, not_ready = [], []
    if min(behaviours) < rule.behaviour_floor:
        against.append("R1")
    if behaviours.count(rule.behaviour_floor) > rule.most_behaviours_at_floor:
        against.append("R2")
    if min(areas) < rule.area_floor:
        against.append("R3")
    # Compared in whole numbers: the sum against so many tenths for each area (G2).
    if 10 * sum(areas) < rule.mean_score_tenths * len(areas):
        against.append("R4")
    if disputed > rule.most_disputes:
        against.append("R5")
    if not verified:
        against.append("R6")
    if behaviours.count(1) >= rule.not_ready_behaviours:
        not_ready.append("N1")
    if areas.count(1) >= rule.not_ready_areas:
        not_ready.append("N2")
    if disputed >= rule.not_ready_disputes:
        not_ready.append("N3")
    if not_ready:
        return NOT, against + not_ready
    return (BORDERLINE, against) if against else (READY, [])


def agrees_with_the_oracle(areas, behaviours, disputed, verified, rule):
    verdict = find(areas, behaviours, disputed, rule=rule, verified=verified)
    fired = [clause.code for clause in verdict.clauses if clause.side != FOR]
    assert (verdict.readiness, fired) == oracle(
        list(areas), list(behaviours), disputed, verified, rule
    )
    # Six clauses speak for or against, whatever is found, each with its words.
    assert [clause.code for clause in verdict.clauses][:6] == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert all(clause.text for clause in verdict.clauses)


RULES = st.builds(
    Rule,
    version=st.integers(2, 9),
    behaviour_floor=st.integers(1, 4),
    most_behaviours_at_floor=st.integers(0, 7),
    area_floor=st.integers(1, 4),
    mean_score_tenths=st.integers(10, 40),
    most_disputes=st.integers(0, 6),
    not_ready_behaviours=st.integers(1, 7),
    not_ready_areas=st.integers(1, 6),
    not_ready_disputes=st.integers(1, 6),
)


@settings(max_examples=400)
@given(
    areas=st.lists(SCORES, min_size=6, max_size=6),
    behaviours=st.lists(SCORES, min_size=7, max_size=7),
    disputed=st.integers(0, 6),
    verified=st.booleans(),
    rule=st.just(policies.DEFAULT_RULE) | RULES,
)
def test_every_score_is_found_as_the_rules_text_says(areas, behaviours, disputed, verified, rule):
    agrees_with_the_oracle(areas, behaviours, disputed, verified, rule)


def with_ones(number, size, other=4):
    return [1] * number + [other] * (size - number)


KINDER = Rule(
    version=2,
    behaviour_floor=3,
    most_behaviours_at_floor=3,
    area_floor=3,
    mean_score_tenths=32,
    most_disputes=2,
    not_ready_behaviours=3,
    not_ready_areas=2,
    not_ready_disputes=5,
)


@pytest.mark.parametrize("rule", [policies.DEFAULT_RULE, KINDER], ids=["default", "changed"])
class TestOneBelowAtAndOneAboveEachNumber:
    """For each number of the rule the scores just below it, at it and just above it (A7)."""

    def test_the_floor_of_behaviours(self, rule):
        for score in (rule.behaviour_floor - 1, rule.behaviour_floor, rule.behaviour_floor + 1):
            agrees_with_the_oracle(GOOD_AREAS, [score] + [4] * 6, 0, True, rule)
        below = find(GOOD_AREAS, [rule.behaviour_floor - 1] + [4] * 6, rule=rule)
        assert against(below) >= {"R1"}
        assert "R1" not in against(find(GOOD_AREAS, [rule.behaviour_floor] + [4] * 6, rule=rule))

    def test_how_many_behaviours_are_at_the_floor(self, rule):
        most = rule.most_behaviours_at_floor
        for number in (most - 1, most, most + 1):
            behaviours = [rule.behaviour_floor] * number + [4] * (7 - number)
            agrees_with_the_oracle(GOOD_AREAS, behaviours, 0, True, rule)
            assert ("R2" in against(find(GOOD_AREAS, behaviours, rule=rule))) == (number > most)

    def test_the_floor_of_areas(self, rule):
        for score in (rule.area_floor - 1, rule.area_floor, rule.area_floor + 1):
            areas = [score, 4, 4, 4, 4, 4]
            agrees_with_the_oracle(areas, (4,) * 7, 0, True, rule)
            assert ("R3" in against(find(areas, (4,) * 7, rule=rule))) == (score < rule.area_floor)

    def test_the_mean_self_score(self, rule):
        at = -(-rule.mean_score_tenths * 6 // 10)
        for total in (at - 1, at, at + 1):
            areas = [total // 6 + (number < total % 6) for number in range(6)]
            assert sum(areas) == total
            agrees_with_the_oracle(areas, (4,) * 7, 0, True, rule)
            assert ("R4" in against(find(areas, (4,) * 7, rule=rule))) == (total < at)

    def test_how_many_areas_are_disputed(self, rule):
        for disputed in (rule.most_disputes, rule.most_disputes + 1):
            agrees_with_the_oracle((4,) * 6, (4,) * 7, disputed, True, rule)
            found = against(find((4,) * 6, (4,) * 7, disputed, rule=rule))
            assert ("R5" in found) == (disputed > rule.most_disputes)

    @pytest.mark.parametrize("step", [-1, 0, 1])
    def test_not_ready_by_behaviours_areas_or_disputes(self, rule, step):
        cases = [
            ("N1", (4,) * 6, with_ones(rule.not_ready_behaviours + step, 7), 0),
            ("N2", with_ones(rule.not_ready_areas + step, 6), (4,) * 7, 0),
            ("N3", (4,) * 6, (4,) * 7, rule.not_ready_disputes + step),
        ]
        for code, areas, behaviours, disputed in cases:
            agrees_with_the_oracle(areas, behaviours, disputed, True, rule)
            verdict = find(areas, behaviours, disputed, rule=rule)
            assert (verdict.readiness == NOT) == (step >= 0)
            assert (code in against(verdict)) == (step >= 0)


def against(verdict):
    return {clause.code for clause in verdict.clauses if clause.side != FOR}
