"""Addresses of the applications room: references only, never a primary key.

The parts of the room that came with their own pages have their own lists.
"""

from django.urls import path

from applications.urls import (
    bulk,
    decisions,
    desk,
    form,
    funding,
    people,
    places,
    readiness,
    referral,
    selfcheck,
)
from applications.views import applicant, sponsor

app_name = "applications"
urlpatterns = [
    *selfcheck.urlpatterns,
    *decisions.urlpatterns,
    *desk.urlpatterns,
    *funding.urlpatterns,
    *people.urlpatterns,
    *bulk.urlpatterns,
    *places.urlpatterns,
    *readiness.urlpatterns,
    *referral.urlpatterns,
    *form.of_no_application,
    path("apply/", applicant.Mine.as_view(), name="mine"),
    path("apply/cohort/<str:reference>/", applicant.Start.as_view(), name="start"),
    path("apply/thank-you/", sponsor.Told.as_view(), name="told"),
    path("apply/<str:reference>/", applicant.Page.as_view(), name="application"),
    *form.urlpatterns,
    path("sponsoring/", sponsor.Sponsored.as_view(), name="sponsored"),
    path("sponsoring/<str:reference>/begin/", sponsor.BeginAnswer.as_view(), name="begin_answer"),
    path("apply/<str:reference>/sponsor/", sponsor.Landing.as_view(), name="sponsor"),
    path("apply/<str:reference>/sponsor/scores/", sponsor.Endorse.as_view(), name="endorse"),
    path("apply/<str:reference>/sponsor/statements/", sponsor.Verify.as_view(), name="verify"),
    path(
        "apply/<str:reference>/sponsor/behaviours/<int:position>/",
        sponsor.ScoreBehaviour.as_view(),
        name="behaviour",
    ),
    path("apply/<str:reference>/sponsor/sign/", sponsor.Sign.as_view(), name="sign"),
    path(
        "apply/<str:reference>/sponsor/cannot/",
        sponsor.Cannot.as_view(),
        name="decline_to_sponsor",
    ),
]
