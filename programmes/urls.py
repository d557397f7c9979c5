"""Addresses of the programmes room."""

from django.urls import path

from programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.Cohorts.as_view(), name="cohorts"),
    path("enrolments/", views.Enrolments.as_view(), name="enrolments"),
    path("enrolments/<str:reference>/", views.Page.as_view(), name="enrolment"),
    path("enrolments/<str:reference>/commence/", views.Commence.as_view(), name="commence"),
]
