"""A7: what the rule finds in a signed application, and every clause that fired. Pure.

The rule finds; people decide. Nothing it finds ends an application (A9): see `verb_after_signing`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from applications.states import ApplicationStatus, Readiness
from core.decisions import Decision, Reason


@dataclass(frozen=True)
class Rule:
    """One version of the rule. The defaults are A7's; another version is data."""

    version: int = 1
    behaviour_floor: int = 2
    most_behaviours_at_floor: int = 1
    area_floor: int = 2
    mean_score_tenths: int = 25
    most_disputes: int = 0
    not_ready_behaviours: int = 2
    not_ready_areas: int = 3
    not_ready_disputes: int = 3

    def as_data(self) -> dict[str, int]:
        """The rule as it is kept beside what it found."""
        return asdict(self)


DEFAULT_RULE = Rule()


# Each number of the rule with the least and the most that makes sense, and what it is.
LIMITS = {
    "behaviour_floor": (1, 4, "The least score of a behaviour"),
    "most_behaviours_at_floor": (0, 7, "How many behaviours may have the least score"),
    "area_floor": (1, 4, "The least self-score of an area"),
    "mean_score_tenths": (10, 40, "The mean self-score"),
    "most_disputes": (0, 6, "How many areas may be disputed"),
    "not_ready_behaviours": (1, 7, "How many behaviours scored 1 mean not ready"),
    "not_ready_areas": (1, 6, "How many areas scored 1 mean not ready"),
    "not_ready_disputes": (1, 6, "How many disputed areas mean not ready"),
}


@dataclass(frozen=True)
class Clause:
    """One sentence of the rule that fired: for ready, against ready, or for not ready."""

    code: str
    side: str
    text: str

    def as_data(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Verdict:
    """What the rule found, with every clause that fired in the rule's order."""

    readiness: Readiness
    clauses: tuple[Clause, ...]
    rule: Rule


FOR, AGAINST, NOT_READY = "for", "against", "not_ready"


def readiness(
    areas: Mapping[str, int],
    behaviours: Mapping[str, int],
    disputed: Collection[str],
    rule: Rule = DEFAULT_RULE,
    *,
    statements_verified: bool = True,
) -> Verdict:
    """Ready, borderline or not ready, from scores by name and the names of disputed areas (A7).

    Statements that the sponsor does not confirm count as something disputed, though not as an area.
    Raises ValueError when a score is missing or outside 1 to 4: nothing is found before all is signed.
    """
    scores = [*areas.values(), *behaviours.values()]
    if not areas or not behaviours or any(score not in range(1, 5) for score in scores):
        raise ValueError("readiness needs a score from 1 to 4 for every area and behaviour")
    clauses = (
        *_ready_clauses(areas, behaviours, disputed, rule),
        _either(
            "R6",
            statements_verified,
            "The sponsor confirms what the applicant wrote",
            "The sponsor does not confirm what the applicant wrote",
        ),
        *_not_ready(areas, behaviours, disputed, rule),
    )
    if any(clause.side == NOT_READY for clause in clauses):
        found = Readiness.NOT_READY
    elif any(clause.side == AGAINST for clause in clauses):
        found = Readiness.BORDERLINE
    else:
        found = Readiness.READY
    return Verdict(found, clauses, rule)


def verb_after_signing(found: Readiness) -> str:
    """The only two ways on: to the provider to confirm, or to a regional moderator (A8, A9)."""
    return "sign_ready" if found == Readiness.READY else "sign_referred"


def verb_after_rule_change(status: str, found: Readiness, *, is_spoken_about: bool) -> str:
    """How an undecided application moves on when a changed rule finds otherwise; '' when it stays.

    A moderator who has spoken with the sponsor keeps it: a person is deciding already (A9).
    """
    if status == ApplicationStatus.READY and found != Readiness.READY:
        return "find_referred"
    if status == ApplicationStatus.REFERRED and found == Readiness.READY and not is_spoken_about:
        return "find_ready"
    return ""


def new_rule(rule: Rule, in_force: Rule, reason: str) -> Decision:
    """Whether a rule can be asked, differs from the one in force, and is changed for a reason (A7)."""

    def reasons() -> Iterator[Reason]:
        for name, (least, most, what) in LIMITS.items():
            if not least <= getattr(rule, name) <= most:
                low, high = (
                    (least / 10, most / 10) if name == "mean_score_tenths" else (least, most)
                )
                yield Reason(f"{what} must be between {low:g} and {high:g}", name, "A7")
        if replace(rule, version=in_force.version) == in_force:
            yield Reason("Change at least one number: this is the rule in force", rule="A7")
        if not reason.strip():
            yield Reason("Say why the rule is changed", "reason", "A7")

    return Decision.of(reasons())


def rule_as_numbers(rule: Rule) -> dict[str, object]:
    """The rule's numbers by what each is; the mean as people write it."""
    return {
        what: getattr(rule, name) / 10 if name == "mean_score_tenths" else getattr(rule, name)
        for name, (_, _, what) in LIMITS.items()
    }


def rule_in_words(rule: Rule) -> list[str]:
    """The rule as people read it, one sentence for each number, in the clauses' order."""
    return [
        f"Ready: every behaviour is {rule.behaviour_floor} or more",
        f"Ready: at most {rule.most_behaviours_at_floor} of the behaviours is "
        f"{rule.behaviour_floor}",
        f"Ready: no area is below {rule.area_floor}",
        f"Ready: the mean self-score is at least {rule.mean_score_tenths / 10:.1f}",
        f"Ready: areas disputed by the sponsor: {rule.most_disputes or 'none'}"
        f"{' or fewer' if rule.most_disputes else ''}",
        f"Not ready: behaviours scored 1: {rule.not_ready_behaviours} or more",
        f"Not ready: areas scored 1: {rule.not_ready_areas} or more",
        f"Not ready: areas disputed by the sponsor: {rule.not_ready_disputes} or more",
    ]


def _ready_clauses(
    areas: Mapping[str, int], behaviours: Mapping[str, int], disputed: Collection[str], rule: Rule
) -> Iterator[Clause]:
    floor = rule.behaviour_floor
    below = _named(behaviours, lambda score: score < floor)
    yield _either(
        "R1",
        not below,
        f"Every behaviour is {floor} or more",
        f"Below {floor}: {_list(below)}",
    )
    at = _named(behaviours, lambda score: score == floor)
    yield _either(
        "R2",
        len(at) <= rule.most_behaviours_at_floor,
        f"At most {rule.most_behaviours_at_floor} behaviour is {floor} (there are {len(at)})",
        f"More than {rule.most_behaviours_at_floor} behaviour is {floor}: {_list(at)}",
    )
    low = _named(areas, lambda score: score < rule.area_floor)
    yield _either(
        "R3",
        not low,
        f"No area is below {rule.area_floor}",
        f"Scored below {rule.area_floor} by the applicant: {_list(low)}",
    )
    total, count = sum(areas.values()), len(areas)
    mean, least = f"{total / count:.2f}", f"{rule.mean_score_tenths / 10:.1f}"
    yield _either(
        "R4",
        total * 10 >= rule.mean_score_tenths * count,
        f"The mean self-score is {mean}, at least {least}",
        f"The mean self-score is {mean}, below {least}",
    )
    yield _either(
        "R5",
        len(disputed) <= rule.most_disputes,
        "The sponsor agrees with every self-score",
        f"Disputed by the sponsor: {_list(disputed)}",
    )


def _not_ready(
    areas: Mapping[str, int], behaviours: Mapping[str, int], disputed: Collection[str], rule: Rule
) -> Iterator[Clause]:
    ones = _named(behaviours, lambda score: score == 1)
    if len(ones) >= rule.not_ready_behaviours:
        yield Clause("N1", NOT_READY, f"{len(ones)} behaviours are scored 1: {_list(ones)}")
    low = _named(areas, lambda score: score == 1)
    if len(low) >= rule.not_ready_areas:
        yield Clause("N2", NOT_READY, f"{len(low)} areas are scored 1: {_list(low)}")
    if len(disputed) >= rule.not_ready_disputes:
        yield Clause(
            "N3", NOT_READY, f"The sponsor disputes {len(disputed)} areas: {_list(disputed)}"
        )


def _either(code: str, holds: bool, if_so: str, if_not: str) -> Clause:
    return Clause(code, FOR, if_so) if holds else Clause(code, AGAINST, if_not)


def _named(scores: Mapping[str, int], test: Callable[[int], bool]) -> list[str]:
    return [name for name, score in scores.items() if test(score)]


def _list(names: Collection[str]) -> str:
    if not names:
        return "none"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
