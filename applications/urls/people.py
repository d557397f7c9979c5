"""Addresses of people: one person, pairs that look alike, and merging them."""

from django.urls import path

from applications.views import people

urlpatterns = [
    path("people/duplicates/", people.Duplicates.as_view(), name="duplicates"),
    path("people/<str:reference>/", people.Person.as_view(), name="person"),
    path("people/<str:reference>/merge/<str:other>/", people.Merge.as_view(), name="merge"),
    path("people/<str:reference>/not/<str:other>/", people.TellApart.as_view(), name="tell_apart"),
]
