"""From the self-check to an application (A1, A11)."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from applications import queries
from applications.models import Application
from applications.services.applying import start
from applications.services.writing import score_areas
from applications.states import ApplicationStatus
from programmes.models import Cohort


@transaction.atomic
def start_with_scores(
    *, by: User, cohort: Cohort, scores: Mapping[int, int]
) -> tuple[Application, int]:
    """Begin an application with scores by area number, or go on with the one there is (A11).

    Scores are brought only to areas that have none in an application not yet sent. Gives the application and
    how many were brought; done again it brings none.
    """
    User.objects.select_for_update().get(pk=by.pk)
    application = queries.live_application(by, cohort) or start(by=by, cohort=cohort)
    if application.status != ApplicationStatus.DRAFT:
        return application, 0
    scored = set(application.area_scores.values_list("area__number", flat=True))
    brought = {number: score for number, score in scores.items() if number not in scored}
    if brought:
        score_areas(by=by, application=application, scores=brought)
    return application, len(brought)
