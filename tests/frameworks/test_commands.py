"""export_framework, import_framework and load_reference as other people's scripts use them."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from frameworks.models import DocumentRequirement, Edition, Statement

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "frameworks"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("code", ["2017", "2019"])
def test_the_export_is_the_fixture_byte_for_byte(code: str) -> None:
    assert run("export_framework", code) == (FIXTURES / f"{code}.json").read_text(encoding="utf-8")


def test_one_level_can_be_exported() -> None:
    document = json.loads(run("export_framework", "2019", "--level", "NPQH"))
    assert [level["code"] for level in document["levels"]] == ["NPQH"]
    assert len(document["behaviours"]) == 7


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1999",), "There is no edition 1999. Editions held: 2017, 2019."),
        (
            ("2019", "--level", "NPQX"),
            "Edition 2019 has no level NPQX. It has: NPQML, NPQSL, NPQH, NPQEL.",
        ),
    ],
)
def test_an_export_of_what_is_not_there_is_refused(
    arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        run("export_framework", *arguments)
    assert str(refusal.value) == message


def test_import_reads_what_export_wrote(tmp_path: Path) -> None:
    file = tmp_path / "edition.json"
    file.write_text(run("export_framework", "2019"), encoding="utf-8")
    assert run("import_framework", str(file)) == (
        "Edition 2019 unchanged: 4 levels, 197 statements, 72 criteria in the file.\n"
    )
    file.write_text(file.read_text(encoding="utf-8").replace('"2019"', '"2031"'), encoding="utf-8")
    assert run("import_framework", str(file), "--dry-run") == (
        "Edition 2031 would be created: 4 levels, 197 statements, 72 criteria in the file.\n"
    )
    assert not Edition.objects.filter(code="2031").exists()
    assert run("import_framework", str(file)).startswith("Edition 2031 created: ")
    assert run("export_framework", "2031") == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[", "is not JSON: Expecting value"),
        (b"\xff\xfe\x00", "is not UTF-8 text."),
        (b"[" * 100_000, "is not JSON"),
        (b"3", "The file must hold one object"),
        (b"{}", "The file: edition must be a text."),
    ],
)
def test_a_file_that_is_no_edition_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "edition.json"
    file.write_bytes(content)
    before = Edition.objects.count()
    with pytest.raises(CommandError) as refusal:
        run("import_framework", str(file))
    assert message in str(refusal.value)
    assert Edition.objects.count() == before


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("import_framework", str(tmp_path / "none.json"))


def test_loading_the_reference_data_again_changes_nothing(django_assert_max_num_queries) -> None:
    before = set(Statement.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(60):
        assert run("load_reference") == "Reference data is loaded already.\n"
    assert set(Statement.objects.values_list("pk", flat=True)) == before
    own = DocumentRequirement.objects.filter(provider_added=True)
    assert list(own.values_list("task__level__code", "name")) == [("NPQSL", "Project plan")]


def test_a_refusal_leaves_by_standard_error_with_1(tmp_path: Path) -> None:
    """As a process: nothing on standard output, the message on standard error."""
    done = subprocess.run(
        [sys.executable, "manage.py", "import_framework", str(tmp_path / "none.json")],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CommandError: ")
