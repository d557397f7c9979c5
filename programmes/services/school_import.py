"""Reading the Department's establishment file into the schools (G3): a stream of batches in one transaction.

What a row says is in policies.school_file; here it is compared with what is kept, written, and told.
"""

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.db import connection, transaction

from accounts.models import User
from core import audit
from core.errors import Refused, WrongMoment
from programmes import events, policies
from programmes.models import RefusedRow, School, SchoolChange, SchoolImport
from programmes.services.schools import count_words, search_of

BATCH = 2000
CHUNK = 1024 * 1024
MANY = 1000  # schools written, after which the database looks at the table afresh
MOST_HANDED_ON = 10  # closures in a row that a successor is followed through
LOCK = "programmes.import_schools"

WRITTEN = (
    "name",
    "kind",
    "group",
    "phase",
    "status",
    "local_authority",
    "district",
    "region",
    "ofsted_rating",
    "fsm_percent",
    "pupils",
    "street",
    "locality",
    "town",
    "postcode",
    "local_number",
    "closed_on",
    "closed_because",
    "ukprn",
    "changed_on",
    "successor",
    "search",
)


@dataclass
class _Reading:
    """One reading while it goes on."""

    run: SchoolImport
    full: bool
    lines: dict[str, int] = field(default_factory=dict)  # where each URN stood first
    schools: list[School] = field(default_factory=list)
    changes: list[SchoolChange] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


@transaction.atomic
def import_schools(*, by: User | None, path: Path, full: bool = False) -> SchoolImport:
    """Read the Department's file: rows newer than what is kept, or with `full` every row, column by column (G3).

    Refused with nothing written when the file is not the Department's; a row that cannot be taken is kept with
    its reasons and the others are taken. WrongMoment while another reading goes on.
    """
    _alone()
    digest, encoding = _looked_through(path)
    run = SchoolImport.objects.create(
        file_name=path.name[:200], sha256=digest, read_by=by, full=full
    )
    reading = _Reading(run, full)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        rows = _rows(file)
        while batch := list(islice(rows, BATCH)):
            _take(reading, batch)
    written = run.added + run.changed + run.closed
    if written:
        _find_successors()
        count_words()
    if written > MANY:
        _look_afresh()
    run.save()
    counts = ("added", "changed", "unchanged", "closed", "refused")
    facts = {name: getattr(run, name) for name in counts}
    audit.record(events.SCHOOLS_IMPORTED, by=by, on=run, full=full, **facts)
    return run


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [LOCK])
        (alone,) = cursor.fetchone()
    if not alone:
        raise WrongMoment("Another reading of schools is going on. Try again when it has ended.")


def _looked_through(path: Path) -> tuple[str, str]:
    """The file's SHA-256 and its encoding: UTF-8, or else ISO-8859-1.

    Read as Windows-1252, which agrees with ISO-8859-1 in every letter and has dashes and curved quotation marks
    where that has control characters: the Department's file holds some of these.
    """
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                if encoding != "cp1252":
                    try:
                        decoder.decode(chunk)
                    except UnicodeDecodeError:
                        encoding = "cp1252"
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error
    return digest.hexdigest(), encoding


def _rows(file: TextIO) -> Iterator[tuple[int, policies.Row]]:
    """Each row with the line it begins on. Refused when the file is not the Department's."""
    lines = csv.reader(file)
    try:
        header = next(lines, [])
        if troubles := policies.header_troubles(header):
            raise Refused(" ".join(troubles))
        places, width = policies.places_of(header), len(header)
        begins = lines.line_num + 1
        for cells in lines:
            if cells:
                yield begins, policies.read_row(cells, places, width)
            begins = lines.line_num + 1
    except csv.Error as error:
        raise Refused(f"Line {lines.line_num} cannot be read as CSV: {error}.") from error


def _take(reading: _Reading, batch: list[tuple[int, policies.Row]]) -> None:
    """Compare one batch with what is kept and write what differs."""
    days = dict(
        School.objects.filter(urn__in=[row.urn for _, row in batch if not row.reasons])
        .order_by()
        .values_list("urn", "changed_on")
    )
    newer = {
        row.urn
        for _, row in batch
        if row.urn in days
        and not row.reasons
        and (reading.full or _is_newer(row.values["changed_on"], days[row.urn]))
    }
    kept = {school.urn: school for school in School.objects.filter(urn__in=newer).order_by()}
    for line, row in batch:
        reasons = list(row.reasons)
        if row.urn and (first := reading.lines.setdefault(row.urn, line)) != line:
            reasons.append(f"URN {row.urn} stands on line {first} already")
        if reasons:
            _refuse(reading, line, row.urn, reasons)
        elif row.urn in days and row.urn not in newer:
            reading.run.unchanged += 1
        elif school := kept.get(row.urn):
            _compare(reading, school, row.values)
        else:
            school = School(urn=row.urn, **row.values)
            school.search = search_of(school)
            reading.schools.append(school)
            reading.run.added += 1
    School.objects.bulk_create(
        reading.schools, update_conflicts=True, unique_fields=["urn"], update_fields=WRITTEN
    )
    SchoolChange.objects.bulk_create(reading.changes)
    RefusedRow.objects.bulk_create(reading.refused)
    for done in (reading.schools, reading.changes, reading.refused):
        done.clear()


def _refuse(reading: _Reading, line: int, urn: str, reasons: list[str]) -> None:
    reading.refused.append(
        RefusedRow(
            school_import=reading.run,
            line=line,
            urn=urn.replace("\x00", "\ufffd"),
            reasons="; ".join(reasons),
        )
    )
    reading.run.refused += 1


def _compare(reading: _Reading, school: School, values: dict[str, Any]) -> None:
    run = reading.run
    before = {name: getattr(school, name) for name in values}
    changed = [name for name in values if before[name] != values[name]]
    for name in changed:
        setattr(school, name, values[name])
    search, school.search = school.search, search_of(school)
    if not changed:
        run.unchanged += 1
        if search == school.search:
            return
    elif policies.is_closed(school.status) and not policies.is_closed(before["status"]):
        run.closed += 1
    else:
        run.changed += 1
    if not policies.is_closed(school.status):
        school.successor = None
    if changed:
        reading.changes.append(
            SchoolChange(
                school_id=school.pk,
                school_import=run,
                changed_at=run.read_at,
                before={name: _as_json(before[name]) for name in changed},
                after={name: _as_json(values[name]) for name in changed},
            )
        )
    school.pk = None  # written by its URN, together with those that are new
    reading.schools.append(school)


def _is_newer(said: date | None, kept: date | None) -> bool:
    return said is not None and (kept is None or said > kept)


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _find_successors() -> None:
    """Give closed schools that have none their successor: the open school with their number, which an academy
    keeps, else the only open one at their postcode whose name is alike. One that closes hands on to its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE programmes_school AS closed SET successor_id = open.id
            FROM (
                SELECT local_number, min(id) AS id FROM programmes_school
                WHERE status LIKE 'Open%%' AND local_number <> ''
                GROUP BY local_number HAVING count(*) = 1
            ) AS open
            WHERE closed.status LIKE 'Closed%%' AND closed.successor_id IS NULL
                AND closed.local_number = open.local_number
            """
        )
        cursor.execute(
            """
            SELECT closed.id, closed.name, open.id, open.name
            FROM programmes_school AS closed JOIN programmes_school AS open USING (postcode)
            WHERE closed.status LIKE 'Closed%%' AND closed.successor_id IS NULL
                AND open.status LIKE 'Open%%' AND postcode <> ''
            """
        )
        alike: dict[int, list[int]] = {}
        for closed, name, opened, its_name in cursor:
            if policies.names_alike(name, its_name):
                alike.setdefault(closed, []).append(opened)
        pairs = [(closed, found[0]) for closed, found in alike.items() if len(found) == 1]
        cursor.execute(
            """
            UPDATE programmes_school SET successor_id = pair.opened
            FROM unnest(%s::bigint[], %s::bigint[]) AS pair(closed, opened)
            WHERE id = pair.closed
            """,
            [[closed for closed, _ in pairs], [opened for _, opened in pairs]],
        )
        for _ in range(MOST_HANDED_ON):
            cursor.execute(
                """
                UPDATE programmes_school AS school SET successor_id = middle.successor_id
                FROM programmes_school AS middle
                WHERE school.successor_id = middle.id AND middle.successor_id IS NOT NULL
                    AND middle.status LIKE 'Closed%%' AND middle.successor_id <> school.id
                """
            )
            if not cursor.rowcount:
                break


def _look_afresh() -> None:
    """After much was written: index entries in their place, and the planner's figures true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('school_search_trigrams'::regclass)")
        cursor.execute("ANALYZE programmes_school")
        cursor.execute("ANALYZE programmes_schoolword")
