"""The commands of dev.py: what may be asked, and who does it."""

import os
from collections.abc import Sequence

from dev import checks, packages, places, portal, prepare, processes, services, testing
from dev.interrupts import interrupts
from dev.places import Places
from dev.say import Ended, Stop, note, show

USAGE = """\
usage: python3 dev.py COMMAND

  run               the portal on this machine: prints READY, its address and the personas
  test [ARGUMENTS]  checks and all tests; with arguments, pytest with these arguments
  check             ruff, mypy, import-linter, djlint, hadolint, Django's own checks
  fix               what can be put right by itself
  docs              write docs/states.md and docs/permissions.md anew
  bench             measure on a new database
  lock              write requirements.lock and requirements-dev.lock anew
  manage NAME ...   a command of manage.py, with the database and queue it needs
  exec PROGRAM ...  any program, with their addresses in DATABASE_URL and REDIS_URL

  NPQ_VAR=FOLDER    keep everything in that folder instead of var/
  DATABASE_URL=...  REDIS_URL=...  use these servers instead of our own
  PORT=8001         the port of `run`;  NPQ_DEMO=0 run  without demonstration data
  NO_BROWSER=1      test  without the browser tests
"""
LEAVE_DATABASE = {
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "check",
    "help",
    "--help",
}


def main(arguments: Sequence[str]) -> int:
    """The exit code; a refusal is told on standard error."""
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    interrupts.listen()
    try:
        return command(name, rest)
    except Stop as refusal:
        note(str(refusal))
        return refusal.code
    except Ended:
        note("Stopped.")
        return 130


def command(name: str, rest: list[str]) -> int:
    if name in ("help", "-h", "--help"):
        show(USAGE.rstrip())
        return 0
    if name in ("run", "check", "fix", "docs", "lock") and rest:
        raise Stop(f"'{name}' takes no arguments.\n\n{USAGE}", code=2)
    here = places.from_environment(os.environ)
    match name:
        case "run":
            return portal.run(here)
        case "test":
            return testing.test(here, rest)
        case "bench":
            return testing.bench(here, rest)
        case "manage":
            return manage(here, rest)
        case "exec":
            return execute(here, rest)
    if name not in ("check", "fix", "docs", "lock"):
        raise Stop(f"There is no command '{name}'.\n\n{USAGE}", code=2)
    packages.provide_alone(here)
    match name:
        case "check":
            return checks.check(here)
        case "fix":
            return checks.one_after_another(checks.FIXES, here)
        case "docs":
            return checks.one_after_another(checks.DOCS, here)
    return packages.compile_locks(here)


def manage(here: Places, arguments: Sequence[str]) -> int:
    """manage.py on the services of the folder; a database of ours is brought up to date first."""
    packages.provide_alone(here)
    with services.running(here) as found:
        if found.database_is_ours and not LEAVE_DATABASE & set(arguments[:1]):
            prepare.database(found)
        return _hand_over(found, [str(here.python), str(here.root / "manage.py"), *arguments])


def execute(here: Places, arguments: Sequence[str]) -> int:
    """Any program on the services of the folder, with PostgreSQL's own programs within reach."""
    if not arguments:
        raise Stop(f"Which program?\n\n{USAGE}", code=2)
    packages.provide_alone(here)
    with services.running(here) as found:
        return _hand_over(found, list(arguments))


def _hand_over(found: services.Services, command: Sequence[str]) -> int:
    """Run it where the caller is, with the caller's input and output, and give its exit code."""
    try:
        return processes.in_foreground(command, env=found.env)
    except OSError as error:
        raise Stop(f"{command[0]} cannot be run: {error.strerror}") from error
