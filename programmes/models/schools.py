"""Schools as the Department's establishment file has them, and what each reading of the file changed (G3)."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import Q

from core import clock
from core.references import ReferenceField


class School(models.Model):
    """A school as the Department's establishment file has it (G3)."""

    urn = models.CharField("URN", max_length=7, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField("type of establishment", max_length=100, blank=True)
    group = models.CharField("establishment type group", max_length=100, blank=True)
    phase = models.CharField("phase of education", max_length=60, blank=True)
    status = models.CharField(max_length=60, default="Open")
    local_authority = models.CharField(max_length=100, blank=True)
    district = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=60, blank=True)
    ofsted_rating = models.CharField(max_length=60, blank=True)
    fsm_percent = models.DecimalField(
        "percentage eligible for free school meals", max_digits=4, decimal_places=1, null=True
    )
    pupils = models.PositiveIntegerField("number of pupils", null=True)
    street = models.CharField(max_length=200, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    local_number = models.CharField(
        "local authority code and establishment number",
        max_length=9,
        blank=True,
        help_text="Kept by a school that becomes an academy: '201/3614'.",
    )
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=120, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="predecessors"
    )
    search = models.TextField(
        blank=True,
        help_text="What the picker looks through: name, street, town and postcode in plain letters.",
    )
    ukprn = models.CharField("UKPRN", max_length=8, blank=True)
    changed_on = models.DateField("last changed at the Department", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(urn__regex=r"^[0-9]{6,7}$"), name="urn_is_digits"),
            models.CheckConstraint(
                condition=Q(fsm_percent__isnull=True) | Q(fsm_percent__range=(0, 100)),
                name="fsm_is_a_percentage",
            ),
        )
        ordering = ("name",)
        indexes = (
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="school_search_trigrams"),
            models.Index(fields=("local_number",), name="school_by_local_number"),
            models.Index(fields=("postcode",), name="school_by_postcode"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"URN-{self.urn}"


class SchoolWord(models.Model):
    """A word that stands in some school's search text, by which typing errors are found out.

    Written with the schools; a word that no school has any longer stays until the next reading of the file.
    """

    word = models.CharField(max_length=60, unique=True)
    schools = models.PositiveIntegerField("schools that have it", default=1)

    class Meta:
        indexes = (GistIndex(OpClass("word", name="gist_trgm_ops"), name="school_word_trigrams"),)

    def __str__(self) -> str:
        return self.word


class SchoolImport(models.Model):
    """One reading of the Department's file: what it was, when, and what it did (G3)."""

    reference = ReferenceField("IMP")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    read_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    full = models.BooleanField(default=False)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-read_at", "-pk")

    def __str__(self) -> str:
        return self.reference


class RefusedRow(models.Model):
    """A row of the file that was not taken, and why."""

    school_import = models.ForeignKey(
        SchoolImport, on_delete=models.CASCADE, related_name="refused_rows"
    )
    line = models.PositiveIntegerField()
    urn = models.CharField("URN as written", max_length=40, blank=True)
    reasons = models.TextField()

    class Meta:
        ordering = ("line",)
        constraints = (
            models.UniqueConstraint(fields=("school_import", "line"), name="one_refusal_per_line"),
        )

    def __str__(self) -> str:
        return f"line {self.line}"


class SchoolChange(models.Model):
    """What one reading changed of one school, as it was before and after: closures keep their history."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="changes")
    school_import = models.ForeignKey(
        SchoolImport, on_delete=models.CASCADE, related_name="school_changes"
    )
    changed_at = models.DateTimeField(default=clock.now)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.school_id}"
