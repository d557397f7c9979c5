"""Walks the real services to a wanted state of a script, with small real files, for every room's tests.

Asks for the `reference_data` fixture (or a database with the framework in it).
"""

import io
import itertools
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from accounts import services as accounts
from accounts.models import User
from accounts.states import Role
from assessment import queries, services
from assessment.models import Marking, Script
from core import clock
from frameworks import queries as frameworks
from frameworks import services as standards
from frameworks.models import Task
from programmes import services as programmes
from programmes.models import Enrolment, School

_numbers = itertools.count(1)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARAGRAPH = (
    "We looked at the results of every class and chose the one change that would matter most."
)
STATES = ("started", "submitted", "allocated", "marked", "released")


def person(*roles: Role, trn: str = "", **fields: Any) -> User:
    """Somebody new, holding these roles."""
    number = next(_numbers)
    known = {
        "email": f"someone{number}@example.org",
        "first_name": "Ngozi",
        "last_name": f"Whitfield{number}",
    }
    user = accounts.register(by=None, roles=roles, **(known | fields))
    if trn:
        user.trn = trn
        user.save(update_fields=["trn"])
    return user


def school(**fields: Any) -> School:
    """A school nobody else has."""
    number = 300000 + next(_numbers)
    known = {"urn": str(number), "name": f"Millbrook Primary School {number}"}
    return programmes.add_school(by=None, **(known | fields))


def docx(*paragraphs: str, name: str = "work.docx", author: str = "") -> SimpleUploadedFile:
    """A small Word document with a heading and a table."""
    return SimpleUploadedFile(name, _docx(paragraphs, author), content_type=DOCX)


def picture(name: str = "chart.png") -> SimpleUploadedFile:
    """A small picture: the quickest supporting document to take in."""
    return SimpleUploadedFile(name, _png(), content_type="image/png")


@cache
def _png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return content.getvalue()


@cache
def _docx(paragraphs: tuple[str, ...], author: str) -> bytes:
    document = Document()
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    document.core_properties.comments = author
    document.add_heading("What we did", level=1)
    for paragraph in paragraphs or (PARAGRAPH,):
        document.add_paragraph(paragraph)
    document.add_heading("What came of it", level=1)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Class A", "62 per cent"
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def enrolment(
    level: str = "NPQSL", *, edition: str = "2019", commenced: bool = True, **fields: Any
) -> Enrolment:
    """Somebody enrolled, and taking part since 100 days ago unless told otherwise."""
    of = frameworks.level(edition, level)
    today = clock.today()
    cohort = programmes.open_cohort(
        by=None,
        level=of,
        name=f"Group {next(_numbers)}",
        starts_on=today + timedelta(days=1),
        applications_close_on=today,
        capacity=60,
        fee_pence=0,
    )
    known: dict[str, Any] = {
        "participant": None,
        "school": None,
        "enrolled_on": today - timedelta(days=120),
    }
    known |= fields
    known["participant"] = known["participant"] or person()
    known["school"] = known["school"] or school()
    made = programmes.enrol(by=None, cohort=cohort, **known)
    if commenced:
        programmes.commence(by=None, enrolment=made, on=today - timedelta(days=100))
    return made


def task(level: str = "NPQSL", number: int = 1, *, edition: str = "2019") -> Task:
    """A task of the framework."""
    return frameworks.task(edition, level, number)


def script_at(
    state: str = "submitted",
    *,
    level: str = "NPQSL",
    number: int = 1,
    of: Enrolment | None = None,
    assessor: User | None = None,
    administrator: User | None = None,
    marks: Mapping[str, int] | None = None,
    write_up: SimpleUploadedFile | None = None,
    feedback: str = "A clear account. Follow the effect on pupils further.",
) -> Script:
    """A script walked to 'started' (all files there), 'submitted', 'allocated', 'marked' or 'released'.

    `marks` gives other values than 2, by code. A level without a pass mark gets a demonstration value.
    """
    of = of or enrolment(level)
    asked = task(level, number, edition=of.level.edition.code)
    writer = of.participant
    script = services.start(by=writer, enrolment=of, task=asked)
    services.attach_write_up(by=writer, script=script, upload=write_up or docx())
    for requirement in frameworks.document_requirements(asked):
        services.attach_document(
            by=writer,
            script=script,
            requirement=requirement,
            upload=picture(f"{requirement.pk}.png"),
        )
    if state == "started":
        return fresh(script)
    services.submit(by=writer, script=script, signed_name=writer.name)
    if state == "submitted":
        return fresh(script)
    assessor = assessor or person(Role.ASSESSOR)
    administrator = administrator or person(Role.ADMINISTRATOR)
    marking = services.allocate(by=administrator, script=script, assessor=assessor)
    if state == "allocated":
        return fresh(script)
    if frameworks.pass_mark(asked) is None:
        standards.enter_pass_mark(
            by=administrator, task=asked, value=asked.marks_available // 2, source="Demonstration"
        )
    mark_all(marking, marks or {})
    services.write_feedback(by=assessor, marking=marking, text=feedback)
    services.submit_marks(by=assessor, marking=marking)
    if state == "released":
        services.release(by=administrator, scripts=[fresh(script)])
    return fresh(script)


def mark_all(marking: Marking, marks: Mapping[str, int] | None = None) -> None:
    """A saved mark for each criterion, 2 unless told otherwise, with a reason."""
    for criterion in frameworks.scheme(marking.script.task):
        services.save_mark(
            by=marking.assessor,
            marking=marking,
            criterion=criterion,
            value=(marks or {}).get(criterion.code, 2),
            reason=f"Seen on criterion {criterion.code}.",
        )


def marking_of(script: Script) -> Marking:
    """The script's first marking, as an assessor's page has it."""
    marking = queries.first_marking(script)
    assert marking is not None
    return queries.markings_of(marking.assessor).get(pk=marking.pk)


def fresh(script: Script) -> Script:
    """The script as it stands in the database, with what pages show."""
    return queries.scripts_visible_to(script.enrolment.participant).get(pk=script.pk)
