"""Addresses of the documents room."""

from django.urls import URLPattern, URLResolver, path

from documents import views

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/<str:reference>/", views.Report.as_view(), name="report"),
    path("reports/<str:reference>/status", views.ReportStatus.as_view(), name="report_status"),
    path("reports/<str:reference>/file", views.ReportFile.as_view(), name="report_file"),
]
