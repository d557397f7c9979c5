"""Pages: what they say and keep, out of scope 404, not allowed 403, wrong moment 409, refusals 422 with words."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.states import Role
from assessment import services
from assessment.models import Marking, Outcome, Script
from core.models import AuditEntry
from documents.models import ReportJob, StoredFile
from frameworks import queries as frameworks
from frameworks.models import PassMark
from tests.assessment import steps
from tests.assessment.pages import address, page, summary, words

pytestmark = pytest.mark.django_db


# The participant


def test_a_participant_starts_and_finds_the_task_in_its_place(signed_in):
    enrolment = steps.enrolment()
    client = signed_in(enrolment.participant)
    start = address("start", enrolment.reference, 1)
    assert "Raw data analysis" in words(page(client.get(start)))
    key = str(uuid.uuid4())
    first = client.post(start, {"idempotency_key": key})
    again = client.post(start, {"idempotency_key": key})
    script = Script.objects.get()
    assert (first["Location"], again["Location"]) == (address("workspace", script.reference),) * 2
    listed = page(client.get(address("tasks")))
    assert listed.xpath("//a[contains(@class, 'task-list__link')]/@href") == [
        address("workspace", script.reference)
    ]


def test_the_workspace_says_what_is_there_and_what_is_not(signed_in):
    enrolment = steps.enrolment()
    script = services.start(by=enrolment.participant, enrolment=enrolment, task=steps.task())
    client = signed_in(enrolment.participant)
    empty = words(page(client.get(address("workspace", script.reference))))
    assert "You have put 0 of 8 files here." in empty
    assert "Check and submit" not in empty
    ready = steps.script_at("started")
    full = page(signed_in(ready.enrolment.participant).get(address("workspace", ready.reference)))
    assert full.xpath("//a[normalize-space()='Check and submit']/@href") == [
        address("submit", ready.reference)
    ]
    assert "Every document the task asks for (7 of 7)" in words(full)


BAD_UPLOADS = {
    "none": (None, "Choose a file"),
    "empty": (b"", "The file you chose is empty. Choose another one"),
    "wrong type": (("notes.txt", b"Some words"), "The write-up must be a Word document"),
    "mislabelled": (("work.docx", b"%PDF-1.7 not a Word file"), ""),
}


@pytest.mark.parametrize("kind", BAD_UPLOADS)
def test_a_bad_upload_keeps_the_page_and_writes_nothing(kind, signed_in):
    script = steps.script_at("started")
    client = signed_in(script.enrolment.participant)
    bad, words_said = BAD_UPLOADS[kind]
    before = (StoredFile.objects.count(), AuditEntry.objects.count(), script.write_up_id)
    name, content = bad if isinstance(bad, tuple) else ("work.docx", bad)
    data = {} if content is None else {"upload": SimpleUploadedFile(name, content)}
    response = client.post(address("attach_write_up", script.reference), data)
    assert response.status_code == 422
    ((text, href),) = summary(response)
    assert href == "#id_upload"
    assert words_said in text
    assert page(response).findtext(".//title").startswith("Error: Your write-up")
    after = steps.fresh(script)
    assert (StoredFile.objects.count(), AuditEntry.objects.count(), after.write_up_id) == before


def test_an_over_sized_upload_is_refused_with_the_size(signed_in, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    script_settings = settings.UPLOAD_MAX_BYTES
    settings.UPLOAD_MAX_BYTES = 20 * 1024 * 1024
    script = steps.script_at("started")
    settings.UPLOAD_MAX_BYTES = script_settings
    client = signed_in(script.enrolment.participant)
    before = StoredFile.objects.count()
    response = client.post(
        address("attach_document", script.reference, 1), {"upload": steps.docx("Large")}
    )
    assert response.status_code == 422
    ((text, href),) = summary(response)
    assert href == "#id_upload"
    assert "KB" in text or "MB" in text or "bytes" in text
    assert StoredFile.objects.count() == before


def test_a_good_upload_says_how_many_words_were_counted(signed_in):
    script = steps.script_at("started")
    client = signed_in(script.enrolment.participant)
    response = client.post(
        address("attach_write_up", script.reference),
        {"upload": steps.docx("One two three")},
        follow=True,
    )
    fresh = steps.fresh(script)
    assert f"Your write-up is here: {fresh.words} words counted, within the limit." in words(
        page(response)
    )


def test_submitting_twice_with_one_form_makes_one_submission(signed_in):
    script = steps.script_at("started")
    writer = script.enrolment.participant
    client = signed_in(writer)
    data = {"idempotency_key": str(uuid.uuid4()), "own_work": "on", "signed_name": writer.name}
    answers = [client.post(address("submit", script.reference), data) for _ in range(2)]
    assert {each["Location"] for each in answers} == {address("receipt", script.reference)}
    assert AuditEntry.objects.filter(event="assessment.submitted").count() == 1
    without_key = client.post(
        address("submit", script.reference), {"own_work": "on", "signed_name": writer.name}
    )
    assert without_key.status_code == 409


def test_an_unsigned_declaration_keeps_what_was_typed(signed_in):
    script = steps.script_at("started")
    client = signed_in(script.enrolment.participant)
    response = client.post(address("submit", script.reference), {"signed_name": "Ngozi W"})
    assert response.status_code == 422
    assert summary(response) == [("Confirm that this is your own work", "#id_own_work")]
    assert page(response).xpath("//input[@id='id_signed_name']/@value") == ["Ngozi W"]
    assert steps.fresh(script).submitted_at is None


def test_the_receipt_shows_every_file_with_its_hash_and_both_times(signed_in):
    script = steps.script_at("submitted")
    shown = words(
        page(signed_in(script.enrolment.participant).get(address("receipt", script.reference)))
    )
    assert all(each["sha256"] in shown for each in script.snapshot)
    assert "Started" in shown
    assert "by the server’s clock" in shown
    assert f"{script.words} of 5,000, by counter version {script.counter_version}" in shown


def test_somebody_elses_script_does_not_exist(signed_in):
    script = steps.script_at("released")
    stranger = signed_in(steps.person(Role.PARTICIPANT))
    names = ("workspace", "attach_write_up", "submit", "receipt", "result", "record", "allocate")
    got = {name: stranger.get(address(name, script.reference)).status_code for name in names}
    assert got == dict.fromkeys(names, 404)
    nowhere = {name: stranger.get(address(name, "SCR-NOWHERE2")).status_code for name in names}
    assert nowhere == got


def test_an_anonymous_visitor_is_sent_to_sign_in():
    for name in ("tasks", "scripts", "release", "marking_list", "mark_next"):
        assert Client().get(address(name))["Location"].startswith(reverse("account_login"))


def test_before_release_the_result_page_says_when_and_shows_no_mark(signed_in):
    script = steps.script_at("marked", feedback="Unreleased words")
    client = signed_in(script.enrolment.participant)
    shown = words(page(client.get(address("result", script.reference))))
    assert "Your result is not there yet" in shown
    assert "Unreleased words" not in shown
    assert "28" not in shown.replace(script.reference, "").replace("2028", "")
    refused = client.post(address("result_report", script.reference))
    assert refused.status_code == 409
    assert not ReportJob.objects.exists()


def test_a_result_gives_outcome_marks_reasons_and_what_comes_next(signed_in):
    scheme = frameworks.scheme(steps.task())
    failed = steps.script_at("released", marks={scheme[2].code: 0})
    shown = page(signed_in(failed.enrolment.participant).get(address("result", failed.reference)))
    text = words(shown)
    assert "You did not pass this time" in text
    assert f"The mark is 0 for {scheme[2].code}. Every criterion needs at least 1." in text
    assert "2 more attempts" in text
    assert failed.outcome.script.markings.get().assessor.last_name not in text
    marks = shown.xpath("//div[contains(@class, 'result-mark__words')]")
    assert len(marks) == 14
    assert f"Seen on criterion {scheme[2].code}." in text
    passed = steps.script_at("released")
    text = words(
        page(signed_in(passed.enrolment.participant).get(address("result", passed.reference)))
    )
    assert "You passed" in text
    assert "recommends you for the award" in text


def test_asking_for_the_report_leads_to_its_page(signed_in):
    script = steps.script_at("released")
    client = signed_in(script.enrolment.participant)
    response = client.post(
        address("result_report", script.reference), {"idempotency_key": str(uuid.uuid4())}
    )
    job = ReportJob.objects.get()
    assert response["Location"] == reverse("documents:report", args=[job.reference])
    assert (job.report, job.subject) == ("feedback_report", script.reference)


# The administrator


def test_the_list_filters_by_its_address_and_says_when_nothing_fits(signed_in):
    submitted, allocated = steps.script_at("submitted"), steps.script_at("allocated")
    client = signed_in(steps.person(Role.ADMINISTRATOR))
    only = page(client.get("/scripts/?status=submitted&level=NPQSL"))
    rows = only.xpath("//tbody/tr/th")
    assert [words(row) for row in rows] == [submitted.candidate_number]
    assert only.xpath("//select[@name='status']/option[@selected]/@value") == ["submitted"]
    both = {words(row) for row in page(client.get("/scripts/")).xpath("//tbody/tr/th")}
    assert both == {submitted.candidate_number, allocated.candidate_number}
    assert "No script fits" in words(page(client.get("/scripts/?level=NPQEL")))
    assert client.get("/scripts/?status=nonsense&before=nothing").status_code == 200


def test_only_administrators_list_allocate_and_release(signed_in):
    script = steps.script_at("submitted")
    for role in (Role.ASSESSOR, Role.PARTICIPANT, Role.QUALITY_AGENT, Role.MODERATOR):
        client = signed_in(steps.person(role))
        got = [client.get(address(name)).status_code for name in ("scripts", "release")]
        got.append(client.get(address("allocate", script.reference)).status_code)
        assert got == [403, 403, 404], role


def test_allocation_offers_only_those_without_a_tie_and_says_who_is_left_out(signed_in):
    school = steps.school()
    tied = steps.person(Role.ASSESSOR, last_name="Tied")
    steps.enrolment("NPQML", participant=tied, school=school)
    free = steps.person(Role.ASSESSOR, last_name="Free")
    script = steps.script_at("submitted", of=steps.enrolment(school=school))
    client = signed_in(steps.person(Role.ADMINISTRATOR))
    shown = page(client.get(address("allocate", script.reference)))
    assert shown.xpath("//input[@name='assessor']/@value") == [free.reference]
    assert "Ngozi Tied: They are tied to the participant’s school" in words(shown)
    forged = client.post(address("allocate", script.reference), {"assessor": tied.reference})
    assert (forged.status_code, Marking.objects.count()) == (422, 0)
    nobody = client.post(address("allocate", script.reference), {})
    assert [text for text, _ in summary(nobody)] == ["Choose an assessor"]
    data = {"assessor": free.reference, "idempotency_key": str(uuid.uuid4())}
    for _ in range(2):
        response = client.post(address("allocate", script.reference), data)
        assert response["Location"] == address("scripts")
    assert Marking.objects.get().assessor == free


def test_a_release_of_nothing_says_so_and_one_of_some_releases_them(signed_in):
    first, second = steps.script_at("marked"), steps.script_at("marked")
    client = signed_in(steps.person(Role.ADMINISTRATOR))
    nothing = client.post(address("release"), {})
    assert nothing.status_code == 422
    assert summary(nothing) == [("Choose at least one script to release", "#id_scripts_0")]
    forged = steps.script_at("submitted")
    wrong = client.post(address("release"), {"scripts": [first.reference, forged.reference]})
    assert wrong.status_code == 422
    assert steps.fresh(first).status == "marked"
    client.post(address("release"), {"scripts": [first.reference]})
    assert (steps.fresh(first).status, steps.fresh(second).status) == ("released", "marked")


def test_a_missing_pass_mark_is_said_where_it_holds_things_up(signed_in):
    script = steps.script_at("allocated", level="NPQML")
    PassMark.objects.filter(task=script.task).delete()
    marking = steps.marking_of(script)
    steps.mark_all(marking)
    services.submit_marks(by=marking.assessor, marking=marking)
    client = signed_in(steps.person(Role.ADMINISTRATOR))
    for name in ("scripts", "release"):
        assert "NPQML task 1" in words(page(client.get(address(name))))
    refused = client.post(address("compute", script.reference))
    assert refused.status_code == 422
    PassMark.objects.create(task=script.task, value=16, source="Handbook")
    client.post(address("compute", script.reference))
    assert Outcome.objects.get().pass_mark == 16


def test_the_record_shows_marks_to_an_administrator_only_once_they_are_submitted(signed_in):
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    steps.mark_all(marking)
    client = signed_in(steps.person(Role.ADMINISTRATOR))
    before = words(page(client.get(address("record", script.reference))))
    assert "Seen on criterion" not in before
    assert script.enrolment.participant.name in before
    services.submit_marks(by=marking.assessor, marking=marking)
    after = words(page(client.get(address("record", script.reference))))
    assert after.count("Seen on criterion") == 14


def test_a_quality_agent_reads_released_records_without_the_name(signed_in):
    released, marked = steps.script_at("released"), steps.script_at("marked")
    client = signed_in(steps.person(Role.QUALITY_AGENT))
    shown = words(page(client.get(address("record", released.reference))))
    assert released.enrolment.participant.last_name not in shown
    assert released.enrolment.school.name not in shown
    assert shown.count("Seen on criterion") == 14
    assert client.get(address("record", marked.reference)).status_code == 404
