"""Every URL name x viewer x method against route_table.py (guarantees, 'Who gets in').

What is out of scope answers exactly like what does not exist; what is refused, and what is only read, writes nothing.
"""

import pytest
from django.http import HttpResponse
from django.urls import get_resolver, path

from accounts import services as accounts
from accounts.middleware import SecondFactorForStaff
from accounts.states import Role
from applications import queries
from core.models import AuditEntry
from tests.accounts.conftest import PASSWORD
from tests.portal import routes
from tests.portal.route_table import TABLE
from tests.portal.routes import MADE_UP, REFUSED, SIGN_IN, Row, ask, asked
from tests.portal.world import VIEWERS, sign_in, undone, writes

pytestmark = pytest.mark.whole

ROWS = routes.rows(TABLE)
METHODS = ("GET", "POST")


def undeclared(patterns) -> set[str]:
    """Names in the addresses but not in the table, and the other way round."""
    return set(routes.names(patterns)) ^ {row.name for row in ROWS}


@pytest.fixture(autouse=True)
def _quiet():
    with routes.quietly():
        yield


@pytest.fixture(scope="module")
def nowhere() -> dict[tuple[str, str], tuple]:
    """What each viewer is told by each method of a thing that does not exist: the same wherever they ask."""
    return {}


# Who took a file of people's data away is recorded, though nothing else is changed by reading it (G4).
RECORDED = {"applications:export"}


def test_every_name_is_declared_and_every_declared_name_exists():
    assert undeclared(get_resolver().url_patterns) == set()


def test_an_undeclared_and_a_stale_name_are_noticed():
    """Canary."""
    there = get_resolver().url_patterns
    planted = path("planted/", lambda request: HttpResponse(), name="planted")
    assert undeclared([*there, planted]) == {"planted"}
    kept = [each for each in there if getattr(each, "name", "") != "front"]
    assert undeclared(kept) == {"front"}


def test_no_line_stands_twice():
    lines = [str(row) for row in ROWS]
    assert sorted(lines) == sorted(set(lines))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_viewer_gets_what_is_declared(row: Row, world, nowhere):
    about = asked(row, world)
    found: dict[str, str] = {}
    written, told_apart = [], []
    for viewer in VIEWERS:
        client = world.clients[viewer]
        answers = {method: ask(client, method, about.path(), about) for method in METHODS}
        found[viewer] = "/".join(answer.cell for answer in answers.values())
        for method, answer in answers.items():
            if row.name in RECORDED and answer.written == [
                f'INSERT INTO "{AuditEntry._meta.db_table}"'
            ]:
                continue
            if answer.written and (method == "GET" or answer.cell in REFUSED):
                written.append((viewer, method, answer.written))
            if about.secret and answer.cell == "404":
                if (viewer, method) not in nowhere:
                    made_up = ask(client, method, about.path(MADE_UP), about)
                    nowhere[viewer, method] = made_up.told
                if answer.told != nowhere[viewer, method]:
                    told_apart.append((viewer, method))
    assert " ".join(found.values()) == " ".join(row.cells.values())
    assert (written, told_apart) == ([], [])


def test_a_made_up_reference_is_answered_alike_everywhere(world):
    """One answer for what does not exist, whichever address asks: the standard that the matrix compares with."""
    stranger = world.clients["outsider"]
    answers: dict[tuple, set[str]] = {}
    for row in ROWS:
        about = asked(row, world)
        if about.secret and row.cells["outsider"].startswith("404") and not about.settings:
            told = ask(stranger, "GET", about.path(MADE_UP), about).told
            answers.setdefault(told[::2], set()).add(row.name)
    assert len(answers) == 1
    ((status, _),) = answers
    assert status == 404


def test_an_answer_that_tells_existence_is_noticed(world, settings, monkeypatch):
    """Canary: a page that is found before its reader is looked at."""
    row = next(each for each in ROWS if each.name == "applications:application")
    about = asked(row, world)
    stranger = world.clients["outsider"]
    made_up = ask(stranger, "GET", about.path(MADE_UP), about).told
    assert ask(stranger, "GET", about.path(), about).told == made_up
    monkeypatch.setattr(queries, "visible_to", lambda user: queries.with_facts())
    assert ask(stranger, "GET", about.path(), about).told != made_up


def test_a_write_by_a_reader_is_noticed(world):
    """Canary: a role that is granted is a change of two tables."""
    with undone(), writes() as found:
        accounts.grant_role(by=None, user=world.outsider, role=Role.SPONSOR)
    assert [each.split()[2].strip('"') for each in found] == [
        "accounts_membership",
        "core_auditentry",
    ]


def test_a_password_alone_opens_nothing_to_staff(world):
    """Before the second factor every address leads a staff session to its set-up."""
    user = accounts.register(
        by=None,
        email="new.administrator@viewers.example",
        first_name="Robin",
        last_name="Newcomer",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
    )
    client = sign_in(user, second_factor=False)
    found = set()
    for row in ROWS:
        about = asked(row, world)
        for method in METHODS:
            response = ask(client, method, about.path(), about).response
            if response.get("Location") != "/accounts/2fa/totp/activate/":
                found.add((row.name, bool(about.settings)))
    always = {(name, False) for name in SecondFactorForStaff.OPEN}
    in_demo = {(name, True) for name in SecondFactorForStaff.OPEN_IN_DEMO}
    assert found == always | in_demo


def test_anybody_not_signed_in_is_sent_to_sign_in_or_sees_what_is_public():
    """No page without a sign-in answers 403 or 404 about a person's things."""
    ours = ("programmes:", "applications:", "assessment:", "documents:", "quality:")
    public = {
        "programmes:cohorts",
        "programmes:programme",
        *(
            f"applications:selfcheck{what}"
            for what in ("", "_area", "_behaviour", "_result", "_clear")
        ),
    }
    cells = {
        row.cells["anonymous"]
        for row in ROWS
        if row.name.startswith(ours) and row.name not in public
    }
    assert cells == {f"{SIGN_IN}/{SIGN_IN}"}


def test_the_second_factor_guard_names_existing_pages():
    open_pages = SecondFactorForStaff.OPEN | SecondFactorForStaff.OPEN_IN_DEMO
    assert open_pages <= {row.name for row in ROWS}
