"""Walks the real services to a wanted state, for every room's tests. Asks for the `reference_data` fixture.

What is asked for with a plain name is found again when it was made before in the same test.
"""

import itertools
from datetime import date, timedelta
from typing import Any

from accounts import services as accounts
from accounts.models import User
from accounts.states import Role
from applications import services
from applications.models import Application
from core import clock
from frameworks.models import Level
from programmes import services as programmes
from programmes.models import Cohort, Enrolment, School

_numbers = itertools.count(1)

READY_AREAS = {1: 3, 2: 3, 3: 2, 4: 3, 5: 3, 6: 2}
READY_BEHAVIOURS = dict.fromkeys(range(1, 8), (3, ""))
BORDERLINE_BEHAVIOURS = {**READY_BEHAVIOURS, 1: (2, "Needs time"), 2: (2, "Needs practice")}
NOT_READY_BEHAVIOURS = {**READY_BEHAVIOURS, 1: (1, "Not yet"), 2: (1, "Not yet")}
STRENGTH = {
    "experience": "I led the reading project across two year groups.",
    "impact": "Teachers now plan together and pupils read every day.",
    "evidence": "84% of pupils reached the expected standard, up from 71%.",
}


def make_person(*roles: Role, first_name: str = "", last_name: str = "") -> User:
    """Somebody new, with an address nobody else has."""
    number = next(_numbers)
    return accounts.register(
        by=None,
        email=f"person{number}@example.org",
        first_name=first_name or "Asha",
        last_name=last_name or f"Bello{number}",
        roles=roles,
    )


def make_school(**fields: Any) -> School:
    """A school nobody else has."""
    number = 200000 + next(_numbers)
    known: dict[str, Any] = {
        "urn": str(number),
        "name": f"Quarry Lane School {number}",
        "phase": "Primary",
        "region": "North West",
        "postcode": "ZZ1 1ZZ",
        "fsm_percent": "31.5",
    }
    return programmes.add_school(by=None, **(known | fields))


def make_cohort(level: str = "NPQSL", *, edition: str = "2019", **fields: Any) -> Cohort:
    """A cohort that takes applications for a month and starts after another."""
    known: dict[str, Any] = {
        "name": f"Group {next(_numbers)}",
        "starts_on": clock.today() + timedelta(days=60),
        "applications_close_on": clock.today() + timedelta(days=30),
        "capacity": 60,
        "fee_pence": 95000,
    }
    return programmes.open_cohort(
        by=None, level=Level.objects.get(edition__code=edition, code=level), **(known | fields)
    )


def application_at(
    stage: str = "draft",
    *,
    level: str = "NPQSL",
    cohort: Cohort | None = None,
    applicant: User | None = None,
    sponsor: User | None = None,
    school: School | None = None,
) -> Application:
    """An application walked to 'started', 'draft' (all filled in), 'with_sponsor' (invited), 'begun',
    'answered' (unsigned), 'sponsor_needed', 'ready', 'referred' (borderline), 'not_ready' (referred),
    'contacted' (referred, and spoken about with the sponsor), 'accepted', 'declined' or 'withdrawn'.
    """
    applicant = applicant or make_person()
    application = services.start(by=applicant, cohort=cohort or make_cohort(level))
    if stage == "started":
        return application
    if stage == "withdrawn":
        services.withdraw(by=applicant, application=application)
        return _fresh(application)
    sponsor = sponsor or make_person(first_name="Sam", last_name="Okafor")
    fill_in(application, sponsor=sponsor, school=school)
    if stage == "draft":
        return _fresh(application)
    services.send(by=applicant, application=application, signed_name=applicant.name)
    if stage == "with_sponsor":
        return _fresh(application)
    services.begin_answer(by=sponsor, application=application)
    if stage == "sponsor_needed":
        services.decline_to_sponsor(by=sponsor, application=application, reason="I am on leave.")
    if stage in ("begun", "sponsor_needed"):
        return _fresh(application)
    kind = "referred" if stage in ("contacted", "declined") else stage
    answer(application, sponsor, kind)
    if stage == "answered":
        return _fresh(application)
    if kind in ("referred", "not_ready"):
        regional_moderator()
    services.sign(by=sponsor, application=application, signed_name=sponsor.name)
    application = _fresh(application)
    if stage == "accepted":
        services.confirm(by=make_person(Role.ADMINISTRATOR), application=application)
    if stage in ("contacted", "declined"):
        services.log_contact(
            by=application.moderator,
            application=application,
            means="phone",
            on=clock.today(),
            note="We spoke about both behaviours.",
        )
    if stage == "declined":
        services.decline(
            by=application.moderator,
            application=application,
            reason="More time is needed in two behaviours.",
            feedback="Lead a project across the whole school first.",
            areas=[1],
            behaviours=[1, 2],
        )
    return _fresh(application)


def regional_moderator(region: str = "North West") -> User:
    """Somebody who decides for a region, the one of `make_school`; found again in the same test."""
    known = User.objects.filter(moderated_regions__region=region).first()
    if known:
        return known
    moderator = make_person(Role.REGIONAL_MODERATOR, first_name="Rhona", last_name="Vale")
    services.cover_region(by=None, moderator=moderator, region=region)
    return moderator


def fill_in(
    application: Application, *, sponsor: User | None = None, school: School | None = None
) -> None:
    """Everything an applicant writes, naming a sponsor by address."""
    by = application.applicant
    sponsor = sponsor or make_person(first_name="Sam", last_name="Okafor")
    services.save_details(
        by=by, application=application, school=school or make_school(), post="Head of English"
    )
    services.score_areas(by=by, application=application, scores=READY_AREAS)
    services.write_strengths(
        by=by,
        application=application,
        strengths=[{"area": 1, **STRENGTH}, {"area": 2, **STRENGTH}],
    )
    services.name_sponsor(
        by=by,
        application=application,
        email=sponsor.email,
        first_name=sponsor.first_name,
        last_name=sponsor.last_name,
    )


def answer(application: Application, sponsor: User, kind: str = "ready") -> None:
    """Everything a sponsor answers, unsigned, so that the rule finds `kind`."""
    scores = {"referred": BORDERLINE_BEHAVIOURS, "not_ready": NOT_READY_BEHAVIOURS}
    services.endorse(
        by=sponsor,
        application=application,
        answers=dict.fromkeys(READY_AREAS, (True, "")),
        verified=True,
    )
    services.score_behaviours(
        by=sponsor, application=application, scores=scores.get(kind, READY_BEHAVIOURS)
    )


def enrolled_participant(
    level: str = "NPQSL",
    *,
    commenced_on: date | None = None,
    enrolled_on: date | None = None,
    cohort: Cohort | None = None,
    school: School | None = None,
    participant: User | None = None,
    sponsor: User | None = None,
    commence: bool = True,
) -> Enrolment:
    """An enrolment (without an application), taking part unless `commence` is False."""
    enrolment = programmes.enrol(
        by=None,
        participant=participant or make_person(),
        cohort=cohort or make_cohort(level),
        school=school or make_school(),
        sponsor=sponsor or make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor"),
        enrolled_on=enrolled_on or commenced_on,
    )
    if commence:
        programmes.commence(by=None, enrolment=enrolment, on=commenced_on)
    return Enrolment.objects.get(pk=enrolment.pk)


def _fresh(application: Application) -> Application:
    return Application.objects.select_related(
        "applicant", "sponsor", "cohort", "level", "moderator"
    ).get(pk=application.pk)
