"""What an applicant does: start, fill in, name a sponsor, sign and send, withdraw (A1 to A3, A5, A11)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from applications import events, policies, queries
from applications.models import Application, AreaScore, Strength
from applications.services.rows import SPONSOR_PURPOSE, locked, move, only_the_applicant
from applications.states import APPLICATION, ApplicationStatus
from core import audit, clock, outbox
from core.decisions import Decision
from core.lifecycle import NEW
from programmes import queries as programmes
from programmes.models import Cohort, Enrolment, School
from programmes.policies import clean_trn
from programmes.states import LIVE


@transaction.atomic
def start(*, by: User, cohort: Cohort) -> Application:
    """Begin an application; one live one for each person, level and cohort (A11)."""
    User.objects.select_for_update().get(pk=by.pk)
    policies.start(
        today=clock.today(),
        closes_on=cohort.applications_close_on,
        places_left=programmes.places_left(cohort),
        has_live=queries.live_application(by, cohort) is not None,
        is_enrolled=Enrolment.objects.filter(
            participant=by, level=cohort.level, status__in=LIVE
        ).exists(),
    ).require()
    application = Application.objects.create(
        applicant=by,
        cohort=cohort,
        level=cohort.level,
        trn=by.trn,
        started_at=clock.now(),
        moved_at=clock.now(),
    )
    audit.record(
        events.STARTED,
        by=by,
        on=application,
        for_whom=by,
        before={"status": NEW},
        after={"status": application.status},
        level=cohort.level.code,
        cohort=cohort.reference,
    )
    return application


@transaction.atomic
def save_details(
    *, by: User, application: Application, school: School | None, post: str, trn: str = ""
) -> Application:
    """Keep school, role and TRN; the TRN is optional and kept as seven digits (A1, G3)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("save_details", row.status)
    kept = clean_trn(trn)
    policies.details(has_school=school is not None, post=post, trn_typed=trn, trn=kept).require()
    move(row, target, school=school, post=post.strip(), trn=kept)
    audit.record(
        events.DETAILS_SAVED, by=by, on=row, for_whom=by, school=school.urn if school else ""
    )
    return row


@transaction.atomic
def score_areas(*, by: User, application: Application, scores: Mapping[int, int]) -> Application:
    """Keep the applicant's own scores by area number; some now and the others later is fine (A1)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("score_areas", row.status)
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
    known = queries.areas_of(row.level)
    policies.chosen_areas(areas, known).require()
    _keep_strengths(row, [{"area": number} for number in areas], known)
    move(row, target)
    _record_strengths(by, row)
    return row


@transaction.atomic
def write_strength(
    *, by: User, application: Application, area: int, experience: str, impact: str, evidence: str
) -> Application:
    """Write about one of the two chosen areas (A2)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("write_strengths", row.status)
    strength = row.strengths.select_related("area").get(area__number=area)
    policies.strength(experience=experience, impact=impact, evidence=evidence).require()
    strength.experience = experience.strip()
    strength.impact = impact.strip()
    strength.evidence = evidence.strip()
    strength.save(update_fields=["experience", "impact", "evidence"])
    move(row, target)
    _record_strengths(by, row)
    return row


@transaction.atomic
def write_strengths(
    *, by: User, application: Application, strengths: Sequence[Mapping[str, Any]]
) -> Application:
    """Choose and write both at once: each with area (its number), experience, impact and evidence (A2)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("write_strengths", row.status)
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


@transaction.atomic
def name_sponsor(
    *, by: User, application: Application, email: str, first_name: str, last_name: str
) -> Application:
    """Name a sponsor, or another until they have answered: the old link dies, the new one goes out (A3).

    Before the application is sent nobody is written to.
    """
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("name_sponsor", row.status)
    email = email.strip().lower()
    policies.sponsor(
        email=email, first_name=first_name, last_name=last_name, applicant_email=row.applicant.email
    ).require()
    now, before = clock.now(), row.status
    is_another = email != row.sponsor_email
    changes: dict[str, Any] = {
        "sponsor_email": email,
        "sponsor_first_name": first_name.strip(),
        "sponsor_last_name": last_name.strip(),
        "sponsor_named_at": now,
    }
    if is_another:
        row.answers.filter(declined_at=None, replaced_at=None).update(replaced_at=now)
        changes["sponsor"] = None
    move(row, target, **changes)
    audit.record(
        events.SPONSOR_NAMED,
        by=by,
        on=row,
        for_whom=by,
        before={"status": before},
        after={"status": row.status},
        replaced=is_another and before != ApplicationStatus.DRAFT,
    )
    if row.status == ApplicationStatus.WITH_SPONSOR:
        _invite_sponsor(by, row)
    return row


@transaction.atomic
def send(*, by: User, application: Application, signed_name: str) -> Application:
    """Sign the declaration and send it to the sponsor, who is invited (A3, A5)."""
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("send", row.status)
    policies.signature(signed_name).require()
    _whole(row).require()
    now = clock.now()
    move(row, target, signed_name=signed_name.strip(), sent_at=now, sent_by=by)
    audit.record(
        events.SENT,
        by=by,
        on=row,
        for_whom=by,
        before={"status": ApplicationStatus.DRAFT},
        after={"status": row.status},
    )
    _invite_sponsor(by, row)
    outbox.put("applications.received", key=row.reference, reference=row.reference)
    return row


@transaction.atomic
def withdraw(*, by: User, application: Application) -> Application:
    """The applicant changes their mind; the sponsor's link dies."""
    row = locked(application)
    only_the_applicant(row, by)
    target, before = APPLICATION.target("withdraw", row.status), row.status
    move(row, target, withdrawn_at=clock.now(), withdrawn_by=by)
    accounts.close_invitations(purpose=SPONSOR_PURPOSE, subject=row.reference, by=by)
    audit.record(
        events.WITHDRAWN,
        by=by,
        on=row,
        for_whom=by,
        before={"status": before},
        after={"status": row.status},
    )
    return row


def missing(application: Application) -> Decision:
    """What an application still lacks before it can be sent, each part by name."""
    return _whole(application)


def _whole(row: Application) -> Decision:
    scored = set(row.area_scores.values_list("area__number", flat=True))
    strengths = row.strengths.select_related("area")
    return policies.whole_application(
        has_details=row.school_id is not None and bool(row.post),
        unscored=[
            area.name
            for number, area in queries.areas_of(row.level).items()
            if number not in scored
        ],
        strengths=[
            policies.strength(
                experience=each.experience,
                impact=each.impact,
                evidence=each.evidence,
                area=each.area.name,
            )
            for each in strengths
        ],
        has_sponsor=bool(row.sponsor_email),
    )


def _invite_sponsor(by: User, row: Application) -> None:
    move(row, row.status, sponsor_asked_at=clock.now())
    accounts.invite(
        by=by,
        email=row.sponsor_email,
        first_name=row.sponsor_first_name,
        last_name=row.sponsor_last_name,
        purpose=SPONSOR_PURPOSE,
        subject=row.reference,
    )


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
            **{
                name: str(each.get(name, getattr(old, name, ""))).strip()
                for name in ("experience", "impact", "evidence")
            },
        )


def _record_strengths(by: User, row: Application) -> None:
    numbers = list(row.strengths.values_list("area__number", flat=True))
    audit.record(events.STRENGTHS_WRITTEN, by=by, on=row, for_whom=by, areas=numbers)
