"""Reports made by a real Celery worker, also when it is killed in the middle."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from core import clock
from core.models import AuditEntry
from documents import jobs, services
from documents.models import ReportJob, StoredFile
from documents.states import JobStatus
from tests.documents import made_reports
from tests.worker import wait_for

LOADS = ["tests.documents.made_reports"]


def ask(person, subject: str) -> ReportJob:
    return services.ask_for_report(by=person, report=made_reports.NAME, subject=subject)


def is_at(job: ReportJob, *statuses: str):
    def reached() -> bool:
        job.refresh_from_db()
        return job.status in statuses

    return reached


@pytest.mark.integration
def test_a_real_worker_makes_the_report(celery_worker_process, person, files_folder):
    celery_worker_process(loads=LOADS)

    job = ask(person, "SCR-REAL")
    wait_for(is_at(job, JobStatus.READY, JobStatus.FAILED))

    assert (job.status, job.attempts, job.trouble) == (JobStatus.READY, 1, "")
    with open(job.file.content.path, "rb") as file:
        reader = PdfReader(io.BytesIO(file.read()))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Every criterion was met – café." in text
    assert reader.metadata.title == "Practice report for SCR-REAL"
    assert len((files_folder / "runs").read_text().split()) == 1


@pytest.mark.integration
def test_progress_is_seen_while_the_worker_works(
    celery_worker_process, person, client, files_folder
):
    (files_folder / "hold").touch()
    celery_worker_process(loads=LOADS)
    client.force_login(person)

    job = ask(person, "SCR-HOLD")
    wait_for(lambda: ReportJob.objects.filter(pk=job.pk, step=1).exists())

    assert client.get(f"/reports/{job.reference}/status").json()["text"] == "Step 2 of 4."
    (files_folder / "hold").unlink()
    wait_for(is_at(job, JobStatus.READY))


@pytest.mark.integration
@pytest.mark.faults
def test_a_worker_killed_in_the_middle_is_replaced_and_the_report_made_once(
    celery_worker_process, person, files_folder
):
    (files_folder / "hold").touch()
    worker = celery_worker_process(loads=LOADS)
    job = ask(person, "SCR-HOLD")
    wait_for(lambda: ReportJob.objects.filter(pk=job.pk, step=1).exists())

    worker.kill()
    (files_folder / "hold").unlink()
    job.refresh_from_db()
    assert (job.status, job.step) == (JobStatus.RUNNING, 1)
    assert jobs.sweep() == 0, "it may still be alive as far as anyone knows"

    ReportJob.objects.update(alive_at=clock.now() - timedelta(minutes=2))
    celery_worker_process(loads=LOADS)
    assert jobs.sweep() == 1
    wait_for(is_at(job, JobStatus.READY, JobStatus.FAILED))

    assert (job.status, job.attempts) == (JobStatus.READY, 2)
    assert len((files_folder / "runs").read_text().split()) == 2
    assert StoredFile.objects.count() == 1
    kept = [each for each in (files_folder / "files").rglob("*") if each.is_file()]
    assert [str(each) for each in kept] == [job.file.content.path]
    happened = AuditEntry.objects.filter(object=job.reference).order_by("id")
    assert list(happened.values_list("event", flat=True)) == [
        "documents.report_asked",
        "documents.report_started",
        "documents.report_retried",
        "documents.report_started",
        "documents.report_finished",
    ]


@pytest.mark.integration
@pytest.mark.faults
def test_a_report_asked_for_while_no_worker_runs_is_made_when_one_starts(
    celery_worker_process, person
):
    job = ask(person, "SCR-LATER")
    assert job.status == JobStatus.WAITING

    celery_worker_process(loads=LOADS)

    wait_for(is_at(job, JobStatus.READY))
