"""`test` and `bench`: on servers of their own, so that a portal that runs is not disturbed."""

import os
from collections.abc import Sequence
from functools import partial

from dev import checks, machine, packages, prepare, processes, services
from dev.places import Places
from dev.services import Services

OURS = ("NPQ_DEMO", "NPQ_DEBUG", "NPQ_HOSTS", "NPQ_BASE_URL", "NPQ_PDF")
# Playwright runs an event loop in the test's thread, beside which Django's models are used on purpose.
ASYNC = {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
PARTS = {
    "unit": ["-n", "auto", "-m", "not browser and not integration and not whole"],
    "whole": ["-n", "auto", "-m", "whole and not browser and not integration"],
    # By files: what a file needs running, its process starts once.
    "integration": ["-n", "auto", "--dist", "loadfile", "-m", "integration and not browser"],
    "browser": ["-n", "2", "--dist", "loadfile", "-m", "browser"],
}


def test(here: Places, arguments: Sequence[str]) -> int:
    """Checks, then all parts of the tests; with arguments only pytest, with these arguments."""
    browser = os.environ.get("NO_BROWSER") != "1"
    packages.provide(here, beside=partial(machine.provide_for_tests, browser=browser))
    if arguments:
        with services.throwaway(here) as found:
            return _pytest(found, arguments)
    results = {"checks": checks.check(here)}
    with services.throwaway(here) as found:
        for name, options in PARTS.items():
            if name == "browser" and not browser:
                continue
            print(f"\n{name} tests", flush=True)
            results[name] = _pytest(found, options, **(ASYNC if name == "browser" else {}))
    print()
    for name, code in results.items():
        print(f"{'ok    ' if code == 0 else 'FAILED'} {name}")
    if not browser:
        print("LEFT OUT browser tests, because NO_BROWSER=1 was set")
    return 1 if any(results.values()) else 0


def bench(here: Places, arguments: Sequence[str]) -> int:
    """The measurements of tests/bench, on a new database that does sync to disk."""
    packages.provide(here, beside=machine.provide_pdf)
    with services.throwaway(here, durable=True) as found:
        prepare.everything(found, demo=False)
        command = [str(found.places.python), "-m", "tests.bench", *arguments]
        return processes.in_foreground(command, cwd=here.root, env=_environment(found))


def _pytest(found: Services, options: Sequence[str], **more: str) -> int:
    command = [str(found.places.python), "-m", "pytest", *options]
    return processes.in_foreground(command, cwd=found.places.root, env=_environment(found) | more)


def _environment(found: Services) -> dict[str, str]:
    """Without what the caller set for a portal of their own; with the browser that was found."""
    env = {name: value for name, value in found.env.items() if name not in OURS}
    browser = machine.browser_path()
    if browser:
        env["NPQ_CHROMIUM"] = browser
    return env
