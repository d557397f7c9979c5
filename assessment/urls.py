"""Addresses of the assessment room: the participant's, the administrator's, the assessor's."""

from django.urls import URLPattern, URLResolver, path

from assessment.views import administration, marking, results, submission

app_name = "assessment"
urlpatterns: list[URLPattern | URLResolver] = [
    path("submissions/", submission.Tasks.as_view(), name="tasks"),
    path(
        "submissions/<str:reference>/<int:number>/start/",
        submission.Start.as_view(),
        name="start",
    ),
    path("scripts/", administration.Scripts.as_view(), name="scripts"),
    path("scripts/release/", administration.Release.as_view(), name="release"),
    path("scripts/<str:reference>/", submission.Workspace.as_view(), name="workspace"),
    path(
        "scripts/<str:reference>/write-up/",
        submission.AttachWriteUp.as_view(),
        name="attach_write_up",
    ),
    path(
        "scripts/<str:reference>/documents/<int:position>/",
        submission.AttachDocument.as_view(),
        name="attach_document",
    ),
    path(
        "scripts/<str:reference>/documents/<int:position>/remove/",
        submission.RemoveDocument.as_view(),
        name="remove_document",
    ),
    path("scripts/<str:reference>/submit/", submission.Submit.as_view(), name="submit"),
    path("scripts/<str:reference>/receipt/", submission.Receipt.as_view(), name="receipt"),
    path("scripts/<str:reference>/files/<str:file>/", submission.Download.as_view(), name="file"),
    path("scripts/<str:reference>/result/", results.Result.as_view(), name="result"),
    path(
        "scripts/<str:reference>/result/report/",
        results.AskForReport.as_view(),
        name="result_report",
    ),
    path("scripts/<str:reference>/record/", administration.Record.as_view(), name="record"),
    path("scripts/<str:reference>/allocate/", administration.Allocate.as_view(), name="allocate"),
    path("scripts/<str:reference>/compute/", administration.Compute.as_view(), name="compute"),
    path("marking/", marking.MarkingList.as_view(), name="marking_list"),
    path("marking/next/", marking.MarkNext.as_view(), name="mark_next"),
    path("marking/<str:reference>/", marking.Workspace.as_view(), name="marking"),
    path("marking/<str:reference>/marks/<str:code>/", marking.SaveMark.as_view(), name="save_mark"),
    path(
        "marking/<str:reference>/feedback/",
        marking.WriteFeedback.as_view(),
        name="write_feedback",
    ),
    path(
        "marking/<str:reference>/documents/<int:position>/",
        marking.Document.as_view(),
        name="marking_document",
    ),
    path("marking/<str:reference>/submit/", marking.SubmitMarks.as_view(), name="submit_marks"),
]
