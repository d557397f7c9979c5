"""Referral: each doubtful application to a moderator of its region, who speaks with the sponsor (A5, A8)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from accounts.states import Role
from applications import events, policies
from applications.models import (
    Application,
    Contact,
    RegionModerator,
    Return,
    SchoolInterest,
)
from applications.queries import current_answer
from applications.queries import referral as queries
from applications.services.rows import (
    SPONSOR_PURPOSE,
    locked,
    move,
    only_its_moderator,
    record_move,
)
from applications.states import APPLICATION, ApplicationStatus, ReturnedTo
from core import audit, clock, outbox
from core.errors import Refused
from programmes.models import School


@transaction.atomic
def cover_region(*, by: User | None, moderator: User, region: str) -> RegionModerator:
    """Let a regional moderator decide for a region; one they cover already stays as it is (A8).

    What was referred from that region and could be given to nobody is given out now.
    """
    policies.region(region).require()
    if not moderator.holds(Role.REGIONAL_MODERATOR):
        raise Refused("Only a regional moderator can decide for a region.")
    row, is_new = RegionModerator.objects.get_or_create(moderator=moderator, region=region)
    if is_new:
        audit.record(events.REGION_COVERED, by=by, on=moderator, region=region)
        _give_out(region)
    return row


@transaction.atomic
def uncover_region(*, by: User | None, moderator: User, region: str) -> int:
    """Take a region from a moderator; how many of its applications stay with them (A8)."""
    gone, _ = RegionModerator.objects.filter(moderator=moderator, region=region).delete()
    stay = queries.held_in(moderator, region)
    if gone:
        audit.record(events.REGION_LEFT, by=by, on=moderator, region=region, open=stay)
    return stay


@transaction.atomic
def declare_interest(*, by: User, moderator: User, school: School | None, why: str) -> int:
    """Keep a moderator from judging a school's applicants; how many were taken from them (A8).

    By an administrator or by the moderator themself; PermissionDenied for anybody else.
    """
    _speaks_for(by, moderator)
    policies.interest(has_school=school is not None, why=why).require()
    assert school is not None
    _, is_new = SchoolInterest.objects.update_or_create(
        moderator=moderator, school=school, defaults={"why": why.strip()}
    )
    audit.record(
        events.INTEREST_DECLARED, by=by, on=moderator, school=school.reference, why=why.strip()
    )
    held = Application.objects.filter(
        moderator=moderator, school=school, status__in=queries.HELD
    ).order_by("pk")
    return sum(end_conflict(locked(each)) for each in held) if is_new else 0


@transaction.atomic
def withdraw_interest(*, by: User, moderator: User, school: School) -> None:
    """Take an interest back that was declared by mistake or has ended; nothing is given back by it."""
    _speaks_for(by, moderator)
    gone, _ = SchoolInterest.objects.filter(moderator=moderator, school=school).delete()
    if gone:
        audit.record(events.INTEREST_WITHDRAWN, by=by, on=moderator, school=school.reference)


@transaction.atomic
def assign_moderator(*, by: User, application: Application, moderator: User) -> Application:
    """Give a referred application to this moderator, of any region, who has no conflict (A8)."""
    row = locked(application)
    target = APPLICATION.target("assign_moderator", row.status)
    policies.moderator(
        has_no_conflict=any(
            each.user == moderator and each.may_decide for each in queries.candidates(row)
        )
    ).require()
    if row.moderator_id != moderator.pk:
        _give(row, target, moderator, by)
    return row


@transaction.atomic
def log_contact(*, by: User, application: Application, means: str, on: date, note: str) -> Contact:
    """Note a conversation with the sponsor of a referred application (A8)."""
    row = locked(application)
    target = APPLICATION.target("log_contact", row.status)
    only_its_moderator(row, by)
    policies.contact(means=means, on=on, note=note, today=clock.today()).require()
    contact = Contact.objects.create(
        application=row, means=means, on=on, note=note.strip(), logged_at=clock.now(), logged_by=by
    )
    move(row, target)
    audit.record(
        events.CONTACT_LOGGED,
        by=by,
        on=row,
        for_whom=row.applicant,
        means=means,
        day=on.isoformat(),
    )
    return contact


@transaction.atomic
def return_to_sponsor(*, by: User, application: Application, reason: str) -> Application:
    """Open a signed answer again, with a reason: the only way that locked scores change (A5)."""
    row = locked(application)
    target = APPLICATION.target("return_to_sponsor", row.status)
    only_its_moderator(row, by)
    policies.return_to_sponsor(reason).require()
    answer = current_answer(row)
    if answer is None or row.sponsor is None:
        raise PermissionDenied
    answer.signed_at, answer.signed_name = None, ""
    answer.save(update_fields=["signed_at", "signed_name"])
    Return.objects.create(
        application=row,
        to=ReturnedTo.SPONSOR,
        reason=reason.strip(),
        returned_at=clock.now(),
        returned_by=by,
    )
    move(row, target, sponsor_asked_at=clock.now())
    accounts.invite(
        by=by,
        email=row.sponsor.email,
        first_name=row.sponsor.first_name,
        last_name=row.sponsor.last_name,
        purpose=SPONSOR_PURPOSE,
        subject=row.reference,
    )
    record_move(events.RETURNED, by, row, ApplicationStatus.REFERRED, reason)
    return row


@transaction.atomic
def return_to_applicant(*, by: User, application: Application, reason: str) -> Application:
    """Ask the applicant for more, with a reason: they can change their answers, and the clock stands (A5, A8)."""
    row = locked(application)
    target = APPLICATION.target("return_to_applicant", row.status)
    only_its_moderator(row, by)
    policies.return_to_applicant(reason).require()
    asked = Return.objects.create(
        application=row,
        to=ReturnedTo.APPLICANT,
        reason=reason.strip(),
        returned_at=clock.now(),
        returned_by=by,
    )
    move(row, target)
    record_move(events.RETURNED_TO_APPLICANT, by, row, ApplicationStatus.REFERRED, reason)
    outbox.put("applications.returned_to_applicant", key=f"{asked.pk}", reference=row.reference)
    return row


def give_to_a_moderator(row: Application) -> User | None:
    """Assign a locked, referred application to a moderator of the school's region without a conflict.

    Of several the one with the fewest referrals open. None, and nobody assigned, where there is none:
    an administrator chooses. One who has it already keeps it, unless they may no longer decide it.
    """
    if row.moderator and not _take_if_in_conflict(row):
        return row.moderator
    moderator = next(iter(queries.free_moderators(row)), None)
    if moderator is not None:
        _give(row, row.status, moderator, None)
    return moderator


def end_conflict(row: Application) -> bool:
    """Take a locked application from a moderator who may no longer decide it; whether it was taken (A8).

    While it waits for a decision it goes to another at once, else when it comes back.
    """
    if not _take_if_in_conflict(row):
        return False
    if row.status == ApplicationStatus.REFERRED:
        give_to_a_moderator(row)
    return True


def may_be_decided(row: Application, by: User) -> None:
    """Only by the moderator it was given to, after a logged conversation with the sponsor (A8).

    Raises PermissionDenied or Refused; the row is locked.
    """
    only_its_moderator(row, by)
    policies.contacted(
        conversations=list(row.contacts.values_list("on", flat=True)),
        since=queries.contact_needed_since(row),
    ).require()


def came_back(row: Application) -> bool:
    """End the wait of a request for more, so that the moderator's clock runs again; whether there was one.

    What went from the applicant to the sponsor is still away.
    """
    if row.status in queries.AWAY:
        return False
    waiting = Return.objects.filter(application=row, came_back_at=None)
    return bool(waiting.update(came_back_at=clock.now()))


def tell_that_it_is_back(row: Application) -> None:
    """Write to the moderator that the sponsor has looked again and it waits for them."""
    if row.moderator_id and row.status == ApplicationStatus.REFERRED:
        outbox.put(
            "applications.sponsor_looked_again",
            key=f"{row.reference}:{row.returns.count()}",
            reference=row.reference,
        )


def _give(row: Application, target: str, moderator: User, by: User | None) -> None:
    before = row.moderator.reference if row.moderator else ""
    move(row, target, moderator=moderator, moderator_assigned_at=clock.now())
    audit.record(
        events.MODERATOR_ASSIGNED,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"moderator": before},
        after={"moderator": moderator.reference},
        moderator=moderator.reference,
    )
    outbox.put(
        "applications.given_to_moderator",
        key=f"{row.reference}:{moderator.reference}:{clock.now().isoformat()}",
        reference=row.reference,
        moderator=moderator.reference,
    )


def _take_if_in_conflict(row: Application) -> bool:
    moderator = row.moderator
    conflict = queries.conflicts(row, moderator) if moderator else ()
    if not moderator or not conflict:
        return False
    move(row, row.status, moderator=None, moderator_assigned_at=None)
    audit.record(
        events.MODERATOR_TAKEN,
        by=None,
        on=row,
        for_whom=row.applicant,
        before={"moderator": moderator.reference},
        after={"moderator": ""},
        moderator=moderator.reference,
        conflict=" and ".join(conflict),
    )
    return True


def _give_out(region: str) -> None:
    waiting = Application.objects.filter(
        status=ApplicationStatus.REFERRED, moderator=None, school__region=region
    ).order_by("referred_at", "pk")
    for each in waiting:
        row = locked(each)
        if row.status == ApplicationStatus.REFERRED:
            give_to_a_moderator(row)


def _speaks_for(by: User, moderator: User) -> None:
    if by.pk != moderator.pk and not by.holds(Role.ADMINISTRATOR):
        raise PermissionDenied
    if not moderator.holds(Role.REGIONAL_MODERATOR):
        raise PermissionDenied
