"""Ten thousand made-up applications at once, for what must not grow with them; every constraint is kept.

Not walked through the services: only lists, files and counts are tried on them.
"""

from datetime import timedelta

from accounts.models import User
from applications.models import Application
from applications.states import ApplicationStatus
from core import clock
from frameworks.models import Level
from programmes.models import Cohort, Enrolment, School
from programmes.policies import search_text

S = ApplicationStatus
REGIONS = ("North West", "London", "South East", "East Midlands")
FIRST = ("Asha", "Ben", "Chloe", "Dev", "Ewa", "Femi", "Grace", "Hari")
LAST = ("Abbott", "Bello", "Carr", "Dunne", "Evans", "Fry", "Green", "Hale", "Iqbal", "Jones")
# Of each hundred, as a busy autumn would have them.
SHARES = (
    (S.DRAFT, 20),
    (S.WITH_SPONSOR, 20),
    (S.SPONSOR_NEEDED, 3),
    (S.READY, 12),
    (S.REFERRED, 15),
    (S.RETURNED, 3),
    (S.WAITING, 5),
    (S.OFFERED, 2),
    (S.ACCEPTED, 12),
    (S.DECLINED, 4),
    (S.LAPSED, 1),
    (S.WITHDRAWN, 3),
)
STAGES = [status for status, share in SHARES for _ in range(share)]
DECIDED = {S.WAITING, S.OFFERED, S.ACCEPTED, S.DECLINED, S.LAPSED}


def applications(number: int, *, by: User) -> list[Application]:
    """So many applications of as many people at forty schools, spread over six cohorts and ninety days.

    `by` moderates and decides them all. The order of the list is the order in which they are made.
    """
    already = Application.objects.count()
    now = clock.now()
    schools = _schools()
    cohorts = _cohorts()
    people = User.objects.bulk_create(
        [
            User(
                email=f"many{place}@example.org",
                first_name=FIRST[place % len(FIRST)],
                last_name=f"{LAST[place % len(LAST)]}{place}",
                password="!",
            )
            for place in range(already, already + number)
        ],
        batch_size=2000,
    )
    stages = [STAGES[(already + place) * 7 % len(STAGES)] for place in range(number)]
    enrolments = iter(
        Enrolment.objects.bulk_create(
            [
                Enrolment(
                    participant=person,
                    level=cohorts[place % len(cohorts)].level,
                    cohort=cohorts[place % len(cohorts)],
                    school=schools[place % len(schools)],
                    enrolled_on=clock.today(),
                )
                for place, person in enumerate(people)
                if stages[place] == S.ACCEPTED
            ],
            batch_size=2000,
        )
    )
    made = []
    for place, (person, status) in enumerate(zip(people, stages, strict=True)):
        cohort = cohorts[place % len(cohorts)]
        moved = now - timedelta(days=90) + timedelta(days=90) * place / number
        is_decided = status in DECIDED
        made.append(
            Application(
                applicant=person,
                cohort=cohort,
                level=cohort.level,
                status=status,
                started_at=moved - timedelta(days=3),
                moved_at=moved,
                school=schools[place % len(schools)] if place % 10 else None,
                school_typed="" if place % 10 else "A school abroad",
                post="Head of year",
                trn=f"{place + 1:07}",
                signed_name=person.name,
                sent_at=moved - timedelta(days=1),
                sponsor_first_name="Sam",
                sponsor_last_name="Okafor",
                sponsor_email=f"sponsor{place}@example.org",
                moderator=by if status == S.REFERRED and place % 3 else None,
                moderator_assigned_at=moved if status == S.REFERRED and place % 3 else None,
                decided_at=moved if is_decided else None,
                decided_by=by if is_decided else None,
                feedback="Lead across the school first." if status == S.DECLINED else "",
                waiting_since=moved if status in {S.WAITING, S.OFFERED} else None,
                offered_at=moved if status == S.OFFERED else None,
                offer_expires_at=now + timedelta(days=5) if status == S.OFFERED else None,
                lapsed_at=moved if status == S.LAPSED else None,
                withdrawn_at=moved if status == S.WITHDRAWN else None,
                enrolment=next(enrolments) if status == S.ACCEPTED else None,
            )
        )
    return Application.objects.bulk_create(made, batch_size=1000)


def _schools() -> list[School]:
    known = list(School.objects.filter(urn__startswith="7").order_by("urn")[:40])
    return known or School.objects.bulk_create(
        [
            School(
                urn=str(700000 + place),
                name=f"Quarry Lane School {place}",
                region=REGIONS[place % len(REGIONS)],
                search=search_text(
                    name=f"Quarry Lane School {place}", postcode="ZZ1 1ZZ", places=()
                ),
            )
            for place in range(40)
        ]
    )


def _cohorts() -> list[Cohort]:
    known = list(Cohort.objects.filter(name__startswith="Many ").select_related("level"))
    if known:
        return known
    today = clock.today()
    levels = Level.objects.filter(edition__code="2019").order_by("pk")
    return Cohort.objects.bulk_create(
        [
            Cohort(
                name=f"Many {half}",
                level=level,
                capacity=10000,
                starts_on=today + timedelta(days=60 + half),
                applications_close_on=today + timedelta(days=30),
            )
            for level in levels
            for half in (1, 2)
        ]
    )
