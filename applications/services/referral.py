"""Referral: each doubtful application to the moderator of its region who has least to do (A8)."""

from django.db import transaction

from accounts.models import User
from applications import events, policies
from applications.models import Application, RegionModerator, Return
from applications.queries import referral as queries
from applications.services.rows import locked, move
from applications.states import APPLICATION
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


def came_back(row: Application) -> None:
    """End the wait of a request for more: the moderator's clock runs again."""
    Return.objects.filter(application=row, came_back_at=None).update(came_back_at=clock.now())
