"""What the room's parts tell an applicant of their own application: its next step, beside where it is."""

from collections.abc import Iterator

from applications.models import Application
from applications.presenters import decisions, mail, places, referral
from applications.presenters.parts import Step


def own_steps(application: Application) -> Iterator[Step]:
    """What there is for this applicant to do or to know now, the most pressing first."""
    for part in (mail, places, decisions, referral):
        step = part.own_step(application)
        if step is not None:
            yield step
