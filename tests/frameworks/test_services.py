"""Import, publish, pass marks and the provider's own documents; and that a published edition stays as it is."""

import copy
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.states import Role
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from frameworks import queries, services
from frameworks.models import (
    Behaviour,
    Criterion,
    Edition,
    PassMark,
    Statement,
    Task,
    TaskCriterion,
)
from tests.frameworks.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    """The 2019 edition as another, small edition: NPQSL and NPQH only."""
    found = queries.as_document(queries.edition("2019"))
    return {**found, "edition": "2031", "levels": found["levels"][1:3]}


@pytest.fixture
def draft(document: dict[str, Any]) -> Edition:
    services.import_edition(by=None, document=document)
    return Edition.objects.get(code="2031")


def events(**wanted: Any) -> list[str]:
    return list(AuditEntry.objects.filter(**wanted).values_list("event", flat=True))


def test_an_edition_comes_back_as_it_went_out(document: dict[str, Any], draft: Edition) -> None:
    assert queries.as_document(draft) == document
    assert draft.status == "draft"
    assert events(object="EDN-2031") == ["frameworks.edition_imported"]


def test_importing_the_same_again_changes_nothing(document: dict[str, Any], draft: Edition) -> None:
    rows = set(Statement.objects.values_list("pk", flat=True))
    again = services.import_edition(by=None, document=document)
    assert again.outcome == "unchanged"
    assert set(Statement.objects.values_list("pk", flat=True)) == rows
    assert events(object="EDN-2031") == ["frameworks.edition_imported"]


@pytest.mark.parametrize("code", ["2017", "2019"])
def test_importing_a_published_export_changes_nothing(code: str) -> None:
    edition = queries.edition(code)
    done = services.import_edition(by=None, document=queries.as_document(edition))
    assert done.outcome == "unchanged"
    only = services.import_edition(by=None, document=queries.as_document(edition, "NPQH"))
    assert (only.outcome, only.levels) == ("unchanged", 1)


def test_a_draft_follows_a_changed_file_and_keeps_what_the_provider_added(
    document: dict[str, Any], draft: Edition
) -> None:
    task = Task.objects.get(level__edition=draft, level__code="NPQSL")
    services.add_document(by=None, task=task, name="Project plan", source="Ours")
    headship = Task.objects.get(level__edition=draft, level__code="NPQH", number=2)
    services.enter_pass_mark(by=None, task=headship, value=8, source="Board, May 2031")
    changed = copy.deepcopy(document)
    changed["levels"][0]["areas"][0]["learn_how_to"][0] = "Another text"
    changed["levels"][1]["tasks"].pop(0)

    done = services.import_edition(by=None, document=changed)

    assert done.outcome == "changed"
    changed["levels"][1]["tasks"][0] |= {"pass_mark": 8, "pass_mark_source": "Board, May 2031"}
    assert queries.as_document(draft) == changed
    names = [each.name for each in queries.document_requirements(task)]
    assert names[-2:] == ["Risk management plan", "Project plan"]


def test_a_dry_run_says_the_same_and_writes_nothing(document: dict[str, Any]) -> None:
    before = Statement.objects.count(), AuditEntry.objects.count()
    dry = services.import_edition(by=None, document=document, dry_run=True)
    assert not Edition.objects.filter(code="2031").exists()
    assert (Statement.objects.count(), AuditEntry.objects.count()) == before
    assert services.import_edition(by=None, document=document) == dry


def test_a_published_edition_refuses_other_content_and_names_the_differences() -> None:
    before = queries.as_document(queries.edition("2019"))
    other = copy.deepcopy(before)
    other["levels"][3]["areas"][2]["criteria"][3]["text"] = "Short"
    with pytest.raises(Refused) as refusal:
        services.import_edition(by=None, document=other)
    assert refusal.value.message == (
        "Edition 2019 is published and frozen; import this as an edition with another code. "
        "The file differs in 1 place: NPQEL, areas 3, criteria 3.4.4, text: "
        "stored 'Evaluates different strategies to publically promote and/or defend plans, inc...', "
        "in the file 'Short'."
    )
    assert queries.as_document(queries.edition("2019")) == before


def test_a_document_with_faults_is_refused_whole(document: dict[str, Any]) -> None:
    document["levels"][1]["tasks"][0]["criteria"][0]["code"] = "8.8.8"
    with pytest.raises(Refused, match=r"task 1 marks 8\.8\.8, which no area has"):
        services.import_edition(by=None, document=document)
    assert not Edition.objects.filter(code="2031").exists()


def test_publish_opens_and_freezes(draft: Edition, document: dict[str, Any]) -> None:
    administrator = person(Role.ADMINISTRATOR)
    assert "2031" not in [each.code for each in queries.published_editions()]

    published = services.publish(by=administrator, edition=draft)

    assert published.published_by == administrator
    assert published.published_at is not None
    assert queries.current_edition() == draft
    assert events(object="EDN-2031", by=administrator.reference) == ["frameworks.edition_published"]
    document["title"] = "Another title"
    with pytest.raises(Refused, match="published and frozen"):
        services.import_edition(by=administrator, document=document)
    with pytest.raises(WrongMoment, match="published already"):
        services.publish(by=administrator, edition=draft)


def first(model: type, path: str, code: str) -> Any:
    return model.objects.filter(**{path: code}).first()


FROZEN = [
    (Statement, "area__level__edition__code"),
    (Criterion, "level__edition__code"),
    (Behaviour, "edition__code"),
    (Task, "level__edition__code"),
    (TaskCriterion, "task__level__edition__code"),
]


@pytest.mark.parametrize(("model", "path"), FROZEN)
def test_the_database_refuses_to_change_a_published_edition(model: Any, path: str) -> None:
    row = first(model, path, "2019")
    with pytest.raises(DatabaseError, match="a published edition is frozen"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="a published edition is frozen"), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")
    assert first(model, path, "2019") == row


def test_the_database_refuses_to_add_to_a_published_edition() -> None:
    area = queries.areas(queries.level("2019", "NPQSL"))[0]
    with pytest.raises(DatabaseError, match="a published edition is frozen"), transaction.atomic():
        Statement.objects.create(area=area, kind="about", position=99, text="One more")


@pytest.mark.parametrize(("model", "path"), FROZEN)
def test_a_draft_may_be_changed(draft: Edition, model: Any, path: str) -> None:
    """Canary of the frozen edition: the trigger looks at the edition, not at the table."""
    first(model, path, "2031").save()


def test_a_pass_mark_is_entered_with_its_source_and_can_be_replaced() -> None:
    administrator = person(Role.ADMINISTRATOR)
    task = queries.task("2019", "NPQH", 2)
    assert queries.pass_mark(task) is None

    services.enter_pass_mark(by=administrator, task=task, value=8, source=" Letter of May 2027 ")
    services.enter_pass_mark(by=administrator, task=task, value=9, source="Letter of June 2027")

    entered = PassMark.objects.get(task=task)
    assert (entered.value, entered.source, entered.entered_by) == (
        9,
        "Letter of June 2027",
        administrator,
    )
    assert list(
        AuditEntry.objects.filter(object="2019-NPQH-2").values_list("event", "before", "after")
    ) == [
        (
            "frameworks.pass_mark_entered",
            None,
            {"value": 8, "source": "Letter of May 2027"},
        ),
        (
            "frameworks.pass_mark_entered",
            {"value": 8, "source": "Letter of May 2027"},
            {"value": 9, "source": "Letter of June 2027"},
        ),
    ]


@pytest.mark.parametrize(
    ("value", "source", "fields"),
    [
        (0, "Letter", ["value"]),
        (13, "Letter", ["value"]),
        (8, "  ", ["source"]),
        (-1, "", ["value", "source"]),
    ],
)
def test_a_pass_mark_out_of_range_or_without_source_is_refused(
    value: int, source: str, fields: list[str]
) -> None:
    task = queries.task("2019", "NPQH", 2)
    with pytest.raises(Refused) as refusal:
        services.enter_pass_mark(by=None, task=task, value=value, source=source)
    assert [reason.field for reason in refusal.value.reasons] == fields
    assert queries.pass_mark(task) is None


def test_a_demonstration_pass_mark_is_not_exported() -> None:
    task = queries.task("2019", "NPQH", 2)
    services.enter_pass_mark(by=None, task=task, value=8, source="Made up", demonstration=True)
    [entry] = queries.as_document(queries.edition("2019"), "NPQH")["levels"]
    assert [(each["pass_mark"], each["pass_mark_source"]) for each in entry["tasks"]] == [
        (None, ""),
        (None, ""),
    ]


def test_a_document_of_the_provider_is_asked_for_once() -> None:
    task = queries.task("2019", "NPQEL", 1)
    added = services.add_document(by=None, task=task, name="Project plan", source="Ours")
    assert (added.position, added.provider_added, list(added.criteria.all())) == (2, True, [])
    with pytest.raises(Refused, match="Project plan is required for this task already"):
        services.add_document(by=None, task=task, name="Project plan", source="Ours")
    with pytest.raises(IntegrityError), transaction.atomic():
        services._append_document(task, "Project plan", "Ours")


def test_no_pass_mark_without_a_source_can_be_stored() -> None:
    task = queries.task("2019", "NPQH", 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        PassMark.objects.create(task=task, value=8, source="")
