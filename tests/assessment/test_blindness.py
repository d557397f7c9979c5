"""S9: an assessor reads a candidate number and nothing that identifies, in any page, header, file or mail.

Every field of the participant, their sponsor and school holds a marker found nowhere else, in the text and the
properties of the files too. A crawl as their assessor meets none; and it would, were the mask taken off (canary).
"""

import io
import re
import zipfile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook

from accounts.states import Role
from assessment import queries, services, visibility
from assessment.presenters import marking as marking_presenters
from documents import masking
from frameworks import queries as frameworks
from tests.assessment import steps

pytestmark = pytest.mark.django_db

FIRST, LAST, EMAIL = "Zorabelle", "Quentwhistle", "zq.unique@markerschool.example"
TRN, URN, SCHOOL = "7654321", "654321", "Xanthe Meadow Primary School"
SPONSOR_FIRST, SPONSOR_LAST = "Ignatiola", "Brathwaitely"
SPONSOR_EMAIL = "ib.unique@markerschool.example"
MARKERS = (
    FIRST,
    LAST,
    EMAIL,
    TRN,
    URN,
    "Xanthe Meadow",
    SPONSOR_FIRST,
    SPONSOR_LAST,
    SPONSOR_EMAIL,
)
SENTENCE = (
    f"I, {FIRST} {LAST} ({EMAIL}, TRN {TRN}), lead reading at {SCHOOL}, URN {URN}, "
    f"with my head {SPONSOR_FIRST} {SPONSOR_LAST} ({SPONSOR_EMAIL})."
)
LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')


def found_in(content: bytes) -> set[str]:
    """Markers in bytes, also inside each part of an archive, with the tags between letters taken out."""
    texts = [content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        texts += parts + [re.sub(rb"<[^>]+>", b"", part) for part in parts]
    return {m for m in MARKERS for text in texts if m.lower().encode() in text.lower()}


def word_file() -> SimpleUploadedFile:
    """Names in text, split over runs, in a table, header, link text, properties and a comment's author."""
    document = Document()
    for name in ("author", "last_modified_by", "comments", "title", "subject", "keywords"):
        setattr(document.core_properties, name, f"{FIRST} {LAST}")
    document.add_heading(f"What {FIRST} did", level=1)
    document.add_paragraph(SENTENCE)
    split = document.add_paragraph()
    split.add_run(FIRST[:4]).bold = True
    split.add_run(FIRST[4:] + " ")
    split.add_run(LAST)
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = SENTENCE
    document.sections[0].header.paragraphs[0].text = f"{LAST}, {SCHOOL}"
    document.add_comment(split.runs, text=SENTENCE, author=f"{FIRST} {LAST}", initials="ZQ")
    content = io.BytesIO()
    document.save(content)
    return SimpleUploadedFile(f"{FIRST} {LAST}.docx", content.getvalue())


def workbook() -> SimpleUploadedFile:
    book = Workbook()
    book.properties.creator = f"{FIRST} {LAST}"
    book.active.append(["Written by", SENTENCE])
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(f"{LAST}.xlsx", content.getvalue())


@pytest.fixture
def allocated(at_commit):
    """A script whose every file names its writer, allocated."""
    writer = steps.person(first_name=FIRST, last_name=LAST, email=EMAIL, trn=TRN)
    sponsor = steps.person(
        Role.SPONSOR, first_name=SPONSOR_FIRST, last_name=SPONSOR_LAST, email=SPONSOR_EMAIL
    )
    of = steps.enrolment(
        participant=writer, sponsor=sponsor, school=steps.school(name=SCHOOL, urn=URN)
    )
    script = steps.script_at("started", of=of, write_up=word_file())
    for requirement in frameworks.document_requirements(script.task):
        upload = workbook() if requirement.position % 2 else word_file()
        services.attach_document(by=writer, script=script, requirement=requirement, upload=upload)
    services.submit(by=writer, script=script, signed_name=writer.name)
    mail.outbox.clear()
    with at_commit():
        services.allocate(by=None, script=script, assessor=steps.person(Role.ASSESSOR))
    return steps.fresh(script)


def crawl(client, start: str) -> dict[str, set[str]]:
    """Every address reached from `start` within marking, with the markers in its headers and body."""
    seen: dict[str, set[str]] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        assert response.status_code in (200, 302, 405), address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
        seen[address] = found_in(body) | found_in(headers.encode()) | found_in(address.encode())
        text = body.decode("utf-8", "replace") if "html" in response["Content-Type"] else ""
        for link in LINK.findall(text):
            link = link.replace("&amp;", "&")
            if link.startswith("/marking/"):
                waiting.append(link)
        if response.status_code == 302 and response["Location"].startswith("/marking/"):
            waiting.append(response["Location"])
    return seen


def test_an_assessor_meets_no_marker_anywhere(allocated, signed_in):
    marking = steps.marking_of(allocated)
    seen = crawl(signed_in(marking.assessor), "/marking/")
    assert {address: found for address, found in seen.items() if found} == {}
    documents = [address for address in seen if "/documents/" in address]
    criteria = [address for address in seen if "criterion=" in address]
    assert (len(documents), len(criteria)) == (7, 15)
    (message,) = mail.outbox
    assert found_in(str(message.message()).encode()) == set()


def test_the_page_says_what_it_took_out(allocated, signed_in):
    marking = steps.marking_of(allocated)
    page = signed_in(marking.assessor).get(f"/marking/{marking.reference}/").content.decode()
    # Seven in each of two sentences, the heading and its link, and the name written in two halves.
    assert page.count("[removed]") == 17
    assert allocated.candidate_number in page


def test_answers_to_saving_and_refusals_hold_no_marker(allocated, signed_in):
    marking = steps.marking_of(allocated)
    client = signed_in(marking.assessor)
    code = frameworks.scheme(allocated.task)[0].code
    address = f"/marking/{marking.reference}/marks/{code}/"
    for data in ({"value": "1", "version": "0"}, {"value": "7"}, {"value": "0"}):
        for accept in ("application/json", "text/html"):
            response = client.post(address, data, headers={"accept": accept}, follow=True)
            assert found_in(response.content) == set()
    assert found_in(client.post(f"/marking/{marking.reference}/submit/").content) == set()


def test_canary_without_the_mask_the_crawl_finds_who_wrote_it(allocated, signed_in, monkeypatch):
    """Not a mock: the guard itself is taken away, and the test above must then fail."""
    monkeypatch.setattr(visibility, "identifying", lambda *args, **kwargs: ())
    monkeypatch.setattr(marking_presenters, "identifying", lambda *args, **kwargs: ())
    marking = steps.marking_of(allocated)
    seen = crawl(signed_in(marking.assessor), "/marking/")
    found = set().union(*seen.values())
    assert found == set(MARKERS)


def test_the_candidate_number_is_drawn_and_not_worked_out():
    scripts = [steps.script_at("started") for _ in range(3)]
    numbers = {each.candidate_number for each in scripts}
    assert len(numbers) == 3
    assert all(re.fullmatch(r"[0-9]{5}-[0-9]", number) for number in numbers)


def test_the_participant_and_staff_get_files_by_name_and_markers_by_number(allocated, signed_in):
    document = queries.documents_of(allocated)[0]
    address = f"/scripts/{allocated.reference}/files/{document.file.reference}/"
    own = signed_in(allocated.enrolment.participant).get(address)
    for close in own._resource_closers:  # response.close() would end the test's own connection
        close()
    assert f"{FIRST} {LAST}_NPQSL_Appendix A_Raw data analysis.xlsx" in own["Content-Disposition"]
    marking = steps.marking_of(allocated)
    marker = signed_in(marking.assessor)
    assert marker.get(address).status_code == 404
    theirs = marker.get(f"/marking/{marking.reference}/documents/1/")
    name = f"{allocated.candidate_number}_NPQSL_Appendix A_Raw data analysis.xlsx"
    assert name in theirs["Content-Disposition"]


def test_a_masked_file_still_opens_and_keeps_its_other_words():
    masked = masking.masked(word_file().read(), ".docx", [f"{FIRST} {LAST}", FIRST, LAST, EMAIL])
    texts = [each.text for each in Document(io.BytesIO(masked)).paragraphs]
    assert texts[0] == "What [removed] did"
    assert texts[2] == "[removed]"
    assert "lead reading at" in texts[1]
