"""The report's pages for the person who asked, and how files are sent."""

from contextlib import closing

import pytest
from django.urls import reverse

from documents import services, views
from documents.models import ReportJob
from documents.policies import SUPPORTING, WRITE_UP
from documents.states import JobStatus
from tests.documents import made_reports
from tests.documents.builders import hostile
from tests.documents.test_anonymity import MARKER, word_file
from tests.documents.test_services import upload


@pytest.fixture
def job(person) -> ReportJob:
    return services.ask_for_report(by=person, report=made_reports.NAME, subject="SCR-ONE")


@pytest.fixture
def made(person, at_commit) -> ReportJob:
    with at_commit():
        job = services.ask_for_report(by=person, report=made_reports.NAME, subject="SCR-ONE")
    job.refresh_from_db()
    return job


def page(client, job, name="report"):
    return client.get(reverse(f"documents:{name}", args=[job.reference]))


def test_a_report_being_made_shows_how_far_it_is(client, person, job):
    client.force_login(person)
    services.start(job=job.pk)
    running = ReportJob.objects.get(pk=job.pk)
    services.tell_progress(job=running, step=1, steps=4)

    response = page(client, job)

    text = response.content.decode()
    assert response.status_code == 200
    assert "<h1" in text
    assert "Making your report" in text
    assert "Step 2 of 4." in text
    assert 'value="25"' in text
    assert f'data-progress-url="/reports/{job.reference}/status"' in text
    assert '<noscript> <meta http-equiv="refresh" content="5"> </noscript>' in " ".join(
        text.split()
    )


def test_the_status_says_how_far_it_is(client, person, job):
    client.force_login(person)

    assert page(client, job, "report_status").json() == {
        "percent": 0,
        "text": "Waiting for its turn.",
        "done": False,
        "url": f"/reports/{job.reference}/",
    }


def test_a_report_that_is_ready_can_be_downloaded(client, person, made):
    client.force_login(person)

    text = page(client, made).content.decode()
    assert "Your report is ready" in text
    assert f'href="/reports/{made.reference}/file"' in text
    assert f"PDF, {made.file.size / 1024:.1f}".rstrip("0").rstrip(".") in text
    assert "http-equiv" not in text
    assert page(client, made, "report_status").json() == {
        "percent": 100,
        "text": "Your report is ready.",
        "done": True,
        "url": f"/reports/{made.reference}/",
    }


def test_the_download_is_an_attachment_that_no_browser_runs(client, person, made):
    client.force_login(person)

    response = page(client, made, "report_file")

    content = b"".join(response.streaming_content)
    assert content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Practice report SCR-ONE.pdf\"; filename*=UTF-8''Practice%20report%20SCR-ONE.pdf"
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_file_before_it_is_ready_leads_back_to_the_page(client, person, job):
    client.force_login(person)

    response = page(client, job, "report_file")

    assert (response.status_code, response["Location"]) == (303, f"/reports/{job.reference}/")


@pytest.mark.parametrize("name", ["report", "report_status", "report_file"])
def test_nobody_else_knows_of_a_report(client, stranger, made, name):
    client.force_login(stranger)

    theirs = page(client, made, name)
    nobodys = client.get(reverse(f"documents:{name}", args=["REP-22222222"]))

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert made.reference not in theirs.content.decode().replace(theirs.request["PATH_INFO"], "")


@pytest.mark.parametrize("name", ["report", "report_status", "report_file"])
def test_without_signing_in_there_is_the_way_to_sign_in(client, made, name):
    response = page(client, made, name)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_failed_report_says_why_and_can_be_tried_again(client, person, at_commit):
    client.force_login(person)
    with at_commit():
        job = services.ask_for_report(by=person, report=made_reports.NAME, subject="SCR-REFUSED")

    text = page(client, job).content.decode()
    assert "Your report could not be made" in text
    assert "Your result has not been released yet." in text
    assert "Try again" in text
    status = page(client, job, "report_status").json()
    assert (status["done"], status["text"]) == (True, "Your report could not be made.")

    ReportJob.objects.filter(pk=job.pk).update(subject="SCR-ONE")
    with at_commit():
        response = client.post(reverse("documents:report", args=[job.reference]))
    assert (response.status_code, response["Location"]) == (302, f"/reports/{job.reference}/")
    job.refresh_from_db()
    assert job.status == JobStatus.READY


def test_trying_again_a_report_that_did_not_fail_is_the_wrong_moment(client, person, made):
    client.force_login(person)

    response = client.post(reverse("documents:report", args=[made.reference]))

    made.refresh_from_db()
    assert (response.status_code, made.status) == (409, JobStatus.READY)


def test_somebody_else_cannot_try_again(client, stranger, job):
    client.force_login(stranger)

    assert client.post(reverse("documents:report", args=[job.reference])).status_code == 404


def test_the_page_asks_for_its_report_once(client, person, made, django_assert_max_num_queries):
    client.force_login(person)

    with django_assert_max_num_queries(15) as asked:
        page(client, made)

    ours = [each["sql"] for each in asked.captured_queries if "documents_" in each["sql"]]
    assert len(ours) == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "Ann Boateng",
            "attachment; filename=\"Ann Boateng.docx\"; filename*=UTF-8''Ann%20Boateng.docx",
        ),
        ("Zoë.docx", "attachment; filename=\"Zo_.docx\"; filename*=UTF-8''Zo%C3%AB.docx"),
        ('a"\r\nX: b/c', "attachment; filename=\"aX: bc.docx\"; filename*=UTF-8''aX%3A%20bc.docx"),
    ],
)
def test_download_names_cannot_break_out(person, name, says):
    stored = services.store(by=person, upload=upload(), accepts=WRITE_UP)

    with closing(views.send(stored, name)) as response:
        assert response["Content-Disposition"] == says


def test_an_anonymous_download_does_not_name_its_writer(person):
    stored = services.store(by=person, upload=upload("w.docx", word_file()), accepts=SUPPORTING)

    response = views.send(stored, "Candidate 0042", anonymous=True)

    assert response["Content-Disposition"].startswith('attachment; filename="Candidate 0042.docx"')
    assert MARKER.encode() not in response.content
    assert response.content[:2] == b"PK"


def test_a_web_page_in_disguise_is_never_sent_as_one(person):
    content = hostile.HARMLESS["photo.png"] + b"<script>alert(1)</script>"
    stored = services.store(by=person, upload=upload("photo.png", content), accepts=SUPPORTING)

    with closing(views.send(stored, "photo")) as response:
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
