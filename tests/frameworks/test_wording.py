"""The wording held equals the source, by counts and hashes that a second, separate reading recorded (F2, F3)."""

import copy
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from frameworks import queries
from frameworks.models import Edition

FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "frameworks"
EDITIONS = ("2017", "2019")


def digest(texts: Iterable[str]) -> list[int | str]:
    found = list(texts)
    joined = "".join(f"{text}\n" for text in found)
    return [len(found), hashlib.sha256(joined.encode()).hexdigest()]


def whole(statement: dict[str, Any]) -> str:
    return statement["text"] + "".join(f"\n* {item}" for item in statement.get("items", []))


def read(document: dict[str, Any]) -> dict[str, Any]:
    """The document in the recorded shape."""
    levels = {}
    for level in document["levels"]:
        areas = {
            str(area["number"]): {
                "learn_how_to": digest(area["learn_how_to"]),
                "learn_about": digest(map(whole, area["learn_about"])),
                "criteria": digest(f"{each['code']} {each['text']}" for each in area["criteria"]),
                "name": area["name"],
            }
            for area in level["areas"]
        }
        levels[level["code"]] = {
            "areas": areas,
            "marked": digest(
                f"{each['part'] or task['number']} {each['code']}"
                for task in level["tasks"]
                for each in task["criteria"]
            ),
        }
    behaviours = digest(f"{each['name']}: {each['description']}" for each in document["behaviours"])
    return {"edition": document["edition"], "levels": levels, "behaviours": behaviours}


def recorded(code: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"recorded_{code}.json").read_text(encoding="utf-8"))


def matches(document: dict[str, Any]) -> bool:
    """Whether the document is word for word what was recorded."""
    found, wanted = read(document), recorded(document["edition"])
    wanted.pop("note")
    for code, level in wanted["levels"].items():
        if "marked" not in level:
            found["levels"][code].pop("marked")
    return found == wanted


@pytest.fixture
def export(db: None) -> Callable[[str], dict[str, Any]]:
    return lambda code: queries.as_document(Edition.objects.get(code=code))


@pytest.mark.parametrize("code", EDITIONS)
def test_the_edition_is_word_for_word_the_source(
    export: Callable[[str], dict[str, Any]], code: str
) -> None:
    assert matches(export(code))


def test_one_changed_letter_is_noticed(export: Callable[[str], dict[str, Any]]) -> None:
    """Canary: the check fails for a letter, a lost item, a swapped pair and a behaviour."""
    document = export("2019")

    def changed(change: Callable[[dict[str, Any]], None]) -> bool:
        other = copy.deepcopy(document)
        change(other)
        return matches(other)

    executive = 3
    behaviour, how_to = "behaviours", "learn_how_to"

    def letter(other: dict[str, Any]) -> None:
        criterion = other["levels"][executive]["areas"][2]["criteria"][3]
        assert "publically" in criterion["text"]
        criterion["text"] = criterion["text"].replace("publically", "publicly")

    def item(other: dict[str, Any]) -> None:
        other["levels"][1]["areas"][4]["learn_about"][0]["items"].pop()

    def order(other: dict[str, Any]) -> None:
        other["levels"][0]["areas"][0][how_to].reverse()

    def respect(other: dict[str, Any]) -> None:
        other[behaviour][6]["description"] += "."

    assert [changed(each) for each in (letter, item, order, respect)] == [False] * 4


def test_the_counts_of_the_2019_edition(export: Callable[[str], dict[str, Any]]) -> None:
    document = export("2019")
    counts = {
        level["code"]: (
            len(level["areas"]),
            sum(len(area["learn_how_to"]) for area in level["areas"]),
            sum(len(area["learn_about"]) for area in level["areas"]),
            sum(len(area["criteria"]) for area in level["areas"]),
            [
                (len(task["criteria"]), task["word_limit"], task["marks_available"])
                for task in level["tasks"]
            ],
        )
        for level in document["levels"]
    }
    assert counts == {
        "NPQML": (6, 16, 32, 16, [(16, 4500, 32)]),
        "NPQSL": (6, 18, 25, 14, [(14, 5000, 28)]),
        "NPQH": (6, 16, 40, 21, [(15, 4000, 30), (6, 2500, 12)]),
        "NPQEL": (6, 17, 33, 21, [(14, 4000, 28), (12, 4000, 24)]),
    }
    assert len(document["behaviours"]) == 7


def test_the_five_codes_marked_in_both_tasks(export: Callable[[str], dict[str, Any]]) -> None:
    first, second = (
        {each["code"] for each in task["criteria"]} for task in export("2019")["levels"][3]["tasks"]
    )
    assert first & second == {"1.4.1", "1.4.3", "3.4.1", "3.4.2", "4.4.1"}


def test_a_shared_stem_stands_in_each_of_its_criteria(
    export: Callable[[str], dict[str, Any]],
) -> None:
    criteria = export("2019")["levels"][3]["areas"][5]["criteria"]
    stem = "Evaluates the benefits and risks of different strategies in terms of: "
    assert [each["text"].startswith(stem) for each in criteria] == [False, True, True, True]


def test_documents_serve_the_criteria_of_the_rulebook(
    export: Callable[[str], dict[str, Any]],
) -> None:
    served = {
        (level["code"], task["number"]): {
            each["code"]: each["documents"][0] for each in task["criteria"] if each["documents"]
        }
        for level in export("2019")["levels"]
        for task in level["tasks"]
    }
    assert served == {
        ("NPQML", 1): {
            "1.1.1": "Raw data analysis",
            "2.1.3": "Pupil performance data",
            "4.1.1": "Sponsor comments",
            "5.1.1": "Budget",
            "5.1.2": "Project plan",
            "5.1.3": "Risk register",
        },
        ("NPQSL", 1): {
            "1.2.1": "Raw data analysis",
            "2.2.3": "Pupil performance data",
            "3.2.1": "Sponsor comments",
            "3.2.2": "Communications plan",
            "4.2.1": "Sponsor comments",
            "5.2.1": "Business case",
            "5.2.2": "Risk management plan",
        },
        ("NPQH", 1): {
            "2.3.2": "Pupil performance data",
            "3.3.2": "Sponsor comments",
            "3.3.3": "Presentation recording and feedback",
            "3.3.4": "Communications/stakeholder engagement strategy",
        },
        ("NPQH", 2): {"5.3.2": "Curriculum-led budget"},
        ("NPQEL", 1): {
            "3.4.1": "Presentation recording and feedback",
            "3.4.2": "Presentation recording and feedback",
        },
        ("NPQEL", 2): {
            "2.4.4": "Pupil performance data",
            "3.4.1": "Presentation recording and feedback",
            "3.4.2": "Presentation recording and feedback",
            "3.4.4": "Communications/stakeholder engagement plan including media handling",
        },
    }
