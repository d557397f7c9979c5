"""A letter as a PDF made by a real Celery worker, from the queue to the file (A9)."""

import io

import pytest
from pypdf import PdfReader

from applications.reports.letters import DECISION_LETTER
from core import clock
from core.templatetags.portal import uk_date
from documents import services as documents
from documents.states import JobStatus
from tests.applications import steps
from tests.worker import celery_worker_process, wait_for

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]
__all__ = ["celery_worker_process"]


def test_a_real_worker_makes_it(request):
    application = steps.application_at("declined")
    request.getfixturevalue("celery_worker_process")()
    job = documents.ask_for_report(
        by=application.applicant, report=DECISION_LETTER, subject=application.reference
    )

    def is_over() -> bool:
        job.refresh_from_db()
        return job.status in (JobStatus.READY, JobStatus.FAILED)

    wait_for(is_over)
    assert (job.status, job.trouble) == (JobStatus.READY, "")
    with open(job.file.content.path, "rb") as file:
        reader = PdfReader(io.BytesIO(file.read()))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Your application for NPQSL" in text
    assert "Lead a project across the whole school first." in text
    assert f"Dear {application.applicant.name}" in text
    assert f"Made by NPQ Portal on {uk_date(clock.today())}" in text
    assert reader.metadata.title.startswith("Your application for NPQSL: ")
