"""What an applicant fills in: school, role, funding, own scores, the two strongest areas (A1, A2, A12).

After a moderator's return the first change keeps what the sponsor had confirmed (A5, A8).
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from applications import events, policies, queries
from applications.models import Application, AreaScore, Strength
from applications.services import referral
from applications.services.rows import locked, move, only_the_applicant
from applications.states import APPLICATION, ApplicationStatus
from core import audit
from core.decisions import Decision
from core.errors import Stale
from programmes.models import School
from programmes.policies import clean_postcode, clean_trn

TEXTS = ("experience", "impact", "evidence")


@transaction.atomic
def save_details(
    *, by: User, application: Application, school: School | None, post: str, trn: str = ""
) -> Application:
    """Keep school, role and TRN; the TRN is optional and kept as seven digits (A1, G3).

    Without a school the one that was typed, because it is not listed, stays; a listed one takes its place.
    """
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("save_details", row.status)
    kept = clean_trn(trn)
    policies.details(
        has_school=school is not None or bool(row.school_typed),
        post=post,
        trn_typed=trn,
        trn=kept,
    ).require()
    remember(row)
    changes: dict[str, Any] = {"post": post.strip(), "trn": kept}
    if school is not None and school.pk != row.school_id:
        changes |= {"school": school, "school_typed": "", "school_typed_postcode": ""}
    move(row, target, **changes)
    audit.record(
        events.DETAILS_SAVED,
        by=by,
        on=row,
        for_whom=by,
        school=row.school.urn if row.school else "",
    )
    referral.end_conflict(row)
    return row


@transaction.atomic
def save_unlisted_school(
    *, by: User, application: Application, name: str, postcode: str = ""
) -> Application:
    """Keep a school that is not in the list as it was typed; an administrator matches it later (A1, G3)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("save_details", row.status)
    kept = clean_postcode(postcode)
    policies.unlisted_school(name=name, postcode_typed=postcode, postcode=kept).require()
    remember(row)
    move(row, target, school=None, school_typed=name.strip(), school_typed_postcode=kept)
    audit.record(events.SCHOOL_TYPED, by=by, on=row, for_whom=by)
    return row


@transaction.atomic
def save_funding(*, by: User, application: Application, route: str) -> Application:
    """Keep how the applicant thinks the place will be paid for; it binds nobody (A12)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("save_details", row.status)
    policies.funding_route(route).require()
    before = row.funding_route
    move(row, target, funding_route=route)
    audit.record(
        events.FUNDING_SAVED,
        by=by,
        on=row,
        for_whom=by,
        before={"route": before},
        after={"route": route},
    )
    return row


@transaction.atomic
def score_areas(*, by: User, application: Application, scores: Mapping[int, int]) -> Application:
    """Keep the applicant's own scores by area number; some now and the others later is fine (A1)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("score_areas", row.status)
    remember(row)
    areas = queries.areas_of(row.level)
    policies.area_scores(scores, {number: area.name for number, area in areas.items()}).require()
    before = {str(each.area.number): each.score for each in row.area_scores.select_related("area")}
    for number, score in scores.items():
        AreaScore.objects.update_or_create(
            application=row, area=areas[number], defaults={"score": score}
        )
    move(row, target)
    after = before | {str(number): score for number, score in scores.items()}
    audit.record(
        events.AREAS_SCORED,
        by=by,
        on=row,
        for_whom=by,
        before={"scores": before},
        after={"scores": after},
    )
    return row


@transaction.atomic
def choose_strengths(*, by: User, application: Application, areas: Sequence[int]) -> Application:
    """Choose the two strongest areas by number; what was written about one that stays is kept (A2)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("write_strengths", row.status)
    remember(row)
    known = queries.areas_of(row.level)
    policies.chosen_areas(areas, known).require()
    _keep_strengths(row, [{"area": number} for number in areas], known)
    move(row, target)
    _record_strengths(by, row)
    return row


@transaction.atomic
def write_strength(
    *,
    by: User,
    application: Application,
    area: int,
    experience: str,
    impact: str,
    evidence: str,
    seen: str = "",
) -> Application:
    """Write about one of the two chosen areas, all that it needs (A2).

    `seen` is the version that the writer had before them: raises Stale when another has been saved since.
    """
    texts = {"experience": experience, "impact": impact, "evidence": evidence}
    row, strength, target = _strength_to_write(by, application, area, texts, seen)
    policies.strength(experience=experience, impact=impact, evidence=evidence).require()
    _set_texts(strength, texts)
    move(row, target)
    _record_strengths(by, row)
    return row


@transaction.atomic
def keep_strength(
    *,
    by: User,
    application: Application,
    area: int,
    experience: str,
    impact: str,
    evidence: str,
    seen: str = "",
    by_itself: bool = False,
) -> Strength:
    """Keep a draft about one of the two areas as it stands: empty, without a figure or too long (A2).

    The same draft again changes nothing. What the page keeps `by_itself`, after each pause in typing, is not
    recorded: the trail is for changes of state and scores, not for every sentence (G4). Stale as above.
    """
    texts = {"experience": experience, "impact": impact, "evidence": evidence}
    row, strength, target = _strength_to_write(by, application, area, texts, seen)
    policies.strength_draft(texts).require()
    if version(strength) == version_of(texts):
        return strength
    _set_texts(strength, texts)
    move(row, target)
    if not by_itself:
        audit.record(events.DRAFT_KEPT, by=by, on=row, for_whom=by, area=area)
    return strength


@transaction.atomic
def write_strengths(
    *, by: User, application: Application, strengths: Sequence[Mapping[str, Any]]
) -> Application:
    """Choose and write both at once: each with area (its number), experience, impact and evidence (A2)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("write_strengths", row.status)
    remember(row)
    known = queries.areas_of(row.level)
    policies.chosen_areas([each["area"] for each in strengths], known).require()
    decisions = [
        policies.strength(
            experience=each["experience"],
            impact=each["impact"],
            evidence=each["evidence"],
            area=known[each["area"]].name,
        )
        for each in strengths
    ]
    Decision.of(reason for decision in decisions for reason in decision.reasons).require()
    _keep_strengths(row, strengths, known)
    move(row, target)
    _record_strengths(by, row)
    return row


def version_of(texts: Mapping[str, str]) -> str:
    """What tells one wording of the three texts from another."""
    joined = "\x00".join(_plain(texts[name]) for name in TEXTS)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def version(strength: Strength) -> str:
    """The version of a strength as it is kept."""
    return version_of({name: getattr(strength, name) for name in TEXTS})


def confirmed_by_sponsor(row: Application) -> dict[str, Any]:
    """What a sponsor's signature confirms: details, scores and, as one digest, the two strengths (A4, A5)."""
    return {
        "details": [row.school_typed or (row.school.urn if row.school else ""), row.post],
        "scores": {
            str(each.area.number): each.score for each in row.area_scores.select_related("area")
        },
        "strengths": [
            [each.area.number, version(each)] for each in row.strengths.select_related("area")
        ],
    }


def remember(row: Application) -> None:
    """Before the first change after a return, keep what the sponsor had confirmed (A8)."""
    if row.status == ApplicationStatus.RETURNED and row.confirmed is None:
        move(row, row.status, confirmed=confirmed_by_sponsor(row))


def _strength_to_write(
    by: User, application: Application, area: int, texts: Mapping[str, str], seen: str
) -> tuple[Application, Strength, str]:
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("write_strengths", row.status)
    strength = row.strengths.select_related("area").get(area__number=area)
    kept = version(strength)
    if seen and kept not in (seen, version_of(texts)):
        raise Stale(
            "You saved another version of this since, perhaps in another window. Choose what to keep.",
            theirs={name.capitalize(): getattr(strength, name) for name in TEXTS},
            yours={name.capitalize(): text for name, text in texts.items()},
        )
    remember(row)
    return row, strength, target


def _set_texts(strength: Strength, texts: Mapping[str, str]) -> None:
    for name in TEXTS:
        setattr(strength, name, _plain(texts[name]))
    strength.save(update_fields=TEXTS)


def _plain(text: str) -> str:
    """A text as it is kept: browsers send line ends of two characters."""
    return text.replace("\r\n", "\n").strip()


def _keep_strengths(
    row: Application, strengths: Sequence[Mapping[str, Any]], known: Mapping[int, Any]
) -> None:
    """Replace the two strengths in this order; texts not given stay with their area."""
    written = {each.area_id: each for each in row.strengths.all()}
    row.strengths.all().delete()
    for position, each in enumerate(strengths, start=1):
        area = known[each["area"]]
        old = written.get(area.pk)
        Strength.objects.create(
            application=row,
            position=position,
            area=area,
            **{name: _plain(str(each.get(name, getattr(old, name, "")))) for name in TEXTS},
        )


def _record_strengths(by: User, row: Application) -> None:
    numbers = list(row.strengths.values_list("area__number", flat=True))
    audit.record(events.STRENGTHS_WRITTEN, by=by, on=row, for_whom=by, areas=numbers)
