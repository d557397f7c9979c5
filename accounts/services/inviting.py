"""The verbs about invitations: links that start access, codes that grant it, and how each ends.

What an invitation is about belongs to upper rooms.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Max

from accounts import events, invitations, policies, queries
from accounts.models import Invitation, InvitationCode, User
from accounts.services.people import end_sessions, grant_role, register
from accounts.states import INVITATION, InvitationStatus
from core import audit, clock, outbox
from core.decisions import Decision
from core.errors import WrongMoment

INVITATION_LASTS = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    by: User | None,
    email: str,
    first_name: str,
    last_name: str,
    purpose: str,
    subject: str,
    mailed: bool = True,
) -> Invitation:
    """Mail somebody a link about `subject`; an open one for the same purpose and subject is replaced.

    The address of an account that was merged leads to that of the one kept. With `mailed` False the
    caller's own mail carries the link (`notifications.link_of`). Raises LookupError for a purpose that no
    room registered.
    """
    invitations.purpose(purpose)
    for old in _open(purpose, subject):
        _end(old, "replace", by, events.INVITATION_REPLACED)
    last = Invitation.objects.filter(purpose=purpose, subject=subject).aggregate(Max("serial"))
    invitation = Invitation(
        purpose=purpose,
        subject=subject,
        serial=(last["serial__max"] or 0) + 1,
        email=queries.address_now(email),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        invited_by=by,
        invited_at=clock.now(),
        expires_at=clock.now() + INVITATION_LASTS,
    )
    invitation.token_hash = invitations.hash_of(
        invitations.token_for(invitation.reference, invitation.serial)
    )
    invitation.save()
    audit.record(events.INVITED, by=by, on=invitation, subject=subject, purpose=purpose)
    if mailed:
        outbox.put("accounts.invitation", key=invitation.reference, reference=invitation.reference)
    return invitation


@transaction.atomic
def close_invitations(
    *, purpose: str, subject: str, by: User | None, answered: bool = False
) -> None:
    """End what is open for a subject, so that the link dies: answered, or no longer needed."""
    for invitation in _open(purpose, subject):
        if answered:
            _end(invitation, "answer", by, events.INVITATION_ANSWERED)
        else:
            _end(invitation, "close", by, events.INVITATION_CLOSED)


@transaction.atomic
def send_fresh_link(*, by: User | None, invitation: Invitation) -> Invitation:
    """Mail a new link to the address of an expired one, or of a replaced one whose address still stands.

    Raises WrongMoment when the request has ended or has gone to another address; Refused after too many.
    """
    standing = _open(invitation.purpose, invitation.subject).first()
    if standing is None or standing.email != invitation.email:
        raise WrongMoment("This request has ended, so a new link cannot be sent.")
    lately = Invitation.objects.filter(
        purpose=invitation.purpose,
        subject=invitation.subject,
        invited_at__gt=clock.now() - policies.LINKS_WITHIN,
    ).count()
    policies.another_link(lately).require()
    return _renew(standing, by, mailed=True)


@transaction.atomic
def lasting_link(*, purpose: str, subject: str, until: datetime) -> Invitation | None:
    """The open invitation for a subject with a link that works until then, made anew where it would not.

    Nothing is mailed: the caller's own mail carries the link. None when nothing is open.
    """
    standing = _open(purpose, subject).first()
    if standing is None or standing.expires_at >= until:
        return standing
    return _renew(standing, None, mailed=False)


def _renew(standing: Invitation, by: User | None, *, mailed: bool) -> Invitation:
    """A new link to the same address; the old one dies."""
    fresh = invite(
        by=by,
        email=standing.email,
        first_name=standing.first_name,
        last_name=standing.last_name,
        purpose=standing.purpose,
        subject=standing.subject,
        mailed=mailed,
    )
    if standing.accepted_by:
        # Who has come in already keeps what they began.
        fresh.accepted_at, fresh.accepted_by = standing.accepted_at, standing.accepted_by
        fresh.save(update_fields=["accepted_at", "accepted_by"])
    return fresh


@transaction.atomic
def ask_for_code(*, by: User | None, invitation: Invitation) -> InvitationCode:
    """Mail a ten-minute code to the invited address; only the newest code works."""
    invitation = _locked_open(invitation)
    lately = invitation.codes.filter(made_at__gt=clock.now() - policies.CODES_WITHIN).count()
    policies.another_code(lately).require()
    code = InvitationCode(
        invitation=invitation,
        made_at=clock.now(),
        expires_at=clock.now() + InvitationCode.LASTS,
    )
    code.code_hash = invitations.code_hash(code.reference, invitations.code_for(code.reference))
    code.save()
    audit.record(events.CODE_ASKED_FOR, by=by, on=invitation)
    outbox.put("accounts.code", key=code.reference, reference=code.reference)
    return code


def accept(*, by: User | None, invitation: Invitation, code: str) -> User:
    """The invited person, let in by the code they were mailed; made at the first use.

    Raises Refused with what to do. Call it outside a transaction: a wrong try is counted and must stay so.
    """
    with transaction.atomic():
        locked = _locked_open(invitation)
        answer = _try_code(locked, code)
        user = _let_in(locked, by) if answer.allowed else None
    answer.require()
    assert user is not None
    policies.sign_in_problem(active=user.is_active).require()
    return user


def _open(purpose: str, subject: str):  # type: ignore[no-untyped-def]
    return Invitation.objects.select_for_update(of=("self",)).filter(
        purpose=purpose, subject=subject, status=InvitationStatus.OPEN
    )


def _end(invitation: Invitation, verb: str, by: User | None, event: events.Event) -> None:
    before = invitation.status
    invitation.status = INVITATION.target(verb, before)
    invitation.ended_at = clock.now()
    invitation.ended_by = by
    invitation.save(update_fields=["status", "ended_at", "ended_by"])
    audit.record(
        event,
        by=by,
        on=invitation,
        before={"status": before},
        after={"status": invitation.status},
        subject=invitation.subject,
    )


def _locked_open(invitation: Invitation) -> Invitation:
    """The row, locked. Raises WrongMoment unless its link works now."""
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    row.status = INVITATION.target("accept", row.status)
    if policies.link_state(row.status, row.expires_at, clock.now()) is not policies.Link.OPEN:
        raise WrongMoment("This link has expired. Ask for a new one.")
    return row


def _try_code(invitation: Invitation, typed: str) -> Decision:
    """Whether the code is right; a wrong one costs a try."""
    newest = invitation.codes.order_by("-pk").select_for_update().first()
    now = clock.now()
    matches = bool(newest and invitations.is_code(newest.reference, typed, newest.code_hash))
    answer = policies.code_answer(
        exists=newest is not None,
        matches=matches,
        tries_left=InvitationCode.MOST_TRIES - newest.tries if newest else 0,
        used=bool(newest and newest.used_at),
        expires_at=newest.expires_at if newest else now,
        now=now,
    )
    if newest and answer.allowed:
        newest.used_at = now
        newest.save(update_fields=["used_at"])
    elif newest and not matches and newest.tries < InvitationCode.MOST_TRIES:
        newest.tries += 1
        newest.save(update_fields=["tries"])
    return answer


def _let_in(invitation: Invitation, by: User | None) -> User:
    """The person of the invited address with the purpose's role; the address is theirs, they had its mail."""
    registered = invitations.purpose(invitation.purpose)
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is None:
        user = register(
            by=None,
            email=invitation.email,
            first_name=invitation.first_name,
            last_name=invitation.last_name,
        )
    elif not user.is_active:
        return user
    else:
        _take_over_unproved(user)
    grant_role(by=invitation.invited_by, user=user, role=registered.role)
    if invitation.accepted_by_id != user.pk:
        invitation.accepted_at, invitation.accepted_by = clock.now(), user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        audit.record(
            events.INVITATION_ACCEPTED,
            by=user,
            on=invitation,
            for_whom=user,
            subject=invitation.subject,
        )
        if registered.accept:
            registered.accept(invitation.subject, user)
    return user


def _take_over_unproved(user: User) -> None:
    """An account that somebody made with this address without proving it loses its password and sessions."""
    address, _ = EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"primary": True}
    )
    if address.verified:
        return
    address.verified = address.primary = True
    address.save()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(by=None, user=user)
