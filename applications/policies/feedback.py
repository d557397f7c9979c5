"""Where feedback to an applicant begins: what the readiness clauses say to work on, in kind words (A9). Pure.

A person reads, changes and sends it. It says what to do next, never what the sponsor said (A6).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from applications.policies.readiness import FOR

# For each clause that can stand against an applicant, what to work on. {areas} and {behaviours} are those it names.
SENTENCES = {
    "R1": "Give yourself time to grow in {behaviours}. Ask somebody who leads well how they go about "
    "it, and agree with your line manager on one piece of work in which you can practise.",
    "R2": "You are on the way in {behaviours}. Look for work that stretches you there, and ask for "
    "feedback each time.",
    "R3": "Look for a first responsibility in {areas}: a small part of a whole-school project is a good "
    "start.",
    "R4": "Across the six areas, more direct responsibility would help you to make the most of the "
    "programme. Choose one or two areas to begin with, and lead something in them from start to end.",
    "R5": "Gather examples of what you have done in {areas}, and talk them through with your sponsor "
    "before you apply again, so that you both see your experience in the same way.",
    "R6": "Look again at what you wrote about your strongest areas. Choose work that your sponsor knows "
    "well, and figures that can be checked.",
    "N1": "We suggest that you work on {behaviours} for a while before you apply again. A coach, or a "
    "colleague who leads well, can help you to plan this.",
    "N2": "It would help to have some experience in {areas} first. Shadowing a colleague who leads there, "
    "or joining a team that works across the school, would give you that.",
    "N3": "Before you apply again, sit down with your sponsor and go through {areas} one by one: what you "
    "have done, what changed, and how you know.",
}
# Where a stronger clause names the same, its sentence is enough.
STRONGER = {"R1": "N1", "R3": "N2", "R5": "N3"}


@dataclass(frozen=True)
class Feedback:
    """A first text, and the areas and behaviours that its clauses name, by number and position."""

    text: str
    areas: tuple[int, ...]
    behaviours: tuple[int, ...]


def feedback_from(
    clauses: Sequence[Mapping[str, str]],
    areas: Mapping[int, str],
    behaviours: Mapping[int, str],
) -> Feedback:
    """One sentence or two for each clause that fired against the applicant, in the rule's order (A9).

    `clauses` are as a readiness result keeps them; a clause of an unknown code says nothing. Of two clauses
    that name the same the stronger speaks.
    """
    texts: list[str] = []
    named = {
        each["code"]: (named_in(each["text"], areas), named_in(each["text"], behaviours))
        for each in clauses
        if each["side"] != FOR and each["code"] in SENTENCES
    }
    named_areas: set[int] = set()
    named_behaviours: set[int] = set()
    for code, (these_areas, these_behaviours) in named.items():
        named_areas |= these_areas
        named_behaviours |= these_behaviours
        if named.get(STRONGER.get(code, "")) == named[code]:
            continue
        texts.append(
            SENTENCES[code].format(
                areas=_list([areas[each] for each in sorted(these_areas)]) or "the areas below",
                behaviours=_list([behaviours[each] for each in sorted(these_behaviours)])
                or "the behaviours below",
            )
        )
    return Feedback("\n\n".join(texts), tuple(sorted(named_areas)), tuple(sorted(named_behaviours)))


def named_in(text: str, names: Mapping[int, str]) -> set[int]:
    """The numbers of the names that a clause's list holds; of two that begin alike the longer is meant."""
    rest = text.rpartition(": ")[2] if ": " in text else ""
    found = set()
    for number, name in sorted(names.items(), key=lambda each: -len(each[1])):
        if name in rest:
            found.add(number)
            rest = rest.replace(name, "\n")
    return found


def _list(names: Collection[str]) -> str:
    if not names:
        return ""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
