"""Files are kept whole or not at all; reports are asked for once and made once."""

import hashlib
import os
import pathlib
import stat
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from core import clock
from core.errors import Refused, WrongMoment
from core.models import AuditEntry, OutboxMessage
from documents import jobs, reading, services, storage
from documents.models import ReadText, ReportJob, StoredFile
from documents.policies import SUPPORTING, WRITE_UP
from documents.states import JobStatus
from tests.documents import made_reports
from tests.documents.builders import hostile
from tests.documents.builders.word import docx, p

WORK = docx(p("one two three"))


def upload(name: str = "My work.docx", content: bytes = WORK) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def files_kept(folder) -> list[str]:
    return sorted(
        os.path.relpath(os.path.join(where, name), folder / "files")
        for where, _, names in os.walk(folder / "files")
        for name in names
    )


def what_happened(thing) -> list[str]:
    return list(
        AuditEntry.objects.filter(object=thing.reference)
        .order_by("id")
        .values_list("event", flat=True)
    )


def test_a_file_is_kept_under_a_random_name_for_its_owner_only(person, files_folder):
    stored = services.store(by=person, upload=upload(), accepts=WRITE_UP)

    path = stored.content.path
    assert (stored.name, stored.extension, stored.size) == ("My work.docx", ".docx", len(WORK))
    assert stored.sha256 == hashlib.sha256(WORK).hexdigest()
    assert stored.stored_by == person
    assert pathlib.Path(path).read_bytes() == WORK
    assert "work" not in stored.content.name
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert files_kept(files_folder) == [stored.content.name]
    assert what_happened(stored) == ["documents.file_stored"]


def test_a_write_up_is_read_at_once(person):
    stored = services.store(by=person, upload=upload(), accepts=WRITE_UP)

    assert ReadText.objects.get(file=stored).words["total"] == 3
    assert reading.count_words(stored).total == 3


def test_a_page_is_made_once_for_each_limit(person, django_assert_num_queries):
    stored = services.store(by=person, upload=upload(), accepts=WRITE_UP)
    first = reading.as_html(stored, limit=2)
    os.remove(stored.content.path)

    with django_assert_num_queries(1):
        again = reading.as_html(stored, limit=2)

    assert again == first
    assert again.html.startswith("<p>one two</p>")
    assert ReadText.objects.filter(file=stored).count() == 2


def test_the_same_content_twice_is_two_files(person, files_folder):
    one = services.store(by=person, upload=upload(), accepts=WRITE_UP)
    two = services.store(by=person, upload=upload(), accepts=WRITE_UP)

    assert one.sha256 == two.sha256
    assert files_kept(files_folder) == sorted([one.content.name, two.content.name])


@pytest.mark.parametrize("case", ["empty", "macros by part", "a zip bomb", "half a document"])
def test_a_refused_file_leaves_nothing(person, files_folder, case):
    name, content, sentence = hostile.HOSTILE[case]

    with pytest.raises(Refused) as refusal:
        services.store(by=person, upload=upload(name, content), accepts=SUPPORTING, field="upload")

    assert [(r.text, r.field) for r in refusal.value.reasons] == [(sentence, "upload")]
    assert (StoredFile.objects.count(), files_kept(files_folder)) == (0, [])
    assert not AuditEntry.objects.filter(event__startswith="documents.").exists()


def test_a_document_that_cannot_be_read_leaves_nothing(person, files_folder):
    content = hostile.with_part("word/document.xml", "<not-a-document/>")

    with pytest.raises(Refused) as refusal:
        services.store(by=person, upload=upload("a.docx", content), accepts=WRITE_UP)

    assert refusal.value.message == hostile.UNREADABLE
    assert (StoredFile.objects.count(), files_kept(files_folder)) == (0, [])


def test_reading_an_upload_stops_at_the_limit(person, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    class Endless:
        name = "work.docx"
        given = 0

        def chunks(self):
            while True:
                Endless.given += 1
                yield b"P" * 65536

    with pytest.raises(Refused) as refusal:
        services.store(by=person, upload=Endless(), accepts=WRITE_UP)

    assert refusal.value.message == (
        "The file is too big: it may be at most 1 MB. Make it smaller and send it again."
    )
    assert Endless.given == 17


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.docx", "passwd.docx"),
        ("C:\\Users\\Ann\\work.docx", "work.docx"),
        ("a\r\nSet-Cookie: x.docx", "a Set-Cookie: x.docx"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
    ],
)
def test_names_are_kept_plain(person, sent, kept):
    wrapped = upload()
    wrapped._name = sent

    assert services.store(by=person, upload=wrapped, accepts=WRITE_UP).name == kept


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_takes_the_file_with_it(person, files_folder):
    @transaction.atomic
    def fails():
        services.store(by=person, upload=upload(), accepts=WRITE_UP)
        assert len(files_kept(files_folder)) == 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()

    assert (StoredFile.objects.count(), files_kept(files_folder)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_an_inner_transaction_that_fails_takes_only_its_own_file(person, files_folder):
    @transaction.atomic
    def fails():
        services.store(by=person, upload=upload(), accepts=WRITE_UP)
        raise ZeroDivisionError

    with transaction.atomic():
        kept = services.store(by=person, upload=upload(), accepts=WRITE_UP)
        with pytest.raises(ZeroDivisionError):
            fails()

    assert files_kept(files_folder) == [kept.content.name]
    assert StoredFile.objects.get() == kept


@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_written_leaves_no_file(person, files_folder):
    with pytest.raises(IntegrityError):
        services.store_bytes(by=person, name="a.pdf", content=b"", content_type="application/pdf")

    assert (StoredFile.objects.count(), files_kept(files_folder)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_takes_the_file_with_it(person, files_folder):
    @transaction.atomic
    def fails():
        services.store(by=person, upload=upload(), accepts=WRITE_UP)
        connection.connection.close()
        StoredFile.objects.count()

    with pytest.raises((InterfaceError, OperationalError)):
        fails()

    assert (StoredFile.objects.count(), files_kept(files_folder)) == (0, [])


def test_the_sweep_takes_old_files_without_a_row_and_no_others(person, files_folder):
    stored = services.store(by=person, upload=upload(), accepts=WRITE_UP)
    folder = files_folder / "files" / "zz"
    folder.mkdir()
    for name in ("old.docx", "young.docx"):
        (folder / name).write_bytes(b"x")
    long_ago = (clock.now() - timedelta(hours=7)).timestamp()
    os.utime(folder / "old.docx", (long_ago, long_ago))
    os.utime(stored.content.path, (long_ago, long_ago))

    assert storage.remove_orphans() == 1
    assert files_kept(files_folder) == sorted([stored.content.name, "zz/young.docx"])


def test_an_anonymous_copy_of_a_stored_file(person):
    name, content = "photo.png", hostile.HARMLESS["photo.png"]
    stored = services.store(by=person, upload=upload(name, content), accepts=SUPPORTING)

    assert services.anonymous_copy(stored)[:4] == b"\x89PNG"


# Reports


def ask(person, subject="SCR-ONE") -> ReportJob:
    return services.ask_for_report(by=person, report=made_reports.NAME, subject=subject)


def test_a_report_asked_for_is_made_by_the_queue(person, at_commit):
    with at_commit():
        job = ask(person)

    job.refresh_from_db()
    assert (job.status, job.attempts, job.step, job.steps) == (JobStatus.READY, 1, 4, 4)
    assert job.file.name == "Practice report SCR-ONE.pdf"
    assert job.file.content_type == "application/pdf"
    assert what_happened(job) == [
        "documents.report_asked",
        "documents.report_started",
        "documents.report_finished",
    ]


def test_a_report_asked_for_twice_is_one_until_it_is_done(person, stranger, at_commit):
    with at_commit():
        first = ask(person)
        assert ask(person) == first
        assert ask(stranger) != first
        assert ask(person, "SCR-TWO") != first

    assert ask(person) != first
    assert made_reports.runs == ["SCR-ONE", "SCR-ONE", "SCR-TWO"]


def test_a_report_is_refused_when_pdfs_are_off(person, settings):
    settings.PDF_AVAILABLE = False

    with pytest.raises(Refused) as refusal:
        ask(person)

    assert refusal.value.message == services.NO_PDF
    assert ReportJob.objects.count() == 0


def test_a_report_nobody_registered_is_a_mistake_of_ours(person):
    with pytest.raises(LookupError, match="no report is named nothing"):
        services.ask_for_report(by=person, report="nothing", subject="SCR-ONE")


def test_a_builder_that_refuses_fails_the_report_with_its_words(person, at_commit):
    with at_commit():
        job = ask(person, "SCR-REFUSED")

    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.FAILED, 1)
    assert job.trouble == "Your result has not been released yet."


def test_a_report_that_breaks_off_is_tried_three_times(person, at_commit):
    with at_commit():
        job = ask(person, "SCR-BROKEN")

    job.refresh_from_db()
    assert (job.status, job.attempts, job.trouble) == (JobStatus.FAILED, 3, services.GAVE_UP)
    assert made_reports.runs == ["SCR-BROKEN"] * 3
    assert what_happened(job) == [
        "documents.report_asked",
        *["documents.report_started", "documents.report_retried"] * 2,
        "documents.report_started",
        "documents.report_failed",
    ]


def test_a_failed_report_can_be_tried_again(person, at_commit):
    with at_commit():
        job = ask(person, "SCR-REFUSED")
    ReportJob.objects.filter(pk=job.pk).update(subject="SCR-ONE")

    with at_commit():
        services.retry(by=person, job=job)

    job.refresh_from_db()
    assert (job.status, job.attempts, job.trouble) == (JobStatus.READY, 1, "")


def test_a_report_on_its_way_cannot_be_tried_again(person):
    job = ask(person)

    with pytest.raises(WrongMoment):
        services.retry(by=person, job=job)


def test_a_claimed_report_is_not_claimed_again(person):
    job = ask(person)

    assert services.start(job=job.pk) is not None
    assert services.start(job=job.pk) is None
    assert jobs.make(job.pk) is False
    assert made_reports.runs == []


def test_a_run_given_up_for_dead_writes_nothing_when_it_wakes(person, files_folder):
    job = ask(person)
    first = services.start(job=job.pk)
    ReportJob.objects.update(alive_at=clock.now() - timedelta(minutes=5))
    assert jobs.sweep() == 1
    second = services.start(job=job.pk)

    for verb, more in (
        (services.finish, {"content": b"x"}),
        (services.fail, {"trouble": "x"}),
        (services.stumble, {}),
    ):
        with pytest.raises(services.LostClaim):
            verb(job=first, **more)
    with pytest.raises(services.LostClaim):
        services.tell_progress(job=first, step=1, steps=2)

    services.finish(job=second, content=b"%PDF-")
    assert StoredFile.objects.count() == 1


def test_the_sweep_leaves_what_is_alive(person):
    job = ask(person)
    services.start(job=job.pk)

    assert jobs.sweep() == 0


def test_the_sweep_gives_up_after_three_dead_workers(person):
    job = ask(person)
    for _ in range(3):
        assert services.start(job=job.pk)
        ReportJob.objects.update(alive_at=clock.now() - timedelta(minutes=5))
        assert jobs.sweep() == 1

    job.refresh_from_db()
    assert (job.status, job.trouble) == (JobStatus.FAILED, services.GAVE_UP)


def test_the_sweep_rings_again_for_what_nobody_fetched(person):
    """Redis was restarted empty after the outbox had handed the task over."""
    job = ask(person)
    ReportJob.objects.update(asked_at=clock.now() - timedelta(minutes=5))
    before = OutboxMessage.objects.count()

    assert (jobs.sweep(), jobs.sweep()) == (1, 0)
    assert OutboxMessage.objects.count() == before + 1
    job.refresh_from_db()
    assert job.status == JobStatus.WAITING


# What comes over the network


def test_a_file_over_the_limit_is_not_written_to_disk_beyond_it(person, rf, settings):
    settings.UPLOAD_MAX_BYTES = 200_000
    settings.FILE_UPLOAD_HANDLERS = ["documents.receiving.LimitedUploadHandler"]
    request = rf.post("/", {"file": upload("work.docx", b"PK\x03\x04" + b"x" * 900_000)})
    received = request.FILES["file"]

    assert os.path.getsize(received.temporary_file_path()) == 200_001
    assert received.size == 900_004
    with pytest.raises(Refused) as refusal:
        services.store(by=person, upload=received, accepts=WRITE_UP)
    assert refusal.value.message == (
        "The file is too big: it may be at most 195.3 KB. Make it smaller and send it again."
    )
    received.close()


def test_a_file_within_the_limit_arrives_whole(person, rf, settings):
    settings.FILE_UPLOAD_HANDLERS = ["documents.receiving.LimitedUploadHandler"]
    received = rf.post("/", {"file": upload()}).FILES["file"]

    stored = services.store(by=person, upload=received, accepts=WRITE_UP)

    assert stored.sha256 == hashlib.sha256(WORK).hexdigest()
    received.close()
