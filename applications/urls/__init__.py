"""Addresses of the applications room: references only, never a primary key.

The parts of the room that came with their own pages have their own lists.
"""

from django.urls import path

from applications.urls import decisions, readiness
from applications.views import applicant, referral, sponsor, staff

app_name = "applications"
urlpatterns = [
    *decisions.urlpatterns,
    *readiness.urlpatterns,
    path("apply/", applicant.Mine.as_view(), name="mine"),
    path("apply/cohort/<str:reference>/", applicant.Start.as_view(), name="start"),
    path("apply/thank-you/", sponsor.Told.as_view(), name="told"),
    path("apply/<str:reference>/", applicant.Page.as_view(), name="application"),
    path("apply/<str:reference>/school/", applicant.School.as_view(), name="school"),
    path("apply/<str:reference>/about-you/", applicant.Details.as_view(), name="details"),
    path("apply/<str:reference>/areas/<int:number>/", applicant.ScoreArea.as_view(), name="area"),
    path("apply/<str:reference>/strengths/", applicant.ChooseStrengths.as_view(), name="strengths"),
    path(
        "apply/<str:reference>/strengths/<int:number>/",
        applicant.WriteStrength.as_view(),
        name="strength",
    ),
    path(
        "apply/<str:reference>/name-sponsor/", applicant.NameSponsor.as_view(), name="name_sponsor"
    ),
    path("apply/<str:reference>/send/", applicant.Send.as_view(), name="send"),
    path("apply/<str:reference>/sent/", applicant.Sent.as_view(), name="sent"),
    path("apply/<str:reference>/withdraw/", applicant.Withdraw.as_view(), name="withdraw"),
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
    path("apply/<str:reference>/contact/", referral.LogContact.as_view(), name="log_contact"),
    path(
        "apply/<str:reference>/return-to-sponsor/",
        referral.ReturnToSponsor.as_view(),
        name="return_to_sponsor",
    ),
    path("applications/", staff.Applications.as_view(), name="list"),
    path("referrals/", referral.Referrals.as_view(), name="referrals"),
]
