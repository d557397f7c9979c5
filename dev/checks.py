"""`check`, `fix` and `docs`: everything that can be said about the code without running its tests."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from dev.places import Places
from dev.services import environment

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
LONGEST_REPORT = 60
NO_SERVERS = {
    "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:9/nothing",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "only-for-checking-the-code",
}


@dataclass(frozen=True)
class Check:
    """A command that exits 0 when all is well; `m` names a Python module, `program` a file in .venv/bin."""

    name: str
    arguments: tuple[str, ...]
    program: str = "python"

    def command(self, places: Places) -> list[str]:
        return [str(places.venv / "bin" / self.program), *self.arguments]


CHECKS = (
    Check("types (mypy)", ("-m", "mypy")),
    Check("import contracts (import-linter)", ("-c", LINT_IMPORTS)),
    Check("lint (ruff)", ("-m", "ruff", "check", "--output-format", "concise", ".")),
    Check("format (ruff)", ("-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
    Check("template lint (djlint)", ("-m", "djlint", "--lint", "--quiet", "templates")),
    Check("template format (djlint)", ("-m", "djlint", "--check", "templates")),
    Check(
        "docker-compose.yml (compose specification)",
        ("-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
    ),
    Check("Dockerfile (hadolint)", ("Dockerfile",), program="hadolint"),
    Check("Django's own checks", ("manage.py", "check", "--fail-level", "WARNING")),
    Check(
        "no migration is missing",
        ("-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"),
    ),
)
FIXES = (
    Check("lint (ruff)", ("-m", "ruff", "check", "--fix", ".")),
    Check("format (ruff)", ("-m", "ruff", "format", ".")),
    Check("templates (djlint)", ("-m", "djlint", "--reformat", "--quiet", "templates")),
)
DOCS = (Check("generated documents", ("manage.py", "write_docs")),)


def check(places: Places) -> int:
    """Every check, as many at once as there are processors; 0 when all are clean."""
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        results = list(pool.map(lambda one: _run(one, places), CHECKS))
    return _report(CHECKS, results)


def one_after_another(checks: Sequence[Check], places: Places) -> int:
    return _report(checks, [_run(one, places) for one in checks])


def _run(check: Check, places: Places) -> "subprocess.CompletedProcess[str]":
    env = {**NO_SERVERS, **environment(places, NO_SERVERS)}
    return subprocess.run(
        check.command(places),
        cwd=places.root,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def _report(checks: Sequence[Check], results: "list[subprocess.CompletedProcess[str]]") -> int:
    failed = 0
    for check, result in zip(checks, results, strict=True):
        clean = result.returncode == 0
        failed += not clean
        print(f"{'ok    ' if clean else 'FAILED'} {check.name}")
        if not clean:
            lines = result.stdout.strip().splitlines()
            if len(lines) > LONGEST_REPORT:
                more = len(lines) - LONGEST_REPORT
                lines = [*lines[:LONGEST_REPORT], f"... and {more} lines more"]
            print("\n".join(f"       {line}" for line in lines))
    sys.stdout.flush()
    return 1 if failed else 0
