"""What every signed-in request must satisfy: a session that is neither idle nor old, a second factor for staff.

None of it reads a table of its own: the session is loaded for signing in anyway.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core import clock, kept

GetResponse = Callable[[HttpRequest], HttpResponse]

IDLE = timedelta(minutes=30).total_seconds()
LONGEST = timedelta(hours=12).total_seconds()
NOTED_EVERY = timedelta(minutes=1).total_seconds()
SIGNED_IN_AT, SEEN_AT, ENDED = "signed_in_at", "seen_at", "session_ended"
ENDED_OF = "session_ended_of"
PERSONA = "demo_persona"


class SessionLimits:
    """Ends a session after 30 idle minutes or 12 hours; notes that it was used once a minute at most."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session and (why := self._over(session)):
            person = session[SESSION_KEY]
            session.flush()
            session[ENDED], session[ENDED_OF] = why, person
        response = self.get_response(request)
        if SESSION_KEY in session:
            self._note(session)
        return response

    @staticmethod
    def _over(session: Any) -> str:
        """'long' or 'idle' when the session is over, else ''."""
        now = clock.now().timestamp()
        if now - session.get(SIGNED_IN_AT, now) >= LONGEST:
            return "long"
        return "idle" if now - session.get(SEEN_AT, now) >= IDLE else ""

    @staticmethod
    def _note(session: Any) -> None:
        now = clock.now().timestamp()
        if SIGNED_IN_AT not in session:
            session[SIGNED_IN_AT] = session[SEEN_AT] = now
            session.pop(ENDED, None)
            session.pop(ENDED_OF, None)
        elif now - session[SEEN_AT] >= NOTED_EVERY:
            session[SEEN_AT] = now


class TypedTextSurvives:
    """A form sent after the session had ended is kept, and shown again after signing in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        person = request.session.get(ENDED_OF)
        by_script = "application/json" in request.headers.get("Accept", "")
        if request.method != "POST" or not person or by_script or request.user.is_authenticated:
            return
        if getattr(view, "login_required", True):
            kept.keep(request, person)


class RefusedForms:
    """A sign-in form that comes back with errors answers 422, as every other form of the portal does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if (
            request.method == "POST"
            and response.status_code == 200
            and getattr(form, "errors", None)
        ):
            response.status_code = 422
        return response


class SecondFactorForStaff:
    """A password alone leaves a staff session nowhere but the second-factor set-up and sign out."""

    SET_UP = "mfa_activate_totp"
    OPEN = frozenset({SET_UP, "account_reauthenticate", "account_logout"})
    OPEN_IN_DEMO = frozenset({"accounts:personas", "accounts:sign_in_as", "accounts:mail"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and self._view_name(request) == self.SET_UP:
            self._note_set_up(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or has_second_factor(request):
            return None
        if not request.user.is_staff_role:
            return None
        name = self._view_name(request)
        if name in self.OPEN or (settings.DEMO and name in self.OPEN_IN_DEMO):
            return None
        return HttpResponseRedirect(reverse(self.SET_UP))

    @staticmethod
    def _view_name(request: HttpRequest) -> str:
        return request.resolver_match.view_name if request.resolver_match else ""

    @staticmethod
    def _note_set_up(request: HttpRequest) -> None:
        """Who has just set up a second factor has shown it in this session."""
        user = request.user
        if (
            user.is_authenticated
            and not has_second_factor(request)
            and is_mfa_enabled(user, [Authenticator.Type.TOTP])
        ):
            record_authentication(request, user, "mfa", type=Authenticator.Type.TOTP.value)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session showed a second factor; in demo mode also one opened from the persona page."""
    user: Any = request.user
    if settings.DEMO and request.session.get(PERSONA) == user.reference:
        return True
    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" for record in records)
