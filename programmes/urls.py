"""Addresses of the programmes room."""

from django.urls import path

from programmes.views import cohorts, enrolments, schools

app_name = "programmes"
urlpatterns = [
    path("programmes/", cohorts.Cohorts.as_view(), name="cohorts"),
    path("programmes/<str:level>/", cohorts.Programme.as_view(), name="programme"),
    path("programmes/<str:level>/describe/", cohorts.Describe.as_view(), name="describe_programme"),
    path("cohorts/", cohorts.Desk.as_view(), name="desk"),
    path("cohorts/open/", cohorts.Open.as_view(), name="open_cohort"),
    path("cohorts/<str:reference>/", cohorts.Page.as_view(), name="cohort"),
    path("cohorts/<str:reference>/change/", cohorts.Change.as_view(), name="change_cohort"),
    path("cohorts/<str:reference>/close/", cohorts.Close.as_view(), name="close_cohort"),
    path("cohorts/<str:reference>/reopen/", cohorts.Reopen.as_view(), name="reopen_cohort"),
    path("enrolments/", enrolments.Enrolments.as_view(), name="enrolments"),
    path("enrolments/<str:reference>/", enrolments.Page.as_view(), name="enrolment"),
    path("enrolments/<str:reference>/commence/", enrolments.Commence.as_view(), name="commence"),
    path("enrolments/<str:reference>/withdraw/", enrolments.Withdraw.as_view(), name="withdraw"),
    path("enrolments/<str:reference>/defer/", enrolments.Defer.as_view(), name="defer"),
    path("enrolments/<str:reference>/resume/", enrolments.Resume.as_view(), name="resume"),
    path("enrolments/<str:reference>/cancel/", enrolments.Cancel.as_view(), name="cancel"),
    path("schools/imports/", schools.SchoolImports.as_view(), name="school_imports"),
    path("schools/imports/<str:reference>/", schools.Import.as_view(), name="school_import"),
]
