"""Addresses of the administrator's desk: the list, its files, saved filters and notes."""

from django.urls import path

from applications.views import desk, exporting

urlpatterns = [
    path("applications/", desk.Applications.as_view(), name="list"),
    path("applications/export/<str:kind>/", exporting.Export.as_view(), name="export"),
    path("applications/save-filter/", desk.SaveFilter.as_view(), name="save_filter"),
    path("applications/remove-filter/", desk.RemoveFilter.as_view(), name="remove_filter"),
    path("apply/<str:reference>/note/", desk.Note.as_view(), name="note"),
]
