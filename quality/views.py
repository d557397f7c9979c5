"""The figures, the people behind them and who is due soon. Counting is in queries, words in presenters."""

from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from core import clock
from core.views import PageView
from quality import queries
from quality.policies import DAYS_AHEAD, Period, day_from
from quality.presenters import charts, figures, people

DUE_SHOWN = 10
PICTURES_KEPT = 7 * 24 * 60 * 60


class FiguresView(PageView):
    """What the pages of figures share: the period in the address (?from=), the present one without."""

    permission = "quality.view_figures"

    @cached_property
    def period(self) -> Period:
        text = self.request.GET.get("from", "")
        try:
            return Period.year_of(day_from(text) if text else clock.today())
        except ValueError as unreadable:
            raise Http404 from unreadable

    def address(self, metric: str, level: str, shown: str) -> str:
        """Where the people behind a number are; nowhere for those who see counts only."""
        if not self.sees_people:
            return ""
        query = urlencode({"from": self.period.first.isoformat(), "show": shown})
        return f"{reverse('quality:people', args=[metric, level])}?{query}"

    @cached_property
    def sees_people(self) -> bool:
        return bool(self.user.has_perm("quality.view_people"))


class Dashboard(FiguresView):
    """Targets, actual figures and whether they are met, for every level of a year."""

    template_name = "quality/dashboard.html"

    def context(self) -> dict[str, Any]:
        period, today = self.period, clock.today()
        counted = queries.metrics(period)
        drawn = _pictures([figures.picture(metric, counted) for metric in figures.METRICS])
        return {
            "period": period,
            "is_open": today in period,
            "periods": figures.periods(Period.year_of(today), period),
            "definition": figures.definition_words(),
            "tiles": figures.tiles(counted),
            "overview": figures.overview(counted, self.address),
            "metrics": figures.METRICS,
            "sections": [
                {
                    "svg": svg,
                    "finding": figures.finding(metric, counted),
                    **figures.table(metric, counted, self.address),
                }
                for metric, svg in zip(figures.METRICS, drawn, strict=True)
            ],
            "concluded": [each for each in counted if each.concluded],
            **self._due_soon(),
        }

    def _due_soon(self) -> dict[str, Any]:
        """The first few by name for those who see people, else a count for each level."""
        today = clock.today()
        if not self.sees_people:
            return {
                "days_ahead": DAYS_AHEAD,
                "due_headings": ("Level", "#People"),
                "due_by_level": queries.due_soon_by_level(today),
            }
        found = list(_with_people(queries.due_soon(today))[: DUE_SHOWN + 1])
        return {
            "days_ahead": DAYS_AHEAD,
            "sees_people": True,
            "due": people.due(found[:DUE_SHOWN], today),
            "more_are_due": len(found) > DUE_SHOWN,
        }


class People(FiguresView):
    """The people behind one number of one level, fifty at a time."""

    permission = "quality.view_people"
    template_name = "quality/people.html"

    def context(self) -> dict[str, Any]:
        period, code = self.period, self.kwargs["level"]
        listing = people.LISTINGS.get(self.kwargs["metric"])
        if listing is None or not queries.is_level(code):
            raise Http404
        shown = self.request.GET.get("show") or next(iter(listing.views))
        if shown not in listing.views:
            raise Http404
        after = self.request.GET.get("after", "")
        found, following = _page(
            people.of_level(listing, period, code, shown), listing.day, listing.reference, after
        )
        here = self.address(self.kwargs["metric"], code, shown)
        return {
            "period": period,
            "from_day": period.first.isoformat(),
            "level": code,
            "metric": figures.BY_SLUG[self.kwargs["metric"]],
            "title": listing.views[shown][0],
            "columns": listing.columns,
            "rows": people.rows(listing, found),
            "views": [
                (words, self.address(self.kwargs["metric"], code, each), each == shown)
                for each, (words, _) in listing.views.items()
            ],
            "first_page": here if after else "",
            "next_page": f"{here}&{urlencode({'after': following})}" if following else "",
        }


class Due(FiguresView):
    """Everybody who can still present and has to within ninety days, fifty at a time."""

    permission = "quality.view_people"
    template_name = "quality/due.html"

    def context(self) -> dict[str, Any]:
        today, after = clock.today(), self.request.GET.get("after", "")
        rows = _with_people(queries.due_soon(today))
        found, following = _page(rows, "last_day", "reference", after)
        here = reverse("quality:due")
        return {
            "days_ahead": DAYS_AHEAD,
            "due": people.due(found, today),
            "first_page": here if after else "",
            "next_page": f"{here}?{urlencode({'after': following})}" if following else "",
        }


def _with_people(rows: Any) -> Any:
    return rows.select_related("participant", "school", "level")


def _page(rows: Any, day: str, reference: str, after: str) -> tuple[list[Any], str]:
    try:
        return queries.page_of(rows, day, reference, after)
    except LookupError as unknown:
        raise Http404 from unknown


def _pictures(wanted: list[charts.Bars]) -> list[str]:
    """The pictures as SVG, drawn once for the same figures and kept."""
    key = f"quality.pictures.{charts.key(*wanted)}"
    drawn: list[str] | None = cache.get(key)
    if drawn is None:
        drawn = [charts.draw(bars) for bars in wanted]
        cache.set(key, drawn, PICTURES_KEPT)
    return drawn
