"""metrics: the quality figures of a period, as JSON or CSV on standard output."""

import csv
import io
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quality import queries
from quality.policies import DEFINITION, LevelFigures, Period, Rate, day_from

FORMATS = ("json", "csv")
COLUMNS = (
    "period_from",
    "period_to",
    "definition",
    "level",
    "metric",
    "numerator",
    "denominator",
    "value",
    "target",
    "met",
    "excluded_delivery_team",
    "excluded_re_enrolled",
)


class Command(BaseCommand):
    help = (
        "Print quality metrics for each level over a period. M1 (recruited as a percentage of the target) and "
        "M4 (presented within 18 months of commencing) are computed so far; M2, M3, M5, M6 and M7 are not in "
        "the output yet."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Checked below, so that every refusal ends with 1 and its message.
        parser.add_argument(
            "--from", dest="first", default="", metavar="YYYY-MM-DD", help="the first day"
        )
        parser.add_argument(
            "--to", dest="last", default="", metavar="YYYY-MM-DD", help="the last day"
        )
        parser.add_argument(
            "--level", default="", metavar="CODE", help="only this level, such as NPQSL"
        )
        parser.add_argument(
            "--format", default="json", metavar="json|csv", help="json unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        period = _period(options["first"], options["last"])
        if options["format"] not in FORMATS:
            raise CommandError(f"--format is json or csv, not {options['format']!r}.")
        code = options["level"]
        if code and not queries.is_level(code):
            raise CommandError(f"No published edition has a level {code!r}.")
        figures = queries.metrics(period, [code] if code else None)
        write = _as_json if options["format"] == "json" else _as_csv
        self.stdout.write(write(period, figures), ending="")


def _period(first: str, last: str) -> Period:
    days = []
    for option, text in (("--from", first), ("--to", last)):
        if not text:
            raise CommandError(f"Give {option} YYYY-MM-DD.")
        try:
            days.append(day_from(text))
        except ValueError as error:
            raise CommandError(f"{option}: {error}.") from error
    try:
        return Period(*days)
    except ValueError as error:
        raise CommandError("--to must be a day after --from.") from error


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "value": None if rate.value is None else float(rate.value),
        "target": rate.target,
        "met": rate.met,
    }


def _level(figures: LevelFigures) -> dict[str, dict[str, Any]]:
    excluded = {"delivery_team": figures.delivery_team, "re_enrolled": figures.re_enrolled}
    return {
        "M1": {**_rate(figures.recruitment), "excluded": excluded},
        "M4": _rate(figures.presenting),
    }


def _as_json(period: Period, figures: list[LevelFigures]) -> str:
    document = {
        "period": {"from": period.first.isoformat(), "to": period.last.isoformat()},
        "definition": DEFINITION.version,
        "levels": {each.code: _level(each) for each in figures},
    }
    return json.dumps(document, indent=2) + "\n"


def _as_csv(period: Period, figures: list[LevelFigures]) -> str:
    """One line for each level and metric; empty where there is no value."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for each in figures:
        for metric, result in _level(each).items():
            excluded = result.pop("excluded", {})
            result["met"] = {True: "yes", False: "no", None: ""}[result["met"]]
            rows.writerow(
                {
                    "period_from": period.first.isoformat(),
                    "period_to": period.last.isoformat(),
                    "definition": DEFINITION.version,
                    "level": each.code,
                    "metric": metric,
                    **result,
                    **{f"excluded_{name}": count for name, count in excluded.items()},
                }
            )
    return text.getvalue()
