"""Addresses of what is decided, its letters, appeals and decisions taken back."""

from django.urls import path

from applications.views import appeals, decisions

urlpatterns = [
    path("appeals/", appeals.Appeals.as_view(), name="appeals"),
    path("apply/<str:reference>/confirm/", decisions.Confirm.as_view(), name="confirm"),
    path("apply/<str:reference>/accept/", decisions.Accept.as_view(), name="accept"),
    path("apply/<str:reference>/decline/", decisions.Decline.as_view(), name="decline"),
    path("apply/<str:reference>/letter/", decisions.Letter.as_view(), name="letter"),
    path("apply/<str:reference>/letter/pdf/", decisions.LetterPdf.as_view(), name="letter_pdf"),
    path("apply/<str:reference>/appeal/", appeals.Appeal.as_view(), name="appeal"),
    path("apply/<str:reference>/hand-appeal/", appeals.HandAppeal.as_view(), name="hand_appeal"),
    path("apply/<str:reference>/uphold/", appeals.Uphold.as_view(), name="uphold"),
    path("apply/<str:reference>/dismiss/", appeals.Dismiss.as_view(), name="dismiss"),
    path("apply/<str:reference>/undo-confirm/", appeals.UndoConfirm.as_view(), name="undo_confirm"),
    path("apply/<str:reference>/undo-accept/", appeals.UndoAccept.as_view(), name="undo_accept"),
    path("apply/<str:reference>/undo-decline/", appeals.UndoDecline.as_view(), name="undo_decline"),
]
