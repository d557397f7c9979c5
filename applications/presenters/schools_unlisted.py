"""What staff are told of a school that is not in the Department's list (A1, G3)."""

from accounts.models import User
from applications.models import Application
from applications.presenters import tasks
from applications.presenters.parts import Action, Panel
from applications.states import LIVE


def panel(application: Application, user: User) -> Panel | None:
    """The school as it was typed, and matching it; None where the school is a listed one."""
    if application.school_id or not application.school_typed:
        return None
    may_match = application.status in LIVE and user.has_perm(
        "applications.match_school", application
    )
    return Panel(
        title="The school is not listed",
        template="applications/panels/schools_unlisted.html",
        context={
            "name": application.school_typed,
            "postcode": application.school_typed_postcode,
            "may_match": may_match,
        },
        actions=(Action("Match the school", tasks.url("match_school", application)),)
        if may_match
        else (),
    )
