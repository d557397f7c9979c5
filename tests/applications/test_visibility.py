"""Who sees which part (A6)."""

from applications.visibility import Part, Relation, parts


def test_the_applicant_never_sees_what_the_sponsor_scored_or_the_rule_found():
    hidden = {
        Part.SPONSOR_ANSWER,
        Part.READINESS,
        Part.CONTACTS,
        Part.DECISION_REASON,
        Part.NOTES,
    }
    assert parts(Relation.APPLICANT) == set(Part) - hidden


def test_the_sponsor_sees_what_the_applicant_wrote_and_their_own_answer():
    assert parts(Relation.SPONSOR) == {
        Part.FACTS,
        Part.SELF_SCORES,
        Part.STRENGTHS,
        Part.SPONSOR_ANSWER,
    }


def test_those_who_decide_see_all_but_a_moderator_no_notes_and_nobody_nothing():
    assert parts(Relation.ADMINISTRATOR) == set(Part)
    assert parts(Relation.MODERATOR) == set(Part) - {Part.NOTES}
    assert parts(Relation.NOBODY) == set()
