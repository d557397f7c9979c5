"""The one translation between HTTP and services: PageView shows, ActionView does.

Out of scope answers 404, in scope but not permitted 403, the wrong moment 409 with words, a policy's
refusal or an invalid form 422 with an error summary and everything typed still there.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from core import kept
from core.decisions import Reason
from core.errors import Refused, Stale, WrongMoment
from core.models import HandledForm

# (choice) Far more than anybody types into one field; what is longer is refused, with everything kept.
MOST_LETTERS = 20_000


class PageView(View):
    """A page about one thing, or about none.

    `scope` gives the rows that this person may know of; `permission` is a django-rules name asked of the
    object (or of nothing where there is no scope); `context` returns what the template shows.
    """

    template_name: str
    permission: str = ""
    lookup = "reference"
    http_method_names = ["get", "head", "options"]
    object: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user: Any = request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        if self.permission and not self.user.has_perm(self.permission, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def scope(self) -> models.QuerySet[Any] | None:
        """The rows in this person's scope; None for a page about no row."""
        return None

    def get_object(self) -> Any:
        rows = self.scope()
        if rows is None:
            return None
        try:
            return rows.get(**{self.lookup: self.kwargs[self.lookup]})
        except rows.model.DoesNotExist as missing:
            raise Http404 from missing

    def context(self) -> dict[str, Any]:
        """What the template is given besides `object`."""
        return {}

    def page(self, status: int = 200, **extra: Any) -> HttpResponse:
        return render(
            self.request,
            self.template_name,
            {"object": self.object, **self.context(), **extra},
            status=status,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()


class ActionView(PageView):
    """A page with a form that calls one service.

    `act` calls it and returns where to go next. A form sent twice with one `idempotency_key` is carried out
    once, and the second sending leads to the first one's result.
    """

    form_class: type[forms.BaseForm] = forms.Form
    http_method_names = ["get", "head", "options", "post"]

    def act(self, form: Any) -> str:
        """Call the service as `self.user`; the URL to go to."""
        raise NotImplementedError

    def form_arguments(self) -> dict[str, Any]:
        """Keyword arguments for the form besides data and files."""
        return {}

    def get_form(self, *sent: Any) -> Any:
        return self.form_class(*sent, **self.form_arguments())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = kept.take(request)
        if typed is None:
            return self.page(form=self.get_form())
        messages.warning(
            request,
            "You were signed out before this was saved. What you typed is here: check it and send it again.",
        )
        return self.page(form=self.get_form(typed, None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = self._key()
        if key and (location := self._led_to(key)):
            return HttpResponseRedirect(location)
        form = self.get_form(request.POST, request.FILES)
        if not form.is_valid() or self._is_too_long(form):
            return self.page(status=422, form=form)
        try:
            return HttpResponseRedirect(self._carry_out(form, key))
        except WrongMoment as refusal:
            page = render(request, "errors/409.html", {"message": refusal.message}, status=409)
            return self._again_or(key, page)
        except Stale as refusal:
            return self.stale(form, refusal)
        except Refused as refusal:
            self._explain(form, refusal.reasons)
            return self.page(status=422, form=form)

    def stale(self, form: Any, refusal: Stale) -> HttpResponse:
        """Both versions on one page, so that nothing typed is lost."""
        context = {"message": refusal.message, "theirs": refusal.theirs, "yours": refusal.yours}
        return render(self.request, "errors/stale.html", context, status=409)

    @staticmethod
    def _is_too_long(form: Any) -> bool:
        """Whether a text is longer than anything a person types here; the form then says which."""
        for name, value in list(form.cleaned_data.items()):
            if isinstance(value, str) and len(value) > MOST_LETTERS:
                what = form.fields[name].label or "This text"
                form.add_error(name, f"{what}: use {MOST_LETTERS:,} characters or fewer")
        return bool(form.errors)

    def _key(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.request.POST.get("idempotency_key", ""))
        except ValueError:
            return None

    def _led_to(self, key: uuid.UUID) -> str:
        sender = getattr(self.user, "reference", "")
        done = HandledForm.objects.filter(key=key, sender=sender).first()
        return done.location if done else ""

    def _carry_out(self, form: Any, key: uuid.UUID | None) -> str:
        """One transaction: the effect and the note that this form was handled."""
        try:
            with transaction.atomic():
                handled = None
                if key:
                    sender = getattr(self.user, "reference", "")
                    handled = HandledForm.objects.create(key=key, sender=sender, location="")
                location = self.act(form)
                if handled:
                    handled.location = location
                    handled.save(update_fields=["location"])
                return location
        except IntegrityError:
            # The other sending of the same form was quicker: its result is this one's.
            if key and (location := self._led_to(key)):
                return location
            raise

    def _again_or(self, key: uuid.UUID | None, otherwise: HttpResponse) -> HttpResponse:
        location = self._led_to(key) if key else ""
        return HttpResponseRedirect(location) if location else otherwise

    @staticmethod
    def _explain(form: forms.BaseForm, reasons: Sequence[Reason]) -> None:
        for reason in reasons:
            form.add_error(reason.field if reason.field in form.fields else None, reason.text)
