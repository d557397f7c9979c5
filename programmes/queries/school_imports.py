"""Which readings of the Department's file, and which rows and changes of one reading (G3)."""

from django.db.models import Q, QuerySet

from programmes.models import RefusedRow, SchoolChange, SchoolImport

PAGE = 50
_CLOSES = Q(after__status__startswith="Closed")
_OTHER = Q(after__status__isnull=True) | ~_CLOSES  # a key that is not there compares with nothing


def school_imports() -> QuerySet[SchoolImport]:
    """Every reading of the file, the latest first."""
    return SchoolImport.objects.select_related("read_by").order_by("-pk")


def page_of_imports(after: str = "") -> tuple[list[SchoolImport], str]:
    """One page, and the reference to go on after ('' at the end)."""
    rows = school_imports()
    last = SchoolImport.objects.filter(reference=after).first() if after else None
    if last:
        rows = rows.filter(pk__lt=last.pk)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].reference if len(found) > PAGE else ""


def refused_rows(run: SchoolImport, after: int = 0) -> tuple[list[RefusedRow], int]:
    """Rows of a reading that were not taken, in the file's order, and the line to go on after (0 at the end)."""
    found = list(run.refused_rows.filter(line__gt=after).order_by("line")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].line if len(found) > PAGE else 0


def school_changes(
    run: SchoolImport, *, closed: bool, after: int = 0
) -> tuple[list[SchoolChange], int]:
    """What a reading changed of known schools, those that closed apart, in the file's order."""
    rows = run.school_changes.filter(pk__gt=after).select_related("school__successor")
    rows = rows.filter(_CLOSES) if closed else rows.filter(_OTHER)
    found = list(rows.order_by("pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0
