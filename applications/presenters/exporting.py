"""The list as a file: its columns in words, made harmless for spreadsheets, as CSV and as XLSX (G5).

Equality answers are in no column: they stand in a table that is not read here (A6).
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

from openpyxl import Workbook

from applications.queries import desk
from applications.states import ApplicationStatus, FundingRoute
from core import clock

HEADINGS = (
    "Reference",
    "First name",
    "Last name",
    "Email address",
    "Teacher reference number",
    "Level",
    "Cohort",
    "Cohort starts on",
    "School",
    "URN",
    "Local authority",
    "Region",
    "Role at school",
    "Stage",
    "Waits for",
    "In this stage since",
    "Days in this stage",
    "Started on",
    "Sent on",
    "Sent late",
    "Sponsor",
    "Sponsor’s email address",
    "Regional moderator",
    "Who pays",
    "Decided on",
    "Enrolment",
)
# A spreadsheet would take a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LINES_AT_ONCE = 200


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula; anything else as it is."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def cells(row: dict[str, Any], today: date) -> list[Any]:
    """One application in the order of HEADINGS."""
    status = ApplicationStatus(row["status"])
    whom = desk.whom_by_facts(
        status,
        has_moderator=row["moderator_id"] is not None,
        is_handed=row["appealed__handed_to_id"] is not None,
    )
    since = _day(row["moved_at"])
    return [
        row["reference"],
        harmless(row["applicant__first_name"]),
        harmless(row["applicant__last_name"]),
        harmless(row["applicant__email"]),
        row["applicant__trn"] or row["trn"],
        row["level__code"],
        harmless(row["cohort__name"]),
        row["cohort__starts_on"],
        harmless(row["school__name"] or row["school_typed"]),
        row["school__urn"] or "",
        harmless(row["school__local_authority"] or ""),
        row["school__region"] or "",
        harmless(row["post"]),
        status.label,
        whom.label if whom else "",
        since,
        (today - since).days if since else "",
        _day(row["started_at"]),
        _day(row["sent_at"]),
        "Yes" if row["is_late"] else "No",
        harmless(f"{row['sponsor_first_name']} {row['sponsor_last_name']}".strip()),
        harmless(row["sponsor_email"]),
        harmless(
            f"{row['moderator__first_name'] or ''} {row['moderator__last_name'] or ''}".strip()
        ),
        FundingRoute(row["funding_route"]).label if row["funding_route"] else "",
        _day(row["decided_at"]),
        row["enrolment__reference"] or "",
    ]


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.LONDON).date() if moment else None


class _Line:
    """What csv.writer writes to: the line just written."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The file in pieces, begun with the mark by which Excel knows UTF-8; days as 2027-03-12."""
    writer = csv.writer(_Line())
    today = clock.today()
    piece = ["\ufeff", writer.writerow(HEADINGS)]
    for row in rows:
        piece.append(writer.writerow(cells(row, today)))
        if len(piece) >= LINES_AT_ONCE:
            yield "".join(piece)
            piece.clear()
    yield "".join(piece)


def write_xlsx(rows: Iterable[dict[str, Any]], file: IO[bytes]) -> None:
    """The same as one sheet, with days as days; written row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Applications")
    sheet.freeze_panes = "B2"
    sheet.append(HEADINGS)
    today = clock.today()
    for row in rows:
        sheet.append(cells(row, today))
    book.save(file)
