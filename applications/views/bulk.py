"""One thing done to several applications: choose it, see what would happen to each, do it, see what became of it."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from applications.forms.bulk import Asked
from applications.policies.bulk import MOST
from applications.presenters import bulk as words
from applications.presenters.places import cohort_choices
from applications.queries import bulk as rows
from applications.services import bulk as services
from applications.services.bulk import PERMISSIONS, Action, Done
from core import clock
from core.models import HandledForm
from core.views import ActionView, PageView
from programmes import queries as programmes
from programmes.models import Cohort

KEPT = "bulk results"
KEPT_RESULTS = 3


class Bulk(ActionView):
    """The list posts what was ticked here; from then on the address says what is asked."""

    template_name = "applications/bulk.html"
    permission = "applications.list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.asked = Asked.of(request.POST if request.method == "POST" else request.GET)
        if self.asked.action:
            # What it asks of each application is asked row by row.
            self.permission = PERMISSIONS[self.asked.action]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "do" not in request.POST or not self._is_whole():
            return HttpResponseRedirect(f"{reverse('applications:bulk')}?{self.asked.query()}")
        key = self._key() or uuid.uuid4()
        result = reverse("applications:bulk_result", args=[key])
        try:
            with transaction.atomic():
                HandledForm.objects.create(
                    key=key, sender=getattr(self.user, "reference", ""), location=result
                )
        except IntegrityError:
            return HttpResponseRedirect(result)  # sent twice: carried out once
        applications = rows.chosen(self.user, self.asked.references)
        done = services.carry_out(
            by=self.user,
            action=self.asked.action,  # type: ignore[arg-type]  # a whole one has it
            previewed=[
                (each, request.POST.get(f"mark_{each.reference}", "")) for each in applications
            ],
            cohort=self._cohort(),
            route=self.asked.route,
        )
        kept = dict(list(request.session.get(KEPT, {}).items())[1 - KEPT_RESULTS :])
        kept[str(key)] = [[each.reference, each.done, each.says] for each in done]
        request.session[KEPT] = kept
        return HttpResponseRedirect(result)

    def _is_whole(self) -> bool:
        """Whether everything that the action needs is said."""
        needs = {Action.MOVE: self._cohort() is not None, Action.FUND: bool(self.asked.route)}
        return self.asked.action is not None and needs.get(self.asked.action, True)

    def _cohort(self) -> Cohort | None:
        found = programmes.cohorts_with_places().filter(reference=self.asked.cohort)
        return found.first() if self.asked.cohort else None

    def context(self) -> dict[str, Any]:
        asked, applications = self.asked, rows.chosen(self.user, self.asked.references)
        cohort = self._cohort() if asked.action == Action.MOVE else None
        context: dict[str, Any] = {
            "asked": asked,
            "applications": applications,
            "heading": words.HEADINGS[asked.action] if asked.action else "Several applications",
            "too_many": len(asked.references) > MOST,
            "most": MOST,
            "cohort": cohort,
            "back": reverse("applications:list"),
            "again": f"{reverse('applications:bulk')}?{asked.query(action='', cohort='', route='')}",
        }
        if not applications:
            return context
        if asked.action is None:
            return context | {"choices": words.CHOICES, "name": "action", "asks": "What to do"}
        if asked.action == Action.MOVE and cohort is None:
            cohorts = cohort_choices(self._cohorts(applications[0].level_id))
            choices = [(value, text, "") for value, text in cohorts]
            return context | {"choices": choices, "name": "cohort", "asks": "Which cohort"}
        if asked.action == Action.FUND and not asked.route:
            return context | {"choices": words.ROUTES, "name": "route", "asks": "Who pays"}
        found = services.preview(
            by=self.user,
            action=asked.action,
            applications=applications,
            cohort=cohort,
            route=asked.route,
        )
        number = sum(each.line.allowed for each in found)
        return context | {
            "rows": words.rows(found, counts_places=asked.action == Action.CONFIRM),
            "lead": words.lead(asked.action, found),
            "number": number,
            "button": words.button(asked.action, number),
            "counts_places": asked.action == Action.CONFIRM,
        }

    @staticmethod
    def _cohorts(level: int) -> list[Cohort]:
        cohorts = programmes.cohorts_with_places().filter(level=level, starts_on__gt=clock.today())
        return list(cohorts.order_by("starts_on", "pk")[:50])


class Result(PageView):
    """What became of each application."""

    template_name = "applications/bulk_result.html"
    permission = "applications.list"

    def context(self) -> dict[str, Any]:
        kept = self.request.session.get(KEPT, {}).get(str(self.kwargs["key"]), [])
        done = [Done(*each) for each in kept]
        found = rows.chosen(self.user, [each.reference for each in done])
        known = {each.reference: each for each in found}
        return {
            "rows": words.result_rows(done, known),
            "lead": words.result_lead(done),
        }
