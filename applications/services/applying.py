"""What an applicant does: start, name a sponsor, sign and send, send back, withdraw (A3, A5, A8, A11)."""

from typing import Any

from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from applications import events, policies, queries
from applications.models import Application
from applications.services import places, referral
from applications.services.rows import SPONSOR_PURPOSE, locked, move, only_the_applicant
from applications.services.writing import confirmed_by_sponsor
from applications.states import APPLICATION, ApplicationStatus
from core import audit, clock, outbox
from core.decisions import Decision
from core.lifecycle import NEW
from programmes.models import Cohort, Enrolment
from programmes.states import LIVE


@transaction.atomic
def start(*, by: User, cohort: Cohort) -> Application:
    """Begin an application; one live one for each person, level and cohort (A11).

    A full cohort, or one past its closing day, takes applications for its waiting list until it starts.
    """
    User.objects.select_for_update().get(pk=by.pk)
    policies.start(
        today=clock.today(),
        starts_on=cohort.starts_on,
        closed_early=cohort.closed_at is not None,
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
    referral.end_conflict(row)
    if row.status == ApplicationStatus.WITH_SPONSOR:
        _invite_sponsor(by, row)
    return row


@transaction.atomic
def send(*, by: User, application: Application, signed_name: str) -> Application:
    """Sign the declaration and send it to the sponsor, who is invited (A3, A5).

    After the closing day it is late, whenever it was begun, and can have a place from the waiting list (A11, G1).
    """
    row = locked(application)
    only_the_applicant(row, by)
    target = APPLICATION.target("send", row.status)
    policies.signature(signed_name).require()
    _whole(row).require()
    late = policies.is_late(
        today=clock.today(),
        closes_on=row.cohort.applications_close_on,
        closed_early=row.cohort.closed_at is not None,
    )
    move(
        row,
        target,
        signed_name=signed_name.strip(),
        sent_at=clock.now(),
        sent_by=by,
        is_late=late,
    )
    audit.record(
        events.SENT,
        by=by,
        on=row,
        for_whom=by,
        before={"status": ApplicationStatus.DRAFT},
        after={"status": row.status},
        late=late,
    )
    _invite_sponsor(by, row)
    outbox.put("applications.received", key=row.reference, reference=row.reference)
    return row


@transaction.atomic
def send_back(*, by: User, application: Application, signed_name: str) -> Application:
    """Sign again and send back what a moderator returned (A5, A8).

    To the moderator when nothing changed of what the sponsor had confirmed; else to the sponsor first, whose
    answer is open again: what they said of a changed score or statement no longer counts. The moderator's
    wait ends when it is back with them.
    """
    row = locked(application)
    only_the_applicant(row, by)
    changed = _changed(row)
    target = APPLICATION.target(_verb_to_send_back(changed), row.status)
    policies.signature(signed_name).require()
    _whole(row).require()
    before = row.status
    move(row, target, signed_name=signed_name.strip(), confirmed=None)
    if changed:
        _open_answer(row, changed)
        if row.sponsor is None:
            _invite_sponsor(by, row)
        else:
            _ask_sponsor_again(by, row, row.sponsor)
    referral.came_back(row)
    audit.record(
        events.SENT_BACK,
        by=by,
        on=row,
        for_whom=by,
        before={"status": before},
        after={"status": row.status},
        details=changed.details,
        areas=sorted(changed.areas),
        strengths=changed.strengths,
    )
    if target == ApplicationStatus.REFERRED:
        referral.give_to_a_moderator(row)
        returns = row.returns.count()
        outbox.put(
            "applications.sent_back", key=f"{row.reference}:{returns}", reference=row.reference
        )
    return row


def goes_to_sponsor(application: Application) -> bool:
    """Whether sending back leads to the sponsor first, because of what was changed (A5, A8)."""
    return bool(_changed(application))


@transaction.atomic
def withdraw(*, by: User, application: Application) -> Application:
    """The applicant changes their mind; the sponsor's link dies, and a place kept goes to the next (A11)."""
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
    if before == ApplicationStatus.OFFERED:
        places.let_go(row)
    return row


def missing(application: Application) -> Decision:
    """What an application still lacks before it can be sent, each part by name."""
    return _whole(application)


def _changed(row: Application) -> policies.Changed:
    if row.confirmed is None:
        return policies.Changed()
    return policies.what_changed(row.confirmed, confirmed_by_sponsor(row))


def _verb_to_send_back(changed: policies.Changed) -> str:
    return "send_back_to_sponsor" if changed else "send_back"


def _open_answer(row: Application, changed: policies.Changed) -> None:
    """Open the sponsor's signed answer, without what it said of what has changed."""
    answer = queries.current_answer(row)
    if answer is None:
        return
    answer.signed_at, answer.signed_name = None, ""
    if changed.strengths:
        answer.statements_verified = None
    answer.save(update_fields=["signed_at", "signed_name", "statements_verified"])
    answer.endorsements.filter(area__number__in=changed.areas).delete()


def _whole(row: Application) -> Decision:
    scored = set(row.area_scores.values_list("area__number", flat=True))
    strengths = row.strengths.select_related("area")
    return policies.whole_application(
        has_details=bool(row.school_id or row.school_typed) and bool(row.post),
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


def _ask_sponsor_again(by: User, row: Application, sponsor: User) -> None:
    """The sponsor who has answered is asked at the address that they came with."""
    move(row, row.status, sponsor_asked_at=clock.now())
    accounts.invite(
        by=by,
        email=sponsor.email,
        first_name=sponsor.first_name,
        last_name=sponsor.last_name,
        purpose=SPONSOR_PURPOSE,
        subject=row.reference,
    )
