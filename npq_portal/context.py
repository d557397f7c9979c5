"""What every page's frame needs: the provider's name, the navigation, the demo banner."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.states import Role


def page_furniture(request: HttpRequest) -> dict[str, Any]:
    """Names and navigation for base.html; reads no table beyond the person's own roles."""
    return {
        "provider_name": settings.PROVIDER_NAME,
        "service_name": settings.SERVICE_NAME,
        "demo_mode": settings.DEMO,
        "nav_items": _navigation(request),
    }


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    user: Any = getattr(request, "user", None)
    rows: list[tuple[str, str]] = []
    signed_in = user is not None and user.is_authenticated
    if signed_in:
        rows.append(("Home", reverse("home")))
        if user.holds(Role.ADMINISTRATOR):
            rows.append(("Applications", reverse("applications:list")))
            rows.append(("Enrolments", reverse("programmes:enrolments")))
            rows.append(("Scripts", reverse("assessment:scripts")))
        if user.holds(Role.PARTICIPANT):
            rows.append(("Your submissions", reverse("assessment:tasks")))
        if user.holds(Role.REGIONAL_MODERATOR):
            rows.append(("Referrals", reverse("applications:referrals")))
        if user.holds(Role.ASSESSOR):
            rows.append(("Marking", reverse("assessment:marking_list")))
        if user.holds(Role.ADMINISTRATOR, Role.QUALITY_AGENT):
            rows.append(("Figures", reverse("quality:dashboard")))
        if user.holds(Role.ADMINISTRATOR):
            rows.append(("More", reverse("provider")))
    if not signed_in:
        rows.append(("Programmes", reverse("programmes:cohorts")))
    rows.append(("Framework", reverse("frameworks:levels")))
    if signed_in:
        rows.append(("Your account", reverse("accounts:account")))
    return [{"text": text, "href": href, "current": request.path == href} for text, href in rows]
