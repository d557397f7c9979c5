"""docs/rules.md: every place that it names exists, and it knows every rule that the code cites."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
INDEX = ROOT / "docs" / "rules.md"
PLACE = re.compile(r"`([\w./]+/[\w./]+\.(?:py|json))`(?: \(([^)]*)\))?")
NAMES = re.compile(r"`(\w+)`")
NUMBER = re.compile(r"\b([FAPSQG]\d{1,2})\b")
SPAN = re.compile(r"\b([FAPSQG])(\d{1,2}) to \1(\d{1,2})\b")


def missing(text: str) -> list[str]:
    """The files that a page names and that are not there, and names that stand in none of them."""
    gone = []
    for path, names in PLACE.findall(text):
        if not (ROOT / path).is_file():
            gone.append(path)
            continue
        said = (ROOT / path).read_text()
        gone += [
            f"{path}: {name}"
            for name in NAMES.findall(names)
            if not re.search(rf"(?:def |class |^){name}\b", said, re.MULTILINE)
        ]
    return gone


def told(text: str) -> set[str]:
    """The rules that a page speaks of, those within 'P3 to P8' too."""
    within = {
        f"{letter}{number}"
        for letter, first, last in SPAN.findall(text)
        for number in range(int(first), int(last) + 1)
    }
    return within | set(NUMBER.findall(text))


def test_every_place_exists():
    assert missing(INDEX.read_text()) == []


def test_a_place_that_is_gone_is_noticed():
    """Canary."""
    text = "`core/nowhere.py`, `core/clock.py` (`now`, `yesterday`), `core/audit.py`"
    assert missing(text) == ["core/nowhere.py", "core/clock.py: yesterday"]


@pytest.mark.parametrize("room", ["frameworks", "programmes", "applications", "assessment"])
def test_every_rule_that_a_policy_gives_is_told(room):
    policies = ROOT / room / "policies"
    files = sorted(policies.rglob("*.py")) if policies.is_dir() else [policies.with_suffix(".py")]
    cited = {
        number for file in files for number in re.findall(r'"([FAPSQG]\d{1,2})"', file.read_text())
    }
    assert sorted(cited - told(INDEX.read_text())) == []
