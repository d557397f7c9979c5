"""The pages under docs/ that the code writes are current, and no relative link of the documentation is dead."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from npq_portal import reference_docs

ROOT = Path(settings.BASE_DIR)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
TICKED = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def stale(folder: Path) -> list[str]:
    """The pages that differ from what the code says now."""
    return [
        name
        for name, text in reference_docs.pages().items()
        if not (folder / name).exists() or (folder / name).read_text() != text
    ]


def dead_links(page: Path) -> list[str]:
    """Relative links of a page that lead to no file or folder, or to no heading of one."""
    dead = []
    for target in LINK.findall(TICKED.sub("", page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, heading = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (heading and heading not in _headings(there)):
            dead.append(target)
    return dead


def _headings(page: Path) -> set[str]:
    """The anchors that a page's headings have on the web."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def test_states_and_permissions_are_current():
    assert stale(ROOT / "docs") == []


def test_a_changed_line_is_noticed(tmp_path):
    """Canary."""
    for name, text in reference_docs.pages().items():
        (tmp_path / name).write_text(text)
    assert stale(tmp_path) == []
    states = tmp_path / "states.md"
    states.write_text(states.read_text().replace("`submit`", "`sumbit`", 1))
    assert stale(tmp_path) == ["states.md"]


def test_every_state_verb_and_permission_is_told():
    pages = reference_docs.pages()
    assert "| `submit` | `started` | `submitted` |" in pages["states.md"]
    assert "| `assessment.release` | `is_administrator` |" in pages["permissions.md"]
    assert (
        "| `assessment.view_work` | `is_own_script or is_administrator` |"
        in (pages["permissions.md"])
    )
    assert (
        "| `/scripts/release/` | `assessment:release` | `assessment.release` |"
        in (pages["permissions.md"])
    )


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    assert dead_links(page) == []


def test_a_dead_link_is_noticed(tmp_path):
    """Canary."""
    page = tmp_path / "page.md"
    page.write_text(
        "# Here we are\n[here](#here-we-are) [there](there.md) [no](#nowhere) [web](https://example.org)"
    )
    assert dead_links(page) == ["there.md", "#nowhere"]
