"""The wording of the two scales, which is data: fixtures/applications/scales.json (A1, A4)."""

import functools
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Step:
    """One step of a scale, in plain words."""

    score: int
    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.score}: {self.name}"


@functools.cache
def _data() -> dict[str, Any]:
    path = settings.BASE_DIR / "fixtures" / "applications" / "scales.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def area_scale(level_code: str) -> list[Step]:
    """The four steps by which applicants for this level see themselves in an area."""
    steps = _data()["areas"]
    return [Step(**each) for each in steps.get(level_code, steps["default"])]


def behaviour_scale() -> list[Step]:
    """The four answers of a sponsor about a behaviour, the strongest first."""
    return [Step(**each) for each in _data()["behaviours"]]


def area_step(level_code: str, score: int) -> Step:
    """One step of a level's area scale."""
    return next(step for step in area_scale(level_code) if step.score == score)


def behaviour_step(score: int) -> Step:
    """One of a sponsor's four answers."""
    return next(step for step in behaviour_scale() if step.score == score)
