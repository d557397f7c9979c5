"""What an invited person meets: who asks for what, a code by mail, and in; or why the link is dead.

Reading a link changes nothing, and nobody who is signed in already is bound to another's invitation.
"""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views import View

from accounts import forms, invitations, policies, presenters, queries, services
from accounts.models import Invitation
from accounts.policies import Link
from core import clock
from core.errors import Refused, WrongMoment


@method_decorator(login_not_required, name="dispatch")
class InvitedView(View):
    """Finds the invitation of a link; a dead one has its own page, an unknown one is not found."""

    invitation: Invitation
    link: Link

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = queries.invitation_of(invitations.hash_of(kwargs["token"]))
        if found is None:
            return self.page("accounts/invitation_unknown.html", status=404)
        self.invitation = found
        self.link = policies.link_state(found.status, found.expires_at, clock.now())
        response = self.respond(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def respond(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page of a working link; overridden where a dead link is what it is about."""
        if self.link is not Link.OPEN:
            return self.dead()
        if self.signed_in_as_another():
            return self.page("accounts/invitation_other_person.html", status=409)
        return super().dispatch(request, *args, **kwargs)

    def signed_in_as_another(self) -> bool:
        user: Any = self.request.user
        return user.is_authenticated and user.email != self.invitation.email

    def dead(self) -> HttpResponse:
        """410 with the reason, and a fresh link where one is still wanted at the same address."""
        words = presenters.dead_link(
            self.link, can_send=queries.can_have_fresh_link(self.invitation)
        )
        return self.page("accounts/invitation_dead.html", status=410, **words)

    def purpose(self) -> invitations.Purpose:
        """What the invitation is about, in the words of the room that asked."""
        registered = invitations.purpose(self.invitation.purpose)
        return registered.describe(self.invitation.subject)

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        if hasattr(self, "invitation"):
            context["address"] = presenters.masked(self.invitation.email)
        context["token"] = self.kwargs["token"]
        return render(self.request, template, context, status=status)

    def to(self, name: str) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(f"accounts:{name}", args=[self.kwargs["token"]]))

    def refused(self, refusal: Refused) -> HttpResponse:
        """Too many asked for: said plainly, with the status that says so."""
        return self.page("accounts/invitation_wait.html", status=429, message=str(refusal))


class Invited(InvitedView):
    """Who asks for what and how long it takes."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(
            "accounts/invitation.html", purpose=self.purpose(), invitation=self.invitation
        )


class AskForCode(InvitedView):
    """Mails a code and leads to the page where it is entered."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            services.ask_for_code(by=None, invitation=self.invitation)
        except Refused as refusal:
            return self.refused(refusal)
        except WrongMoment:
            return self.dead()
        return self.to("invitation_code")


class EnterCode(InvitedView):
    """The code lets the invited person in, past their own second factor where they have one."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page("accounts/invitation_code.html", form=forms.InvitationCode())

    def post(self, request: HttpRequest, token: str) -> Any:
        form = forms.InvitationCode(request.POST)
        if form.is_valid():
            try:
                return self.let_in(form.cleaned_data["code"])
            except Refused as refusal:
                for reason in refusal.reasons:
                    form.add_error(reason.field or None, reason.text)
            except WrongMoment:
                return self.to("invitation")
        return self.page("accounts/invitation_code.html", status=422, form=form)

    def let_in(self, code: str) -> Any:
        user = services.accept(by=None, invitation=self.invitation, code=code)
        record_authentication(self.request, user, method="code", email=user.email)
        self.request.session.set_expiry(0)
        return perform_login(
            self.request, Login(user=user, email=user.email, redirect_url=self.purpose().url)
        )


class SendFreshLink(InvitedView):
    """Mails a new link to the address that the dead one went to."""

    http_method_names = ["post", "options"]

    def respond(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return View.dispatch(self, request, *args, **kwargs)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if self.link is Link.OPEN or not queries.can_have_fresh_link(self.invitation):
            return self.to("invitation")
        try:
            services.send_fresh_link(by=None, invitation=self.invitation)
        except Refused as refusal:
            return self.refused(refusal)
        except WrongMoment:
            return self.to("invitation")
        return self.page("accounts/invitation_sent.html")
