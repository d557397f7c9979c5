"""What the self-check asks about: a level's areas with their statements, behaviours, and cohorts to apply for."""

from django.db.models import QuerySet

from core import clock
from frameworks import queries as frameworks
from frameworks.models import Area, Behaviour, Level
from programmes import queries as programmes
from programmes.models import Cohort


def levels() -> list[Level]:
    """The levels whose areas are known, one for each code."""
    found = programmes.programme_levels(clock.today())
    known = set(Area.objects.filter(level__in=found).values_list("level_id", flat=True).distinct())
    return [level for level in found if level.pk in known]


def level(code: str) -> Level | None:
    """The level of that code whose areas are known."""
    return next((each for each in levels() if each.code == code), None)


def areas(of: Level) -> list[Area]:
    """The level's areas in order."""
    return list(of.areas.all())


def area(of: Level, number: int) -> Area | None:
    """One area with its statements at hand."""
    return of.areas.filter(number=number).prefetch_related("statements").first()


def behaviours(of: Level) -> list[Behaviour]:
    """The behaviours of the level's edition in order; some editions have none."""
    return list(frameworks.behaviours(of.edition))


def cohorts(of: Level) -> QuerySet[Cohort]:
    """The cohorts of this very level, in this edition, that one can apply for today (A11)."""
    return programmes.cohorts_to_apply_for(clock.today()).filter(level=of)
