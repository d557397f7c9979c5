"""The shape of the house: import contracts, and the rules that imports cannot say.

Each rule comes with a planted violation, which proves that the rule can fail.
"""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "npq_portal",
    "quality",
    "assessment",
    "applications",
    "programmes",
    "frameworks",
    "documents",
    "accounts",
    "core",
)
PURE = ("policies", "visibility", "states")
LONGEST = 450
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "managers", "util", "helper"}

CORRIDOR = "The corridor: a room imports only rooms to its right"
FURNITURE = "The furniture: inside a room the top imports the bottom"
PURE_MODULES = "Pure modules: policies, visibility and states know no clock, database or request"
WITHOUT_DJANGO = "Rules without Django: policies and visibility do not import it"
WITHOUT_TESTS = "Nothing in production imports from tests or from dev"

FURNITURE_PLANTS = (
    # in module, importing, and nothing besides breaks: from the top of the room to its bottom
    ("views", "urls"),
    ("forms", "views"),
    ("tasks", "views"),
    ("services", "tasks"),
    ("services", "forms"),
    ("notifications", "services"),
    ("permissions", "notifications"),
    ("queries", "permissions"),
    ("models", "queries"),
    ("policies", "models"),
    ("states", "policies"),
    ("events", "states"),
)
PLANTS = [
    *[(f"{low}/planted.py", f"import {high}.apps", CORRIDOR) for high, low in pairwise(ROOMS)],
    *[
        (f"planted_room/{importer}.py", f"import planted_room.{imported}", FURNITURE)
        for importer, imported in FURNITURE_PLANTS
    ],
    ("accounts/policies.py", "from core import clock", PURE_MODULES),
    ("accounts/states.py", "from core import audit", PURE_MODULES),
    ("accounts/visibility.py", "from core import models", PURE_MODULES),
    ("accounts/policies.py", "from django.utils import timezone", WITHOUT_DJANGO),
    ("accounts/visibility.py", "from django.db import connection", WITHOUT_DJANGO),
    ("core/events.py", "from tests import builders", WITHOUT_TESTS),
    ("core/events.py", "from dev import ports", WITHOUT_TESTS),
]


def broken(folder: Path) -> list[str]:
    """The names of the contracts that import-linter finds broken in a tree."""
    command = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    found = re.findall(r"^(.+?)\s*BROKEN$", done.stdout, flags=re.MULTILINE)
    if "Contracts:" not in done.stdout:
        found.append(f"import-linter did not run: {done.stdout}{done.stderr}")
    assert (done.returncode != 0) == bool(found)
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms' Python files, and one room more that holds every piece of furniture."""
    folder = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        skip = shutil.ignore_patterns("__pycache__", "migrations", "static", "*.json")
        shutil.copytree(ROOT / room, folder / room, ignore=skip)
    config = (ROOT / "pyproject.toml").read_text()
    config = config.replace("root_packages = [\n", 'root_packages = [\n  "planted_room",\n')
    config = config.replace("containers = [\n", 'containers = [\n  "planted_room",\n')
    (folder / "pyproject.toml").write_text(config)
    (folder / "planted_room").mkdir()
    for name in {"__init__"}.union(*FURNITURE_PLANTS):
        (folder / "planted_room" / f"{name}.py").touch()
    return folder


def test_the_contracts_hold() -> None:
    assert broken(ROOT) == []


@pytest.mark.parametrize(("path", "line", "contract"), PLANTS, ids=lambda value: str(value)[:40])
def test_each_contract_fails_on_a_planted_import(
    copy: Path, path: str, line: str, contract: str
) -> None:
    file = copy / path
    before = file.read_text() if file.exists() else None
    file.write_text(f"{before or ''}\n{line}\n")
    try:
        found = broken(copy)
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before)
    assert found == [contract]


# What imports cannot say. A rule takes a path and a text and answers with what it does not like.

Rule = Callable[[Path, str], list[str]]


def is_in_services(path: Path) -> bool:
    return "services" in path.with_suffix("").parts


def services_take_no_request(path: Path, source: str) -> list[str]:
    if not is_in_services(path):
        return []
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    )
    return [
        f"{path}:{function.lineno} takes a request"
        for function in functions
        for argument in (
            *function.args.posonlyargs,
            *function.args.args,
            *function.args.kwonlyargs,
        )
        if argument.arg == "request"
    ]


def no_vague_names(path: Path, source: str) -> list[str]:
    vague = FORBIDDEN_NAMES & set(path.with_suffix("").parts)
    return [f"{path} is called {name}" for name in sorted(vague)]


def files_are_short(path: Path, source: str) -> list[str]:
    lines = source.count("\n")
    return [f"{path} has {lines} lines"] if lines > LONGEST else []


def status_is_set_in_services(path: Path, source: str) -> list[str]:
    """Assignments, setattr and update(...) of a status, anywhere but in services."""
    if is_in_services(path):
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = [part for target in node.targets for part in ast.walk(target)]  # type: ignore[misc]
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        names = [part.attr for part in targets if isinstance(part, ast.Attribute)]
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = called or (node.func.id if isinstance(node.func, ast.Name) else "")
            if called == "setattr":
                names += [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)]
            if called in {"update", "create", "get_or_create", "update_or_create"}:
                names += [keyword.arg or "" for keyword in node.keywords]
        if any(name == "status" or name.endswith("_status") for name in names):
            found.append(f"{path}:{node.lineno} sets a status")  # type: ignore[attr-defined]
    return found


CHOICES = {"TextChoices", "IntegerChoices"}
NOW = {"now", "today", "utcnow", "localdate", "localtime"}


def pure_modules_are_pure(path: Path, source: str) -> list[str]:
    """No Django but its choices in states, and nobody asks what time it is."""
    if not set(PURE) & set(path.with_suffix("").parts):
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "django":
            if {name.name for name in node.names} - CHOICES:
                found.append(f"{path}:{node.lineno} imports from {node.module}")
        elif isinstance(node, ast.Import):
            names = [name.name for name in node.names if name.name.split(".")[0] == "django"]
            found += [f"{path}:{node.lineno} imports {name}" for name in names]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in NOW:
            found.append(f"{path}:{node.lineno} asks for the time")
    return found


def no_signals(path: Path, source: str) -> list[str]:
    found = re.search(r"django\.dispatch|db\.models\.signals|signals import|@receiver", source)
    return [f"{path} uses signals"] if found else []


SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>", re.IGNORECASE | re.DOTALL)
STYLE = re.compile(r"<style\b|<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE)
ADDRESS = re.compile(r"""(href|src|action)\s*=\s*["']?\s*javascript:""", re.IGNORECASE)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
# A report's page becomes a PDF with its style sheet inside; nothing of it is sent to a browser.
STYLE_ALLOWED = ("templates/reports/", "templates/gallery/chart.svg")


def templates_are_declarative(path: Path, source: str) -> list[str]:
    markup = COMMENT.sub("", source)
    found = []
    if SCRIPT.search(markup):
        found.append(f"{path} has an inline script")
    if STYLE.search(markup) and not path.as_posix().startswith(STYLE_ALLOWED):
        found.append(f"{path} has an inline style")
    if HANDLER.search(markup):
        found.append(f"{path} has an on... attribute")
    if ADDRESS.search(markup):
        found.append(f"{path} has a javascript: address")
    return found


CODE_RULES: dict[Rule, list[tuple[str, str]]] = {
    services_take_no_request: [
        ("accounts/services.py", "def submit(*, request): ..."),
        ("accounts/services/submission.py", "def submit(request, *, by): ..."),
    ],
    no_vague_names: [("core/utils.py", ""), ("accounts/helpers/names.py", "")],
    files_are_short: [("accounts/views.py", "a = 1\n" * (LONGEST + 1))],
    status_is_set_in_services: [
        ("accounts/views.py", "row.status = 'open'"),
        ("accounts/views.py", "before, row.status = row.status, after"),
        ("accounts/tasks.py", "rows.update(status='open')"),
        ("accounts/models.py", "setattr(row, 'status', 'open')"),
        ("accounts/admin.py", "row.review_status = 'open'"),
    ],
    pure_modules_are_pure: [
        ("accounts/states.py", "from django.db import models"),
        ("accounts/states.py", "import django.http"),
        ("accounts/policies.py", "from django.utils import timezone"),
        ("accounts/policies/late.py", "today = date.today()"),
        ("accounts/visibility.py", "when = datetime.now(tz)"),
    ],
    no_signals: [
        ("accounts/apps.py", "from django.db.models.signals import post_save"),
        ("accounts/apps.py", "from django.dispatch import receiver"),
    ],
}
TEMPLATE_RULES: dict[Rule, list[tuple[str, str]]] = {
    templates_are_declarative: [
        ("templates/page.html", "<script>alert(1)</script>"),
        ("templates/page.html", '<script type="module">import "x"</script>'),
        ("templates/page.html", "<style>p { color: red }</style>"),
        ("templates/page.html", '<p class="a"\n style="color: red">'),
        ("templates/page.html", '<button onclick="go()">'),
        ("templates/page.html", "<body class='x' onload = go()>"),
        ("templates/page.html", '<a href="javascript:go()">'),
    ],
    files_are_short: [("templates/page.html", "<p>\n" * (LONGEST + 1))],
}
CANARIES = [
    (rule, path, source)
    for rules in (CODE_RULES, TEMPLATE_RULES)
    for rule, plants in rules.items()
    for path, source in plants
]


def code() -> Iterator[tuple[Path, str]]:
    for room in (*ROOMS, "dev"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), path.read_text()


def templates() -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file() and path.suffix in {".html", ".svg", ".txt"}:
            yield path.relative_to(ROOT), path.read_text()


@pytest.mark.parametrize("rule", CODE_RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    looked_at = list(code())
    assert len(looked_at) > 50
    assert [found for path, source in looked_at for found in rule(path, source)] == []


@pytest.mark.parametrize("rule", TEMPLATE_RULES, ids=lambda rule: rule.__name__)
def test_the_templates_keep_the_rule(rule: Rule) -> None:
    looked_at = list(templates())
    assert len(looked_at) > 20
    assert [found for path, source in looked_at for found in rule(path, source)] == []


@pytest.mark.parametrize(("rule", "path", "source"), CANARIES)
def test_each_rule_sees_what_is_planted(rule: Rule, path: str, source: str) -> None:
    assert len(rule(Path(path), source)) == 1


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (services_take_no_request, "accounts/views.py", "def get(self, request): ..."),
        (status_is_set_in_services, "accounts/services/life.py", "row.status = target"),
        (status_is_set_in_services, "accounts/views.py", "render(request, page, status=409)"),
        (status_is_set_in_services, "accounts/queries.py", "rows.filter(status='open')"),
        (pure_modules_are_pure, "accounts/states.py", "from django.db.models import TextChoices"),
        (pure_modules_are_pure, "accounts/services.py", "from django.db import transaction"),
        (templates_are_declarative, "templates/page.html", '<script src="/a.js" defer></script>'),
        (templates_are_declarative, "templates/page.html", '<p class="once">on = 1</p>'),
    ],
)
def test_the_rules_let_good_code_pass(rule: Rule, path: str, source: str) -> None:
    assert rule(Path(path), source) == []


def test_every_module_says_what_belongs_there() -> None:
    silent = [
        str(path)
        for path, source in code()
        if source.strip() and ast.get_docstring(ast.parse(source)) is None
    ]
    assert silent == []
