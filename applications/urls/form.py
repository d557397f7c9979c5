"""Addresses of the applicant's form, and of what belongs to it."""

from django.urls import path

from applications.views import applicant, equality, form, schools_unlisted, writing

# Before the addresses of one application, whose reference would match these words too.
of_no_application = [
    path("apply/count-words/", writing.CountWords.as_view(), name="count_words"),
]
urlpatterns = [
    path("apply/<str:reference>/school/", form.School.as_view(), name="school"),
    path(
        "apply/<str:reference>/school/not-listed/",
        form.SchoolNotListed.as_view(),
        name="school_not_listed",
    ),
    path("apply/<str:reference>/about-you/", form.Details.as_view(), name="details"),
    path(
        "apply/<str:reference>/funding-route/",
        form.FundingRoute.as_view(),
        name="funding_route",
    ),
    path("apply/<str:reference>/areas/<int:number>/", form.ScoreArea.as_view(), name="area"),
    path("apply/<str:reference>/strengths/", form.ChooseStrengths.as_view(), name="strengths"),
    path(
        "apply/<str:reference>/strengths/<int:number>/",
        form.WriteStrength.as_view(),
        name="strength",
    ),
    path(
        "apply/<str:reference>/strengths/<int:number>/keep/",
        writing.KeepStrength.as_view(),
        name="keep_strength",
    ),
    path("apply/<str:reference>/name-sponsor/", form.NameSponsor.as_view(), name="name_sponsor"),
    path("apply/<str:reference>/equality/", equality.Equality.as_view(), name="equality"),
    path("apply/<str:reference>/send/", applicant.Send.as_view(), name="send"),
    path("apply/<str:reference>/send-back/", applicant.SendBack.as_view(), name="send_back"),
    path("apply/<str:reference>/sent/", applicant.Sent.as_view(), name="sent"),
    path("apply/<str:reference>/withdraw/", applicant.Withdraw.as_view(), name="withdraw"),
    path(
        "apply/<str:reference>/match-school/",
        schools_unlisted.MatchSchool.as_view(),
        name="match_school",
    ),
]
