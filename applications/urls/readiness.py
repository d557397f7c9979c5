"""Addresses of the readiness rule."""

from django.urls import path

from applications.views import readiness

urlpatterns = [
    path("readiness/", readiness.Rules.as_view(), name="readiness_rules"),
    path("readiness/<str:edition>/<str:level>/", readiness.Rule.as_view(), name="readiness_rule"),
    path(
        "readiness/<str:edition>/<str:level>/change/",
        readiness.Change.as_view(),
        name="change_rule",
    ),
]
