"""People: one with everything that is theirs, pairs that look alike, and what merging would move."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Lower

from accounts.models import WHOLE_NAME, Membership, User
from accounts.states import STAFF, Role
from applications import policies
from applications.models import Application, SponsorAnswer, TwoPeople
from applications.policies.people import Account, Likeness, Person
from applications.queries.applications import with_facts
from applications.states import LIVE, ApplicationStatus
from programmes.models import Enrolment
from programmes.states import LIVE as LIVE_ENROLMENT

# (choice) Pairs on one page, and accounts of one name or number that are compared with each other.
MOST_PAIRS = 50
MOST_ALIKE = 12


def person_now(reference: str) -> User | None:
    """The person of a reference, or of the e-mail address, as they are known now: merged ones lead to the one kept."""
    wanted = Q(email=reference.lower()) if "@" in reference else Q(reference=reference)
    found = User.objects.filter(wanted).select_related("merged_into").first()
    return (found.merged_into or found) if found else None


def known_to(user: User) -> QuerySet[User]:
    """Whose page somebody may open: everybody's for an administrator, nobody's for others."""
    return User.objects.all() if user.holds(Role.ADMINISTRATOR) else User.objects.none()


def people() -> QuerySet[User]:
    """Applicants and participants with an open account and no staff role."""
    return User.objects.filter(
        Q(pk__in=Application.objects.values("applicant"))
        | Q(pk__in=Enrolment.objects.values("participant")),
        is_active=True,
        merged_into=None,
    ).exclude(pk__in=Membership.objects.filter(role__in=STAFF).values("user"))


@dataclass(frozen=True)
class Pair:
    """Two accounts that look like one person, and why."""

    first: User
    second: User
    likeness: Likeness


def likely_pairs() -> list[Pair]:
    """Pairs that look like one person, the likeliest first; not those that somebody told apart."""
    pairs = _candidates() - set(TwoPeople.objects.values_list("first_id", "second_id"))
    accounts = _accounts({pk for pair in pairs for pk in pair})
    found = [
        Pair(
            accounts[one][0],
            accounts[other][0],
            policies.likeness(accounts[one][1], accounts[other][1]),
        )
        for one, other in pairs
        if one in accounts and other in accounts
    ]
    shown = [each for each in found if each.likeness.is_shown]
    return sorted(shown, key=lambda each: (-each.likeness.score, each.first.pk, each.second.pk))


def _candidates() -> set[tuple[int, int]]:
    """Pairs of keys with a name, a mailbox or a teacher reference number in common."""
    mailbox = Func(
        Lower("email"),
        Value(r"\+[^@]*@"),
        Value("@"),
        function="regexp_replace",
        output_field=CharField(),
    )
    groups: list[list[int]] = []
    for key in (Lower(WHOLE_NAME), mailbox):
        groups += (
            people()
            .annotate(key=key)
            .order_by()
            .values("key")
            .annotate(keys=ArrayAgg("pk"), number=Count("pk"))
            .filter(number__gt=1)
            .values_list("keys", flat=True)
        )
    numbered = Application.objects.exclude(trn="").order_by()
    groups += (
        numbered.values("trn")
        .annotate(
            keys=ArrayAgg("applicant", distinct=True), number=Count("applicant", distinct=True)
        )
        .filter(number__gt=1)
        .values_list("keys", flat=True)
    )
    # The index holds known numbers only, so they are asked for in its words.
    owner = (
        User.objects.exclude(trn="").filter(trn=OuterRef("trn")).exclude(pk=OuterRef("applicant"))
    )
    groups += [
        [one, other]
        for one, other in numbered.annotate(owner=Subquery(owner.values("pk")[:1]))
        .exclude(owner=None)
        .values_list("applicant", "owner")
    ]
    return {pair for group in groups for pair in combinations(sorted(set(group))[:MOST_ALIKE], 2)}


def _accounts(keys: Iterable[int]) -> dict[int, tuple[User, Person]]:
    """Each person with what is compared of them."""
    found = {each.pk: each for each in people().filter(pk__in=list(keys))}
    facts: dict[int, list[tuple[str, str, str]]] = {pk: [] for pk in found}
    for pk, *fact in Application.objects.filter(applicant__in=found).values_list(
        "applicant", "trn", "school__urn", "school__postcode"
    ):
        facts[pk].append((fact[0], fact[1] or "", fact[2] or ""))
    for pk, *fact in Enrolment.objects.filter(participant__in=found).values_list(
        "participant", "school__urn", "school__postcode"
    ):
        facts[pk].append(("", fact[0], fact[1]))
    return {
        pk: (
            user,
            Person(
                user.name,
                user.email,
                _known([user.trn, *(trn for trn, _, _ in facts[pk])]),
                _known(urn for _, urn, _ in facts[pk]),
                _known(postcode for _, _, postcode in facts[pk]),
            ),
        )
        for pk, user in found.items()
    }


def _known(values: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, values))


def account(user: User) -> Account:
    """What decides whether this account can be merged."""
    own = Application.objects.filter(applicant=user).values_list(
        "status", "level__code", "cohort__name"
    )
    by_status = [(status, f"{level}, {cohort}") for status, level, cohort in own]
    enrolled = Enrolment.objects.filter(participant=user, status__in=LIVE_ENROLMENT)
    return Account(
        reference=user.reference,
        name=user.name,
        is_staff=user.is_staff_role or user.is_superuser,
        is_open=user.is_active and user.merged_into_id is None,
        live=frozenset(cohort for status, cohort in by_status if status in LIVE),
        accepted=frozenset(
            cohort for status, cohort in by_status if status == ApplicationStatus.ACCEPTED
        ),
        enrolled=frozenset(
            f"{code} ({edition})"
            for code, edition in enrolled.values_list("level__code", "level__edition__code")
        ),
    )


def applications_between(one: User, other: User) -> list[str]:
    """References of applications of the one that the other sponsors, answers or decides."""
    found = set()
    for applicant, who in ((one, other), (other, one)):
        rows = Application.objects.filter(applicant=applicant)
        found |= set(
            rows.filter(
                Q(sponsor=who) | Q(moderator=who) | Q(decided_by=who) | Q(answers__sponsor=who)
            ).values_list("reference", flat=True)
        )
    return sorted(found)


def belongings(user: User) -> dict[str, Any]:
    """Everything that is somebody's: applications, enrolments, what they sponsor, their former references."""
    return {
        "applications": list(with_facts().filter(applicant=user).order_by("-started_at")[:50]),
        "enrolments": list(
            Enrolment.objects.filter(participant=user)
            .select_related("level", "cohort", "school")
            .order_by("-enrolled_on", "-pk")[:50]
        ),
        "sponsored": list(
            Application.objects.filter(
                Q(sponsor=user)
                | Exists(SponsorAnswer.objects.filter(application=OuterRef("pk"), sponsor=user))
            )
            .select_related("applicant", "level")
            .annotate(name=F("applicant__first_name"))
            .order_by("-started_at")[:50]
        ),
        "former": list(User.objects.filter(merged_into=user).order_by("merged_at")),
    }
