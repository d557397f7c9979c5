"""Words for the pages of programmes and cohorts, and the links that upper rooms add to them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from core.templatetags.portal import plural, uk_date
from frameworks.models import Level
from programmes import policies, queries
from programmes.models import Cohort, Programme
from programmes.policies import Intake
from programmes.presenters.enrolments import days_in_words

# What can be done with a cohort that one can apply for, with a level before applying, and with a cohort at the
# desk: an upper room offers its pages here, since this room cannot name them.
_offers: list[tuple[str, Callable[[Cohort], str]]] = []
_before: list[tuple[str, Callable[[Level | None], str]]] = []
_desk: list[tuple[str, Callable[[Cohort], str]]] = []

INTAKES = {
    Intake.OPEN: ("Open", "green"),
    Intake.LATE: ("Late applications only", "yellow"),
    Intake.CLOSED: ("Closed early", "orange"),
    Intake.STARTED: ("Started", "grey"),
}
HOURS = (
    ("Induction", "hours_induction"),
    ("Face to face", "hours_face_to_face"),
    ("Online", "hours_online"),
    ("Formative tasks", "hours_formative"),
    ("Coaching", "hours_coaching"),
)


def offer(text: str, url: Callable[[Cohort], str]) -> None:
    """Let the public pages link each cohort one can apply for to an upper room's page."""
    _offers.append((text, url))


def offer_before_applying(text: str, url: Callable[[Level | None], str]) -> None:
    """Let the programmes' pages link to what an upper room offers before applying.

    The address is asked for a level, '' for one that it has nothing for, or for None: no level chosen yet.
    """
    _before.append((text, url))


def desk_link(text: str, url: Callable[[Cohort], str]) -> None:
    """Let the staff page of a cohort link to an upper room's page about it, such as its waiting list."""
    _desk.append((text, url))


def offers(cohort: Cohort) -> list[tuple[str, str]]:
    """The words and addresses offered for a cohort."""
    return [(text, url(cohort)) for text, url in _offers]


def before_applying(level: Level | None = None) -> list[tuple[str, str]]:
    """The words and addresses offered before applying, for a level or for none chosen yet."""
    return [(text, href) for text, url in _before if (href := url(level))]


def desk_links(cohort: Cohort) -> list[tuple[str, str]]:
    """The words and addresses that upper rooms add to the staff page of a cohort."""
    return [(text, url(cohort)) for text, url in _desk]


def pounds(pence: int) -> str:
    """'£950', '£1,250.50' or 'No fee'."""
    if not pence:
        return "No fee"
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def intake(cohort: Cohort, today: date) -> Intake:
    """What the cohort takes today."""
    return policies.intake(
        today,
        starts_on=cohort.starts_on,
        applications_close_on=cohort.applications_close_on,
        is_closed=cohort.closed_at is not None,
    )


def apply_by(cohort: Cohort, today: date) -> str:
    """'20 December 2026 at 11:59pm, in 12 days' (G1)."""
    day = cohort.applications_close_on
    return f"{uk_date(day)} at 11:59pm, {days_in_words((day - today).days)}"


def places(cohort: Cohort) -> str:
    """'12 places left' or that it is full."""
    left = queries.places_left(cohort)
    return f"{plural(left, 'place')} left" if left else "Full: you can join the waiting list"


def may_apply_late(cohort: Cohort) -> str:
    """Since when applications are late, and that one may still apply (A11)."""
    day = uk_date(cohort.applications_close_on)
    return f"Applications closed on {day}. You can still apply late: you go on the waiting list"


def summary(programme: Programme) -> str:
    """The first paragraph of what the programme is for."""
    return programme.description.split("\n")[0].strip()


def paragraphs(programme: Programme) -> list[str]:
    """What the programme is for, paragraph by paragraph."""
    return [each.strip() for each in programme.description.split("\n") if each.strip()]


def hours(programme: Programme) -> list[tuple[str, str]]:
    """The planned hours by type with their sum; nothing unless some are known (F10)."""
    known = [(name, getattr(programme, field)) for name, field in HOURS]
    rows = [(name, number) for name, number in known if number is not None]
    if not rows:
        return []
    rows.append(("Together", sum(number for _, number in rows)))
    return [(name, plural(number, "hour")) for name, number in rows]


def open_levels(
    levels: Sequence[Level], cohorts: Sequence[Cohort], today: date
) -> list[dict[str, Any]]:
    """The levels one can apply for, each with its cohorts in a line each."""
    by_code: dict[str, list[Cohort]] = {}
    for cohort in cohorts:
        by_code.setdefault(cohort.level.code, []).append(cohort)
    return [
        {
            "level": level,
            "href": reverse("programmes:programme", args=[level.code]),
            "summary": summary(queries.programme_of(level)),
            "cohorts": [_line(each, today) for each in by_code[level.code]],
        }
        for level in levels
        if level.code in by_code
    ]


def other_levels(levels: Sequence[Level], cohorts: Sequence[Cohort]) -> list[Level]:
    """The levels that nobody can apply for today."""
    codes = {each.level.code for each in cohorts}
    return [level for level in levels if level.code not in codes]


def _line(cohort: Cohort, today: date) -> dict[str, Any]:
    is_open = intake(cohort, today) == Intake.OPEN
    when = f"Apply by {apply_by(cohort, today)}" if is_open else may_apply_late(cohort)
    facts = [f"Starts {uk_date(cohort.starts_on)}", when]
    if is_open:
        facts.append(places(cohort))
    return {"cohort": cohort, "facts": [*facts, _fee(cohort)], "offers": offers(cohort)}


def _fee(cohort: Cohort) -> str:
    return f"Fee: {pounds(cohort.fee_pence)}" if cohort.fee_pence else "No fee"


def cards(level: Level, cohorts: Sequence[Cohort], today: date) -> list[dict[str, Any]]:
    """Everything somebody chooses a cohort by, on the page of its programme."""
    return [_card(level, cohort, today) for cohort in cohorts]


def _card(level: Level, cohort: Cohort, today: date) -> dict[str, Any]:
    is_open = intake(cohort, today) == Intake.OPEN
    rows = [
        ("Starts", uk_date(cohort.starts_on)),
        ("Apply by", apply_by(cohort, today) if is_open else may_apply_late(cohort)),
        ("Places", places(cohort) if is_open else ""),
        ("Fee", pounds(cohort.fee_pence)),
        ("Where the group meets", cohort.local_group),
        ("Run with", cohort.partner.name if cohort.partner else ""),
        ("Framework", str(cohort.level.edition) if cohort.level_id != level.pk else ""),
    ]
    return {
        "cohort": cohort,
        "facts": [(key, value) for key, value in rows if value],
        "offers": offers(cohort),
    }


def desk_rows(cohorts: Sequence[Cohort], today: date) -> list[dict[str, Any]]:
    """The lines of the desk's list."""
    return [
        {"cohort": each, "left": queries.places_left(each), **_state(each, today)}
        for each in cohorts
    ]


def _state(cohort: Cohort, today: date) -> dict[str, str]:
    words, colour = INTAKES[intake(cohort, today)]
    return {"state": words, "colour": colour}


def desk_facts(cohort: Cohort, today: date) -> dict[str, Any]:
    """One cohort as its administrators see it."""
    closing = f"{uk_date(cohort.applications_close_on)} at 11:59pm"
    if cohort.closed_at:
        closing = f"{closing}; closed early on {uk_date(cohort.closed_at)}"
    elif intake(cohort, today) == Intake.OPEN:
        closing = apply_by(cohort, today)
    return {
        **_state(cohort, today),
        "facts": [
            ("Level", f"{cohort.level.name} ({cohort.level.code}), {cohort.level.edition}"),
            ("Starts", uk_date(cohort.starts_on)),
            ("Applications close", closing),
            ("Fee", pounds(cohort.fee_pence)),
            ("Where the group meets", cohort.local_group or "Not decided yet"),
            ("Delivery partner", cohort.partner.name if cohort.partner else "None"),
        ],
        "places": [
            ("In all", f"{cohort.capacity:,}"),
            ("Taken", f"{cohort.enrolled:,}"),  # type: ignore[attr-defined]
            ("Kept for offers", f"{cohort.held:,}"),  # type: ignore[attr-defined]
            ("Left", f"{queries.places_left(cohort):,}"),
        ],
        "may_close": not cohort.closed_at and intake(cohort, today) != Intake.STARTED,
        "links": desk_links(cohort),
    }
