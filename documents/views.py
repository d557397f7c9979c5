"""Pages of the documents room: a report while it is made and its download; and how any file is sent.

Which file a person may have is decided by the view that calls `send`.
"""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from core.views import ActionView, PageView
from documents import presenters, queries, services, storage
from documents.models import ReportJob, StoredFile
from documents.states import JobStatus

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def send(stored_file: StoredFile, name: str, *, anonymous: bool = False) -> HttpResponseBase:
    """The file as a download that no browser runs; `anonymous` sends a copy that does not name its writer.

    `name` gets the file's own ending when it lacks it.
    """
    if not name.lower().endswith(stored_file.extension):
        name += stored_file.extension
    response: HttpResponseBase
    if anonymous:
        response = HttpResponse(services.anonymous_copy(stored_file))
    else:
        try:
            response = FileResponse(storage.opened(stored_file))
        except FileNotFoundError as missing:
            raise Http404 from missing
    response["Content-Type"] = stored_file.content_type
    response["Content-Disposition"] = _disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _disposition(name: str) -> str:
    """Always an attachment; the plain name for old readers, the exact one beside it."""
    clean = "".join(c for c in name if c.isprintable() and c not in '"\\/')
    plain = clean.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean)}"


class _OwnReport(PageView):
    """A report of the person who asked for it; anybody else's does not exist for them."""

    object: ReportJob

    def scope(self) -> Any:
        return queries.visible_to(self.user)


class Report(_OwnReport, ActionView):
    """How far a report is; its download when it is ready; trying again when it failed."""

    template_name = "documents/report.html"

    def context(self) -> dict[str, Any]:
        return {"report": presenters.report(self.object)}

    def act(self, form: Any) -> str:
        services.retry(by=self.user, job=self.object)
        return reverse("documents:report", args=[self.object.reference])


class ReportStatus(_OwnReport):
    """How far a report is, for the script that watches it."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = presenters.report(self.object)
        return JsonResponse(
            {
                "percent": shown.percent,
                "text": shown.text,
                "done": shown.is_ready or shown.has_failed,
                "url": shown.url,
            }
        )


class ReportFile(_OwnReport):
    """The report's file; before it is ready, back to its page."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        if self.object.status != JobStatus.READY or self.object.file is None:
            messages.info(request, "The report is not ready yet.")
            response = HttpResponse(status=303)
            response["Location"] = reverse("documents:report", args=[self.object.reference])
            return response
        return send(self.object.file, self.object.file.name)
