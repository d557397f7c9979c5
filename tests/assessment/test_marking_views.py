"""The assessor's pages: what they show under a candidate number, and what a save answers."""

import uuid

import pytest

from accounts.states import Role
from assessment import queries
from assessment.models import Outcome
from core.models import AuditEntry
from frameworks import queries as frameworks
from tests.assessment import steps
from tests.assessment.pages import address, page, summary, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def marking(db):
    return steps.marking_of(steps.script_at("allocated"))


def codes(marking):
    return [each.code for each in frameworks.scheme(marking.script.task)]


def test_the_list_says_how_much_waits_and_leads_to_the_next(marking, signed_in):
    client = signed_in(marking.assessor)
    shown = words(page(client.get(address("marking_list"))))
    assert f"1 script waits for you: {marking.script.words} words in all" in shown
    assert client.get(address("mark_next"))["Location"] == address("marking", marking.reference)
    idle = signed_in(steps.person(Role.ASSESSOR))
    assert "No script waits for you" in words(page(idle.get(address("marking_list"))))
    assert idle.get(address("mark_next"))["Location"] == address("marking_list")


def test_another_assessors_marking_does_not_exist(marking, signed_in):
    other = signed_in(steps.person(Role.ASSESSOR))
    code = codes(marking)[0]
    got = [
        other.get(address("marking", marking.reference)).status_code,
        other.get(address("marking_document", marking.reference, 1)).status_code,
        other.get(address("submit_marks", marking.reference)).status_code,
        other.post(address("save_mark", marking.reference, code), {"value": "1"}).status_code,
        other.post(address("write_feedback", marking.reference), {"feedback": "x"}).status_code,
    ]
    assert got == [404] * 5
    administrator = signed_in(steps.person(Role.ADMINISTRATOR))
    assert administrator.get(address("marking", marking.reference)).status_code == 404


def test_the_workspace_shows_one_criterion_beside_the_text(marking, signed_in):
    client = signed_in(marking.assessor)
    chosen = codes(marking)[1]
    shown = page(client.get(address("marking", marking.reference) + f"?criterion={chosen}"))
    assert words(shown.xpath("//*[@data-panel-title]")[0]).startswith(chosen)
    assert len(shown.xpath("//nav[@aria-label='Criteria']//li")) == 14
    assert shown.xpath("//*[@data-script-text]//h2/text()")[0] == "What we did"
    assert shown.xpath("//input[@name='value'][@checked]/@value") == [""]
    first = page(client.get(address("marking", marking.reference)))
    assert words(first.xpath("//*[@data-panel-title]")[0]).startswith(codes(marking)[0])
    nowhere = client.get(address("marking", marking.reference) + "?criterion=9.9.9")
    assert nowhere.status_code == 404


def test_the_panel_alone_is_a_part_of_the_page(marking, signed_in):
    client = signed_in(marking.assessor)
    part = client.get(address("marking", marking.reference), headers={"x-part": "panel"})
    text = part.content.decode()
    assert "<html" not in text
    assert "data-script-text" not in text
    assert "data-panel-title" in text


def post_mark(client, marking, code, *, script=False, **data):
    headers = {"accept": "application/json"} if script else {}
    return client.post(address("save_mark", marking.reference, code), data, headers=headers)


def test_a_save_by_the_page_answers_with_its_time_version_and_cell(marking, signed_in):
    client = signed_in(marking.assessor)
    code = codes(marking)[0]
    answer = post_mark(client, marking, code, script=True, value="1", confidence="just", version=0)
    told = answer.json()
    assert told["cell"] == {"sign": "1", "state": "given just", "label": f"{code}: mark 1, just"}
    assert told["version"] == 1
    assert told["saved"].startswith("Saved at ")
    shown = page(client.get(address("marking", marking.reference) + f"?criterion={code}"))
    assert words(shown.xpath("//*[@data-saved]")[0]) == told["saved"]


def test_a_save_by_the_button_goes_on_to_the_next(marking, signed_in):
    client = signed_in(marking.assessor)
    first, second = codes(marking)[:2]
    answer = post_mark(client, marking, first, value="2", reason="Good", version=0, then=second)
    assert answer["Location"] == address("marking", marking.reference) + f"?criterion={second}"
    assert queries.marks_of(marking)[0].value == 2


@pytest.mark.parametrize("value", ["3", "-1", "two", "1.5", "00"])
def test_a_mark_outside_0_to_2_by_hand_writes_nothing(value, marking, signed_in):
    client = signed_in(marking.assessor)
    code = codes(marking)[0]
    before = AuditEntry.objects.count()
    by_hand = post_mark(client, marking, code, value=value, reason="R", version=0)
    assert by_hand.status_code == 422
    assert summary(by_hand) == [("A mark is 0, 1 or 2", "#id_value_0")]
    assert page(by_hand).xpath("//textarea[@id='id_reason']/text()")[0].strip() == "R"
    by_script = post_mark(client, marking, code, script=True, value=value, reason="R")
    assert by_script.status_code == 422
    assert by_script.json() == {"errors": {"value": ["A mark is 0, 1 or 2"]}}
    assert set(marking.marks.values_list("value", "reason")) == {(None, "")}
    assert AuditEntry.objects.count() == before


def test_a_0_needs_its_reason(marking, signed_in):
    client = signed_in(marking.assessor)
    answer = post_mark(client, marking, codes(marking)[0], value="0", version=0)
    assert answer.status_code == 422
    assert summary(answer) == [("Say why the mark is 0", "#id_reason")]


def test_a_stale_save_shows_both_and_saving_again_takes_what_was_typed(marking, signed_in):
    client = signed_in(marking.assessor)
    code = codes(marking)[0]
    post_mark(client, marking, code, value="1", reason="First", version=0)
    stale = post_mark(client, marking, code, value="2", reason="Second", version=0)
    assert stale.status_code == 409
    conflict = words(page(stale).xpath("//*[contains(@class, 'marking-conflict')]")[0])
    assert "Mark 1, secure. First" in conflict
    assert "Mark 2, secure. Second" in conflict
    assert queries.marks_of(marking)[0].reason == "First"
    version = page(stale).xpath("//form[@data-mark-form]//input[@name='version']/@value")[0]
    post_mark(client, marking, code, value="2", reason="Second", version=version)
    assert queries.marks_of(marking)[0].reason == "Second"
    by_script = post_mark(client, marking, code, script=True, value="1", reason="Third", version=0)
    assert by_script.status_code == 409
    assert (by_script.json()["theirs"]["reason"], by_script.json()["yours"]["reason"]) == (
        "Second",
        "Third",
    )


def test_stale_feedback_shows_both(marking, signed_in):
    client = signed_in(marking.assessor)
    where = address("write_feedback", marking.reference)
    client.post(where, {"feedback": "First", "version": 0})
    stale = client.post(where, {"feedback": "Second", "version": 0})
    assert stale.status_code == 409
    conflict = words(page(stale).xpath("//*[contains(@class, 'marking-conflict')]")[0])
    assert "First" in conflict
    assert "Second" in conflict


def test_submitting_with_blanks_lists_each_with_a_link(marking, signed_in):
    client = signed_in(marking.assessor)
    answer = client.post(address("submit_marks", marking.reference))
    assert answer.status_code == 422
    assert summary(answer) == [
        (f"Mark criterion {code}", f"#mark-{code}") for code in codes(marking)
    ]
    assert not Outcome.objects.exists()


def test_submitting_the_marks_ends_the_marking(marking, signed_in):
    client = signed_in(marking.assessor)
    steps.mark_all(marking)
    data = {"idempotency_key": str(uuid.uuid4())}
    for _ in range(2):
        answer = client.post(address("submit_marks", marking.reference), data)
        assert answer["Location"] == address("marking_list")
    assert Outcome.objects.get().total == 28
    late = post_mark(client, marking, codes(marking)[0], script=True, value="1", version=1)
    assert late.status_code == 409
    assert late.json() == {"message": "These marks have been submitted, so they cannot be changed."}
    shown = page(client.get(address("marking", marking.reference)))
    assert not shown.xpath("//form[@data-autosave]")
    assert "They cannot be changed." in words(shown)


def test_what_lies_over_the_limit_is_greyed_and_said(signed_in):
    long = steps.docx(" ".join(["word"] * 5100))
    marking = steps.marking_of(steps.script_at("allocated", write_up=long))
    shown = page(signed_in(marking.assessor).get(address("marking", marking.reference)))
    over = marking.script.words - 5000
    assert f"the last {over} words are not marked" in words(shown)
    assert len(shown.xpath("//*[@class='beyond-limit']")) == 1
