"""The participant's verbs: start an attempt, put files with it, submit it all in one go (S1).

Marking and release are the modules beside this one.
"""

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from assessment import events, notifications, policies, queries
from assessment.models import MOST_ATTEMPTS, Script, SupportingDocument, new_candidate_number
from assessment.states import SCRIPT
from core import audit, clock, outbox
from core.errors import Refused
from core.lifecycle import NEW
from documents import policies as documents_policies
from documents import reading
from documents import services as documents
from documents.models import StoredFile
from frameworks.models import DocumentRequirement, Task
from programmes import policies as programmes_policies
from programmes import services as programmes
from programmes.models import Enrolment
from programmes.states import EnrolmentStatus


@transaction.atomic
def start(*, by: User | None, enrolment: Enrolment, task: Task) -> Script:
    """Begin an attempt at a task, or give the one that is being prepared. Raises Refused (S17)."""
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("participant")
        .get(pk=enrolment.pk)
    )
    if task.level_id != enrolment.level_id:
        raise Refused("This task does not belong to the level you are enrolled on.")
    begun = Script.objects.filter(
        enrolment=enrolment, task=task, status=SCRIPT.target("start", NEW)
    ).first()
    if begun:
        return begun
    earlier = queries.earlier_results(enrolment, task)
    policies.next_attempt(earlier, most=MOST_ATTEMPTS).require()
    script = Script.objects.create(
        enrolment=enrolment,
        task=task,
        attempt=len(earlier) + 1,
        candidate_number=_free_candidate_number(),
        status=SCRIPT.target("start", NEW),
        started_at=clock.now(),
        started_by=by,
    )
    audit.record(
        events.STARTED,
        by=by,
        on=script,
        for_whom=enrolment.participant,
        after={"status": script.status},
        task=task.reference,
        attempt=script.attempt,
    )
    return script


@transaction.atomic
def attach_write_up(*, by: User | None, script: Script, upload: Any) -> Script:
    """Put the write-up there, or another in its place, and count its words (S2). Raises Refused."""
    row = _locked(script)
    row.status = SCRIPT.target("attach_write_up", row.status)
    file = documents.store(by=by, upload=upload, accepts=documents_policies.WRITE_UP)
    counted = reading.count_words(file)
    row.write_up = file
    row.words = counted.total
    row.word_counts = _as_json(counted)
    row.counter_version = counted.counter
    row.save(update_fields=["write_up", "words", "word_counts", "counter_version"])
    audit.record(
        events.WRITE_UP_ATTACHED,
        by=by,
        on=row,
        for_whom=row.enrolment.participant,
        file=file.reference,
        sha256=file.sha256,
        words=row.words,
        counter=row.counter_version,
    )
    return _given_back(script, row, "write_up", "words", "word_counts", "counter_version")


@transaction.atomic
def attach_document(
    *, by: User | None, script: Script, requirement: DocumentRequirement, upload: Any
) -> SupportingDocument:
    """Put a required document there, or another in its place (F6). Raises Refused."""
    row = _locked(script)
    row.status = SCRIPT.target("attach_document", row.status)
    if requirement.task_id != row.task_id:
        raise Refused("This task does not ask for that document.")
    file = documents.store(by=by, upload=upload, accepts=documents_policies.SUPPORTING)
    document, _ = SupportingDocument.objects.update_or_create(
        script=row, requirement=requirement, defaults={"file": file, "attached_at": clock.now()}
    )
    audit.record(
        events.DOCUMENT_ATTACHED,
        by=by,
        on=row,
        for_whom=row.enrolment.participant,
        position=requirement.position,
        file=file.reference,
        sha256=file.sha256,
    )
    return document


@transaction.atomic
def remove_document(*, by: User | None, script: Script, requirement: DocumentRequirement) -> None:
    """Take a document away again; nothing happens where there is none."""
    row = _locked(script)
    row.status = SCRIPT.target("remove_document", row.status)
    document = row.documents.filter(requirement=requirement).select_related("file").first()
    if document is None:
        return
    document.delete()
    audit.record(
        events.DOCUMENT_REMOVED,
        by=by,
        on=row,
        for_whom=row.enrolment.participant,
        position=requirement.position,
        file=document.file.reference,
    )


@transaction.atomic
def submit(*, by: User, script: Script, signed_name: str) -> Script:
    """Submit all of a task in one go: an immutable snapshot with a receipt (S1). Raises Refused, WrongMoment."""
    row = _locked(script)
    target = SCRIPT.target("submit", row.status)
    policies.submission(facts_of(row), signed_name=signed_name).require()
    before = row.status
    now = clock.now()
    today = clock.today()
    row.status = target
    row.submitted_at, row.submitted_by = now, by
    row.signed_name = " ".join(signed_name.split())
    row.snapshot = _snapshot(row)
    row.answer_due_on = policies.answer_due(today, queries.marking_points_after(today))
    changed = ["status", "submitted_at", "submitted_by", "signed_name", "snapshot", "answer_due_on"]
    row.save(update_fields=changed)
    audit.record(
        events.SUBMITTED,
        by=by,
        on=row,
        for_whom=row.enrolment.participant,
        before={"status": before},
        after={"status": target},
        words=row.words,
        counter=row.counter_version,
        files=[{"file": each["reference"], "sha256": each["sha256"]} for each in row.snapshot],
    )
    outbox.put(notifications.RECEIPT, key=row.reference, script=row.reference)
    _present_when_whole(row, by=by)
    return _given_back(script, row, *changed)


def facts_of(
    script: Script,
    *,
    requirements: Sequence[DocumentRequirement] | None = None,
    supplied: Sequence[SupportingDocument] | None = None,
) -> policies.SubmissionFacts:
    """What the checklist looks at, for a script as it is now; rows already read may be handed over."""
    enrolment = script.enrolment
    asked = queries.requirements_of(script) if requirements is None else requirements
    there = queries.documents_of(script) if supplied is None else supplied
    return policies.SubmissionFacts(
        taking_part=enrolment.status == EnrolmentStatus.COMMENCED,
        words=script.words if script.write_up_id else None,
        word_limit=script.task.word_limit,
        required=tuple(each.name for each in asked),
        supplied=frozenset(each.requirement.name for each in there),
        deadline=(
            programmes_policies.deadline_to_present(enrolment.commenced_on)
            if enrolment.commenced_on
            else None
        ),
        today=clock.today(),
    )


def _locked(script: Script) -> Script:
    """The script's own row, held until the transaction ends, and its enrolment as it is now."""
    return (
        Script.objects.select_for_update(of=("self",))
        .select_related("enrolment__participant", "task__level__edition", "write_up")
        .get(pk=script.pk)
    )


def _given_back(script: Script, row: Script, *fields: str) -> Script:
    """The caller's own object with what was saved."""
    for field in fields:
        setattr(script, field, getattr(row, field))
    return script


def _snapshot(script: Script) -> list[dict[str, Any]]:
    """What is submitted: each file with its hash, the write-up first."""

    def entry(document: str, position: int | None, file: StoredFile) -> dict[str, Any]:
        return {
            "document": document,
            "position": position,
            "reference": file.reference,
            "sha256": file.sha256,
            "size": file.size,
        }

    assert script.write_up is not None
    return [
        entry("Write-up", None, script.write_up),
        *(
            entry(each.requirement.name, each.requirement.position, each.file)
            for each in queries.documents_of(script)
        ),
    ]


def _present_when_whole(script: Script, *, by: User) -> None:
    """Every task of the level formally submitted: the participant has presented (rulebook section 1)."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=script.enrolment_id)
    tasks = set(script.task.level.tasks.values_list("pk", flat=True))
    submitted = set(
        enrolment.scripts.filter(submitted_at__isnull=False).values_list("task", flat=True)
    )
    if tasks <= submitted and enrolment.status == EnrolmentStatus.COMMENCED:
        programmes.present(by=by, enrolment=enrolment, on=clock.today())


def _free_candidate_number() -> str:
    """One that nobody has; the constraint stands behind it."""
    while True:
        number = new_candidate_number()
        if not Script.objects.filter(candidate_number=number).exists():
            return number


def _as_json(counted: Any) -> dict[str, Any]:
    """The counter's figures by where the words stand."""
    facts = (
        asdict(counted)
        if is_dataclass(counted) and not isinstance(counted, type)
        else vars(counted)
    )
    names = ("total", "body", "tables", "notes", "text_boxes", "excluded", "warnings")
    return {name: _plain(facts[name]) for name in names if name in facts}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | set | frozenset) else value
