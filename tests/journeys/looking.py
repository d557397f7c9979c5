"""Looking at a page with axe: what it finds, and whether it ran at all."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()


# Rules of axe that have something to look at on the barest page; below it, axe did not really run.
FEWEST = 18


def axe(page: Page) -> dict[str, Any]:
    page.wait_for_load_state()
    page.evaluate(AXE)
    return page.evaluate("axe.run()")


def faults(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["id"], each["nodes"][0]["html"][:300]) for each in found["violations"]]
