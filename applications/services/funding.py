"""Funding: each year's rules, and who pays for a place and what the school is due (A12)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from applications import events
from applications.models import (
    Application,
    EligibleWorkplace,
    FundingDecision,
    FundingYear,
    SupportBand,
)
from applications.policies import funding as rules
from applications.queries import funding as queries
from applications.services.rows import locked
from applications.states import ApplicationStatus, FundingRoute
from core import audit, clock
from core.errors import Refused, WrongMoment

PUBLISHED = Path(settings.BASE_DIR) / "fixtures" / "applications" / "funding.json"


def settle(row: Application, by: User | None, *, route: str) -> FundingDecision:
    """Work out the funding of a locked, accepted application by the rules of its cohort's year (A12).

    What was decided before is kept as replaced.
    """
    assert row.school is not None
    year = queries.year_of(row.cohort.starts_on)
    found = rules.funding(
        route=route,
        level=row.level.code,
        workplace=queries.workplace(row.school),
        year=queries.rules_of(year) if year else None,
    )
    now = clock.now()
    replaced = FundingDecision.objects.filter(application=row, replaced_at=None).update(
        replaced_at=now
    )
    decision = FundingDecision.objects.create(
        application=row,
        year=year,
        route=route,
        scholarship=found.scholarship,
        dual_award=found.dual_award,
        support_pence=found.support_pence,
        reason_code=found.reason,
        inputs=found.inputs,
        decided_at=now,
        decided_by=by,
    )
    audit.record(
        events.FUNDING_DECIDED,
        by=by,
        on=row,
        for_whom=row.applicant,
        after={
            "route": route,
            "scholarship": found.scholarship,
            "dual_award": found.dual_award,
            "support_pence": found.support_pence,
        },
        reason=str(found.reason),
        support=str(found.support),
        year=year.code if year else "",
        again=bool(replaced),
    )
    return decision


@transaction.atomic
def decide_funding(*, by: User, application: Application, route: str) -> FundingDecision:
    """Staff decide again who pays for an accepted application, by the rules as they are now (A12)."""
    row = locked(application)
    if row.status != ApplicationStatus.ACCEPTED:
        raise WrongMoment("Funding is decided once an application has been accepted.")
    if route not in FundingRoute.values:
        raise Refused((rules.Reason("Choose who pays", "route", "A12"),))
    return settle(row, by, route=route)


def load_funding_rules() -> list[str]:
    """Add the published years that are not there yet; part of the reference data."""
    document = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return load_funding(by=None, document=document["years"])


@transaction.atomic
def load_funding(*, by: User | None, document: Sequence[Mapping[str, Any]]) -> list[str]:
    """Add the years of a document that are not there yet; the years that are there stay as they are.

    Each has code, starts_on, ends_on, source, workplaces (names) and bands (phase, from, to, pence).
    """
    known = set(FundingYear.objects.values_list("code", flat=True))
    added = []
    for each in document:
        if each["code"] in known:
            continue
        year = FundingYear.objects.create(
            code=each["code"],
            starts_on=date.fromisoformat(each["starts_on"]),
            ends_on=date.fromisoformat(each["ends_on"]),
            source=each["source"],
        )
        _keep_workplaces(year, each["workplaces"])
        _keep_bands(
            year,
            [
                rules.Band(row["phase"], row["from"], row["to"], row["pence"])
                for row in each["bands"]
            ],
        )
        audit.record(events.FUNDING_YEAR_ADDED, by=by, on=year, after=_as_facts(year))
        added.append(year.code)
    return added


@transaction.atomic
def copy_funding_year(
    *, by: User, year: FundingYear, code: str, starts_on: date, ends_on: date, source: str
) -> FundingYear:
    """Begin another year with the rules of this one, to be edited (A12)."""
    years = list(FundingYear.objects.select_for_update())
    overlaps = [
        each.code for each in years if each.starts_on <= ends_on and starts_on <= each.ends_on
    ]
    code = code.strip()
    rules.new_year(
        code=code,
        known={each.code for each in years},
        starts_on=starts_on,
        ends_on=ends_on,
        overlaps=", ".join(overlaps),
        source=source,
    ).require()
    made = FundingYear.objects.create(
        code=code, starts_on=starts_on, ends_on=ends_on, source=source.strip()
    )
    old = queries.rules_of(year)
    _keep_workplaces(made, sorted(old.workplaces))
    _keep_bands(made, old.bands)
    audit.record(
        events.FUNDING_YEAR_COPIED, by=by, on=made, after=_as_facts(made), copied=year.reference
    )
    return made


@transaction.atomic
def change_workplaces(*, by: User, year: FundingYear, kinds: Sequence[str]) -> FundingYear:
    """Say which kinds of workplace, or groups of kinds, are eligible in a year (A12).

    Decisions made before keep what they were worked out from.
    """
    row = FundingYear.objects.select_for_update().get(pk=year.pk)
    wanted = list(dict.fromkeys(kind for each in kinds if (kind := " ".join(each.split()))))
    rules.workplaces(wanted).require()
    before = _as_facts(row)
    row.workplaces.all().delete()
    _keep_workplaces(row, wanted)
    _record_change(by, row, before)
    return row


@transaction.atomic
def change_bands(*, by: User, year: FundingYear, bands: Mapping[int, rules.Band]) -> FundingYear:
    """Say what schools are due in a year, by phase and size (A12). A band's number is its form row's.

    Decisions made before keep what they were worked out from.
    """
    row = FundingYear.objects.select_for_update().get(pk=year.pk)
    rules.bands(bands).require()
    before = _as_facts(row)
    row.bands.all().delete()
    _keep_bands(row, list(bands.values()))
    _record_change(by, row, before)
    return row


def _keep_workplaces(year: FundingYear, kinds: Sequence[str]) -> None:
    EligibleWorkplace.objects.bulk_create(EligibleWorkplace(year=year, kind=kind) for kind in kinds)


def _keep_bands(year: FundingYear, bands: Sequence[rules.Band]) -> None:
    SupportBand.objects.bulk_create(
        SupportBand(
            year=year,
            phase=each.phase,
            pupils_from=each.pupils_from,
            pupils_to=each.pupils_to,
            pence=each.pence,
        )
        for each in bands
    )


def _as_facts(year: FundingYear) -> dict[str, Any]:
    known = queries.rules_of(year)
    return {
        "workplaces": sorted(known.workplaces),
        "bands": [
            [each.phase, each.pupils_from, each.pupils_to, each.pence] for each in known.bands
        ],
    }


def _record_change(by: User, year: FundingYear, before: dict[str, Any]) -> None:
    audit.record(events.FUNDING_RULES_CHANGED, by=by, on=year, before=before, after=_as_facts(year))
