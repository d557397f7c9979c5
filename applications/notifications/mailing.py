"""How every mail about an application is made: one template, once for each effect."""

from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.notifications import send_mail
from applications.models import Application


def mail(application: Application, template: str, key: str, to: User, **context: Any) -> None:
    """Send templates/mail/applications/<template> to somebody about an application, once for each `key`."""
    send_mail(
        to=to,
        template=f"applications/{template}",
        key=f"applications.{template}:{key}",
        context={
            "application": application,
            "applicant": application.applicant,
            "level": application.level,
            "cohort": application.cohort,
            "link": settings.BASE_URL + application.get_absolute_url(),
            **context,
        },
    )
