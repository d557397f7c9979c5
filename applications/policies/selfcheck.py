"""What the readiness rule can find before a sponsor has answered: the applicant's own scores alone (A7). Pure."""

from collections.abc import Mapping

from applications.policies.readiness import Clause, Rule, readiness

# What only a sponsor's answer tells.
OF_THE_SPONSOR = frozenset({"R5", "R6", "N3"})
OF_BEHAVIOURS = frozenset({"R1", "R2", "N1"})


def known_clauses(
    areas: Mapping[str, int], behaviours: Mapping[str, int], rule: Rule
) -> tuple[Clause, ...]:
    """The clauses that one's own scores decide; those on behaviours only where they were scored (A7).

    The rule itself is asked, so that what it finds here and after signing cannot differ. Where behaviours
    were not scored one stands in for them, and no clause about them is told.
    """
    found = readiness(areas, behaviours or {"not asked": 4}, (), rule)
    hidden = OF_THE_SPONSOR if behaviours else OF_THE_SPONSOR | OF_BEHAVIOURS
    return tuple(clause for clause in found.clauses if clause.code not in hidden)
