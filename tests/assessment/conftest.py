"""What the assessment tests share: signing in as somebody, with the second factor that staff show."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.middleware import PERSONA
from accounts.models import User


@pytest.fixture
def signed_in(settings) -> Callable[[User], Client]:
    """A browser of somebody's; staff come in as from the persona page."""
    settings.DEMO = True

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PERSONA] = user.reference
        session.save()
        return client

    return sign_in
