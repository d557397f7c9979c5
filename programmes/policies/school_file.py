"""Reading the Department's establishment file (G3): its columns, and whether a row can be taken. Pure.

What is in the database is not known here; `services.school_import` compares and writes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from programmes.policies.schools import clean_postcode, is_closed

URN, NAME, STATUS = "URN", "EstablishmentName", "EstablishmentStatus (name)"
FSM, PUPILS, POSTCODE = "PercentageFSM", "NumberOfPupils", "Postcode"
UKPRN, LAST_CHANGED = "UKPRN", "LastChangedDate"
LA_CODE, NUMBER, CLOSED_ON = "LA (code)", "EstablishmentNumber", "CloseDate"
CLOSED_BECAUSE = "ReasonEstablishmentClosed (name)"

# Text columns that are kept as they are: column, attribute of School, most letters.
NEEDED_TEXT = (
    (NAME, "name", 200),
    ("TypeOfEstablishment (name)", "kind", 100),
    ("EstablishmentTypeGroup (name)", "group", 100),
    ("PhaseOfEducation (name)", "phase", 60),
    (STATUS, "status", 60),
    ("LA (name)", "local_authority", 100),
    ("DistrictAdministrative (name)", "district", 100),
    ("GOR (name)", "region", 60),
    ("OfstedRating (name)", "ofsted_rating", 60),
)
OPTIONAL_TEXT = (
    ("Street", "street", 200),
    ("Locality", "locality", 120),
    ("Town", "town", 120),
    (CLOSED_BECAUSE, "closed_because", 120),
)
NEEDED = (
    URN,
    *(column for column, _, _ in NEEDED_TEXT),
    FSM,
    PUPILS,
    POSTCODE,
    UKPRN,
    LAST_CHANGED,
)
OPTIONAL = (*(column for column, _, _ in OPTIONAL_TEXT), LA_CODE, NUMBER, CLOSED_ON)

MOST_IN_POSTCODE = 10
# What an open school has not, whatever the file says of plans to close it.
OF_NO_OPEN_SCHOOL: dict[str, Any] = {"closed_on": None, "closed_because": ""}
NOTHING_SAID = "Not applicable"  # the file's words for an empty reason

_UNKEEPABLE = re.compile("[\x00\ufffd]").search
_URN = re.compile("[0-9]{6}").fullmatch
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]0*)?").fullmatch
_PUPILS = re.compile("[0-9]{1,5}").fullmatch
_UKPRN = re.compile("([0-9]{8})?").fullmatch
_AUTHORITY = re.compile("[0-9]{3}").fullmatch
_NUMBER = re.compile("[0-9]{1,4}").fullmatch
_DAY = re.compile("([0-9]{2})-([0-9]{2})-([0-9]{4})").fullmatch


@dataclass(frozen=True)
class Row:
    """A row of the file: what it says of a school, or why it is not taken."""

    urn: str
    values: dict[str, Any]
    reasons: tuple[str, ...] = ()


def header_troubles(header: Sequence[str]) -> tuple[str, ...]:
    """Why a file with this header is not the Department's (G3); nothing when it is."""
    names = [name.strip() for name in header]
    if not any(names):
        return ("The file is empty.",)
    missing = [column for column in NEEDED if column not in names]
    twice = [column for column in (*NEEDED, *OPTIONAL) if names.count(column) > 1]
    troubles = []
    if missing:
        troubles.append(f"The file has no column {_listed(missing)}.")
    if twice:
        troubles.append(f"The file has more than one column {_listed(twice)}.")
    return tuple(troubles)


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Where each column that is used stands."""
    names = [name.strip() for name in header]
    return {column: names.index(column) for column in (*NEEDED, *OPTIONAL) if column in names}


def read_row(cells: Sequence[str], places: Mapping[str, int], width: int) -> Row:
    """What a row says of a school (G3). `values` has an attribute for every column that the file has."""
    if len(cells) != width:
        said = f"It has {len(cells)} columns where the first line has {width}"
        return Row(
            urn=cells[0].strip()[:40] if cells and places[URN] == 0 else "",
            values={},
            reasons=(said,),
        )
    said_of = {column: " ".join(cells[place].split()) for column, place in places.items()}
    urn = said_of[URN]
    values: dict[str, Any] = {}
    reasons: list[str] = []

    if not _URN(urn):
        reasons.append(f"{URN} is not 6 digits" if urn else f"{URN} is empty")
    if _UNKEEPABLE("".join(said_of.values())):
        reasons.append("It has a character that cannot be read")
    for column, attribute, most in (*NEEDED_TEXT, *OPTIONAL_TEXT):
        if column not in said_of:
            continue
        text = said_of[column]
        if not text and column in (NAME, STATUS):
            reasons.append(f"{column} is empty")
        if len(text) > most:
            reasons.append(f"{column} has more than {most} characters")
        values[attribute] = text
    _figures(said_of, values, reasons)
    _postcode_and_numbers(said_of, values, reasons)
    _days(said_of, values, reasons)
    if not is_closed(values["status"]):
        values |= OF_NO_OPEN_SCHOOL
    elif values.get("closed_because") == NOTHING_SAID:
        values["closed_because"] = ""
    return Row(urn=urn[:40], values=values, reasons=tuple(reasons))


def _figures(said_of: Mapping[str, str], values: dict[str, Any], reasons: list[str]) -> None:
    percent, pupils = said_of[FSM], said_of[PUPILS]
    values["fsm_percent"] = values["pupils"] = None
    if percent:
        if _PERCENT(percent) and Decimal(percent) <= 100:
            values["fsm_percent"] = Decimal(percent).quantize(Decimal("0.1"))
        else:
            reasons.append(f"{FSM} is not a percentage from 0 to 100 with at most one decimal")
    if pupils:
        if _PUPILS(pupils):
            values["pupils"] = int(pupils)
        else:
            reasons.append(f"{PUPILS} is not a whole number up to 99999")


def _postcode_and_numbers(
    said_of: Mapping[str, str], values: dict[str, Any], reasons: list[str]
) -> None:
    # Schools of the forces and abroad have what is no postcode of this country: kept as written.
    postcode = clean_postcode(said_of[POSTCODE]) or said_of[POSTCODE].upper()
    if len(postcode) > MOST_IN_POSTCODE:
        reasons.append(f"{POSTCODE} has more than {MOST_IN_POSTCODE} characters")
    values["postcode"] = postcode
    values["ukprn"] = said_of[UKPRN]
    if not _UKPRN(said_of[UKPRN]):
        reasons.append(f"{UKPRN} is not 8 digits")
    if LA_CODE in said_of and NUMBER in said_of:
        authority, number = said_of[LA_CODE], said_of[NUMBER]
        whole = _AUTHORITY(authority) and _NUMBER(number)
        values["local_number"] = f"{authority}/{number:0>4}" if whole else ""


def _days(said_of: Mapping[str, str], values: dict[str, Any], reasons: list[str]) -> None:
    for column, attribute in ((LAST_CHANGED, "changed_on"), (CLOSED_ON, "closed_on")):
        if column not in said_of:
            continue
        values[attribute] = None
        if said_of[column]:
            try:
                values[attribute] = _day(said_of[column])
            except ValueError:
                reasons.append(f"{column} is not a date written as dd-mm-yyyy")


def _day(written: str) -> date:
    found = _DAY(written)
    if not found:
        raise ValueError(written)
    return date(int(found[3]), int(found[2]), int(found[1]))


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(columns)
