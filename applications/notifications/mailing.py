"""How every mail about an application is made: one template, once for each effect."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.notifications import send_mail
from applications.models import Application


def mail(
    application: Application,
    template: str,
    key: str,
    to: User | str,
    secrets: Mapping[str, str] | None = None,
    **context: Any,
) -> None:
    """Send templates/mail/applications/<template> to somebody about an application, once for each `key`.

    `secrets` are words by name that the kept copy does not show, such as a link that lets somebody in.
    """
    send_mail(
        to=to,
        template=f"applications/{template}",
        key=f"applications.{template}:{key}",
        about=application.reference,
        secrets=secrets,
        context=words(application) | context,
    )


def words(application: Application) -> dict[str, Any]:
    """What every text about an application may name."""
    return {
        "application": application,
        "applicant": application.applicant,
        "level": application.level,
        "cohort": application.cohort,
        "link": settings.BASE_URL + application.get_absolute_url(),
    }
