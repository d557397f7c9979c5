"""Addresses of the quality room."""

from django.urls import URLPattern, URLResolver, path

from quality import views

app_name = "quality"
urlpatterns: list[URLPattern | URLResolver] = [
    path("figures/", views.Dashboard.as_view(), name="dashboard"),
    path("figures/due/", views.Due.as_view(), name="due"),
    path("figures/<slug:metric>/<slug:level>/", views.People.as_view(), name="people"),
]
