"""The rules of section 5 as pure functions: outcome, checklist, allocation, marks, names and dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import policies
from assessment.policies import ConflictFacts, SubmissionFacts

CODES = [f"{area}.2.{number}" for area in range(1, 8) for number in (1, 2)]
VECTORS = st.lists(st.sampled_from([0, 1, 2]), min_size=14, max_size=14)
WITH_BLANKS = st.lists(st.sampled_from([0, 1, 2, None]), min_size=1, max_size=21)
TODAY = date(2027, 3, 12)


def marks(values):
    return dict(zip(CODES, values, strict=True))


def named(values):
    return {f"c{number}": value for number, value in enumerate(values)}


# S11


@given(VECTORS)
def test_passed_exactly_when_no_mark_is_0_and_the_total_reaches_the_pass_mark(values):
    decision = policies.outcome(marks(values), 20)
    assert decision.passed is (0 not in values and sum(values) >= 20)
    assert decision.total == sum(values)
    assert decision.reasons


@given(VECTORS, st.integers(0, 13))
def test_raising_a_mark_never_turns_a_pass_into_a_fail(values, place):
    before = policies.outcome(marks(values), 20)
    raised = [*values]
    raised[place] = min(raised[place] + 1, 2)
    assert not (before.passed and not policies.outcome(marks(raised), 20).passed)


@given(st.permutations([2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1]))
def test_the_order_of_criteria_does_not_matter(values):
    assert policies.outcome(marks(values), 20).passed is True


@given(WITH_BLANKS.filter(lambda values: None in values), st.integers(1, 40))
def test_a_blank_is_never_a_0_and_leaves_everything_open(values, pass_mark):
    decision = policies.outcome(named(values), pass_mark)
    assert (decision.passed, decision.total) == (None, None)
    assert all("The mark is 0" not in reason for reason in decision.reasons)


@given(VECTORS)
def test_without_a_pass_mark_there_is_no_outcome_not_even_a_fail(values):
    decision = policies.outcome(marks(values), None)
    assert decision.passed is None
    assert decision.reasons == ("The pass mark of this task has not been entered.",)


def test_20_of_28_passes_and_19_fails():
    twenty = [2] * 6 + [1] * 8
    nineteen = [2] * 5 + [1] * 9
    assert policies.outcome(marks(twenty), 20) == policies.OutcomeDecision(
        True, 20, ("The total is 20, the pass mark is 20, and no mark is 0.",)
    )
    assert policies.outcome(marks(nineteen), 20) == policies.OutcomeDecision(
        False, 19, ("The total is 19. The pass mark is 20.",)
    )


def test_one_0_fails_at_26_of_28_and_both_reasons_are_listed_where_both_hold():
    one_zero = policies.outcome(marks([0] + [2] * 13), 20)
    assert (one_zero.passed, one_zero.total) == (False, 26)
    assert one_zero.reasons == ("The mark is 0 for 1.2.1. Every criterion needs at least 1.",)
    both = policies.outcome(marks([0, 0] + [1] * 12), 20)
    assert both.reasons == (
        "The mark is 0 for 1.2.1 and 1.2.2. Every criterion needs at least 1.",
        "The total is 12. The pass mark is 20.",
    )


def test_no_marks_at_all_are_no_outcome():
    assert policies.outcome({}, 20) == policies.OutcomeDecision(
        None, None, ("No criterion has been marked.",)
    )


@pytest.mark.parametrize(
    ("results", "level"),
    [
        ([True], True),
        ([False], False),
        ([True, True], True),
        ([True, False], False),
        ([False, None], None),
        ([True, None], None),
        ([], None),
    ],
)
def test_a_level_is_passed_when_every_task_is(results, level):
    assert policies.level_result(results) is level


# S1 to S3


def facts(**changes):
    known = {
        "taking_part": True,
        "words": 4000,
        "word_limit": 5000,
        "required": ("Budget", "Plan"),
        "supplied": frozenset({"Budget", "Plan"}),
        "deadline": TODAY + timedelta(days=9),
        "today": TODAY,
    }
    return SubmissionFacts(**(known | changes))


def unmet(**changes):
    return [each.why for each in policies.checklist(facts(**changes)) if not each.met]


def test_everything_there_may_be_submitted():
    assert unmet() == []
    assert policies.submission(facts(), signed_name="Ada Obi").allowed


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"taking_part": False},
            "Your enrolment shows that you are not taking part at the moment. Ask your provider to put this right.",
        ),
        ({"words": 0}, "Your write-up holds no words that count. Upload another one."),
        ({"supplied": frozenset({"Plan"})}, "Still to upload: Budget."),
        ({"supplied": frozenset()}, "Still to upload: Budget and Plan."),
        (
            {"deadline": TODAY - timedelta(days=1)},
            "The last day to submit was 11 March 2027. Ask your provider about an extension.",
        ),
        ({"deadline": None}, "Your last day to submit is set once you start taking part."),
    ],
)
def test_each_condition_holds_the_work_back_and_says_why(changes, why):
    assert unmet(**changes) == [why]
    decision = policies.submission(facts(**changes), signed_name="Ada Obi")
    assert [reason.text for reason in decision.reasons] == [why]


def test_without_a_write_up_its_words_are_still_to_be_counted():
    assert unmet(words=None) == [
        "Upload your write-up.",
        "Counted when you upload your write-up.",
    ]


def test_the_last_day_itself_is_in_time():
    assert policies.submission(facts(deadline=TODAY), signed_name="Ada Obi").allowed


def test_too_many_words_warn_and_never_refuse():
    over = facts(words=5001)
    line = next(each for each in policies.checklist(over) if each.rule == "S3")
    assert (line.met, line.warning) == (False, True)
    assert line.why == (
        "5,001 words counted. You can submit, but your assessor stops reading after word 5,000: "
        "the last 1 word will not be marked."
    )
    assert policies.submission(over, signed_name="Ada Obi").allowed


def test_the_declaration_needs_a_name():
    decision = policies.submission(facts(), signed_name="  ")
    assert [(each.field, each.rule) for each in decision.reasons] == [("signed_name", "S1")]


@given(st.integers(0, 9000), st.integers(1, 9000))
def test_words_over_are_what_lies_after_the_limit(words, limit):
    over = policies.words_over(words, limit)
    assert over == (words - limit if words > limit else 0)


@pytest.mark.parametrize(
    ("earlier", "allowed"),
    [
        ([], True),
        ([False], True),
        ([False, False], True),
        ([False, False, False], False),
        ([None], False),
        ([False, None], False),
        ([True], False),
    ],
)
def test_another_attempt_only_after_a_fail_and_at_most_three(earlier, allowed):
    assert policies.next_attempt(earlier, most=3).allowed is allowed


# S5, S6


def test_the_answer_is_due_84_days_after_the_next_marking_point():
    points = [date(2027, 1, 10), date(2027, 4, 10), date(2027, 7, 10)]
    assert policies.answer_due(TODAY, points) == date(2027, 7, 3)
    assert policies.answer_due(date(2027, 4, 10), points) == date(2027, 7, 3)
    assert policies.answer_due(TODAY, []) == TODAY + timedelta(days=84)


def test_files_are_named_as_the_handbook_says():
    name = policies.file_name("Joe Bloggs", "NPQSL", "Raw data analysis", ".docx", position=1)
    assert name == "Joe Bloggs_NPQSL_Appendix A_Raw data analysis.docx"
    assert (
        policies.file_name("48213-7", "NPQSL", "Write-up", "odt", position=None)
        == "48213-7_NPQSL_Write-up.odt"
    )


# S8, S10


def test_each_tie_is_a_conflict_of_its_own():
    assert policies.conflict(ConflictFacts()).allowed
    ties = ["is_participant", "is_sponsor", "same_school", "marked_earlier_attempt"]
    found = [policies.conflict(ConflictFacts(**{tie: True})).reasons for tie in ties]
    assert [len(each) for each in found] == [1, 1, 1, 1]
    assert len({each[0].text for each in found}) == 4
    assert len(policies.conflict(ConflictFacts(True, True, True, True)).reasons) == 4


@given(st.integers() | st.none(), st.text())
def test_a_mark_is_0_1_or_2_or_blank_and_a_0_needs_a_reason(value, reason):
    allowed = value in (None, 1, 2) or (value == 0 and bool(reason.strip()))
    assert policies.mark(value, reason).allowed is allowed


def test_a_criterion_of_another_task_is_not_marked():
    assert [each.rule for each in policies.mark(1, "", in_task=False).reasons] == ["F4"]


@given(WITH_BLANKS)
def test_marks_are_submitted_only_when_none_is_blank_and_each_blank_is_named(values):
    decision = policies.submitting_marks(named(values))
    assert [each.field for each in decision.reasons] == [
        f"mark-{code}" for code, value in named(values).items() if value is None
    ]
