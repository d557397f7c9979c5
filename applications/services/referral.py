"""Referral: each doubtful application to a moderator of its region, who speaks with the sponsor (A5, A8)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from applications import events, policies
from applications.models import Application, Contact, RegionModerator, Return
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
from core import audit, clock


@transaction.atomic
def cover_region(*, by: User | None, moderator: User, region: str) -> RegionModerator:
    """Let a regional moderator decide for a region; one they cover already stays as it is (A8)."""
    row, is_new = RegionModerator.objects.get_or_create(moderator=moderator, region=region)
    if is_new:
        audit.record(events.REGION_COVERED, by=by, on=moderator, region=region)
    return row


@transaction.atomic
def assign_moderator(*, by: User, application: Application, moderator: User) -> Application:
    """Give a referred application to this moderator, of any region, who has no conflict (A8)."""
    row = locked(application)
    target = APPLICATION.target("assign_moderator", row.status)
    policies.moderator(
        has_no_conflict=queries.without_conflict(row).filter(pk=moderator.pk).exists()
    ).require()
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


def give_to_a_moderator(row: Application) -> User | None:
    """Assign a locked, referred application to a moderator of the school's region without a conflict.

    Of several the one with the fewest referrals open. None, and nobody assigned, where there is none:
    an administrator chooses. One who has it already keeps it.
    """
    if row.moderator_id:
        return row.moderator
    moderator = queries.free_moderators(row).first()
    if moderator is None:
        return None
    move(row, row.status, moderator=moderator, moderator_assigned_at=clock.now())
    audit.record(
        events.MODERATOR_ASSIGNED,
        by=None,
        on=row,
        for_whom=row.applicant,
        moderator=moderator.reference,
    )
    return moderator


def may_be_decided(row: Application, by: User) -> None:
    """Only by the moderator it was given to, after a logged conversation with the sponsor (A8).

    Raises PermissionDenied or Refused; the row is locked.
    """
    only_its_moderator(row, by)
    policies.contacted(
        conversations=list(row.contacts.values_list("on", flat=True)),
        since=queries.contact_needed_since(row),
    ).require()


def came_back(row: Application) -> None:
    """End the wait of a request for more: the moderator's clock runs again."""
    Return.objects.filter(application=row, came_back_at=None).update(came_back_at=clock.now())
