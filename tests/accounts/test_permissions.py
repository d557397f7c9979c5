"""Predicates of roles: each is true for its role and no other."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import permissions
from accounts.states import Role

PREDICATES = {
    Role.ADMINISTRATOR: permissions.is_administrator,
    Role.ASSESSOR: permissions.is_assessor,
    Role.MODERATOR: permissions.is_moderator,
    Role.REGIONAL_MODERATOR: permissions.is_regional_moderator,
    Role.TUTOR: permissions.is_tutor,
    Role.QUALITY_AGENT: permissions.is_quality_agent,
    Role.PARTICIPANT: permissions.is_participant,
    Role.SPONSOR: permissions.is_sponsor,
}


def test_every_role_has_its_predicate():
    assert set(PREDICATES) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_a_predicate_is_true_for_its_role_only(person, role):
    user = person("x@school.example", role)
    assert {each for each, is_it in PREDICATES.items() if is_it(user)} == {role}
    user.is_active = False
    assert not any(is_it(user) for is_it in PREDICATES.values())


def test_nobody_who_is_signed_out_holds_a_role():
    assert not any(is_it(AnonymousUser()) for is_it in PREDICATES.values())
