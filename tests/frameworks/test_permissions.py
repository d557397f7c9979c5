"""Who may enter a pass mark."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.states import Role
from frameworks import permissions
from tests.frameworks.people import person

PERMISSION = "frameworks.enter_pass_mark"


@pytest.mark.django_db
def test_only_the_provider_s_administrator_may_enter_a_pass_mark() -> None:
    allowed = [role for role in Role if person(role).has_perm(PERMISSION)]
    assert allowed == [Role.ADMINISTRATOR]


def test_nobody_unknown_may() -> None:
    assert not permissions.is_administrator(AnonymousUser())
