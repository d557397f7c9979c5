"""The verbs about people: who they are, their roles, their open sessions, what they tell about themselves."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F

from accounts import events, policies, queries
from accounts.models import EqualityAnswers, Membership, Persona, User
from accounts.states import STAFF, Role
from core import audit, clock
from core.decisions import Reason
from core.errors import Refused


@transaction.atomic
def register(
    *,
    by: User | None,
    email: str,
    first_name: str,
    last_name: str,
    password: str | None = None,
    roles: tuple[Role, ...] | list[Role] = (),
) -> User:
    """Make a person whose address is known to be theirs. Raises Refused when the address is taken."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Refused((Reason("Somebody with this email address is registered already", "email"),))
    user = User.objects.create_user(
        email, password, first_name=first_name.strip(), last_name=last_name.strip()
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    audit.record(events.PERSON_REGISTERED, by=by, on=user)
    for role in roles:
        grant_role(by=by, user=user, role=role)
    return user


@transaction.atomic
def grant_role(*, by: User | None, user: User, role: Role) -> None:
    """Give a role; one already held stays as it is. A staff role ends open sessions (second factor)."""
    _, is_new = Membership.objects.get_or_create(user=user, role=role, defaults={"granted_by": by})
    if not is_new:
        return
    user.forget_roles()
    audit.record(events.ROLE_GRANTED, by=by, on=user, role=str(role))
    if role in STAFF:
        end_sessions(by=by, user=user)


@transaction.atomic
def revoke_role(*, by: User | None, user: User, role: Role, why: str = "") -> None:
    """Take a role away and end every open session of that person; one not held changes nothing."""
    taken, _ = Membership.objects.filter(user=user, role=role).delete()
    if not taken:
        return
    user.forget_roles()
    audit.record(events.ROLE_REVOKED, by=by, on=user, why=why, role=str(role))
    end_sessions(by=by, user=user)


@transaction.atomic
def end_sessions(*, by: User | None, user: User) -> None:
    """Sign the person out everywhere: every open session stops working at its next request."""
    User.objects.filter(pk=user.pk).update(session_serial=F("session_serial") + 1)
    user.refresh_from_db(fields=["session_serial"])
    audit.record(events.SESSIONS_ENDED, by=by, on=user)


@transaction.atomic
def make_persona(*, by: User | None, user: User, position: int, story: str) -> Persona:
    """Put a person on the demonstration's persona page, or change how they stand there."""
    persona, _ = Persona.objects.update_or_create(
        user=user, defaults={"position": position, "story": story}
    )
    audit.record(events.PERSONA_MADE, by=by, on=user, position=position)
    return persona


@transaction.atomic
def answer_equality(
    *, by: User, sex: str = "", ethnicity: str = "", disability: str = ""
) -> EqualityAnswers:
    """Keep one's own equality answers; each may be left open, and left open again takes it back (G5).

    The trail says that they were answered and not what: nobody who decides may know (A6).
    """
    given = {"sex": sex, "ethnicity": ethnicity, "disability": disability}
    policies.equality(
        given,
        {
            name: {each["code"] for each in choices}
            for name, choices in queries.equality_questions().items()
        },
        dict.fromkeys(given, "Choose one of the answers, or leave the question open"),
    ).require()
    row, _ = EqualityAnswers.objects.update_or_create(
        person=by, defaults={**given, "answered_at": clock.now()}
    )
    audit.record(events.EQUALITY_ANSWERED, by=by, on=by, for_whom=by)
    return row
