"""Addresses of referral: a moderator's queue and schools, regions and their people, what is asked of whom."""

from django.urls import path

from applications.views import referral

urlpatterns = [
    path("referrals/", referral.Referrals.as_view(), name="referrals"),
    path("referrals/stuck/", referral.Stuck.as_view(), name="stuck_referrals"),
    path("referrals/my-schools/", referral.MyInterests.as_view(), name="my_interests"),
    path(
        "referrals/my-schools/<str:urn>/remove/",
        referral.WithdrawMyInterest.as_view(),
        name="withdraw_my_interest",
    ),
    path("referrals/moderators/", referral.Moderators.as_view(), name="moderators"),
    path(
        "referrals/moderators/<slug:region>/",
        referral.CoverRegion.as_view(),
        name="cover_region",
    ),
    path(
        "referrals/moderators/<str:reference>/schools/",
        referral.Interests.as_view(),
        name="interests",
    ),
    path(
        "referrals/moderators/<str:reference>/schools/<str:urn>/remove/",
        referral.WithdrawInterest.as_view(),
        name="withdraw_interest",
    ),
    path("apply/<str:reference>/contact/", referral.LogContact.as_view(), name="log_contact"),
    path(
        "apply/<str:reference>/return-to-sponsor/",
        referral.ReturnToSponsor.as_view(),
        name="return_to_sponsor",
    ),
    path(
        "apply/<str:reference>/return-to-applicant/",
        referral.ReturnToApplicant.as_view(),
        name="return_to_applicant",
    ),
    path(
        "apply/<str:reference>/assign-moderator/",
        referral.AssignModerator.as_view(),
        name="assign_moderator",
    ),
]
