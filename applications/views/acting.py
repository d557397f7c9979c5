"""What staff do with one application, a page for each verb: open only at the moments its state allows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications import queries
from applications.models import Application
from applications.states import APPLICATION
from core.errors import WrongMoment
from core.views import ActionView
from programmes import queries as programmes


class StaffAction(ActionView):
    """A step towards a decision on one application; at a wrong moment its page answers 409 with words."""

    template_name = "applications/decide.html"
    permission = "applications.decide"
    verb = ""
    heading = ""
    lead = ""

    def scope(self) -> QuerySet[Application]:
        return queries.visible_to(self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            APPLICATION.target(self.verb, self.object.status)
        except WrongMoment as refusal:
            return render(request, "409.html", {"message": refusal.message}, status=409)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            "back": self.object.get_absolute_url(),
            "heading": self.heading,
            "lead": self.lead,
            "places": programmes.places_left(self.object.cohort),
        }
