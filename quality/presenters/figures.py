"""Figures in words: findings, tiles, tables and whether a target is met, never by colour alone.

Takes counts that queries made; knows no request. How a picture is drawn is in charts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from quality.policies import DEFINITION, LevelFigures, Period, Rate
from quality.presenters.charts import Bar, Bars

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Metric:
    """One figure of the dashboard: its address, its words and its rate."""

    slug: str
    name: str
    measures: str
    counted: str
    of: str
    nothing: str
    rate: Callable[[LevelFigures], Rate]
    number: str = ""


RECRUITED = Metric(
    slug="recruited",
    number="Metric 1",
    name="Recruitment",
    measures="People enrolled in the period, each counted once on a level, as a percentage of the number agreed.",
    counted="Recruited",
    of="Number agreed",
    nothing="No target set",
    rate=lambda figures: figures.recruitment,
)
PRESENTED = Metric(
    slug="presented",
    number="Metric 4",
    name="Presenting in time",
    measures=(
        "Of those who started and whose last day to present falls in the period, how many presented on that day "
        "or before. The last day is 18 calendar months after starting. People who withdrew or deferred are "
        "included."
    ),
    counted="Presented in time",
    of="Due to present",
    nothing="Nobody due",
    rate=lambda figures: figures.presenting,
)
PASSED = Metric(
    slug="passed",
    name="Pass rate",
    measures="Of the task results released to participants in the period, how many were passes. No target is set.",
    counted="Tasks passed",
    of="Results released",
    nothing="No results yet",
    rate=lambda figures: figures.passing,
)
METRICS = (RECRUITED, PRESENTED, PASSED)
BY_SLUG = {metric.slug: metric for metric in METRICS}


def percent(rate: Rate) -> str:
    """'85.7%', or '' of nothing."""
    return "" if rate.value is None else f"{rate.value:,}%"


def verdict(metric: Metric, rate: Rate) -> str:
    """'Met', 'Not met', or why there is nothing to compare; nothing without a target."""
    if rate.value is None:
        return metric.nothing
    if rate.met is None:
        return ""
    return "Met" if rate.met else "Not met"


def finding(metric: Metric, figures: Sequence[LevelFigures]) -> str:
    """The title of the metric's picture: what it shows, in one line."""
    rates = [(each.code, metric.rate(each)) for each in figures]
    judged = [(code, rate) for code, rate in rates if rate.met is not None]
    missed = [code for code, rate in judged if not rate.met]
    if metric is PASSED:
        whole = total(metric, figures)
        if whole.value is None:
            return "Pass rate: no results released in this period"
        return f"Pass rate: {_of(whole)} task results were passes ({percent(whole)})"
    if not judged:
        return f"{metric.name}: {metric.nothing.lower()} in this period"
    levels = "level" if len(judged) == 1 else "levels"
    if not missed:
        return f"{metric.name}: {_all(len(judged))} {levels} met the target"
    if len(missed) == len(judged) > 1:
        neither = "neither of the two" if len(judged) == 2 else f"none of the {_word(len(judged))}"
        return f"{metric.name}: {neither} levels met the target"
    return f"{metric.name}: {_listed(missed)} did not meet the target"


def total(metric: Metric, figures: Sequence[LevelFigures]) -> Rate:
    """All levels together, without a target: targets are per level."""
    rates = [metric.rate(each) for each in figures]
    return Rate(sum(rate.numerator for rate in rates), sum(rate.denominator for rate in rates))


def picture(metric: Metric, figures: Sequence[LevelFigures]) -> Bars:
    """The metric's bars, one for each level."""
    rows = []
    target = None
    for each in figures:
        rate = metric.rate(each)
        words = ", ".join(filter(None, (percent(rate), _lower(verdict(metric, rate)))))
        rows.append(Bar(each.code, rate.value, words))
        target = target or rate.target
    return Bars(finding(metric, figures), tuple(rows), target)


def tiles(figures: Sequence[LevelFigures]) -> list[dict[str, Any]]:
    """The headline of each metric, over all levels."""
    made = []
    for metric in METRICS:
        judged = [rate for each in figures if (rate := metric.rate(each)).met is not None]
        whole = total(metric, figures)
        if metric is PASSED:
            shown = percent(whole) or None
            words = (
                f"{_of(whole)} results released" if shown else "No results released in this period."
            )
        elif judged:
            shown = f"{sum(bool(rate.met) for rate in judged)} of {len(judged)}"
            levels = "levels" if len(judged) > 1 else "level"
            words = f"{levels} met the target of {judged[0].target}%"
        else:
            shown = None
            words = f"{metric.nothing} in this period."
        made.append({"label": metric.name, "figure": shown, "words": words})
    return made


def overview(figures: Sequence[LevelFigures], address: Callable[..., str]) -> list[dict[str, Any]]:
    """One row for each level, with a cell for each metric; `address` leads to the people, or is empty."""
    return [
        {
            "code": each.code,
            "name": each.name,
            "cells": [_cell(metric, each, address) for metric in METRICS],
        }
        for each in figures
    ]


def table(
    metric: Metric, figures: Sequence[LevelFigures], address: Callable[..., str]
) -> dict[str, Any]:
    """The numbers of the metric's picture, with links to the people for those who may follow them."""
    rows = []
    for each in figures:
        rate = metric.rate(each)
        rows.append(
            {
                "code": each.code,
                "counted": _linked(rate.numerator, address(metric.slug, each.code, "counted")),
                "of": _linked(
                    rate.denominator,
                    "" if metric is RECRUITED else address(metric.slug, each.code, "all"),
                ),
                "percent": percent(rate),
                "target": "" if rate.target is None else f"{rate.target}%",
                "verdict": verdict(metric, rate),
                "met": rate.met,
                "short": rate.short_of_target,
                "left_out": _left_out(each, address) if metric is RECRUITED else [],
            }
        )
    return {"metric": metric, "has_target": metric is not PASSED, "rows": rows}


def periods(today: Period, chosen: Period) -> list[dict[str, Any]]:
    """The years to choose from, newest first: next, this, and four before; the chosen one always among them."""
    starts = {today.first.year + step for step in range(-4, 2)} | {chosen.first.year}
    return [
        {
            "value": today.first.replace(year=year).isoformat(),
            "text": f"September {year} to August {year + 1}",
            "chosen": year == chosen.first.year,
        }
        for year in sorted(starts, reverse=True)
    ]


def definition_words() -> str:
    """Which definition the figures follow."""
    return (
        f"Counted by the Department for Education’s {DEFINITION.version} definitions: recruitment is met at "
        f"{DEFINITION.recruited_percent}% of the number agreed, presenting in time at "
        f"{DEFINITION.presented_percent}%. Percentages are compared before they are rounded."
    )


def _cell(metric: Metric, each: LevelFigures, address: Callable[..., str]) -> dict[str, Any]:
    rate = metric.rate(each)
    if metric is RECRUITED and rate.value is None:
        shown = f"{rate.numerator:,} recruited"
    else:
        shown = percent(rate)
    return {
        "shown": shown,
        "href": address(metric.slug, each.code, "counted" if metric is RECRUITED else "all")
        if shown
        else "",
        "of": f"{_of(rate)}" if rate.value is not None else "",
        "verdict": verdict(metric, rate),
        "met": rate.met,
        "short": rate.short_of_target,
        "metric": metric,
    }


def _linked(count: int, href: str) -> dict[str, Any]:
    return {"count": count, "href": href if count else ""}


def _left_out(each: LevelFigures, address: Callable[..., str]) -> list[dict[str, Any]]:
    href = address(RECRUITED.slug, each.code, "left_out")
    reasons = ((each.delivery_team, "delivery team"), (each.re_enrolled, "enrolled before"))
    return [{"text": f"{count:,} {words}", "href": href} for count, words in reasons if count]


def _of(rate: Rate) -> str:
    return f"{rate.numerator:,} of {rate.denominator:,}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _all(count: int) -> str:
    return {1: "the only", 2: "both"}.get(count, f"all {_word(count)}")


def _word(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
