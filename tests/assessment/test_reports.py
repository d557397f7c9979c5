"""The feedback report: what stands in it, as words of the finished PDF, and that there is none before release."""

import io

import pytest
from pypdf import PdfReader

from assessment import reports
from assessment.models import Script
from core import clock
from documents import printing
from documents import reports as documents_reports
from frameworks import queries as frameworks
from tests.assessment import steps

pytestmark = pytest.mark.django_db


def words_of(script: Script) -> str:
    """The text of the PDF that the queue would make, line ends and all gone."""
    context = reports.build(script.reference, lambda step, steps: None)
    content = printing.pdf(
        "reports/feedback_report.html",
        {**context, "generated_at": clock.now(), "provider_name": "Harbour School Leadership"},
    )
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def test_the_report_holds_outcome_marks_and_every_feedback_and_not_the_assessor():
    scheme = frameworks.scheme(steps.task())
    script = steps.script_at("released", marks={scheme[0].code: 0})
    text = words_of(script)
    assert "You did not pass this time 26 of 28 marks." in text
    assert f"The mark is 0 for {scheme[0].code}." in text
    assert all(f"Seen on criterion {each.code}." in text for each in scheme)
    assert "A clear account. Follow the effect on pupils further." in text
    assert script.enrolment.participant.name in text
    assert script.markings.get().assessor.last_name not in text
    assert script.candidate_number not in text


def test_progress_is_told_and_the_builder_is_registered():
    script = steps.script_at("released")
    told: list[tuple[int, int]] = []
    reports.build(script.reference, lambda step, steps: told.append((step, steps)))
    assert told == [(1, 3), (2, 3)]
    assert documents_reports.find("feedback_report").build is reports.build


@pytest.mark.parametrize("state", ["started", "submitted", "allocated", "marked"])
def test_there_is_no_report_before_release(state):
    script = steps.script_at(state)
    with pytest.raises(Script.DoesNotExist):
        reports.build(script.reference, lambda step, steps: None)
