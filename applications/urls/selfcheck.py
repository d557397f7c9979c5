"""Addresses of the readiness self-check."""

from django.urls import path

from applications.views import selfcheck

urlpatterns = [
    path("check-readiness/", selfcheck.Choose.as_view(), name="selfcheck"),
    path(
        "check-readiness/<str:level>/areas/<int:number>/",
        selfcheck.ScoreArea.as_view(),
        name="selfcheck_area",
    ),
    path(
        "check-readiness/<str:level>/behaviours/<int:position>/",
        selfcheck.ScoreBehaviour.as_view(),
        name="selfcheck_behaviour",
    ),
    path(
        "check-readiness/<str:level>/result/", selfcheck.Result.as_view(), name="selfcheck_result"
    ),
    path("check-readiness/<str:level>/apply/", selfcheck.Apply.as_view(), name="selfcheck_apply"),
    path("check-readiness/<str:level>/clear/", selfcheck.Clear.as_view(), name="selfcheck_clear"),
]
