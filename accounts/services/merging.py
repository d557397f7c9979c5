"""Two accounts of one person become one. What upper rooms keep of a person is moved by their own services."""

from django.db import transaction

from accounts import events
from accounts.models import EqualityAnswers, Invitation, Notification, User
from accounts.services.people import end_sessions, grant_role, revoke_role
from accounts.states import STAFF, Role
from core import audit, clock

# What is the person's, and goes to the account that is kept. What somebody did stays under the account
# that did it: those columns tell history.
MOVES = ((Invitation, "accepted_by"), (Notification, "to_user"))


@transaction.atomic
def close_into(*, by: User, user: User, keep: User, reason: str) -> None:
    """Close an account as being another one's: nobody signs in with it, its reference and address stay known.

    Roles, invitations and mails go over, equality answers too where the kept account has none, and a teacher
    reference number where it has none. Raises ValueError for staff: the caller refuses them in words.
    """
    if user.is_staff_role or keep.is_staff_role:
        raise ValueError("staff accounts are not merged")
    for model, column in MOVES:
        model._default_manager.filter(**{column: user}).update(**{column: keep})
    User.objects.filter(merged_into=user).update(merged_into=keep)
    if not EqualityAnswers.objects.filter(person=keep).exists():
        EqualityAnswers.objects.filter(person=user).update(person=keep)
    if user.trn and not keep.trn:
        keep.trn = user.trn
        keep.save(update_fields=["trn"])
    for role in sorted(user.roles - STAFF):
        grant_role(by=by, user=keep, role=Role(role))
        revoke_role(by=by, user=user, role=Role(role), why=reason)
    user.is_active = False
    user.merged_into, user.merged_at = keep, clock.now()
    user.set_unusable_password()
    user.save(update_fields=["is_active", "merged_into", "merged_at", "password"])
    audit.record(
        events.ACCOUNT_CLOSED_INTO,
        by=by,
        on=user,
        for_whom=keep,
        after={"merged_into": keep.reference},
        why=reason,
    )
    end_sessions(by=by, user=user)
