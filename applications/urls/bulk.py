"""Addresses of what is done to several applications at once."""

from django.urls import path

from applications.views import bulk

urlpatterns = [
    path("applications/bulk/", bulk.Bulk.as_view(), name="bulk"),
    path("applications/bulk/<uuid:key>/", bulk.Result.as_view(), name="bulk_result"),
]
