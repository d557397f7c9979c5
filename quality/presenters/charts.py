"""Pictures of figures, drawn on the server as SVG: bars to a target, the target's line drawn and labelled.

An SVG carries its finding as its title element, keeps its text as text and has no style attribute, so that
the page's security policy needs no exception and the same picture stands in a PDF. Words come from figures.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

FONT = "Arial, Helvetica, sans-serif"
INK, BAR, GRID, QUIET = "#12201f", "#0b6166", "#d5dedd", "#465352"
WIDTH, ROW = 380, 58
MOST_TARGETS_SHOWN = 2


@dataclass(frozen=True)
class Bar:
    """One row: what it is about, how long, and the words above it. Without a value there is no bar."""

    name: str
    value: Decimal | None
    words: str


@dataclass(frozen=True)
class Bars:
    """A picture: its finding, its rows and the percentage to reach, if there is one."""

    finding: str
    rows: tuple[Bar, ...]
    target: int | None = None


def key(*pictures: Bars) -> str:
    """The same for pictures that would be drawn alike."""
    drawn = json.dumps([[bars.finding, _specification(bars)] for bars in pictures], sort_keys=True)
    return hashlib.sha256(drawn.encode()).hexdigest()


# vl-convert calls each group a picture without a name, whatever its setting `aria` says; the whole is one picture.
PARTS_AS_PICTURES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')


def draw(bars: Bars) -> str:
    """The picture as SVG. The first one in a process costs some 0.5 s, so callers keep what they were given."""
    import vl_convert  # heavy: a process that draws nothing should not load it

    svg = vl_convert.vegalite_to_svg(_specification(bars), allowed_base_urls=[])
    opening, rest = PARTS_AS_PICTURES.sub("", svg).split(">", 1)
    return f'{opening} role="img">\n<title>{escape(bars.finding)}</title>{rest}'.replace(
        'class="marks"', 'class="npq-bars"', 1
    )


def _end_of_scale(bars: Bars) -> float:
    """Room for the longest bar and the target, yet a bar far over its target is cut at twice the target."""
    highest = max((float(row.value) for row in bars.rows if row.value is not None), default=0.0)
    if bars.target is None:
        return 100.0
    return max(100.0, bars.target * 1.1, min(highest, float(bars.target * MOST_TARGETS_SHOWN)))


def _specification(bars: Bars) -> dict[str, Any]:
    end = _end_of_scale(bars)
    values = [
        {
            "name": row.name,
            "percent": None if row.value is None else min(float(row.value), end),
            "words": f"{row.name}: {row.words}{_cut(row, end)}",
        }
        for row in bars.rows
    ]
    rows = {
        "field": "name",
        "type": "nominal",
        "sort": [row.name for row in bars.rows],
        "axis": None,
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": 20, "yOffset": 12, "color": BAR},
            "encoding": {"y": rows, "x": _across(end)},
        },
        {
            "mark": {"type": "text", "align": "left", "dy": -12, "fontSize": 15, "color": INK},
            "encoding": {"y": rows, "x": {"value": 0}, "text": {"field": "words"}},
        },
    ]
    if bars.target is not None:
        line = {"x": {"datum": bars.target}}
        once: dict[str, Any] = {"data": {"values": [{}]}, "encoding": line}
        layers += [
            {**once, "mark": {"type": "rule", "strokeWidth": 6, "color": "white"}},
            {**once, "mark": {"type": "rule", "strokeWidth": 2, "color": INK}},
            {
                **once,
                "mark": {
                    "type": "text",
                    "text": f"Target {bars.target}%",
                    "align": "right" if bars.target > end / 2 else "left",
                    "baseline": "bottom",
                    "dy": -4,
                    "fontSize": 14,
                    "fontWeight": "bold",
                    "color": INK,
                },
                "encoding": {**line, "y": {"value": 0}},
            },
        ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH - 30,
        "height": {"step": ROW},
        "padding": {"left": 6, "right": 24, "top": 4, "bottom": 4},
        "autosize": {"type": "pad"},
        "background": None,
        "data": {"values": values},
        "layer": layers,
        "config": {"font": FONT, "aria": False, "view": {"stroke": None}},
    }


def _cut(row: Bar, end: float) -> str:
    return " (bar cut)" if row.value is not None and float(row.value) > end else ""


def _across(end: float) -> dict[str, Any]:
    """The scale of percentages along the bottom."""
    step = 25 if end <= 125 else 50
    return {
        "field": "percent",
        "type": "quantitative",
        "scale": {"domain": [0, end], "nice": False},
        "axis": {
            "title": None,
            "values": list(range(0, int(end) + 1, step)),
            "labelExpr": "datum.value + '%'",
            "labelFontSize": 14,
            "labelColor": QUIET,
            "labelFlush": False,
            "gridColor": GRID,
            "domainColor": QUIET,
            "tickColor": QUIET,
        },
    }
