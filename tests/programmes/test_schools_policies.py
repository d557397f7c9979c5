"""What a row of the Department's file says, and words that are compared; without a database (G3, A1)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import policies
from programmes.policies.school_file import NEEDED, OPTIONAL
from programmes.policies.schools import names_alike, plain_words, typing_errors
from tests.programmes.establishments import COLUMNS, row

PLACES = policies.places_of(COLUMNS)


def read(**fields):
    said = row(**fields)
    return policies.read_row([said[name] for name in COLUMNS], PLACES, len(COLUMNS))


def test_the_departments_columns_are_enough_in_any_order_and_no_other_is_needed():
    assert policies.header_troubles(COLUMNS) == ()
    assert policies.header_troubles(COLUMNS[::-1]) == ()
    assert policies.header_troubles(NEEDED) == ()
    assert set(policies.places_of(NEEDED)) == set(NEEDED)
    assert set(PLACES) == {*NEEDED, *OPTIONAL}
    assert len(COLUMNS) == len(set(COLUMNS)) == 139


@pytest.mark.parametrize("missing", NEEDED)
def test_each_needed_column_is_missed(missing):
    header = [name for name in COLUMNS if name != missing]
    assert policies.header_troubles(header) == (f"The file has no column {missing}.",)


def test_a_header_that_is_empty_or_has_a_column_twice():
    assert policies.header_troubles([]) == ("The file is empty.",)
    assert policies.header_troubles(["", " "]) == ("The file is empty.",)
    assert policies.header_troubles([*COLUMNS, "URN", "Street"]) == (
        "The file has more than one column URN, Street.",
    )


def test_what_a_row_says():
    said = read(
        name="  Weir   Bank School ",
        percent="10.2",
        pupils="",
        postcode="zz91aa",
        authority="201",
        number="614",
        status="Closed",
        closed="31-08-2024",
        because="Academy Converter",
    )
    assert said.reasons == ()
    assert said.urn == "900001"
    assert said.values == {
        "name": "Weir Bank School",
        "kind": "Community school",
        "group": "Local authority maintained schools",
        "phase": "Primary",
        "status": "Closed",
        "local_authority": "Westmark",
        "district": "Westmark",
        "region": "North West",
        "ofsted_rating": "Good",
        "fsm_percent": Decimal("10.2"),
        "pupils": None,
        "street": "Chapel Lane",
        "locality": "",
        "town": "Westmark",
        "postcode": "ZZ9 1AA",
        "ukprn": "10990001",
        "local_number": "201/0614",
        "closed_on": date(2024, 8, 31),
        "closed_because": "Academy Converter",
        "changed_on": date(2025, 9, 1),
    }


def test_an_open_school_has_no_day_of_closing():
    said = read(status="Open, but proposed to close", closed="31-08-2027", because="Closure")
    assert (said.values["closed_on"], said.values["closed_because"]) == (None, "")


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"urn": ""}, ["URN is empty"]),
        ({"urn": "12345"}, ["URN is not 6 digits"]),
        ({"urn": "1234567"}, ["URN is not 6 digits"]),
        ({"urn": "12345a"}, ["URN is not 6 digits"]),
        ({"urn": "１２３４５６"}, ["URN is not 6 digits"]),
        ({"name": " "}, ["EstablishmentName is empty"]),
        ({"name": "x" * 201}, ["EstablishmentName has more than 200 characters"]),
        ({"name": "Weir\x00"}, ["It has a character that cannot be read"]),
        ({"status": ""}, ["EstablishmentStatus (name) is empty"]),
        ({"street": "x" * 201}, ["Street has more than 200 characters"]),
        *(
            (
                {"percent": wrong},
                ["PercentageFSM is not a percentage from 0 to 100 with at most one decimal"],
            )
            for wrong in ("-1", "100.1", "101", "10.25", "10,2", "10%", "NaN", "1e1", "SUPP", ".5")
        ),
        *(
            ({"pupils": wrong}, ["NumberOfPupils is not a whole number up to 99999"])
            for wrong in ("-1", "1.5", "1,200", "100000", "many", "²")
        ),
        *(
            ({"changed": wrong}, ["LastChangedDate is not a date written as dd-mm-yyyy"])
            for wrong in ("2025-09-01", "1-9-2025", "31-02-2025", "01/09/2025", "01-09-25", "soon")
        ),
        ({"closed": "00-00-0000"}, ["CloseDate is not a date written as dd-mm-yyyy"]),
        ({"postcode": "not a postcode"}, ["Postcode has more than 10 characters"]),
        ({"ukprn": "1234"}, ["UKPRN is not 8 digits"]),
        (
            {"urn": "x", "name": "", "percent": "x", "pupils": "x", "changed": "x"},
            [
                "URN is not 6 digits",
                "EstablishmentName is empty",
                "PercentageFSM is not a percentage from 0 to 100 with at most one decimal",
                "NumberOfPupils is not a whole number up to 99999",
                "LastChangedDate is not a date written as dd-mm-yyyy",
            ],
        ),
    ],
)
def test_what_is_refused_and_why(fields, reasons):
    assert list(read(**fields).reasons) == reasons


@pytest.mark.parametrize(
    ("percent", "kept"),
    [("0", "0.0"), ("0.0", "0.0"), ("32", "32.0"), ("32.10", "32.1"), ("100", "100.0")],
)
def test_percentages(percent, kept):
    assert str(read(percent=percent).values["fsm_percent"]) == kept


def test_a_row_of_another_width():
    short = policies.read_row(["900001", "Weir"], PLACES, 139)
    assert short.reasons == ("It has 2 columns where the first line has 139",)
    assert short.urn == "900001"


@given(st.lists(st.text(max_size=12), min_size=139, max_size=139))
def test_no_row_raises(cells):
    said = policies.read_row(cells, PLACES, 139)
    assert said.reasons


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("St. Wilfreda's C.E. Primary School", "st wilfredas ce primary school"),
        ("SAINT WILFREDA’S Church of England Prim. Sch.", "st wilfredas ce primary school"),
        ("Saint-Wilfréda & Żofia (RC)", "st wilfreda and zofia catholic"),
        ("Roman Catholic High School, High Street", "catholic high school high st"),
        ("Straße Œuvre", "strasse oeuvre"),
        ("  ", ""),
        ("%_\\", ""),
    ],
)
def test_plain_words(text, plain):
    assert plain_words(text) == plain


@given(st.text(max_size=60))
def test_plain_words_stay_as_they_are(text):
    once = plain_words(text)
    assert once == "" or once.replace(" ", "").isascii()
    assert plain_words(plain_words(once)) == plain_words(once)


def test_the_search_text_tells_each_part_once():
    text = policies.search_text(
        name="The Weir & Bank Church of England School",
        postcode="ZZ9 1AA",
        places=("Chapel Road", "", "Westmark", "Westmark", "West County"),
    )
    assert text == (
        " weir bank ce school / church england / chapel rd / westmark / west county / zz9 1aa zz91aa "
    )


@pytest.mark.parametrize(
    ("typed", "postcode", "rest"),
    [
        ("LS1 4AP", "LS1 4AP", ""),
        ("ls14ap", "LS1 4AP", ""),
        ("Quarry Lane LS1", "LS1 ", "quarry lane"),
        ("sw1a 1", "SW1A 1", ""),
        ("Quarry Lane", "", "Quarry Lane"),
        ("100023", "", "100023"),
        ("", "", ""),
    ],
)
def test_a_postcode_among_words(typed, postcode, rest):
    assert policies.postcode_among(typed) == (postcode, rest)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Elm Road Infant School", "Elm Road Primary School", True),
        ("Elm Road Infant School", "Oak Road Primary School", False),
        ("St Wilfreda's Catholic School", "Saint Wilfreda’s Academy", True),
        ("St Wilfreda's Catholic School", "St Aldhelm's Catholic School", False),
        ("Quarry Bank High School", "Quarry Academy", True),
        ("Primary School", "Primary School", True),
        ("Primary School", "The Academy", False),
    ],
)
def test_names_alike(one, other, alike):
    assert names_alike(one, other) is names_alike(other, one) is alike


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("marys", "marys", 0),
        ("mrays", "marys", 1),
        ("primry", "primary", 1),
        ("catolic", "catholic", 1),
        ("wilfrida", "wilfredas", 2),
        ("oak", "elm", 3),
        ("", "elm", 3),
        ("verylongword", "elm", 3),
    ],
)
def test_typing_errors(one, other, errors):
    assert typing_errors(one, other, 2) == typing_errors(other, one, 2) == errors


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(0, 3))
def test_typing_errors_agree_both_ways_and_stop(one, other, most):
    found = typing_errors(one, other, most)
    assert found == typing_errors(other, one, most)
    assert 0 <= found <= most + 1
    assert (found == 0) == (one == other)
