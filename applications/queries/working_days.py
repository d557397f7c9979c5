"""The bank holidays of England and Wales, which are data: fixtures/applications/bank_holidays.json."""

import functools
import json
from datetime import date

from django.conf import settings


@functools.cache
def bank_holidays() -> frozenset[date]:
    """Every bank holiday that the file knows; a year that it does not know has none."""
    path = settings.BASE_DIR / "fixtures" / "applications" / "bank_holidays.json"
    years: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))["years"]
    return frozenset(date.fromisoformat(day) for days in years.values() for day in days)
