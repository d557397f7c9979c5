"""Addresses of what is decided, its letters, appeals and decisions taken back."""

from django.urls import path

from applications.views import decisions

urlpatterns = [
    path("apply/<str:reference>/confirm/", decisions.Confirm.as_view(), name="confirm"),
    path("apply/<str:reference>/accept/", decisions.Accept.as_view(), name="accept"),
    path("apply/<str:reference>/decline/", decisions.Decline.as_view(), name="decline"),
]
