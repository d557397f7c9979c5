"""The verbs about people, roles and invitations: what they change, record and refuse."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction

from accounts import invitations, queries, services
from accounts.models import Invitation, InvitationCode, Membership, Notification, User
from accounts.states import InvitationStatus, Role
from core import clock
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from tests.accounts.conftest import ACCEPTED, MOMENT, code_in

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    """What this room recorded; the reference data has entries of its own."""
    ours = AuditEntry.objects.filter(event__startswith="accounts.")
    return list(ours.values_list("event", flat=True))


# People and roles


def test_a_person_is_registered_with_a_known_address(person):
    user = person("Ada@School.Example", Role.PARTICIPANT)
    address = EmailAddress.objects.get(user=user)
    assert (user.email, address.email, address.verified, address.primary) == (
        "ada@school.example",
        "ada@school.example",
        True,
        True,
    )
    assert events() == ["accounts.person_registered", "accounts.role_granted"]
    entries = AuditEntry.objects.filter(event__startswith="accounts.")
    told = json.dumps(list(entries.values("facts", "before", "after")))
    assert "ada" not in told.lower()


def test_an_address_is_taken_once(person):
    person("ada@school.example")
    with pytest.raises(Refused, match="registered already"):
        person("ADA@school.example")
    assert User.objects.count() == 1


def test_a_role_is_granted_once(person):
    user = person()
    services.grant_role(by=user, user=user, role=Role.SPONSOR)
    services.grant_role(by=user, user=user, role=Role.SPONSOR)
    assert user.roles == {Role.SPONSOR}
    assert events().count("accounts.role_granted") == 1


def test_a_revoked_role_is_gone_and_signs_out(person, client):
    user = person("ada@school.example", Role.PARTICIPANT)
    client.force_login(user)
    assert client.get("/account/").status_code == 200
    services.revoke_role(by=None, user=user, role=Role.PARTICIPANT, why="left")
    assert user.roles == frozenset()
    assert events()[-2:] == ["accounts.role_revoked", "accounts.sessions_ended"]
    response = client.get("/account/")
    assert response["Location"] == "/accounts/login/?next=/account/"


def test_a_staff_role_signs_out_and_another_role_does_not(person, client):
    user = person()
    client.force_login(user)
    services.grant_role(by=None, user=user, role=Role.PARTICIPANT)
    assert client.get("/account/").status_code == 200
    services.grant_role(by=None, user=user, role=Role.ASSESSOR)
    assert client.get("/account/").status_code == 302


def test_revoking_a_role_not_held_changes_nothing(person):
    user = person()
    services.revoke_role(by=None, user=user, role=Role.SPONSOR)
    assert events() == ["accounts.person_registered"]


def test_the_database_refuses_an_unknown_role(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=person(), role="king")


# Invitations


def test_an_invitation_is_mailed_once_and_only_its_hash_is_kept(invite):
    invitation, path = invite()
    token = path.split("/")[2]
    assert token == invitations.token_for(invitation.reference, 1)
    assert [message.to for message in mail.outbox] == [["sam@school.example"]]
    with connection.cursor() as cursor:
        for table in ("accounts_invitation", "core_outboxmessage", "core_auditentry"):
            cursor.execute(f"select row_to_json(t)::text from {table} t")
            assert all(token not in row for (row,) in cursor.fetchall())
    assert invitation.token_hash == invitations.hash_of(token)
    assert Notification.objects.count() == 1


def test_inviting_again_replaces_the_open_one(invite, person):
    administrator = person("boss@provider.example", Role.ADMINISTRATOR)
    first, _ = invite()
    services.invite(
        by=administrator,
        email="other@school.example",
        first_name="Olu",
        last_name="Other",
        purpose="test_request",
        subject="APP-1",
    )
    first.refresh_from_db()
    assert (first.status, first.ended_by) == (InvitationStatus.REPLACED, administrator)
    assert list(Invitation.objects.order_by("serial").values_list("serial", "status")) == [
        (1, "replaced"),
        (2, "open"),
    ]
    assert events()[-2:] == ["accounts.invitation_replaced", "accounts.invited"]


def test_the_database_holds_one_open_invitation_for_a_subject(invite):
    invite()
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            purpose="test_request",
            subject="APP-1",
            serial=9,
            email="x@school.example",
            token_hash="x",
            expires_at=clock.now(),
        )
    invite(subject="APP-2")


@pytest.mark.parametrize(
    ("answered", "status", "event"),
    [
        (False, "closed", "accounts.invitation_closed"),
        (True, "answered", "accounts.invitation_answered"),
    ],
)
def test_closing_ends_what_is_open(invite, answered, status, event):
    invitation, _ = invite()
    services.close_invitations(purpose="test_request", subject="APP-1", by=None, answered=answered)
    services.close_invitations(purpose="test_request", subject="APP-1", by=None)
    invitation.refresh_from_db()
    assert invitation.status == status
    assert events().count(event) == 1


def test_a_purpose_that_nobody_registered_cannot_be_invited_to():
    with pytest.raises(LookupError):
        services.invite(
            by=None, email="a@b.example", first_name="", last_name="", purpose="?", subject="X"
        )
    assert Invitation.objects.count() == 0


def test_an_ended_invitation_is_not_mailed(invite, at_commit):
    with at_commit():
        services.invite(
            by=None,
            email="sam@school.example",
            first_name="Sam",
            last_name="S",
            purpose="test_request",
            subject="APP-1",
        )
        services.close_invitations(purpose="test_request", subject="APP-1", by=None)
    assert mail.outbox == []


# Codes


def ask(invitation, at_commit) -> str:
    with at_commit():
        services.ask_for_code(by=None, invitation=invitation)
    return code_in(mail.outbox[-1])


def test_the_code_lets_the_invited_person_in_and_makes_their_account(invite, at_commit):
    invitation, _ = invite()
    code = ask(invitation, at_commit)
    user = services.accept(by=None, invitation=invitation, code=code)
    assert (user.email, user.name, user.roles) == (
        "sam@school.example",
        "Sam Sponsor",
        {Role.SPONSOR},
    )
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert ACCEPTED == [("APP-1", "sam@school.example")]
    assert list(queries.subjects_open_to(user, "test_request")) == ["APP-1"]
    assert events()[-1] == "accounts.invitation_accepted"


def test_the_same_link_lets_in_again_while_open_but_each_code_once(invite, at_commit):
    invitation, _ = invite()
    code = ask(invitation, at_commit)
    services.accept(by=None, invitation=invitation, code=code)
    with pytest.raises(Refused, match="has been used"):
        services.accept(by=None, invitation=invitation, code=code)
    services.accept(by=None, invitation=invitation, code=ask(invitation, at_commit))
    assert (User.objects.count(), len(ACCEPTED)) == (1, 1)
    assert events().count("accounts.invitation_accepted") == 1


def test_only_a_keyed_hash_of_the_code_is_kept(invite, at_commit):
    invitation, _ = invite()
    code = ask(invitation, at_commit)
    with connection.cursor() as cursor:
        for table in ("accounts_invitationcode", "core_outboxmessage", "accounts_notification"):
            cursor.execute(f"select row_to_json(t) from {table} t")
            assert all(code not in map(str, row.values()) for (row,) in cursor.fetchall())


def test_five_wrong_tries_kill_a_code_and_stay_counted(invite, at_commit):
    invitation, _ = invite()
    code = ask(invitation, at_commit)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(Refused, match="newest email"):
            services.accept(by=None, invitation=invitation, code=wrong)
    assert InvitationCode.objects.get().tries == 5
    with pytest.raises(Refused, match="too often"):
        services.accept(by=None, invitation=invitation, code=code)
    assert User.objects.count() == 0


def test_a_code_lasts_ten_minutes(invite, at_commit):
    with clock.travel(MOMENT):
        invitation, _ = invite()
        code = ask(invitation, at_commit)
    with clock.travel(MOMENT + timedelta(minutes=10)), pytest.raises(Refused, match="expired"):
        services.accept(by=None, invitation=invitation, code=code)
    with clock.travel(MOMENT + timedelta(minutes=9, seconds=59)):
        services.accept(by=None, invitation=invitation, code=code)


def test_only_the_newest_code_works(invite, at_commit):
    invitation, _ = invite()
    first = ask(invitation, at_commit)
    second = ask(invitation, at_commit)
    with pytest.raises(Refused):
        services.accept(by=None, invitation=invitation, code=first)
    services.accept(by=None, invitation=invitation, code=second)


def test_codes_are_limited_within_an_hour(invite, at_commit):
    with clock.travel(MOMENT):
        invitation, _ = invite()
        for _ in range(5):
            ask(invitation, at_commit)
        with pytest.raises(Refused, match="Wait an hour"):
            ask(invitation, at_commit)
    with clock.travel(MOMENT + timedelta(hours=1)):
        ask(invitation, at_commit)


def test_no_code_for_an_expired_or_ended_invitation(invite):
    with clock.travel(MOMENT):
        invitation, _ = invite()
    with clock.travel(MOMENT + services.INVITATION_LASTS), pytest.raises(WrongMoment):
        services.ask_for_code(by=None, invitation=invitation)
    services.close_invitations(purpose="test_request", subject="APP-1", by=None)
    with clock.travel(MOMENT), pytest.raises(WrongMoment):
        services.accept(by=None, invitation=invitation, code="123456")


def test_an_account_made_with_an_unproved_address_is_taken_over(invite, at_commit, person):
    squatter = person("sam@school.example")
    EmailAddress.objects.filter(user=squatter).update(verified=False)
    invitation, _ = invite()
    user = services.accept(by=None, invitation=invitation, code=ask(invitation, at_commit))
    user.refresh_from_db()
    assert user.pk == squatter.pk
    assert not user.has_usable_password()
    assert user.session_serial == 1


def test_a_known_person_keeps_password_and_roles(invite, at_commit, person):
    known = person("sam@school.example", Role.PARTICIPANT)
    invitation, _ = invite()
    user = services.accept(by=None, invitation=invitation, code=ask(invitation, at_commit))
    user.refresh_from_db()
    user.forget_roles()
    assert (user.pk, user.has_usable_password()) == (known.pk, True)
    assert user.roles == {Role.PARTICIPANT, Role.SPONSOR}


def test_a_closed_account_is_not_let_in_and_gets_no_role(invite, at_commit, person):
    closed = person("sam@school.example")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    invitation, _ = invite()
    code = ask(invitation, at_commit)
    with pytest.raises(Refused, match="closed"):
        services.accept(by=None, invitation=invitation, code=code)
    assert Membership.objects.count() == 0


def test_a_fresh_link_goes_to_the_same_address_and_keeps_who_came_in(invite, at_commit):
    invitation, _ = invite()
    user = services.accept(by=None, invitation=invitation, code=ask(invitation, at_commit))
    with at_commit():
        fresh = services.send_fresh_link(by=None, invitation=invitation)
    assert mail.outbox[-1].to == ["sam@school.example"]
    assert (fresh.serial, fresh.accepted_by) == (2, user)
    assert list(queries.subjects_open_to(user, "test_request")) == ["APP-1"]


def test_no_fresh_link_once_another_person_was_asked(invite):
    first, _ = invite()
    invite(email="other@school.example")
    with pytest.raises(WrongMoment):
        services.send_fresh_link(by=None, invitation=first)


def test_fresh_links_are_limited_within_a_day(invite):
    invitation, _ = invite()
    for _ in range(4):
        services.send_fresh_link(by=None, invitation=invitation)
    with pytest.raises(Refused, match="tomorrow"):
        services.send_fresh_link(by=None, invitation=invitation)


# Personas


def test_a_persona_is_made_once_for_each_person(person):
    user = person()
    services.make_persona(by=None, user=user, position=1, story="Applies.")
    services.make_persona(by=None, user=user, position=2, story="Applies again.")
    assert [(p.position, p.story) for p in queries.personas()] == [(2, "Applies again.")]
