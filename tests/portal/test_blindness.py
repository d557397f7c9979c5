"""S9: nothing that an assessor or another participant can reach names the participant, the sponsor or the school.

Every personal field holds a word that occurs nowhere else (world.MARKERS). Each person's links are followed from
home on, downloads are unpacked, headers are read. Audit trail, outbox and queue hold no such word at all.
"""

import html
import io
import json
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.db import connection
from django.urls import resolve

from accounts.models import User
from assessment import visibility
from assessment.presenters import marking as presenters
from core import outbox
from core.models import AuditEntry, HandledForm, OutboxMessage
from documents import services as documents
from documents import storage
from documents.models import StoredFile
from tests.portal.world import MARKERS, VIEWERS, World, undone

pytestmark = pytest.mark.whole

LINK = re.compile(r'(?:(?:href|src|action)="([^"]*)"|data-[\w-]+="([/?][^"]*)")')
# Pages that are the same for anybody are read, but their links are not followed.
SAME_FOR_ALL = ("/framework/", "/programmes/", "/static/", "/accounts/")


def crawl(world: World, viewer: str) -> Iterator[tuple[str, str]]:
    """Every address within reach of this person's home, with all that the answer holds: status, headers, text, files."""
    client = world.clients[viewer]
    found: set[str] = set()
    waiting = ["/", "/home/", "/account/"]
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith("/static/"):
            continue
        found.add(path)
        with undone():
            response = client.get(path)
            body = b"".join(response) if response.streaming else response.content
        yield path, f"{response.status_code}\n{_all_of(response.headers, body)}"
        if not path.startswith(SAME_FOR_ALL):
            waiting += [each for each in _links(path, response, body) if each not in found]


def _links(path: str, response, body: bytes) -> Iterator[str]:
    """Addresses within the site that an answer names, in links, forms, scripts' data and redirects."""
    named = [response.get("Location", "")]
    if response["Content-Type"].startswith("text/html"):
        named += [html.unescape(one or other) for one, other in LINK.findall(body.decode())]
    for each in named:
        parts = urlsplit(urljoin(path, each))
        if each and not parts.netloc and parts.path.startswith("/") and parts.scheme == "":
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _all_of(headers, body: bytes) -> str:
    """Everything a curious person could read in an answer, archives unpacked."""
    texts = [f"{name}: {unquote(value)}" for name, value in headers.items()]
    texts.append(html.unescape(body.decode("utf-8", "replace")))
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for part in archive.infolist():
                texts += [part.filename, part.comment.decode("utf-8", "replace")]
                texts.append(html.unescape(archive.read(part).decode("utf-8", "replace")))
    return "\n".join(texts)


def told(pages: dict[str, str]) -> set[tuple[str, str]]:
    """(address, which personal field) for every marker that shows."""
    return {
        (path, field)
        for path, text in pages.items()
        for field, word in MARKERS.items()
        if word.casefold() in text.casefold()
    }


def names_in(pages: dict[str, str]) -> set[str]:
    """The URL names that were reached."""
    return {resolve(urlsplit(path).path).view_name for path in pages}


@pytest.fixture(scope="module")
def crawls() -> dict[str, tuple[dict[str, str], str]]:
    """What each viewer reached and what was logged meanwhile, crawled once."""
    return {}


@pytest.fixture
def reached(world, crawls, caplog) -> Callable[[str], dict[str, str]]:
    """Crawls as a viewer, or gives what their crawl found."""

    def as_viewer(viewer: str) -> dict[str, str]:
        if viewer not in crawls:
            presenters._read.cache_clear()
            caplog.set_level(logging.DEBUG)
            pages = dict(crawl(world, viewer))
            crawls[viewer] = pages, caplog.text
        return crawls[viewer][0]

    return as_viewer


@pytest.fixture
def fresh_texts() -> Iterator[None]:
    """The texts that this process has read before are forgotten, before and after."""
    presenters._read.cache_clear()
    yield
    presenters._read.cache_clear()


@pytest.mark.parametrize(
    "viewer", ["assessor", "other_assessor", "cohort", "outsider", "moderator", "tutor"]
)
def test_nobody_reads_who_it_is(viewer, reached, crawls):
    assert told(reached(viewer)) == set()
    assert told({"the log": crawls[viewer][1]}) == set()


def test_the_assessor_did_reach_the_work_and_its_files(world, reached):
    """A crawl that sees nothing would prove nothing."""
    pages = reached("assessor")
    assert {
        "assessment:marking_list",
        "assessment:marking",
        "assessment:marking_document",
        "assessment:submit_marks",
    } <= names_in(pages)
    text = pages[f"/marking/{world.markings['allocated'].reference}/"]
    assert "What we did" in text
    assert "[removed]" in text
    files = [each for path, each in pages.items() if "/documents/" in path]
    assert len(files) >= 2
    assert all("word/document.xml" in each for each in files)
    assert all(
        world.scripts["allocated"].candidate_number in each
        or world.scripts["released"].candidate_number in each
        for each in files
    )


def test_those_who_may_know_do(reached):
    """The participant, the sponsor and the administrator read names: the markers are really there."""

    def fields(viewer: str) -> set[str]:
        return {field for _, field in told(reached(viewer))}

    person = {"participant's first name", "participant's last name"}
    assert person <= fields("sponsor")
    assert {*person, "school", "sponsor's first name"} <= fields("administrator")
    own = fields("owner")
    assert {*person, "participant's address", "school", "name of the file"} <= own


def test_the_sponsor_and_the_moderator_read_what_they_need_only(reached):
    """The TRN, the address and the work are neither the sponsor's nor the regional moderator's to read."""
    for viewer in ("sponsor", "regional"):
        fields = {field for _, field in told(reached(viewer))}
        assert (
            fields
            & {
                "participant's TRN",
                "author in the properties",
                "author of a comment",
            }
            == set()
        )


def _as_uploaded(file: StoredFile) -> bytes:
    with storage.opened(file) as content:
        return content.read()


@pytest.mark.parametrize("viewer", ["owner", "sponsor", "assessor", "regional", "administrator"])
def test_no_link_is_dead(viewer, reached):
    """Each address on a page opens for who reads the page; 405 is a form's own, made for sending only."""
    pages = reached(viewer)
    dead = {path: text[:3] for path, text in pages.items() if text[0] not in "23"}
    assert {path: status for path, status in dead.items() if status != "405"} == {}


def _no_mask(*people: object, **where: str) -> tuple[str, ...]:
    return ()


@pytest.mark.usefixtures("fresh_texts")
@pytest.mark.parametrize(
    ("module", "name", "instead", "shows"),
    [
        (presenters, "identifying", _no_mask, "participant's last name"),
        (
            documents,
            "anonymous_copy",
            _as_uploaded,
            "author in the properties",
        ),
    ],
    ids=["words of the text", "properties of files"],
)
def test_without_the_mask_the_crawl_finds_names(world, monkeypatch, module, name, instead, shows):
    """Canary."""
    monkeypatch.setattr(module, name, instead)
    pages = crawl(world, "assessor")
    assert any((path, shows) in told({path: text}) for path, text in pages)


def test_a_marker_sees_the_parts_without_identity():
    """The table that the pages ask names no identity for a marker in any phase."""
    identity = {visibility.Part.IDENTITY, visibility.Part.WORK, visibility.Part.RECEIPT}
    table = visibility._SEEN[visibility.Viewer.MARKER]
    assert identity & set(table) == set()


# What is kept besides the pages


def _rows(model) -> dict[str, str]:
    return {
        f"{model.__name__} {row['id']}": json.dumps(row, default=str, ensure_ascii=False)
        for row in model.objects.values()
    }


def test_what_is_recorded_and_promised_names_nobody(world):
    """Everything stands by its public reference, a school's being its URN."""
    kept = {**_rows(AuditEntry), **_rows(OutboxMessage), **_rows(HandledForm)}
    assert len(kept) > 100
    assert {field for _, field in told(kept)} - {"URN"} == set()


def test_no_address_or_name_of_anybody_is_recorded(world):
    """Not only the three with markers: everybody's address, and names of two words."""
    kept = "\n".join([*_rows(AuditEntry).values(), *_rows(OutboxMessage).values()])
    people = User.objects.all()
    assert [each.reference for each in people if each.email in kept or each.name in kept] == []


def test_the_queue_is_given_numbers_only(world):
    """What is sent at commit is the doorbell with a message's key, and nothing else."""
    calls = [call for _, call, _ in connection.run_on_commit if isinstance(call, partial)]
    others = {type(call).__module__ for _, call, _ in connection.run_on_commit} - {"functools"}
    assert len(calls) == OutboxMessage.objects.count()
    assert {call.func for call in calls} == {outbox.ring}
    assert {type(each) for call in calls for each in (*call.args, *call.keywords)} == {int}
    assert others == {"documents.storage"}


def test_a_name_in_the_trail_is_noticed(world):
    """Canary."""
    AuditEntry.objects.create(event="test.named", object="X", facts={"name": world.owner.name})
    assert {field for _, field in told(_rows(AuditEntry))} - {"URN"} == {
        "participant's first name",
        "participant's last name",
    }


def test_every_viewer_can_be_asked_about(world):
    assert set(VIEWERS) == set(world.clients)
