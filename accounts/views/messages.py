"""The administrator's pages of mail: what was sent and how far it came, what each template says, what was given up."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from accounts import notifications, presenters, queries, services
from accounts.forms import MailFilter, TryAgain
from accounts.models import Notification
from accounts.states import MAIL
from core import outbox
from core.models import OutboxMessage
from core.views import ActionView, PageView


class Messages(PageView):
    """Every mail, the newest first."""

    template_name = "accounts/mail_list.html"
    permission = "accounts.read_mail"

    def context(self) -> dict[str, Any]:
        filters = MailFilter(self.request.GET)
        asked = filters.asked()
        after = self.request.GET.get("after", "")
        rows, last = queries.page_of_messages(
            queries.messages_found(queries.messages(), **asked), after=after
        )
        kept = {name: value for name, value in asked.items() if value}
        here = reverse("accounts:messages")
        return {
            "filters": filters,
            "rows": [presenters.mail_row(each) for each in rows],
            "is_filtered": bool(kept),
            "newer": f"{here}?{urlencode(kept)}" if after else "",
            "older": f"{here}?{urlencode(kept | {'after': last})}" if last else "",
            "given_up": outbox.dead().count(),
        }


class Message(PageView):
    """One mail: to whom, about what, how far it came, and what it says."""

    template_name = "accounts/mail_message.html"
    permission = "accounts.read_mail"

    def scope(self) -> QuerySet[Notification]:
        return Notification.objects.select_related("to_user")

    def context(self) -> dict[str, Any]:
        return {
            **presenters.mail_row(self.object),
            "facts": presenters.mail_facts(self.object),
            "timeline": presenters.mail_timeline(self.object),
            "paragraphs": presenters.paragraphs(self.object.text),
            "may_try_again": MAIL.allows("try_again", self.object.state)
            and bool(self.object.promise),
        }


class TryMailAgain(ActionView):
    """The button that sends a mail again which came back or could not be sent."""

    form_class = TryAgain
    permission = "accounts.read_mail"
    template_name = "accounts/mail_message.html"
    http_method_names = ["post", "options"]

    def scope(self) -> QuerySet[Notification]:
        return Notification.objects.select_related("to_user")

    def context(self) -> dict[str, Any]:
        return {**presenters.mail_row(self.object), "facts": presenters.mail_facts(self.object)}

    def act(self, form: TryAgain) -> str:
        services.try_again(by=self.user, notification=self.object)
        return reverse("accounts:message", args=[self.object.reference])


class MailTemplates(PageView):
    """Every mail that the portal can write, by the room it comes from."""

    template_name = "accounts/mail_templates.html"
    permission = "accounts.read_mail"

    def context(self) -> dict[str, Any]:
        return {"groups": presenters.mail_samples()}


class MailTemplate(PageView):
    """One of them, as a made-up person would get it."""

    template_name = "accounts/mail_template.html"
    permission = "accounts.read_mail"

    def context(self) -> dict[str, Any]:
        name = self.kwargs["template"]
        if name not in notifications.sampled():
            raise Http404
        return presenters.mail_sample(name)


class DeadLetters(PageView):
    """What the portal promised and gave up after its last attempt."""

    template_name = "accounts/mail_given_up.html"
    permission = "accounts.read_mail"

    def context(self) -> dict[str, Any]:
        return {"rows": [presenters.given_up(each) for each in outbox.dead()[:50]]}


class Revive(ActionView):
    """The button that lets the portal try once more what it gave up."""

    form_class = TryAgain
    permission = "accounts.read_mail"
    template_name = "accounts/mail_given_up.html"
    http_method_names = ["post", "options"]
    lookup = "key"

    def scope(self) -> QuerySet[OutboxMessage]:
        return OutboxMessage.objects.all()

    def act(self, form: TryAgain) -> str:
        services.revive(by=self.user, message=self.object)
        return reverse("accounts:dead_letters")
