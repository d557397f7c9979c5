"""Who pays for a place and what the school is due, from a year's rules as data (A12). Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.decisions import Decision, Reason

# (choice, after source 003) The levels that an apprenticeship is mapped to.
DUAL_AWARD_LEVELS = frozenset({"NPQSL", "NPQH", "NPQEL"})
# The largest number of pupils and the most pounds that anybody means.
MOST_PUPILS, MOST_PENCE = 20_000, 10_000_00


class RouteReason(StrEnum):
    """Why a place is paid for as it is: kept with the decision."""

    SCHOLARSHIP = "scholarship"
    WORKPLACE_NOT_ELIGIBLE = "workplace_not_eligible"
    PAYS_SELF = "pays_self"
    SCHOOL_PAYS = "school_pays"
    DUAL_AWARD = "dual_award"
    NO_APPRENTICESHIP = "no_apprenticeship"
    ROUTE_NOT_GIVEN = "route_not_given"
    NO_RULES = "no_rules_for_year"


class SupportReason(StrEnum):
    """Why the school is due its targeted support, or none: kept among the decision's inputs."""

    IN_BAND = "in_band"
    NOT_STATE_FUNDED = "not_eligible_workplace"
    PHASE_WITHOUT_BAND = "phase_without_band"
    PUPILS_NOT_KNOWN = "pupils_not_known"
    OUTSIDE_BANDS = "outside_bands"
    NO_RULES = "no_rules_for_year"


# Every code with the words that people read.
WORDS: dict[RouteReason, str] = {
    RouteReason.SCHOLARSHIP: "A scholarship pays: the workplace is of an eligible kind.",
    RouteReason.WORKPLACE_NOT_ELIGIBLE: "No scholarship: the workplace is not of an eligible kind.",
    RouteReason.PAYS_SELF: "The applicant pays.",
    RouteReason.SCHOOL_PAYS: "The school or trust pays.",
    RouteReason.DUAL_AWARD: "The apprenticeship levy pays, for an apprenticeship beside the NPQ.",
    RouteReason.NO_APPRENTICESHIP: "No apprenticeship goes with this level.",
    RouteReason.ROUTE_NOT_GIVEN: "The applicant did not say who pays.",
    RouteReason.NO_RULES: "There are no funding rules for the year in which the cohort starts.",
}
SUPPORT_WORDS: dict[SupportReason, str] = {
    SupportReason.IN_BAND: "The school’s phase and size are in a band of the year.",
    SupportReason.NOT_STATE_FUNDED: "None: the workplace is not of an eligible kind.",
    SupportReason.PHASE_WITHOUT_BAND: "None: the year has no band for the school’s phase.",
    SupportReason.PUPILS_NOT_KNOWN: "None: the number of pupils is not known.",
    SupportReason.OUTSIDE_BANDS: "None: the number of pupils is in no band of the year.",
    SupportReason.NO_RULES: "None: there are no funding rules for the year in which the cohort starts.",
}
# Codes after which somebody has to look again.
NEEDS_ATTENTION = frozenset(
    {
        RouteReason.WORKPLACE_NOT_ELIGIBLE,
        RouteReason.NO_APPRENTICESHIP,
        RouteReason.ROUTE_NOT_GIVEN,
        RouteReason.NO_RULES,
    }
)


@dataclass(frozen=True)
class Band:
    """What a school of one phase and size is paid for each participant; `pupils_to` None has no end."""

    phase: str
    pupils_from: int
    pupils_to: int | None
    pence: int

    def holds(self, pupils: int) -> bool:
        """Whether a school of that size is in it; both ends are."""
        return self.pupils_from <= pupils and (self.pupils_to is None or pupils <= self.pupils_to)


@dataclass(frozen=True)
class Year:
    """A year's rules: eligible kinds of workplace (or groups of kinds) and the bands of support."""

    code: str
    workplaces: frozenset[str]
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Workplace:
    """What funding depends on of a school, as the establishment file has it."""

    urn: str
    kind: str
    group: str
    phase: str
    pupils: int | None


@dataclass(frozen=True)
class Funding:
    """What was worked out, with the code of its reason and everything that it was worked out from."""

    scholarship: bool
    dual_award: bool
    support_pence: int
    reason: RouteReason
    support: SupportReason
    inputs: dict[str, Any]


def funding(*, route: str, level: str, workplace: Workplace, year: Year | None) -> Funding:
    """Who pays and what the school is due (A12). `route` is a code of FundingRoute, or ''."""
    eligible = year is not None and is_eligible(workplace, year)
    reason = _reason(route, level, eligible=eligible, has_rules=year is not None)
    pence, support, band = _support(workplace, year, eligible=eligible)
    return Funding(
        scholarship=reason == RouteReason.SCHOLARSHIP,
        dual_award=reason == RouteReason.DUAL_AWARD,
        support_pence=pence,
        reason=reason,
        support=support,
        inputs={
            "route": route,
            "level": level,
            "year": year.code if year else "",
            "urn": workplace.urn,
            "kind": workplace.kind,
            "group": workplace.group,
            "phase": workplace.phase,
            "pupils": workplace.pupils,
            "eligible": eligible,
            "support": str(support),
            "band": [band.phase, band.pupils_from, band.pupils_to, band.pence] if band else None,
        },
    )


def is_eligible(workplace: Workplace, year: Year) -> bool:
    """Whether a workplace's kind, or the group of its kind, is among the year's."""
    return bool({workplace.kind, workplace.group} & year.workplaces)


def _reason(route: str, level: str, *, eligible: bool, has_rules: bool) -> RouteReason:
    if not has_rules:
        return RouteReason.NO_RULES
    if route == "scholarship":
        return RouteReason.SCHOLARSHIP if eligible else RouteReason.WORKPLACE_NOT_ELIGIBLE
    if route == "apprenticeship":
        mapped = level in DUAL_AWARD_LEVELS
        return RouteReason.DUAL_AWARD if mapped else RouteReason.NO_APPRENTICESHIP
    return {"self": RouteReason.PAYS_SELF, "school": RouteReason.SCHOOL_PAYS}.get(
        route, RouteReason.ROUTE_NOT_GIVEN
    )


def _support(
    workplace: Workplace, year: Year | None, *, eligible: bool
) -> tuple[int, SupportReason, Band | None]:
    """Targeted support, whoever pays for the place: the grant goes to the school of an eligible kind."""
    if year is None:
        return 0, SupportReason.NO_RULES, None
    if not eligible:
        return 0, SupportReason.NOT_STATE_FUNDED, None
    bands = [band for band in year.bands if band.phase == workplace.phase]
    if not bands:
        return 0, SupportReason.PHASE_WITHOUT_BAND, None
    if workplace.pupils is None:
        return 0, SupportReason.PUPILS_NOT_KNOWN, None
    band = next((each for each in bands if each.holds(workplace.pupils)), None)
    if band is None:
        return 0, SupportReason.OUTSIDE_BANDS, None
    return band.pence, SupportReason.IN_BAND, band


def bands(new: Mapping[int, Band]) -> Decision:
    """Whether each band says something sensible, and no school is in two bands of a year (A12).

    A reason's field is the one of the band's row: 'pounds_3'.
    """

    def reasons() -> Iterator[Reason]:
        for row, each in new.items():
            if each.pupils_to is not None and each.pupils_to < each.pupils_from:
                yield Reason(
                    "The largest number of pupils is below the smallest", f"to_{row}", "A12"
                )
            for name, number in (("from", each.pupils_from), ("to", each.pupils_to or 0)):
                if number > MOST_PUPILS:
                    yield Reason(
                        f"Enter a number of pupils up to {MOST_PUPILS:,}", f"{name}_{row}", "A12"
                    )
            if not 0 < each.pence <= MOST_PENCE:
                yield Reason(
                    f"Enter an amount from £1 to £{MOST_PENCE // 100:,}", f"pounds_{row}", "A12"
                )
            for earlier, other in new.items():
                if earlier < row and other.phase == each.phase and _overlap(each, other):
                    yield Reason(
                        f"{each.phase} schools with {band_in_words(other)} pupils have a band already",
                        f"from_{row}",
                        "A12",
                    )

    return Decision.of(reasons())


def band_in_words(each: Band) -> str:
    """'1 to 150', or '151 and more'."""
    if each.pupils_to is None:
        return f"{each.pupils_from:,} and more"
    return f"{each.pupils_from:,} to {each.pupils_to:,}"


def _overlap(one: Band, other: Band) -> bool:
    low, high = sorted((one, other), key=lambda each: each.pupils_from)
    return low.pupils_to is None or low.pupils_to >= high.pupils_from


def workplaces(kinds: Sequence[str]) -> Decision:
    """Whether a year's list of eligible workplaces can be kept (A12)."""
    if not kinds:
        return Decision((Reason("Enter at least one kind of workplace", "kinds", "A12"),))
    long = [kind for kind in kinds if len(kind) > 100]
    if long:
        return Decision((Reason("Enter each kind on a line of its own", "kinds", "A12"),))
    return Decision()


def new_year(
    *, code: str, known: Collection[str], starts_on: date, ends_on: date, overlaps: str, source: str
) -> Decision:
    """Whether another year's rules can begin: its own name, its own days, and where they come from (A12)."""

    def reasons() -> Iterator[Reason]:
        if not _is_a_year(code):
            yield Reason("Enter the year like 2024-25", "code", "A12")
        elif code in known:
            yield Reason(f"There are rules for {code} already", "code", "A12")
        if starts_on >= ends_on:
            yield Reason("The last day must be after the first", "ends_on", "A12")
        elif overlaps:
            yield Reason(f"These days overlap with {overlaps}", "starts_on", "A12")
        if not source.strip():
            yield Reason("Say where these rules come from", "source", "A12")

    return Decision.of(reasons())


def _is_a_year(code: str) -> bool:
    first, dash, second = code.partition("-")
    plain = dash and len(first) == 4 and len(second) == 2 and (first + second).isascii()
    return bool(plain and (first + second).isdigit() and (int(first) + 1) % 100 == int(second))
