"""The metrics command: its whole output, and every refusal with 1 and a message on standard error."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from quality import services
from quality.management.commands import metrics
from tests.quality import rows

pytestmark = pytest.mark.django_db

PERIOD = ("--from", "2025-09-01", "--to", "2026-08-31")
NOTHING = {
    "M1": {
        "numerator": 0,
        "denominator": 0,
        "value": None,
        "target": None,
        "met": None,
        "excluded": {"delivery_team": 0, "re_enrolled": 0},
    },
    "M4": {"numerator": 0, "denominator": 0, "value": None, "target": 90, "met": None},
}


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("metrics", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def provider():
    services.set_target(
        by=None,
        level="NPQSL",
        period_start=date(2025, 9, 1),
        period_end=date(2026, 8, 31),
        recruitment_target=3,
    )
    back = rows.person()
    rows.enrolment(participant=back, enrolled_on=date(2024, 9, 14), commenced_on=date(2024, 9, 14))
    rows.enrolment(participant=back, enrolled_on=date(2025, 10, 1))
    rows.enrolment(enrolled_on=date(2025, 10, 1), delivery_team=True)
    for _ in range(2):
        rows.enrolment(enrolled_on=date(2026, 8, 31))
    rows.enrolment(
        enrolled_on=date(2024, 9, 14),
        commenced_on=date(2024, 9, 14),
        presented_on=date(2026, 3, 14),
    )


def test_json_holds_every_level_and_both_metrics(provider):
    assert json.loads(run(*PERIOD)) == {
        "period": {"from": "2025-09-01", "to": "2026-08-31"},
        "definition": "2017",
        "levels": {
            "NPQML": NOTHING,
            "NPQSL": {
                "M1": {
                    "numerator": 2,
                    "denominator": 3,
                    "value": 66.7,
                    "target": 100,
                    "met": False,
                    "excluded": {"delivery_team": 1, "re_enrolled": 1},
                },
                "M4": {"numerator": 1, "denominator": 2, "value": 50.0, "target": 90, "met": False},
            },
            "NPQH": NOTHING,
            "NPQEL": NOTHING,
        },
    }


def test_one_level_alone(provider):
    document = json.loads(run(*PERIOD, "--level", "NPQH"))
    assert document["levels"] == {"NPQH": NOTHING}


def test_csv_holds_a_line_for_each_level_and_metric(provider):
    lines = list(csv.DictReader(io.StringIO(run(*PERIOD, "--format", "csv"))))
    assert [(line["level"], line["metric"]) for line in lines] == [
        (code, metric) for code in rows.CODES for metric in ("M1", "M4")
    ]
    assert lines[2] == {
        "period_from": "2025-09-01",
        "period_to": "2026-08-31",
        "definition": "2017",
        "level": "NPQSL",
        "metric": "M1",
        "numerator": "2",
        "denominator": "3",
        "value": "66.7",
        "target": "100",
        "met": "no",
        "excluded_delivery_team": "1",
        "excluded_re_enrolled": "1",
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Give --from YYYY-MM-DD."),
        (("--from", "2025-09-01"), "Give --to YYYY-MM-DD."),
        (
            ("--from", "yesterday", "--to", "2026-08-31"),
            "--from: 'yesterday' is not a date written yyyy-mm-dd.",
        ),
        (("--from", "2025-09-01", "--to", "2026-02-30"), "--to: there is no day 2026-02-30."),
        (("--from", "2026-09-01", "--to", "2026-08-31"), "--to must be a day after --from."),
        ((*PERIOD, "--level", "NPQX"), "No published edition has a level 'NPQX'."),
        ((*PERIOD, "--format", "xml"), "--format is json or csv, not 'xml'."),
    ],
)
def test_what_cannot_be_is_refused(arguments, message):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert (str(refused.value), refused.value.returncode) == (message, 1)


def test_a_refusal_prints_on_standard_error_only_and_ends_with_1(capsys):
    with pytest.raises(SystemExit) as end:
        metrics.Command().run_from_argv(
            ["manage.py", "metrics", "--from", "x", "--to", "2026-08-31"]
        )
    printed = capsys.readouterr()
    assert (end.value.code, printed.out) == (1, "")
    assert "--from: 'x' is not a date" in printed.err


def test_help_says_which_metrics_there_are():
    command: BaseCommand = metrics.Command()
    text = " ".join(command.create_parser("manage.py", "metrics").format_help().split())
    assert "M1 (recruited" in text
    assert "M2, M3, M5, M6 and M7 are not in the output yet" in text
