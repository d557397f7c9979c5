"""What the applicant's form asks of the database besides what they wrote."""

from applications.models import Application, Return
from applications.states import ReturnedTo


def open_return(application: Application) -> Return | None:
    """The moderator's request for more that the applicant has not answered (A8)."""
    return application.returns.filter(to=ReturnedTo.APPLICANT, came_back_at=None).first()
