"""The demonstration's own pages: be somebody with one click, read what was mailed. 404 outside demo mode."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from accounts import mailbox, presenters, queries
from accounts.middleware import PERSONA
from core.views import PageView

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class DemoPage(PageView):
    """Exists in demo mode only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Personas(DemoPage):
    """Whom a visitor may be."""

    template_name = "accounts/personas.html"

    def context(self) -> dict[str, Any]:
        return {"groups": presenters.personas_by_role(list(queries.personas()))}


@method_decorator(login_not_required, name="dispatch")
class SignInAs(DemoPage):
    """Be a persona: whoever was signed in here is signed out first."""

    http_method_names = ["post", "options"]
    lookup = "user__reference"

    def scope(self) -> Any:
        return queries.personas().filter(user__is_active=True)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        logout(request)
        person = self.object.user
        login(request, person, backend=BACKEND)
        request.session.set_expiry(0)
        request.session[PERSONA] = person.reference
        return HttpResponseRedirect(reverse("home"))


@method_decorator(login_not_required, name="dispatch")
class Mail(DemoPage):
    """The newest mails that the portal sent to anybody."""

    template_name = "accounts/mail.html"

    def context(self) -> dict[str, Any]:
        folder = getattr(settings, "EMAIL_FILE_PATH", None)
        return {"mails": mailbox.newest(Path(folder)) if folder else []}
