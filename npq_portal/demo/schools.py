"""The made-up schools of the demonstration, from fixtures/demo/schools.csv in the Department's format (G3)."""

import csv
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from programmes import services as programmes
from programmes.models import School


def made_up_schools() -> list[School]:
    """Add every school of the file."""
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / "schools.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [_add(row) for row in csv.DictReader(file)]


def _add(row: dict[str, str]) -> School:
    return programmes.add_school(
        by=None,
        urn=row["URN"],
        name=row["EstablishmentName"],
        kind=row["TypeOfEstablishment (name)"],
        group=row["EstablishmentTypeGroup (name)"],
        phase=row["PhaseOfEducation (name)"],
        status=row["EstablishmentStatus (name)"],
        local_authority=row["LA (name)"],
        district=row["DistrictAdministrative (name)"],
        region=row["GOR (name)"],
        ofsted_rating=row["OfstedRating (name)"],
        fsm_percent=Decimal(row["PercentageFSM"]) if row["PercentageFSM"] else None,
        pupils=int(row["NumberOfPupils"]) if row["NumberOfPupils"] else None,
        postcode=row["Postcode"],
        ukprn=row["UKPRN"],
    )
