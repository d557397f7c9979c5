"""Rows for the tests of figures: quick ones, written straight into the tables, hundreds at a time.

The figures read columns only; walking each enrolment through the services is the work of the journeys.
"""

import itertools
import random
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import Membership, User
from accounts.states import Role
from assessment.models import Outcome, Script
from assessment.states import ScriptStatus
from core import clock
from documents.models import StoredFile
from frameworks.models import Level
from programmes.models import Cohort, Enrolment, School
from programmes.states import EnrolmentStatus

CODES = ("NPQML", "NPQSL", "NPQH", "NPQEL")
_numbers = itertools.count(1)


def level(code: str, edition: str = "2019") -> Level:
    return Level.objects.get(code=code, edition__code=edition)


def person(*roles: Role, first_name: str = "Ada", last_name: str = "Okoro") -> User:
    number = next(_numbers)
    user = User.objects.create(
        email=f"someone{number}@example.test", first_name=first_name, last_name=last_name
    )
    Membership.objects.bulk_create(Membership(user=user, role=role) for role in roles)
    return user


def people(count: int) -> list[User]:
    return User.objects.bulk_create(
        User(email=f"someone{next(_numbers)}@example.test", first_name="Ada", last_name="Okoro")
        for _ in range(count)
    )


def school() -> School:
    return School.objects.get_or_create(urn="123456", defaults={"name": "Harbour Primary School"})[
        0
    ]


def cohort(of: Level) -> Cohort:
    return Cohort.objects.get_or_create(
        level=of,
        name="Autumn",
        defaults={"starts_on": date(2020, 1, 1), "applications_close_on": date(2019, 12, 20)},
    )[0]


def unsaved(participant: User, on: Level, enrolled_on: date, **facts: Any) -> Enrolment:
    """An enrolment not yet in the table; withdrawn unless told, so that one person may have many."""
    facts.setdefault("status", EnrolmentStatus.WITHDRAWN)
    return Enrolment(
        participant=participant,
        level=on,
        cohort=cohort(on),
        school=school(),
        enrolled_on=enrolled_on,
        **facts,
    )


def enrolment(
    code: str = "NPQSL", enrolled_on: date = date(2024, 9, 10), **facts: Any
) -> Enrolment:
    participant = facts.pop("participant", None) or person(Role.PARTICIPANT)
    row = unsaved(participant, level(code, facts.pop("edition", "2019")), enrolled_on, **facts)
    row.save()
    return row


def outcome(
    of: Enrolment, *, passed: bool, released_at: datetime | None, task: int = 1, attempt: int = 1
) -> Outcome:
    """A marked script's outcome, released or still waiting."""
    by = person()
    chosen = of.level.tasks.get(number=task)
    script = Script.objects.create(
        enrolment=of,
        task=chosen,
        attempt=attempt,
        status=ScriptStatus.RELEASED if released_at else ScriptStatus.MARKED,
        write_up=write_up(),
        words=100,
        signed_name="Ada Okoro",
        submitted_at=clock.now(),
        submitted_by=by,
    )
    available = chosen.marks_available
    return Outcome.objects.create(
        script=script,
        passed=passed,
        total=available if passed else 0,
        marks_available=available,
        pass_mark=available // 2,
        pass_mark_source="a test",
        released_at=released_at,
        released_by=by if released_at else None,
    )


def write_up() -> StoredFile:
    return StoredFile.objects.create(
        name="write-up.docx", size=1, sha256="0" * 64, content_type="application/octet-stream"
    )


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), clock.LONDON)


def random_provider(seed: int) -> list[Enrolment]:
    """Up to 60 enrolments of up to 20 people on any level, of two editions for NPQH; saved."""
    dice = random.Random(seed)
    levels = [*(level(code) for code in CODES), level("NPQH", "2017")]
    crowd = people(dice.randint(1, 20))
    rows = []
    for _ in range(dice.randint(0, 60)):
        enrolled_on = date(2022, 1, 1) + timedelta(days=dice.randint(0, 1700))
        facts: dict[str, Any] = {"delivery_team": dice.random() < 0.15}
        if dice.random() < 0.8:
            facts["commenced_on"] = enrolled_on + timedelta(days=dice.choice((0, 1, 30)))
            if dice.random() < 0.7:
                near = facts["commenced_on"] + timedelta(
                    days=dice.choice((100, 540, 546, 547, 548, 549, 550, 700))
                )
                facts["presented_on"] = near
        rows.append(unsaved(dice.choice(crowd), dice.choice(levels), enrolled_on, **facts))
    return Enrolment.objects.bulk_create(rows)
