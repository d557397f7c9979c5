"""Each role's home says what waits, in one sentence and exact numbers, with as many queries for 50 rows as for 1."""

import itertools
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from applications.models import Application
from applications.queries import applications as module
from assessment.models import Marking, Script, new_candidate_number
from core import clock
from core.references import new_reference
from npq_portal.homes import sentences
from programmes.models import Enrolment
from programmes.policies import deadline_to_present
from tests.portal.world import ROLES

pytestmark = pytest.mark.whole

MOST_QUERIES = 15


def told(world, viewer: str) -> str:
    """The sentence of the home."""
    page = world.clients[viewer].get("/home/").content.decode()
    found = re.search(r'<p class="govuk-body-l">(.*?)</p>', page, re.DOTALL)[1]
    return " ".join(found.split())


def button(world, viewer: str) -> tuple[str, str] | None:
    """Where the one thing to do now leads, and its words."""
    page = world.clients[viewer].get("/home/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    found = re.search(r'<a href="([^"]+)"[^>]*govuk-button--start[^>]*>\s*([^<]+?)\s*<', main)
    return (found[1], found[2]) if found else None


def queries_of(world, viewer: str) -> int:
    """How many queries the home costs once it is warm."""
    world.clients[viewer].get("/home/")
    with CaptureQueriesContext(connection) as captured:
        assert world.clients[viewer].get("/home/").status_code == 200
    return len(captured)


# What each one reads


def test_the_participant_reads_where_they_are_and_what_comes_next(world):
    newest = world.enrolments["new"].cohort
    assert told(world, "owner") == (
        f"You are enrolled on NPQML ({newest.name}). "
        f"Your programme starts on {sentences.day(newest.starts_on)}."
    )
    assert button(world, "owner") == (
        f"/scripts/{world.scripts['released'].reference}/result/",
        "See your result",
    )


def test_somebody_who_takes_part_reads_their_deadline(world):
    newest = world.enrolments["cohort NPQEL"]
    day = sentences.day(deadline_to_present(newest.commenced_on))
    assert told(world, "cohort") == (
        f"You are enrolled on NPQEL ({newest.cohort.name}). Next: submit your work by {day}."
    )
    assert button(world, "cohort") == (
        f"/submissions/{newest.reference}/1/start/",
        "Begin task 1",
    )


def test_somebody_new_is_led_to_the_programmes(world):
    assert told(world, "outsider") == "You have not applied for a qualification yet."
    assert button(world, "outsider") == ("/programmes/", "Choose a programme")


def test_the_sponsor_reads_who_waits(world):
    assert told(world, "sponsor") == "1 applicant waits for you."
    assert button(world, "sponsor") == (
        f"/apply/{world.applications['begun'].reference}/sponsor/",
        f"Answer for {world.owner.name}",
    )


def test_the_sponsor_reads_of_those_who_only_named_their_address(world):
    begun = world.applications["begun"]
    EmailAddress.objects.update_or_create(
        user=begun.sponsor, email=begun.sponsor.email, defaults={"verified": True, "primary": True}
    )
    Application.objects.filter(pk=begun.pk).update(sponsor=None, sponsor_email=begun.sponsor.email)
    assert told(world, "sponsor") == "1 applicant waits for you."
    assert button(world, "sponsor") == ("/sponsoring/", f"Answer for {world.owner.name}")


def test_the_assessor_reads_what_waits_by_candidate_number(world):
    assert told(world, "assessor") == "1 script waits for you."
    marking = world.markings["allocated"]
    assert button(world, "assessor") == (f"/marking/{marking.reference}/", "Mark the next one")
    page = world.clients["assessor"].get("/home/").content.decode()
    assert f"Candidate {marking.script.candidate_number}: NPQEL task 1" in page
    assert world.scripts["released"].candidate_number not in page


def test_an_assessor_without_scripts_reads_that_all_is_done(world):
    assert told(world, "other_assessor") == "You have marked everything that was given to you."
    assert button(world, "other_assessor") is None


def test_the_regional_moderator_reads_what_waits(world):
    assert told(world, "regional") == "1 application waits for you."
    assert button(world, "regional") == (
        f"/apply/{world.applications['referred'].reference}/",
        "Decide the oldest",
    )


def test_the_administrator_reads_what_is_stuck_and_on_whom(world):
    """A ready application, an appeal and a submitted script are theirs; the tiles tell the rest."""
    assert told(world, "administrator") == "3 things wait for you."
    assert button(world, "administrator") == ("/scripts/?status=submitted", "Allocate scripts")
    context = world.clients["administrator"].get("/home/").context["home"]
    assert [(each.label, each.figure) for each in context.figures] == [
        ("Applications waiting for us", 2),
        ("Applications with a sponsor", 1),
        ("Applications with a regional moderator", 1),
        ("To allocate", 1),
        ("Being marked", 1),
        ("To release", 0),
    ]


@pytest.mark.parametrize(
    ("viewer", "sentence"),
    [
        ("moderator", "No script waits for moderation."),
        ("tutor", "No participant is assigned to you."),
        ("agent", "The figures of this provider are ready for you to read."),
    ],
)
def test_the_others_read_what_there_is(world, viewer, sentence):
    assert told(world, viewer) == sentence


def test_each_figure_leads_to_as_many_rows(world):
    """From any number to the people behind it in one click."""
    client = world.clients["administrator"]
    for figure in client.get("/home/").context["home"].figures:
        rows = client.get(figure.href).context["rows"]
        assert (figure.label, len(rows)) == (figure.label, figure.figure)


# What it costs


@pytest.mark.parametrize("viewer", sorted(ROLES))
def test_a_home_costs_few_queries(world, viewer):
    assert queries_of(world, viewer) <= MOST_QUERIES


_numbers = itertools.count(1)


def people(count: int) -> list[User]:
    """Somebody new for each row, written at once."""
    return User.objects.bulk_create(
        User(
            email=f"many{next(_numbers)}@viewers.example",
            first_name="Robin",
            last_name="Many",
            password="!",
        )
        for _ in range(count)
    )


def more_applications(like: Application, count: int) -> None:
    """The same application again, of other people."""
    fields = _fields(like)
    Application.objects.bulk_create(
        Application(**fields | {"applicant_id": person.pk, "reference": new_reference("APP")})
        for person in people(count)
    )


def more_scripts(like: Script, count: int) -> list[Script]:
    """The same script again, of other people."""
    of = _fields(like.enrolment)
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(**of | {"participant_id": person.pk, "reference": new_reference("ENR")})
        for person in people(count)
    )
    fields = _fields(like)
    return Script.objects.bulk_create(
        Script(
            **fields
            | {
                "enrolment_id": enrolment.pk,
                "reference": new_reference("SCR"),
                "candidate_number": new_candidate_number(),
            }
        )
        for enrolment in enrolments
    )


def more_markings(like: Marking, count: int) -> None:
    """The same marking again, of other scripts."""
    fields = _fields(like)
    Marking.objects.bulk_create(
        Marking(**fields | {"script_id": script.pk, "reference": new_reference("MRK")})
        for script in more_scripts(like.script, count)
    )


def _fields(row) -> dict:
    return {
        each.attname: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if not each.primary_key
    }


def test_the_sponsor_s_home_costs_the_same_for_fifty(world):
    before = queries_of(world, "sponsor")
    more_applications(world.applications["begun"], 49)
    assert told(world, "sponsor") == "50 applicants wait for you."
    assert queries_of(world, "sponsor") == before


def test_the_regional_moderator_s_home_costs_the_same_for_fifty(world):
    before = queries_of(world, "regional")
    more_applications(world.applications["referred"], 49)
    assert told(world, "regional") == "50 applications wait for you."
    assert queries_of(world, "regional") == before


def test_the_assessor_s_home_costs_the_same_for_fifty(world):
    before = queries_of(world, "assessor")
    more_markings(world.markings["allocated"], 49)
    assert told(world, "assessor") == "50 scripts wait for you."
    assert queries_of(world, "assessor") == before


def test_the_administrator_s_home_costs_the_same_for_fifty(world):
    before = queries_of(world, "administrator")
    more_applications(world.applications["ready"], 49)
    more_scripts(world.scripts["submitted"], 49)
    assert told(world, "administrator") == "101 things wait for you."
    assert queries_of(world, "administrator") == before


def test_lists_cost_the_same_for_fifty(world):
    """The lists behind the homes."""
    lists = (
        ("administrator", "/applications/?status=ready"),
        ("administrator", "/scripts/?status=submitted"),
        ("administrator", "/enrolments/"),
        ("regional", "/referrals/"),
        ("assessor", "/marking/"),
    )

    def counted() -> dict[str, int]:
        found = {}
        for viewer, path in lists:
            world.clients[viewer].get(path)
            with CaptureQueriesContext(connection) as captured:
                assert world.clients[viewer].get(path).status_code == 200
            found[path] = len(captured)
        return found

    before = counted()
    more_applications(world.applications["ready"], 49)
    more_applications(world.applications["referred"], 49)
    more_scripts(world.scripts["submitted"], 49)
    more_markings(world.markings["allocated"], 49)
    after = counted()
    assert after == before
    assert max(after.values()) <= MOST_QUERIES


def test_a_query_for_each_row_is_noticed(world, monkeypatch):
    """Canary: rows without what the page names cost a query each."""
    monkeypatch.setattr(module, "with_facts", lambda: Application.objects.all())
    before = queries_of(world, "sponsor")
    more_applications(world.applications["begun"], 9)
    assert queries_of(world, "sponsor") > before + 9


def test_the_clock_tells_when_an_answer_is_due(world):
    """Days are counted from today, not from when the page was made."""
    due = world.scripts["allocated"].answer_due_on
    with clock.travel(clock.now() + timedelta(minutes=5)):
        page = world.clients["assessor"].get("/home/").content.decode()
    assert sentences.by_when(due, clock.today()) in page
