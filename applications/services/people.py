"""Two accounts of one person are merged, or told apart for good (G4)."""

from django.db import transaction

from accounts import services as accounts
from accounts.models import Invitation, User
from accounts.states import InvitationStatus
from applications import events, policies
from applications.models import Application, SponsorAnswer, TwoPeople
from applications.queries import people as queries
from applications.services.rows import SPONSOR_PURPOSE
from applications.states import LIVE
from core import audit, clock
from programmes import services as programmes

# What is the person's here. Who sent, withdrew, decided or wrote something stays: those columns tell history.
MOVES = ((Application, "applicant"), (Application, "sponsor"), (SponsorAnswer, "sponsor"))


@transaction.atomic
def merge_people(*, by: User, keep: User, other: User, reason: str) -> User:
    """Make two accounts of one person one: everything of `other` becomes `keep`'s, and `other` is closed.

    The old reference and address lead to the kept account from then on. Raises Refused with what to do first.
    """
    rows = User.objects.select_for_update().order_by("pk").in_bulk({keep.pk, other.pk})
    keep, other = rows[keep.pk], rows[other.pk]
    policies.merge(
        queries.account(keep),
        queries.account(other),
        reason=reason,
        are_between=queries.applications_between(keep, other),
    ).require()
    reason = reason.strip()
    moved = {
        f"{model.__name__}.{column}": model._default_manager.filter(**{column: other}).update(
            **{column: keep}
        )
        for model, column in MOVES
    }
    _ask_at_the_kept_address(by, keep, other)
    enrolments = programmes.hand_over(by=by, other=other, keep=keep)
    _forget_pairs_of(other)
    accounts.close_into(by=by, user=other, keep=keep, reason=reason)
    audit.record(
        events.PEOPLE_MERGED,
        by=by,
        on=keep,
        for_whom=keep,
        why=reason,
        merged=other.reference,
        applications=moved["Application.applicant"],
        enrolments=enrolments,
        sponsored=moved["Application.sponsor"],
    )
    return keep


@transaction.atomic
def tell_apart(*, by: User, one: User, other: User) -> None:
    """Say that two accounts are two people, so that they are not shown as a pair again; said twice is said once."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    if first.pk == second.pk:
        return
    _, is_new = TwoPeople.objects.get_or_create(
        first=first, second=second, defaults={"said_at": clock.now(), "said_by": by}
    )
    if is_new:
        audit.record(
            events.PEOPLE_TOLD_APART, by=by, on=first, for_whom=second, other=second.reference
        )


def _ask_at_the_kept_address(by: User, keep: User, other: User) -> None:
    """A sponsor who was asked at the closed account's address is asked anew at the kept one's."""
    asked = Application.objects.select_for_update().filter(
        sponsor_email__iexact=other.email, status__in=LIVE
    )
    for application in asked:
        application.sponsor_email = keep.email
        application.save(update_fields=["sponsor_email"])
        standing = Invitation.objects.filter(
            purpose=SPONSOR_PURPOSE, subject=application.reference, status=InvitationStatus.OPEN
        ).first()
        if standing:
            fresh = accounts.invite(
                by=by,
                email=keep.email,
                first_name=application.sponsor_first_name,
                last_name=application.sponsor_last_name,
                purpose=SPONSOR_PURPOSE,
                subject=application.reference,
            )
            # Who has come in already keeps what they began.
            fresh.accepted_at, fresh.accepted_by = standing.accepted_at, standing.accepted_by
            fresh.save(update_fields=["accepted_at", "accepted_by"])


def _forget_pairs_of(other: User) -> None:
    """What was told apart from the closed account was told of an account that no list shows any more."""
    TwoPeople.objects.filter(first=other).delete()
    TwoPeople.objects.filter(second=other).delete()
