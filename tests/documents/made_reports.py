"""Reports that only tests know: registered in the tests' process, and in the worker that they start.

The subject says what happens: SCR-HOLD waits in the middle while the file `hold` is in the data folder.
"""

import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines

from core.errors import Refused
from documents import registry

NAME = "practice_report"
TEMPLATES = str(Path(__file__).parent / "templates")
LONGEST_HOLD = 60
runs: list[str] = []


def folder() -> Path:
    return Path(settings.MEDIA_ROOT).parent


def build(subject: str, progress: registry.Progress) -> dict[str, Any]:
    """Three steps, and what the subject asks for."""
    runs.append(subject)
    if folder().is_dir():
        with open(folder() / "runs", "a") as notes:
            notes.write(f"{os.getpid()}\n")
    progress(1, 3)
    if subject == "SCR-REFUSED":
        raise Refused("Your result has not been released yet.")
    if subject == "SCR-BROKEN":
        raise ZeroDivisionError
    until = time.monotonic() + LONGEST_HOLD
    while subject == "SCR-HOLD" and (folder() / "hold").exists() and time.monotonic() < until:
        time.sleep(0.05)
    progress(2, 3)
    return {"words": "Every criterion was met – café.", "extra": EXTRA.get(subject, "")}


EXTRA = {
    "SCR-FETCHES": (
        '<img src="http://127.0.0.1:1/a.png" alt="a"><img src="file:///etc/hostname" alt="b">'
        '<link rel="stylesheet" href="/etc/passwd"><link rel="attachment" href="file:///etc/hostname">'
        '<object data="file:///etc/hostname"></object>'
    )
}

if NAME not in registry.names():
    registry.register(NAME, title="Practice report", template="tests/report.html", build=build)
    # In the settings too: a test that changes DEBUG makes Django read them again.
    settings.TEMPLATES[0]["DIRS"].append(TEMPLATES)
    engines["django"].engine.dirs.append(TEMPLATES)
