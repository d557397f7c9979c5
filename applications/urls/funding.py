"""Addresses of funding and grants."""

from django.urls import path

from applications.views import funding

urlpatterns = [
    path("apply/<str:reference>/funding/", funding.Decide.as_view(), name="decide_funding"),
    path("applications/funding/", funding.Years.as_view(), name="funding_years"),
    path("applications/funding/<str:code>/", funding.Year.as_view(), name="funding_year"),
    path("applications/funding/<str:code>/copy/", funding.Copy.as_view(), name="copy_funding_year"),
    path(
        "applications/funding/<str:code>/workplaces/",
        funding.Workplaces.as_view(),
        name="change_workplaces",
    ),
    path("applications/funding/<str:code>/bands/", funding.Bands.as_view(), name="change_bands"),
    path("applications/grants/", funding.Grants.as_view(), name="grants"),
    path("applications/grants/<str:code>/people/", funding.People.as_view(), name="grant_people"),
    path(
        "applications/grants/<str:code>/grants.<str:kind>",
        funding.Export.as_view(),
        name="export_grants",
    ),
]
