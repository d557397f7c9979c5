"""Pages about places: the applicant's offer, a cohort's waiting list, moving somebody, undoing a lapse (A11)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications import queries, services
from applications.forms.applicant import ButtonForm
from applications.forms.places import MoveForm
from applications.forms.staff import ReasonForm
from applications.models import Application
from applications.policies import places as rules
from applications.presenters import places as words
from applications.queries import places as rows
from applications.states import APPLICATION
from applications.views.acting import StaffAction
from core import clock
from core.errors import WrongMoment
from core.templatetags.portal import plural
from core.views import ActionView, PageView
from programmes import queries as programmes
from programmes.models import Cohort

PAGE = 50


class OwnOffer(ActionView):
    """What an applicant does with an offer: only theirs, only while it is open."""

    permission = "applications.write"
    form_class = ButtonForm
    verb = ""

    def scope(self) -> QuerySet[Application]:
        return queries.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            APPLICATION.target(self.verb, self.object.status)
            if not words.stands(self.object):
                raise WrongMoment("This offer has ended, and the place goes to somebody else.")
        except WrongMoment as refusal:
            return render(request, "409.html", {"message": refusal.message}, status=409)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            "back": self.object.get_absolute_url(),
            "facts": words.offer_facts(self.object),
        }


class Offer(OwnOffer):
    """Accept the place that is kept, or go on to turn it down."""

    template_name = "applications/offer.html"
    verb = "take_up"

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Accept the place"}

    def act(self, form: ButtonForm) -> str:
        services.take_up(by=self.user, application=self.object)
        return str(self.object.get_absolute_url())


class TurnDown(OwnOffer):
    """Let somebody else have the place."""

    template_name = "applications/offer_turn_down.html"
    verb = "turn_down"

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Turn down the place", "warning": True}

    def act(self, form: ButtonForm) -> str:
        services.turn_down(by=self.user, application=self.object)
        return str(self.object.get_absolute_url())


class WaitingLists(PageView):
    """The cohorts where somebody waits for a place, has an offer or let one lapse."""

    template_name = "applications/waiting_lists.html"
    permission = "applications.manage_places"

    def context(self) -> dict[str, Any]:
        after = self.request.GET.get("after", "")
        cohorts = rows.cohorts_with_lists()
        last = Cohort.objects.filter(reference=after).first() if after else None
        if last:
            cohorts = cohorts.filter(
                Q(starts_on__gt=last.starts_on) | Q(starts_on=last.starts_on, pk__gt=last.pk)
            )
        found = list(cohorts[: PAGE + 1])
        return {
            "rows": [
                {
                    "cohort": each,
                    "url": words.list_url(each),
                    "left": programmes.places_left(each),
                    "has_started": not rules.takes_offers(
                        today=clock.today(), starts_on=each.starts_on
                    ),
                }
                for each in found[:PAGE]
            ],
            "older": f"?after={found[PAGE - 1].reference}" if len(found) > PAGE else "",
            "newer": "?" if last else "",
        }


class WaitingList(ActionView):
    """One cohort's waiting list in order and why, its offers, and 'offer the free places now'."""

    template_name = "applications/waiting_list.html"
    permission = "applications.manage_places"
    form_class = ButtonForm

    def scope(self) -> QuerySet[Cohort]:
        return programmes.cohorts_with_places()

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Offer the free places now"}

    def context(self) -> dict[str, Any]:
        cohort = self.object
        waiting, first, older = self._page()
        offers = list(rows.offers(cohort)[:PAGE])
        count = first - 1 + len(waiting)
        if older or not waiting:
            count = rows.waiting(cohort).count()
        left = programmes.places_left(cohort)
        takes_offers = rules.takes_offers(today=clock.today(), starts_on=cohort.starts_on)
        return {
            "lead": words.lead(cohort, waiting=count, offered=len(offers), today=clock.today()),
            "waiting": words.waiting_rows(waiting, first),
            "offers": words.offer_rows(offers),
            "lapsed": words.lapsed_rows(list(rows.lapsed(cohort)[:PAGE])),
            "may_fill": bool(count and left and takes_offers),
            "older": f"?after={older}" if older else "",
            "newer": "?" if first > 1 else "",
            "days": rules.OFFER_DAYS,
        }

    def _page(self) -> tuple[list[Application], int, str]:
        """A page of those who wait, the number of its first, and the reference to go on after."""
        found = rows.waiting(self.object)
        first = 1
        after = self.request.GET.get("after", "")
        last = found.filter(reference=after).first() if after else None
        if last:
            first = rows.ahead_of(last) + 2
            later = Q(waiting_since__gt=last.waiting_since) | Q(
                waiting_since=last.waiting_since, pk__gt=last.pk
            )
            same = Q(is_late=last.is_late) & later
            found = found.filter(same if last.is_late else same | Q(is_late=True))
        page = list(found[: PAGE + 1])
        return page[:PAGE], first, page[PAGE - 1].reference if len(page) > PAGE else ""

    def act(self, form: ButtonForm) -> str:
        offered = services.fill(by=self.user, cohort=self.object)
        said = f"{plural(len(offered), 'place')} offered. We have written to each person."
        messages.success(self.request, said if offered else "There was no place to offer.")
        return words.list_url(self.object)


class Move(StaffAction):
    """Let somebody who waits wait for another cohort of the level."""

    template_name = "applications/waiting_move.html"
    permission = "applications.manage_places"
    form_class = MoveForm
    verb = "move_to_cohort"

    def _cohorts(self) -> list[Cohort]:
        return list(rows.cohorts_to_move_to(self.object, clock.today())[:PAGE])

    def form_arguments(self) -> dict[str, Any]:
        return {"cohorts": words.cohort_choices(self._cohorts())}

    def act(self, form: MoveForm) -> str:
        cohort = Cohort.objects.get(reference=form.cleaned_data["cohort"])
        services.move_to_cohort(by=self.user, application=self.object, cohort=cohort)
        return words.list_url(cohort)


class UndoLapse(StaffAction):
    """Put somebody whose offer lapsed back where they waited."""

    permission = "applications.manage_places"
    form_class = ReasonForm
    verb = "undo_lapse"
    heading = "Put back on the waiting list"
    lead = "They go back to where they waited before, and we write to them. If a place is free it is offered at once."

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "Why do they go back on the list?",
            "hint": "Kept in the record. The applicant does not see this.",
            "missing": "Say why they go back on the waiting list",
            "button": "Put back on the waiting list",
        }

    def act(self, form: ReasonForm) -> str:
        services.undo_lapse(by=self.user, application=self.object, **form.cleaned_data)
        return words.list_url(self.object.cohort)
