"""Who lives in the demonstration: made-up people with made-up addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from accounts import services as accounts
from accounts.models import User
from accounts.states import Role

FIRST_NAMES = (
    "Amira Ben Chloe Dilan Ewa Femi Grace Hassan Imogen Jack Keziah Liam Meera Nathan Olu Priya Quentin "
    "Rosa Sadia Tom Uma Victor Wendy Xiu Yusuf Zara Aled Bronwen Callum Deepa Elif Finlay Gita Harriet Isaac "
    "Joanna Kofi Lena Mateo Niamh Owen Poppy Rafiq Siobhan Tariq Una Vikram Willow Yvonne Zain"
)
LAST_NAMES = (
    "Abbott Begum Carter Dhillon Evans Farrow Gill Holloway Iqbal Jennings Kaur Lockwood Mensah Norris "
    "Okafor Pickering Quick Rahman Sutton Thorne Usman Vaughan Whitmore Yates Zielinski Ashdown Brook "
    "Cunliffe Drummond Eastwood Fairbairn Garside Hartley Ingham Jessop Kershaw Lister Marsden Naylor"
)


@dataclass(frozen=True)
class Staff:
    """One of the provider's people, or the Department's agent, shown on the persona page."""

    first_name: str
    last_name: str
    role: Role
    story: str


STAFF = (
    Staff(
        "Helen",
        "Marlowe",
        Role.ADMINISTRATOR,
        "Runs the qualifications: enrols, allocates, releases.",
    ),
    Staff(
        "Oliver",
        "Brand",
        Role.ADMINISTRATOR,
        "New at the provider: opens cohorts, decides appeals he had no part in.",
    ),
    Staff("Samuel", "Osei", Role.ASSESSOR, "Marks scripts at the weekend, never knowing whose."),
    Staff("Ingrid", "Larsen", Role.ASSESSOR, "Marks headship and executive leadership scripts."),
    Staff("Peter", "Whitlock", Role.ASSESSOR, "Newly trained, with his first scripts."),
    Staff("Farah", "Siddiqui", Role.ASSESSOR, "Marks middle leadership scripts."),
    Staff("Ruth", "Penhaligon", Role.MODERATOR, "Looks over the marking of every window."),
    Staff(
        "Gareth", "Bowen", Role.REGIONAL_MODERATOR, "Decides the applications that are in doubt."
    ),
    Staff(
        "Nerys",
        "Harper",
        Role.REGIONAL_MODERATOR,
        "Decides for London and the East, and judges nobody from her own school.",
    ),
    Staff("Lucy", "Ferris", Role.TUTOR, "Supports participants online."),
    Staff(
        "Miriam", "Castle", Role.QUALITY_AGENT, "Looks at the figures on the Department's behalf."
    ),
)


def address(first_name: str, last_name: str, place: str) -> str:
    """A made-up address under a domain that can never exist."""
    return f"{first_name}.{last_name}@{place}.example".lower()


class Register:
    """Makes people of the demonstration, each name once, and puts some on the persona page."""

    def __init__(self, random: Random) -> None:
        self._names = self._shuffled(random)
        self._personas = 0

    @staticmethod
    def _shuffled(random: Random) -> Iterator[tuple[str, str]]:
        pairs = [(first, last) for first in FIRST_NAMES.split() for last in LAST_NAMES.split()]
        random.shuffle(pairs)
        return iter(pairs)

    def name(self) -> tuple[str, str]:
        """The next name that nobody has."""
        return next(self._names)

    def staff(self) -> dict[Role, list[User]]:
        """The provider's people by role, all of them on the persona page."""
        found: dict[Role, list[User]] = {}
        for each in STAFF:
            user = accounts.register(
                by=None,
                email=address(each.first_name, each.last_name, "harbour-leadership"),
                first_name=each.first_name,
                last_name=each.last_name,
                roles=[each.role],
            )
            found.setdefault(each.role, []).append(user)
            self.persona(user, each.story)
        return found

    def somebody(self, place: str = "school") -> User:
        """A school leader with no role yet."""
        first_name, last_name = self.name()
        return accounts.register(
            by=None,
            email=address(first_name, last_name, place),
            first_name=first_name,
            last_name=last_name,
        )

    def persona(self, user: User, story: str) -> None:
        """Put somebody on the persona page."""
        self._personas += 1
        accounts.make_persona(by=None, user=user, position=self._personas, story=story)
