"""One small world in which everybody and everything occurs once, for the tests that look at the whole portal.

Whatever is personal about the participant, their sponsor and their school is a word that occurs nowhere else,
so that a page that shows it by mistake is found (guarantees, 'Canary world').
"""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from docx import Document

from accounts import invitations
from accounts import services as accounts
from accounts.models import Invitation, Notification, Persona, User
from accounts.states import Role
from applications import services as entry
from applications.models import Application
from assessment import services as assessment
from assessment.models import Marking, Script
from core import clock, outbox
from documents import services as documents
from documents.models import ReportJob
from frameworks import queries as frameworks
from frameworks import services as frameworks_services
from programmes import services as programmes
from programmes.models import Cohort, Enrolment, School, SchoolImport
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_middleware import code_now
from tests.applications import steps as applying
from tests.assessment import steps as marking

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECRET = "JBSWY3DPEHPK3PXP"

MARKERS = {
    "participant's first name": "Zaubrikka",
    "participant's last name": "Quillofant",
    "participant's address": "zq.moorhen@lantern-markers.example",
    "participant's TRN": "8675309",
    "sponsor's first name": "Thessaly",
    "sponsor's last name": "Vorkenstraat",
    "sponsor's address": "tv.bittern@lantern-markers.example",
    "school": "Wexcombe Marshgrove",
    "URN": "998877",
    "name of the file": "grebe-upload",
    "author in the properties": "Peregrine Oldacre",
    "author of a comment": "Marigold Fennimore",
}
OWNER = (MARKERS["participant's first name"], MARKERS["participant's last name"])
OWNER_ADDRESS, TRN = MARKERS["participant's address"], MARKERS["participant's TRN"]
SPONSOR = (MARKERS["sponsor's first name"], MARKERS["sponsor's last name"])
SPONSOR_ADDRESS = MARKERS["sponsor's address"]
SCHOOL, URN = f"{MARKERS['school']} Primary School", MARKERS["URN"]

IMPORTED = {
    "URN": "654321",
    "EstablishmentName": "Kiln Row Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    "PhaseOfEducation (name)": "Primary",
    "EstablishmentStatus (name)": "Open",
    "LA (name)": "Devon",
    "DistrictAdministrative (name)": "Exeter",
    "GOR (name)": "South West",
    "OfstedRating (name)": "Good",
    "PercentageFSM": "20.5",
    "NumberOfPupils": "210",
    "Postcode": "ZZ3 3ZZ",
    "UKPRN": "",
    "LastChangedDate": "01-09-2026",
}

# Everybody who may look, by the word that stands for them in the tables of the tests.
VIEWERS = (
    "anonymous",
    "owner",
    "cohort",
    "outsider",
    "sponsor",
    "assessor",
    "other_assessor",
    "moderator",
    "regional",
    "tutor",
    "administrator",
    "agent",
)
ROLES: dict[str, tuple[Role, ...]] = {
    "owner": (),
    "cohort": (),
    "outsider": (),
    "sponsor": (Role.SPONSOR,),
    "assessor": (Role.ASSESSOR,),
    "other_assessor": (Role.ASSESSOR,),
    "moderator": (Role.MODERATOR,),
    "regional": (Role.REGIONAL_MODERATOR,),
    "tutor": (Role.TUTOR,),
    "administrator": (Role.ADMINISTRATOR,),
    "agent": (Role.QUALITY_AGENT,),
}
STAGES = ("draft", "begun", "ready", "referred", "accepted")


@dataclass
class World:
    """The people by viewer's word, the things by what they are, and signed-in browsers."""

    people: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    enrolments: dict[str, Enrolment] = field(default_factory=dict)
    scripts: dict[str, Script] = field(default_factory=dict)
    markings: dict[str, Marking] = field(default_factory=dict)
    reports: dict[str, ReportJob] = field(default_factory=dict)
    mails: dict[str, Notification] = field(default_factory=dict)
    imports: dict[str, SchoolImport] = field(default_factory=dict)
    school: School | None = None
    token: str = ""
    persona: Persona | None = None

    def __getattr__(self, name: str) -> User:
        if name in ROLES:
            return self.people[name]
        raise AttributeError(name)


def build() -> World:
    """Everybody and everything, through the real services."""
    world = World(people={name: _person(name, *roles) for name, roles in ROLES.items()})
    world.clients = {name: sign_in(user) for name, user in world.people.items()}
    world.clients["anonymous"] = browser()
    world.school = applying.make_school(name=SCHOOL, urn=URN)
    entry.cover_region(by=None, moderator=world.regional, region=world.school.region)
    _apply(world)
    _submit(world)
    _report(world)
    _records(world)
    world.persona = accounts.make_persona(
        by=None, user=world.outsider, position=1, story="Has not applied yet."
    )
    return world


def _person(name: str, *roles: Role) -> User:
    known = {
        "owner": (*OWNER, OWNER_ADDRESS),
        "sponsor": (*SPONSOR, SPONSOR_ADDRESS),
    }
    first, last, email = known.get(name, ("Robin", name.title(), f"{name}@viewers.example"))
    user = accounts.register(
        by=None, email=email, first_name=first, last_name=last, password=PASSWORD, roles=roles
    )
    if name == "owner":
        user.trn = TRN
        user.save(update_fields=["trn"])
    return user


def browser() -> Client:
    """A browser that gets the error page where a view breaks, as people do."""
    return Client(raise_request_exception=False)


def sign_in(user: User, *, second_factor: bool = True) -> Client:
    """A browser in which this person signed in as people do, staff with their second factor."""
    client = browser()
    factor = second_factor and user.is_staff_role
    if factor:
        TOTP.activate(user, SECRET)
    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    if factor:
        assert response["Location"] == "/accounts/2fa/authenticate/", response.content
        response = client.post("/accounts/2fa/authenticate/", {"code": code_now(SECRET)})
    assert response["Location"] == "/home/", (user.email, response.content)
    return client


def _apply(world: World) -> None:
    """The owner's applications, one at each stage; another applicant in the cohort of the draft."""
    for stage in STAGES:
        cohort = applying.make_cohort("NPQSL" if stage == "accepted" else "NPQML")
        world.cohorts[stage] = cohort
        world.applications[stage] = applying.application_at(
            stage,
            cohort=cohort,
            applicant=world.owner,
            sponsor=world.sponsor,
            school=world.school,
        )
    _decide(world)
    world.applications["cohort's"] = applying.application_at(
        "started", cohort=world.cohorts["draft"], applicant=world.cohort
    )
    invitation = Invitation.objects.get(subject=world.applications["begun"].reference)
    world.token = invitations.token_for(invitation.reference, invitation.serial)


def _records(world: World) -> None:
    """A mail about the owner's application, and a reading of the Department's file."""
    outbox.sweep()
    world.mails["declined"] = Notification.objects.filter(
        about=world.applications["declined"].reference, to_user=world.owner
    ).latest("pk")
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write(",".join(IMPORTED) + "\n" + ",".join(IMPORTED.values()) + "\n")
        file.flush()
        world.imports["small"] = programmes.import_schools(by=None, path=Path(file.name))


def _decide(world: World) -> None:
    """The owner's applications that others have something to do with, one at each further stage."""
    for stage in ("returned", "declined", "appealed"):
        world.cohorts[stage] = applying.make_cohort("NPQML")
        application = applying.application_at(
            {"returned": "contacted"}.get(stage, "declined"),
            cohort=world.cohorts[stage],
            applicant=world.owner,
            sponsor=world.sponsor,
            school=world.school,
        )
        if stage == "returned":
            entry.return_to_applicant(
                by=world.regional, application=application, reason="Which year groups?"
            )
        if stage == "appealed":
            entry.appeal(
                by=world.owner, application=application, grounds="More has happened since."
            )
        world.applications[stage] = Application.objects.get(pk=application.pk)
    for stage in ("waiting", "offered", "lapsed"):
        world.cohorts[stage] = cohort = applying.make_cohort("NPQML", capacity=1)
        first = applying.enrolled_participant(cohort=cohort, commence=False)
        application = applying.application_at(
            "accepted",
            cohort=cohort,
            applicant=world.owner,
            sponsor=world.sponsor,
            school=world.school,
        )
        if stage != "waiting":
            programmes.cancel(by=None, enrolment=first, reason="Made in error")
            entry.fill(by=None, cohort=cohort)
            application = Application.objects.get(pk=application.pk)
        if stage == "lapsed":
            assert application.offer_expires_at is not None
            with clock.travel(application.offer_expires_at + timedelta(seconds=1)):
                entry.lapse(by=None, application=application)
        world.applications[stage] = Application.objects.get(pk=application.pk)


def _submit(world: World) -> None:
    """The owner's scripts, one at each state; somebody else enrolled in the same cohorts."""
    today = clock.today()
    for level in ("NPQH", "NPQEL"):
        cohort = applying.make_cohort(level)
        for name, school in (("owner", world.school), ("cohort", None)):
            world.enrolments[f"{name} {level}"] = applying.enrolled_participant(
                cohort=cohort,
                participant=world.people[name],
                sponsor=world.sponsor if name == "owner" else None,
                school=school,
                enrolled_on=today - timedelta(days=120),
                commenced_on=today - timedelta(days=100),
            )
    world.enrolments["new"] = applying.enrolled_participant(
        "NPQML", participant=world.owner, sponsor=world.sponsor, school=world.school, commence=False
    )
    for state, level, number in (
        ("started", "NPQH", 2),
        ("submitted", "NPQH", 1),
        ("allocated", "NPQEL", 1),
        ("released", "NPQEL", 2),
    ):
        script = _script(world, state, world.enrolments[f"owner {level}"], number)
        world.scripts[state] = script
        if state in ("allocated", "released"):
            world.markings[state] = marking.marking_of(script)


def _script(world: World, state: str, of: Enrolment, number: int) -> Script:
    """The owner's script of a task, with files that name their writer, walked to a state."""
    task = marking.task(of.level.code, number)
    by = world.owner
    script = assessment.start(by=by, enrolment=of, task=task)
    assessment.attach_write_up(by=by, script=script, upload=telling_file(in_the_text=True))
    for requirement in frameworks.document_requirements(task):
        assessment.attach_document(
            by=by, script=script, requirement=requirement, upload=telling_file()
        )
    if state != "started":
        assessment.submit(by=by, script=script, signed_name=by.name)
    if state in ("allocated", "released"):
        assessment.allocate(by=world.administrator, script=script, assessor=world.assessor)
    if state == "released":
        frameworks_services.enter_pass_mark(
            by=world.administrator,
            task=task,
            value=task.marks_available // 2,
            source="Demonstration",
        )
        given = marking.marking_of(script)
        marking.mark_all(given)
        assessment.write_feedback(by=world.assessor, marking=given, text="A clear account.")
        assessment.submit_marks(by=world.assessor, marking=given)
        assessment.release(by=world.administrator, scripts=[marking.fresh(script)])
    return marking.fresh(script)


def _report(world: World) -> None:
    """A report of the owner that waits, and one that is ready."""
    released = world.scripts["released"].reference
    job = documents.ask_for_report(by=world.owner, report="feedback_report", subject=released)
    started = documents.start(job=job.pk)
    assert started is not None
    world.reports["ready"] = documents.finish(job=started, content=b"%PDF-1.7 as if made")
    world.reports["waiting"] = documents.ask_for_report(
        by=world.owner, report="feedback_report", subject=released
    )


def telling_file(*, in_the_text: bool = False) -> SimpleUploadedFile:
    """A Word file that names its writer in its properties and comments, and in its text when asked to."""
    name = " ".join(OWNER)
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = MARKERS["author in the properties"]
    properties.title = properties.comments = properties.subject = f"{name}, {SCHOOL}"
    if in_the_text:
        document.sections[0].header.paragraphs[0].text = f"{name} at {SCHOOL}"
        document.add_paragraph(f"{name}, TRN {TRN}", style="Title")
        document.add_paragraph(f"{SCHOOL} (URN {URN}), {OWNER_ADDRESS}")
    document.add_heading("What we did", level=1)
    told = document.add_paragraph("We agreed what would change, and what would show it.")
    if in_the_text:
        document.add_paragraph(
            f"At {MARKERS['school']} I, {OWNER[0]}, agreed with {' '.join(SPONSOR)} what would "
            f"change; write to {SPONSOR_ADDRESS} or ask for Ms {OWNER[1]}."
        )
    document.add_comment(told.runs, text="Well put.", author=MARKERS["author of a comment"])
    content = io.BytesIO()
    document.save(content)
    return SimpleUploadedFile(f"{MARKERS['name of the file']}.docx", content.getvalue(), DOCX)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Every statement within that changes a table, but for what remembers: sessions, tries, texts once read."""
    found: list[str] = []

    remembers = ("django_session", "portal_cache", "documents_readtext")

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.lstrip().split(None, 3)
        changes = words[0].upper() in {"INSERT", "UPDATE", "DELETE"}
        if changes and not any(table in sql for table in remembers):
            found.append(" ".join(words[:3]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
