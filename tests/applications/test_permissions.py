"""Who may do what, read aloud."""

import pytest

from accounts.states import Role
from applications import permissions
from applications.visibility import Relation
from tests.applications import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ROLES = [*Role]


def holders(permission, application=None):
    """The roles whose holder, otherwise a stranger, has the permission."""
    return {role for role in ROLES if steps.make_person(role).has_perm(permission, application)}


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        ("applications.list", {Role.ADMINISTRATOR}),
        ("applications.referrals", {Role.REGIONAL_MODERATOR}),
        ("applications.manage_moderators", {Role.ADMINISTRATOR}),
    ],
)
def test_roles_alone(permission, expected):
    assert holders(permission) == expected


def test_roles_and_the_application():
    ready, referred = steps.application_at("ready"), steps.application_at("referred")
    assert holders("applications.confirm", ready) == {Role.ADMINISTRATOR}
    assert holders("applications.decide", ready) == set()
    assert holders("applications.decide", referred) == set()
    assert referred.moderator.has_perm("applications.decide", referred)
    assert not referred.moderator.has_perm("applications.decide", ready)
    assert holders("applications.assign_moderator", referred) == {Role.ADMINISTRATOR}
    assert holders("applications.answer", referred) == set()
    assert referred.sponsor.has_perm("applications.answer", referred)
    assert referred.applicant.has_perm("applications.write", referred)


def test_nobody_confirms_or_decides_on_themselves_or_whom_they_sponsor():
    both = (Role.ADMINISTRATOR, Role.REGIONAL_MODERATOR)
    own = steps.application_at("referred", applicant=steps.make_person(*both))
    sponsored = steps.application_at("referred", sponsor=steps.make_person(*both))
    for person, application in ((own.applicant, own), (sponsored.sponsor, sponsored)):
        assert not person.has_perm("applications.confirm", application)
        assert not person.has_perm("applications.decide", application)


def test_ones_own_comes_before_a_role():
    application = steps.application_at("referred", applicant=steps.make_person(Role.ADMINISTRATOR))
    relation = permissions.relation
    assert relation(application.applicant, application) == Relation.APPLICANT
    assert relation(application.sponsor, application) == Relation.SPONSOR
    assert relation(steps.make_person(Role.ADMINISTRATOR), application) == Relation.ADMINISTRATOR
    assert relation(application.moderator, application) == Relation.MODERATOR
    assert relation(steps.make_person(Role.REGIONAL_MODERATOR), application) == Relation.NOBODY
    assert relation(steps.make_person(Role.PARTICIPANT), application) == Relation.NOBODY
