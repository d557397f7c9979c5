"""The made-up schools of the demonstration, from fixtures/demo/schools.csv in the Department's format (G3)."""

from pathlib import Path

from django.conf import settings

from programmes import services as programmes
from programmes.models import School


def made_up_schools() -> list[School]:
    """Read the file as the Department's own is read; every school, in the file's order."""
    path = Path(settings.BASE_DIR) / "fixtures" / "demo" / "schools.csv"
    programmes.import_schools(by=None, path=path)
    return list(School.objects.order_by("pk"))
