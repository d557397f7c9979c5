"""Made-up establishment files in the Department's format, with all its columns, for tests and measurements (G3).

Nothing here is a real school; places and names are put together from parts by a seed.
"""

import csv
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# The columns that the Department publishes, in its order.
COLUMNS = """
URN
LA (code)
LA (name)
EstablishmentNumber
EstablishmentName
TypeOfEstablishment (code)
TypeOfEstablishment (name)
EstablishmentTypeGroup (code)
EstablishmentTypeGroup (name)
EstablishmentStatus (code)
EstablishmentStatus (name)
ReasonEstablishmentOpened (code)
ReasonEstablishmentOpened (name)
OpenDate
ReasonEstablishmentClosed (code)
ReasonEstablishmentClosed (name)
CloseDate
PhaseOfEducation (code)
PhaseOfEducation (name)
StatutoryLowAge
StatutoryHighAge
Boarders (code)
Boarders (name)
NurseryProvision (name)
OfficialSixthForm (code)
OfficialSixthForm (name)
Gender (code)
Gender (name)
ReligiousCharacter (code)
ReligiousCharacter (name)
ReligiousEthos (name)
Diocese (code)
Diocese (name)
AdmissionsPolicy (code)
AdmissionsPolicy (name)
SchoolCapacity
SpecialClasses (code)
SpecialClasses (name)
CensusDate
NumberOfPupils
NumberOfBoys
NumberOfGirls
PercentageFSM
TrustSchoolFlag (code)
TrustSchoolFlag (name)
Trusts (code)
Trusts (name)
SchoolSponsorFlag (name)
SchoolSponsors (name)
FederationFlag (name)
Federations (code)
Federations (name)
UKPRN
FEHEIdentifier
FurtherEducationType (name)
OfstedLastInsp
OfstedSpecialMeasures (code)
OfstedSpecialMeasures (name)
LastChangedDate
Street
Locality
Address3
Town
County (name)
Postcode
SchoolWebsite
TelephoneNum
HeadTitle (name)
HeadFirstName
HeadLastName
HeadPreferredJobTitle
BSOInspectorateName (name)
InspectorateReport
DateOfLastInspectionVisit
NextInspectionVisit
TeenMoth (name)
TeenMothPlaces
CCF (name)
SENPRU (name)
EBD (name)
PlacesPRU
FTProv (name)
EdByOther (name)
Section41Approved (name)
SEN1 (name)
SEN2 (name)
SEN3 (name)
SEN4 (name)
SEN5 (name)
SEN6 (name)
SEN7 (name)
SEN8 (name)
SEN9 (name)
SEN10 (name)
SEN11 (name)
SEN12 (name)
SEN13 (name)
TypeOfResourcedProvision (name)
ResourcedProvisionOnRoll
ResourcedProvisionCapacity
SenUnitOnRoll
SenUnitCapacity
GOR (code)
GOR (name)
DistrictAdministrative (code)
DistrictAdministrative (name)
AdministrativeWard (code)
AdministrativeWard (name)
ParliamentaryConstituency (code)
ParliamentaryConstituency (name)
UrbanRural (code)
UrbanRural (name)
GSSLACode (name)
Easting
Northing
CensusAreaStatisticWard (name)
MSOA (name)
LSOA (name)
InspectorateName (name)
SENStat
SENNoStat
BoardingEstablishment (name)
PropsName
PreviousLA (code)
PreviousLA (name)
PreviousEstablishmentNumber
OfstedRating (name)
RSCRegion (name)
Country (name)
UPRN
SiteName
QABName (code)
QABName (name)
EstablishmentAccredited (code)
EstablishmentAccredited (name)
QABReport
CHNumber
MSOA (code)
LSOA (code)
""".strip().split("\n")


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words("""
Ald Ash Bar Beck Bram Brock Bur Carl Cold Crow Dal Dun East Elm Fern Gar Gold Hal Hart
Hazel Holm Hurst Ing King Lang Lin Mar Mel Nor Oak Old Pen Quar Rav Red Rush Sand Sil
Stan Sut Thorn Til Up Wal Wex Whit Wil Win Wood Yar
""")
MIDDLE = ["", "", "er", "en", "ing", "el", "ow", "is", "or", "an"]
LAST = _words("""
beck bourne bridge brook bury by cliffe combe cote dale den field ford gate ham hill
holt hurst ley low marsh mere minster mouth ness over ridge shaw side stead stoke thorpe
ton wade well wick wold worth
""")
STREETS = ["Road", "Lane", "Street", "Avenue", "Hill", "Close", "Way", "Crescent", "Square"]
SAINTS = _words("""
Wilfreda Aldhelm Bertram Cuthwin Dunstana Edburga Felicia Godric Hilda Isolde Jerome
Kenelm Leofwin Milburga Ninian Oswin Petroc Quentin Rumwold Sidwell Tancred Ursula
Vedast Werburgh Mary John Anne Peter Paul James
""")
FAITHS = [
    "Church of England Primary School",
    "CofE Primary School",
    "Catholic Primary School",
    "Roman Catholic High School",
    "Catholic Academy",
    "C.E. Junior School",
]
KINDS = (
    ("Community school", "Local authority maintained schools"),
    ("Voluntary aided school", "Local authority maintained schools"),
    ("Academy converter", "Academies"),
    ("Academy sponsor led", "Academies"),
    ("Free schools", "Free Schools"),
    ("Other independent school", "Independent schools"),
)
REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and the Humber",
)
RATINGS = ("Outstanding", "Good", "Good", "Good", "Requires improvement", "")


def row(**fields: str) -> dict[str, str]:
    """A row of one open school, filled in as the Department does; `fields` by the names below."""
    said = dict.fromkeys(COLUMNS, "") | {
        "URN": "900001",
        "EstablishmentName": "Weir Bank School",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (name)": "Local authority maintained schools",
        "PhaseOfEducation (name)": "Primary",
        "EstablishmentStatus (name)": "Open",
        "ReasonEstablishmentClosed (name)": "Not applicable",
        "LA (code)": "991",
        "LA (name)": "Westmark",
        "DistrictAdministrative (name)": "Westmark",
        "GOR (name)": "North West",
        "OfstedRating (name)": "Good",
        "PercentageFSM": "31.5",
        "NumberOfPupils": "210",
        "Street": "Chapel Lane",
        "Town": "Westmark",
        "Postcode": "ZZ9 1AA",
        "UKPRN": "10990001",
        "LastChangedDate": "01-09-2025",
    }
    return said | {SHORT.get(name, name): text for name, text in fields.items()}


SHORT = {
    "urn": "URN",
    "name": "EstablishmentName",
    "status": "EstablishmentStatus (name)",
    "percent": "PercentageFSM",
    "pupils": "NumberOfPupils",
    "street": "Street",
    "locality": "Locality",
    "town": "Town",
    "postcode": "Postcode",
    "authority": "LA (code)",
    "number": "EstablishmentNumber",
    "ukprn": "UKPRN",
    "changed": "LastChangedDate",
    "closed": "CloseDate",
    "because": "ReasonEstablishmentClosed (name)",
    "phase": "PhaseOfEducation (name)",
}


def write(
    path: Path,
    rows: Iterable[Mapping[str, str]],
    *,
    encoding: str = "iso-8859-1",
    columns: Iterable[str] = COLUMNS,
) -> Path:
    """Write a file as the Department does."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def made_up(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """So many rows, always the same for a seed: about one in seven closed, half of these with a successor."""
    chance = random.Random(seed)
    places = _places(chance, count)
    numbers = iter(range(1, count + 1))
    for number in numbers:
        said = _school(chance, number, places)
        if chance.random() > 1 / 7:
            yield said
            continue
        yield said | {
            "EstablishmentStatus (name)": "Closed",
            "CloseDate": f"31-08-{chance.randint(1998, 2025)}",
            "ReasonEstablishmentClosed (name)": "Academy Converter",
            "PercentageFSM": "",
            "NumberOfPupils": "",
        }
        if chance.random() < 0.5 and (after := next(numbers, None)):
            yield said | {
                "URN": str(100000 + after),
                "EstablishmentName": f"{said['Town']} Academy {said['EstablishmentName'].split()[0]}",
                "TypeOfEstablishment (name)": "Academy converter",
                "EstablishmentTypeGroup (name)": "Academies",
                "UKPRN": str(10000000 + after),
            }


def _places(chance: random.Random, count: int) -> list[str]:
    names = [first + middle + last for first in FIRST for middle in MIDDLE for last in LAST]
    return chance.sample(sorted(set(names)), min(8000, 200 + count // 4))


def _school(chance: random.Random, number: int, places: list[str]) -> dict[str, str]:
    town = places[int(len(places) * chance.random() ** 2)]
    kind, group = chance.choice(KINDS)
    letters = chance.choice(("ZA", "ZC", "ZD", "ZE", "ZG", "ZH", "ZM", "ZR", "ZS", "ZT"))
    area = number % 150
    return row(
        urn=str(100000 + number),
        name=_name(chance, places, town),
        street=f"{chance.choice(places)} {chance.choice(STREETS)}",
        locality=chance.choice(places) if chance.random() < 0.3 else "",
        town=town,
        postcode=f"{letters}{chance.randint(1, 40)} {chance.randint(1, 9)}"
        f"{chance.choice('ABDEFGHJ')}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}",
        authority=str(800 + area),
        number=str(1000 + number // 150),
        percent=f"{chance.randint(0, 700) / 10}" if chance.random() < 0.9 else "",
        pupils=str(chance.randint(20, 1800)) if chance.random() < 0.9 else "",
        ukprn=str(10000000 + number),
        changed=f"{chance.randint(1, 28):02}-{chance.randint(1, 12):02}-{chance.randint(2018, 2026)}",
        phase=chance.choice(("Primary", "Primary", "Secondary", "Nursery", "Not applicable")),
    ) | {
        "TypeOfEstablishment (name)": kind,
        "EstablishmentTypeGroup (name)": group,
        "LA (name)": f"{places[area % len(places)]} County",
        "DistrictAdministrative (name)": places[area * 2 % len(places)],
        "GOR (name)": REGIONS[area % len(REGIONS)],
        "OfstedRating (name)": chance.choice(RATINGS),
        "SchoolWebsite": f"www.school{number}.example",
        "ParliamentaryConstituency (name)": town,
    }


def _name(chance: random.Random, places: list[str], town: str) -> str:
    kind = chance.random()
    if kind < 0.35:
        saint = chance.choice(SAINTS) if chance.random() < 0.6 else chance.choice(places)
        return f"St {saint}'s {chance.choice(FAITHS)}"
    if kind < 0.4:
        return f"{town} {chance.choice(('Infant', 'Junior', 'Nursery', 'Grammar'))} School"
    first = chance.choice(places)
    second = chance.choice(("", "", f" {chance.choice(('Lane', 'Road', 'Park', 'Hill', 'Green'))}"))
    return f"{first}{second} {chance.choice(('Primary School', 'School', 'Academy', 'High School', 'Primary Academy', 'Community College'))}"
