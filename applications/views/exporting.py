"""The list as a file: exactly what the filter in the address shows, in its order."""

import tempfile
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse

from applications import services
from applications.models import Application
from applications.presenters import exporting as words
from applications.queries import desk, exporting
from applications.views.desk import Filtered
from core import clock

Rows = Iterator[dict[str, Any]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 2_000_000


class Export(Filtered):
    """A CSV that streams, or a workbook; that it was taken is recorded before it leaves (G4)."""

    permission = "applications.export"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        kind = self.kwargs["kind"]
        if kind not in ("csv", "xlsx"):
            raise Http404
        asked = self.filter_form()
        found = desk.filtered(Application.objects.all(), **asked.asked())
        services.record_export(
            by=self.user,
            query=asked.query(leave_out="words"),
            searched=bool(asked.asked()["words"]),
            kind=kind,
            rows=found.count(),
        )
        rows = exporting.every(found)
        name = f"applications-{clock.today().isoformat()}.{kind}"
        return _csv(rows, name) if kind == "csv" else _xlsx(rows, name)


def _csv(rows: Rows, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        words.as_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _xlsx(rows: Rows, name: str) -> FileResponse:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    words.write_xlsx(rows, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
