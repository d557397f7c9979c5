"""The front page and the way from 'home' to the page of one's role."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from core.views import PageView


@method_decorator(login_not_required, name="dispatch")
class Front(PageView):
    """What the portal is, for somebody who has not signed in."""

    template_name = "front.html"


class Home(PageView):
    """What waits for this person, by role."""

    template_name = "home.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.page()
