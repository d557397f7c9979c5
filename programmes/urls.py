"""Addresses of the programmes room."""

from django.urls import path

from programmes.views import cohorts, enrolments

app_name = "programmes"
urlpatterns = [
    path("programmes/", cohorts.Cohorts.as_view(), name="cohorts"),
    path("enrolments/", enrolments.Enrolments.as_view(), name="enrolments"),
    path("enrolments/<str:reference>/", enrolments.Page.as_view(), name="enrolment"),
    path("enrolments/<str:reference>/commence/", enrolments.Commence.as_view(), name="commence"),
]
