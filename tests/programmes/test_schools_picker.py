"""Schools looked for as people type (A1, G3): what is typed, and which school comes first."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes import queries, services
from programmes.models import School
from tests.programmes.establishments import made_up, row, write

pytestmark = pytest.mark.django_db

SCHOOLS = [
    row(urn="900001", name="St Wilfreda's Church of England Primary School", street="Chapel Lane", town="Westmark", postcode="ZZ9 1AA", authority="991", number="2001"),
    row(urn="900002", name="St Wilfreda's Church of England Primary School", street="Mill Road", town="Eastmark", postcode="ZZ14 2BB", authority="992", number="2001"),
    row(urn="900003", name="Quarry Lane School", street="Quarry Lane", town="Westmark", postcode="ZZ1 4AP", number="2003"),
    row(urn="900004", name="Walenmere High School", street="Station Avenue", town="Walenmere", postcode="ZZ1 5AA", number="2004"),
    row(urn="900005", name="The Walenmere Academy", street="High Street", town="Walenmere", postcode="ZZ1 5AB", number="2005"),
    row(urn="900006", name="Our Lady and Saint Cuthwin RC High School", street="Saint Cuthwin Road", town="Northbeck", postcode="ZZ2 1AA", number="2006"),
    row(urn="900007", name="Thornbury Old School", status="Closed", closed="31-08-2024", town="Thornbury", postcode="ZZ3 1AA", authority="993", number="2007"),
    row(urn="900008", name="Lighthouse Academy", street="Harbour Way", town="Thornbury", postcode="ZZ3 1AB", authority="993", number="2007"),
    row(urn="900009", name="Forgotten School", status="Closed", town="Gone", postcode="ZZ4 1AA"),
    row(urn="900010", name="Future School", status="Proposed to open", town="Northbeck", postcode="ZZ2 1AB"),
    row(urn="900011", name="Ysgol Gymraeg Tŷ Coed", street="Ffordd y Môr", town="Northbeck", postcode="ZZ2 9ZZ"),
    row(urn="900012", name="Mary's Meadow Nursery", status="Open, but proposed to close", town="Southfold", postcode="ZZ5 1AA"),
]  # fmt: skip


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker, tmp_path_factory):
    """The schools above among 300 made-up others, in a transaction around this module's tests."""
    path = tmp_path_factory.mktemp("schools") / "edubase.csv"
    write(path, [*SCHOOLS, *made_up(300)], encoding="utf-8")
    with django_db_blocker.unblock(), transaction.atomic():
        services.import_schools(by=None, path=path)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("known")
class TestFound:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            # By number
            ("900003", "900003"),
            (" 900 003 ", "900003"),
            ("Quarry Lane 900003", "900003"),
            ("992/2001", "900002"),
            ("9922001", "900002"),
            # By postcode, whole and in part
            ("ZZ1 4AP", "900003"),
            ("zz14ap", "900003"),
            ("zz14", "900002"),
            ("zz1 4", "900003"),
            ("high zz1", "900004"),
            ("zz1 4zz", "900003"),
            # By name
            ("Quarry Lane School", "900003"),
            ("quarry", "900003"),
            ("the walenmere academy", "900005"),
            ("walenmere high", "900004"),
            ("wilfreda westmark", "900001"),
            ("St. Wilfreda's CofE Primary, Eastmark", "900002"),
            ("Saint Wilfredas C of E prim sch eastmark", "900002"),
            ("Our Lady & St. Cuthwin Roman Catholic", "900006"),
            ("our lady st cuthwins", "900006"),
            ("Tŷ Coed", "900011"),
            ("ty coed", "900011"),
            ("marys meadow", "900012"),
            ("mary meadow", "900012"),
            # By street and town
            ("mill rd", "900002"),
            ("mill road eastmark", "900002"),
            ("station ave", "900004"),
            ("harbour way thornbury", "900008"),
            ("ffordd y mor", "900011"),
            # Typing errors
            ("Sant Wilfreda primry westmark", "900001"),
            ("St Willfrida eastmark", "900002"),
            ("qaurry lane", "900003"),
            ("quary lane scool", "900003"),
            ("walen mere high", "900004"),
            ("quarrylane", "900003"),
            ("walnemere hgih", "900004"),
            ("lihgthouse acadmy", "900008"),
            ("Quarry Lane Atlantis", "900003"),
            ("Quarry Lane Walenmere Westmark", "900003"),
        ],
    )
    def test_what_is_typed_finds_the_school_first(self, typed, first):
        found = queries.find_schools(typed)
        assert [school.urn for school in found][:1] == [first], [school.name for school in found]

    @pytest.mark.parametrize(
        "typed",
        ["", "   ", "%", "_", "'", "999999", "zzqqxx", "العربية", "Future School", "\x00", "a b"],
    )
    def test_nothing(self, typed):
        assert queries.find_schools(typed) == []

    def test_typing_errors_in_every_word_find_both_of_one_name(self):
        found = queries.find_schools("Sant Wilfreda primry")
        assert [school.urn for school in found][:2] == ["900001", "900002"]

    def test_a_closed_school_is_found_by_its_number_or_its_whole_name_only(self):
        assert [each.urn for each in queries.find_schools("900007")] == ["900007"]
        (closed,) = queries.find_schools("thornbury old school")
        assert (closed.urn, closed.successor.urn) == ("900007", "900008")
        assert "900007" not in {each.urn for each in queries.find_schools("thornbury")}
        assert queries.find_schools("forgotten school") == []
        assert [each.urn for each in queries.find_schools("900009")] == ["900009"]

    def test_no_more_than_asked_for(self):
        assert len(queries.find_schools("school", limit=5)) == 5

    @pytest.mark.parametrize(
        ("typed", "most"),
        [("quarry lane", 1), ("900003", 1), ("Sant Wilfreda primry", 5), ("a b c d e f g", 5)],
    )
    def test_how_many_questions_it_asks(self, typed, most):
        with CaptureQueriesContext(connection) as captured:
            queries.find_schools(typed)
        assert len(captured) <= most

    @given(st.text(max_size=120))
    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_no_typed_text_raises_and_none_finds_a_closed_one_unasked(self, typed):
        found = queries.find_schools(typed)
        assert len(found) <= 20
        assert all(school.status.startswith("Open") or school.successor for school in found)


def test_schools_added_by_hand_are_found():
    services.add_school(by=None, urn="900101", name="St Petroc's School", postcode="ZZ9 9ZZ")
    assert queries.find_schools("sant petrok")[0].urn == "900101"
    assert School.objects.get(urn="900101").search == " st petrocs school / zz9 9zz zz99zz "
