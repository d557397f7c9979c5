"""The front page, and the home of each role."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator

from accounts.states import Role
from core.views import PageView
from npq_portal import homes
from npq_portal.homes import desk


@method_decorator(login_not_required, name="dispatch")
class Front(PageView):
    """What the portal is, for somebody who has not signed in."""

    template_name = "front.html"


class Provider(PageView):
    """Everything that an administrator keeps in order."""

    template_name = "home/provider.html"
    permission = "applications.list"

    def context(self) -> dict[str, Any]:
        return {"parts": desk.parts()}


class Home(PageView):
    """What waits for this person. Who holds several roles has a home for each."""

    template_name = "home/index.html"

    def context(self) -> dict[str, Any]:
        held = homes.roles_of(self.user)
        wanted = self.kwargs.get("role")
        if wanted is not None and wanted not in held:
            raise Http404
        role = Role(wanted) if wanted else held[0]
        return {
            "home": homes.build(self.user, role),
            "role": role.label,
            "others": [
                {"text": each.label, "href": reverse("home_of", args=[each.value])}
                for each in held
                if each != role
            ],
        }
