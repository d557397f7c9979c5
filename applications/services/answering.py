"""What a sponsor does: come, answer step by step, sign, or say that they cannot (A4, A5, A7)."""

from collections.abc import Mapping

from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from accounts.states import Role
from applications import events, policies, queries
from applications.models import (
    Application,
    AreaEndorsement,
    BehaviourScore,
    ReadinessResult,
    SponsorAnswer,
)
from applications.services import readiness, referral
from applications.services.rows import SPONSOR_PURPOSE, answer_of, locked, move
from applications.states import APPLICATION, ApplicationStatus
from core import audit, clock, outbox
from core.decisions import Decision
from core.errors import Refused


@transaction.atomic
def begin_answer(*, by: User, application: Application) -> SponsorAnswer:
    """The invited sponsor comes, for the first time or again. Refused to the applicant (A3)."""
    row = locked(application)
    target = APPLICATION.target("begin_answer", row.status)
    policies.sponsor(
        email=by.email,
        first_name=by.first_name,
        last_name=by.last_name,
        applicant_email=row.applicant.email,
        is_applicant=by.pk == row.applicant_id,
    ).require()
    answer = queries.current_answer(row)
    if answer and answer.sponsor_id == by.pk:
        return answer
    if answer:
        raise Refused("Another sponsor is answering this application.")
    if not by.holds(Role.SPONSOR):
        accounts.grant_role(by=None, user=by, role=Role.SPONSOR)
    answer = SponsorAnswer.objects.create(application=row, sponsor=by, begun_at=clock.now())
    move(row, target, sponsor=by)
    audit.record(events.ANSWER_BEGUN, by=by, on=row, for_whom=row.applicant)
    referral.end_conflict(row)
    return answer


@transaction.atomic
def endorse(
    *,
    by: User,
    application: Application,
    answers: Mapping[int, tuple[bool, str]],
    verified: bool | None = None,
) -> SponsorAnswer:
    """Agree with or dispute self-scores by area number, and say whether the statements are true (A4).

    Some areas now and the others later is fine; `verified` None leaves that question as it is.
    """
    row = locked(application)
    target = APPLICATION.target("endorse", row.status)
    answer = answer_of(row, by)
    areas = queries.areas_of(row.level)
    policies.endorsements(answers, {number: area.name for number, area in areas.items()}).require()
    for number, (endorsed, reason) in answers.items():
        AreaEndorsement.objects.update_or_create(
            answer=answer,
            area=areas[number],
            defaults={"endorsed": endorsed, "reason": "" if endorsed else reason.strip()},
        )
    if verified is not None:
        answer.statements_verified = verified
        answer.save(update_fields=["statements_verified"])
    move(row, target)
    disputed = answer.endorsements.filter(endorsed=False).values_list("area__number", flat=True)
    audit.record(
        events.ENDORSED,
        by=by,
        on=row,
        for_whom=row.applicant,
        disputed=list(disputed),
        verified=answer.statements_verified,
    )
    return answer


@transaction.atomic
def score_behaviours(
    *, by: User, application: Application, scores: Mapping[int, tuple[int, str]]
) -> SponsorAnswer:
    """Score behaviours by position, each (1 to 4, comment); some now and the others later is fine (A4)."""
    row = locked(application)
    target = APPLICATION.target("score_behaviours", row.status)
    answer = answer_of(row, by)
    behaviours = queries.behaviours_of(row.level)
    if unknown := set(scores) - set(behaviours):
        raise Refused(f"There is no behaviour {min(unknown)}")
    decisions = [
        policies.behaviour_score(score, comment, name=behaviours[position].name)
        for position, (score, comment) in scores.items()
    ]
    Decision.of(reason for decision in decisions for reason in decision.reasons).require()
    before = {
        str(each.behaviour.position): each.score
        for each in answer.behaviour_scores.select_related("behaviour")
    }
    for position, (score, comment) in scores.items():
        BehaviourScore.objects.update_or_create(
            answer=answer,
            behaviour=behaviours[position],
            defaults={"score": score, "comment": comment.strip()},
        )
    move(row, target)
    after = before | {str(position): score for position, (score, _) in scores.items()}
    audit.record(
        events.BEHAVIOURS_SCORED,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"scores": before},
        after={"scores": after},
    )
    return answer


@transaction.atomic
def sign(*, by: User, application: Application, signed_name: str) -> ReadinessResult:
    """Sign the answer: scores lock, the rule is asked, and the application goes on to people (A5, A7, A8)."""
    row = locked(application)
    APPLICATION.target("endorse", row.status)
    answer = answer_of(row, by)
    policies.signature(signed_name).require()
    areas = queries.areas_of(row.level)
    behaviours = queries.behaviours_of(row.level)
    endorsed = {each.area.number: each for each in answer.endorsements.select_related("area")}
    scored = {
        each.behaviour.position: each.score
        for each in answer.behaviour_scores.select_related("behaviour")
    }
    policies.whole_answer(
        unanswered_areas=[area.name for number, area in areas.items() if number not in endorsed],
        verified=answer.statements_verified,
        unscored_behaviours=[
            each.name for position, each in behaviours.items() if position not in scored
        ],
    ).require()
    verdict = policies.readiness(
        {each.area.name: each.score for each in row.area_scores.select_related("area")},
        {behaviours[position].name: score for position, score in scored.items()},
        [each.area.name for each in endorsed.values() if not each.endorsed],
        queries.rule_in_force(row.level),
        statements_verified=bool(answer.statements_verified),
    )
    target = APPLICATION.target(policies.verb_after_signing(verdict.readiness), row.status)
    now = clock.now()
    answer.signed_name, answer.signed_at = signed_name.strip(), now
    answer.save(update_fields=["signed_name", "signed_at"])
    changes = (
        {"referred_at": row.referred_at or now} if target == ApplicationStatus.REFERRED else {}
    )
    move(row, target, **changes)
    was_away = referral.came_back(row)
    if target == ApplicationStatus.REFERRED:
        had_it = row.moderator_id
        moderator = referral.give_to_a_moderator(row)
        if was_away and moderator and moderator.pk == had_it:
            referral.tell_that_it_is_back(row)
    accounts.close_invitations(purpose=SPONSOR_PURPOSE, subject=row.reference, by=by, answered=True)
    audit.record(
        events.SPONSOR_SIGNED,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"status": ApplicationStatus.WITH_SPONSOR},
        after={"status": row.status},
    )
    result = readiness.keep_result(row, verdict)
    outbox.put("applications.sponsor_answered", key=f"{result.pk}", reference=row.reference)
    return result


@transaction.atomic
def decline_to_sponsor(*, by: User, application: Application, reason: str) -> Application:
    """The sponsor cannot do this and says why; the applicant names another (A4)."""
    row = locked(application)
    target = APPLICATION.target("decline_to_sponsor", row.status)
    answer = answer_of(row, by)
    policies.cannot_sponsor(reason).require()
    answer.declined_at, answer.decline_reason = clock.now(), reason.strip()
    answer.save(update_fields=["declined_at", "decline_reason"])
    move(row, target, sponsor=None)
    accounts.close_invitations(purpose=SPONSOR_PURPOSE, subject=row.reference, by=by, answered=True)
    audit.record(
        events.SPONSOR_DECLINED,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"status": ApplicationStatus.WITH_SPONSOR},
        after={"status": row.status},
    )
    outbox.put("applications.sponsor_declined", key=f"{answer.pk}", reference=row.reference)
    return row


def come_by_invitation(subject: str, user: User) -> None:
    """What an invitation's first use does: the person of its address becomes the sponsor of `subject`."""
    begin_answer(by=user, application=Application.objects.get(reference=subject))
