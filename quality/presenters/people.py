"""The people behind a number: what the list is called, its columns and its rows. Administrators only read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from core.templatetags.portal import uk_date
from quality import queries
from quality.policies import Period

EVERYBODY = Q()


@dataclass(frozen=True)
class Listing:
    """The rows behind a metric and the ways to look at them: {address: (words, condition)}."""

    title: str
    rows: Callable[[Period], QuerySet[Any]]
    views: dict[str, tuple[str, Q]]
    day: str
    enrolment: str
    reference: str
    columns: tuple[str, ...]
    cells: Callable[[Any], tuple[str, ...]]


def _why_left_out(row: Any) -> str:
    if row.delivery_team:
        return "Left out: delivery team"
    return "Left out: enrolled on this level before" if row.came_before else "Recruited"


def _presented(row: Any) -> str:
    if row.in_time:
        return "Presented in time"
    return "Presented late" if row.presented_on else "Not presented"


LISTINGS = {
    "recruited": Listing(
        title="Recruited",
        rows=queries.dated_in,
        views={
            "counted": ("Recruited", Q(delivery_team=False, came_before=False)),
            "left_out": ("Left out", Q(delivery_team=True) | Q(came_before=True)),
            "all": ("All enrolments", EVERYBODY),
        },
        day="enrolled_on",
        enrolment="",
        reference="reference",
        columns=("Name", "School", "Enrolled", "How counted"),
        cells=lambda row: (uk_date(row.enrolled_on), _why_left_out(row)),
    ),
    "presented": Listing(
        title="Due to present",
        rows=queries.presentable,
        views={
            "all": ("All due", EVERYBODY),
            "counted": ("Presented in time", Q(in_time=True)),
            "missed": ("Not in time", Q(in_time=False)),
        },
        day="commenced_on",
        enrolment="",
        reference="reference",
        columns=("Name", "School", "Last day to present", "Presented", "Now", "How counted"),
        cells=lambda row: (
            uk_date(row.last_day),
            uk_date(row.presented_on) or "–",
            row.get_status_display(),
            _presented(row),
        ),
    ),
    "passed": Listing(
        title="Task results released",
        rows=queries.released,
        views={
            "all": ("All results", EVERYBODY),
            "counted": ("Passed", Q(passed=True)),
            "missed": ("Not passed", Q(passed=False)),
        },
        day="released_at",
        enrolment="script__enrolment",
        reference="script__reference",
        columns=("Name", "School", "Task", "Attempt", "Released", "Result"),
        cells=lambda row: (
            f"Task {row.script.task.number}",
            str(row.script.attempt),
            uk_date(row.released_at),
            "Passed" if row.passed else "Not passed",
        ),
    ),
}


def of_level(listing: Listing, period: Period, code: str, shown: str) -> QuerySet[Any]:
    """The rows of one level in one of the listing's views, with what their cells need."""
    way = f"{listing.enrolment}__" if listing.enrolment else ""
    joined = [f"{way}participant", f"{way}school"]
    if listing.enrolment:
        joined.append("script__task")
    rows = listing.rows(period).filter(listing.views[shown][1], **{f"{way}level__code": code})
    return rows.select_related(*joined)


def rows(listing: Listing, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Each row's name with its link, school and cells."""
    made = []
    for row in found:
        enrolment = row.script.enrolment if listing.enrolment else row
        made.append(
            {
                "name": enrolment.participant.name,
                "href": reverse("programmes:enrolment", args=[enrolment.reference]),
                "cells": (enrolment.school.name, *listing.cells(row)),
            }
        )
    return made


def due(found: Iterable[Any], today: date) -> list[dict[str, Any]]:
    """Those due soon: who, on what, until when and how many days that is."""
    return [
        {
            "name": row.participant.name,
            "href": reverse("programmes:enrolment", args=[row.reference]),
            "level": row.level.code,
            "school": row.school.name,
            "last_day": row.last_day,
            "days": (row.last_day - today).days,
            "status": row.get_status_display(),
        }
        for row in found
    ]
