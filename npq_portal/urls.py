"""The portal's addresses: each room keeps its own."""

from django.urls import include, path

from npq_portal import gallery, health, views

handler400 = "npq_portal.errors.bad_request"
handler403 = "npq_portal.errors.not_allowed"
handler404 = "npq_portal.errors.not_found"
handler500 = "npq_portal.errors.went_wrong"

urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("home/", views.Home.as_view(), name="home"),
    path("home/<str:role>/", views.Home.as_view(), name="home_of"),
    path("provider/", views.Provider.as_view(), name="provider"),
    path("gallery/", gallery.Gallery.as_view(), name="gallery"),
    path("healthz", health.health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("framework/", include("frameworks.urls")),
    path("", include("documents.urls")),
    path("", include("programmes.urls")),
    path("", include("applications.urls")),
    path("", include("assessment.urls")),
    path("", include("quality.urls")),
]
