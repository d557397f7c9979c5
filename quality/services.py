"""The verbs of quality: set what a level is to reach in a period."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit, clock
from frameworks.models import Level
from quality import events, policies, queries
from quality.models import Target

FACTS = ("recruitment_target", "fsm_target_percent", "non_white_british_target_percent")


@transaction.atomic
def set_target(
    *,
    by: User | None,
    level: Level | str,
    period_start: date,
    period_end: date,
    recruitment_target: int,
    fsm_target_percent: Decimal | int | None = None,
    non_white_british_target_percent: Decimal | int | None = None,
) -> Target:
    """Set a level's target for a period, or replace the one of exactly that period (Q2).

    `level` is a level or its code. Raises Refused when the period overlaps another one of the level.
    """
    code = str(level)
    values: dict[str, Any] = {
        "recruitment_target": recruitment_target,
        "fsm_target_percent": _tenths(fsm_target_percent),
        "non_white_british_target_percent": _tenths(non_white_british_target_percent),
    }
    stored = list(Target.objects.select_for_update().filter(level=code))
    same = [
        each
        for each in stored
        if (each.period_start, each.period_end) == (period_start, period_end)
    ]
    policies.target(
        period_start=period_start,
        period_end=period_end,
        recruitment_target=recruitment_target,
        percents=tuple((name, values[name]) for name in FACTS[1:]),
        level_is_known=queries.is_level(code),
        overlaps=any(
            each.period_start <= period_end and period_start <= each.period_end
            for each in stored
            if each not in same
        ),
    ).require()
    before = _facts(same[0]) if same else None
    target, _ = Target.objects.update_or_create(
        level=code,
        period_start=period_start,
        period_end=period_end,
        defaults={**values, "set_at": clock.now(), "set_by": by},
    )
    if before != _facts(target):
        audit.record(
            events.TARGET_SET,
            by=by,
            on=target,
            before=before,
            after=_facts(target),
            level=code,
            period_start=period_start.isoformat(),
            period_end=period_end.isoformat(),
        )
    return target


def _tenths(percent: Decimal | int | None) -> Decimal | None:
    """A percentage as it is kept, with one decimal, so that before and after compare alike."""
    return None if percent is None else Decimal(percent).quantize(Decimal("0.1"))


def _facts(target: Target) -> dict[str, Any]:
    """The values as the audit trail keeps them."""
    values = {name: getattr(target, name) for name in FACTS}
    return {name: str(each) if isinstance(each, Decimal) else each for name, each in values.items()}
