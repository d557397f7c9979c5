"""Addresses of waiting lists and offers."""

from django.urls import path

from applications.views import places

urlpatterns = [
    path("apply/<str:reference>/offer/", places.Offer.as_view(), name="offer"),
    path("apply/<str:reference>/offer/turn-down/", places.TurnDown.as_view(), name="turn_down"),
    path("apply/<str:reference>/move/", places.Move.as_view(), name="move_to_cohort"),
    path("apply/<str:reference>/undo-lapse/", places.UndoLapse.as_view(), name="undo_lapse"),
    path("applications/waiting/", places.WaitingLists.as_view(), name="waiting_lists"),
    path(
        "applications/waiting/<str:reference>/",
        places.WaitingList.as_view(),
        name="waiting_list",
    ),
]
