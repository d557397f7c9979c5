"""Mails about one application: for staff how far each came, for the applicant whether their sponsor was reached."""

from urllib.parse import urlencode

from django.urls import reverse

from accounts import presenters as accounts
from accounts import queries as people
from accounts.models import User
from accounts.states import MailState
from applications.models import Application
from applications.presenters.parts import Action, Panel, Step
from applications.queries import chasing
from applications.states import ApplicationStatus

MOST = 10


def sponsor_address_trouble(application: Application) -> str:
    """One sentence for the applicant when our last mail to their sponsor did not get there; '' otherwise."""
    mail = chasing.mail_that_came_back(application)
    if mail is None:
        return ""
    if mail.state == MailState.BOUNCED:
        return f"We could not deliver our email to {mail.to_email}: check the address."
    return (
        f"Our email to {mail.to_email} has not gone out yet. We are looking into it; you can also "
        "tell your sponsor yourself."
    )


def own_step(application: Application) -> Step | None:
    """What the applicant can do when their sponsor was not reached."""
    trouble = sponsor_address_trouble(application)
    if not trouble:
        return None
    url = reverse("applications:name_sponsor", args=[application.reference])
    return Step(trouble, [Action("Correct the address or name another sponsor", url, "primary")])


def panel(application: Application, user: User) -> Panel | None:
    """The newest mails about it with their states, for whoever may read mail."""
    if not user.has_perm("accounts.read_mail"):
        return None
    mails = people.mails_about(application.reference, MOST + 1)
    every = f"{reverse('accounts:messages')}?{urlencode({'words': application.reference})}"
    addresses = chasing.sponsor_addresses(application)
    awaited = application.status == ApplicationStatus.WITH_SPONSOR
    last = next((each for each in mails if awaited and each.to_email in addresses), None)
    came_back = last is not None and last.state in (MailState.BOUNCED, MailState.FAILED)
    return Panel(
        "Mail",
        "applications/panels/mail.html",
        {
            "rows": [accounts.mail_row(each) for each in mails[:MOST]],
            "unreached": last.to_email if last and came_back else "",
            "sponsor": application.sponsor_name,
            "applicant": application.applicant.first_name,
        },
        [Action("All mail about this application", every, "link")] if len(mails) > MOST else (),
    )
