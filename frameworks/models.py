"""The standards: editions, levels, areas, statements, criteria, behaviours, tasks and what each task asks for.

Tables and their constraints only. A published edition is frozen (F1): the services refuse a change and a
trigger (migration 0002) refuses it in the database.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from frameworks.states import EditionStatus

# What search looks through: words by their stem, and as written for beginnings of words. A query must use the
# same expression for its index to serve it.
STATEMENT_WORDS = SearchVector("text", "items", config="english") + SearchVector(
    "text", "items", config="simple"
)
CRITERION_WORDS = SearchVector("text", config="english") + SearchVector("text", config="simple")


class Edition(models.Model):
    """One published version of the framework; an enrolment is bound to one for good (F1)."""

    code = models.CharField(max_length=11, unique=True)
    title = models.CharField(max_length=200)
    source = models.TextField()
    licence = models.CharField(max_length=200)
    status = models.CharField(
        max_length=10, choices=EditionStatus.choices, default=EditionStatus.DRAFT
    )
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty when the portal published it with its reference data.",
    )

    class Meta:
        ordering = ("-code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Za-z][0-9A-Za-z-]*$"), name="edition_code_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(status=EditionStatus.DRAFT, published_at=None, published_by=None)
                | Q(status=EditionStatus.PUBLISHED, published_at__isnull=False),
                name="edition_published_with_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} edition"

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"EDN-{self.code}"

    @property
    def is_published(self) -> bool:
        return self.status == EditionStatus.PUBLISHED


class Level(models.Model):
    """A qualification of an edition, such as NPQSL; `position` orders them."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="levels")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="one_level_per_code"),
            models.UniqueConstraint(
                fields=("edition", "position"),
                name="one_level_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z][A-Z0-9]*$"), name="level_code_is_plain"
            ),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("frameworks:level", args=[self.edition.code, self.code])


class Area(models.Model):
    """A content area of a level."""

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("level", "number")
        constraints = (
            models.UniqueConstraint(fields=("level", "number"), name="one_area_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="area_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def get_absolute_url(self) -> str:
        return reverse(
            "frameworks:area", args=[self.level.edition.code, self.level.code, self.number]
        )


class StatementKind(models.TextChoices):
    HOW_TO = "how_to", "Learn how to"
    ABOUT = "about", "Learn about"


class Statement(models.Model):
    """One 'learn how to' or 'learn about' entry, word for word (F2); `items` is its list, if it has one."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=10, choices=StatementKind.choices)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    items = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("area", "kind", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("area", "kind", "position"), name="one_statement_per_position"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=StatementKind.values), name="statement_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="statement_has_words"),
        )
        indexes = (GinIndex(STATEMENT_WORDS, name="statement_words"),)

    def __str__(self) -> str:
        return self.text


class Criterion(models.Model):
    """A coded standard, area.level.number; unique in its level (F3)."""

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="criteria")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("area", "position")
        verbose_name_plural = "criteria"
        constraints = (
            models.UniqueConstraint(fields=("level", "code"), name="one_criterion_per_code"),
            models.UniqueConstraint(fields=("area", "position"), name="one_criterion_per_position"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]+(\.[0-9]+)+$"), name="criterion_code_is_numbers"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="criterion_has_words"),
        )
        indexes = (GinIndex(CRITERION_WORDS, name="criterion_words"),)

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def get_absolute_url(self) -> str:
        return reverse(
            "frameworks:criterion", args=[self.level.edition.code, self.level.code, self.code]
        )


class Behaviour(models.Model):
    """One of an edition's leadership behaviours; looked at, never assessed (000 s3)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="behaviours")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    description = models.TextField()

    class Meta:
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "position"), name="one_behaviour_per_position"
            ),
            models.UniqueConstraint(fields=("edition", "name"), name="one_behaviour_per_name"),
        )

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """What is submitted and marked (F5). `marks_available` is two for each of its criteria (F8)."""

    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    title = models.CharField(max_length=200)
    word_limit = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    marks_available = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2), MaxValueValidator(200)]
    )

    class Meta:
        ordering = ("level", "number")
        constraints = (
            models.UniqueConstraint(fields=("level", "number"), name="one_task_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="task_number_from_one"),
            models.CheckConstraint(condition=Q(word_limit__gte=1), name="task_word_limit_positive"),
            models.CheckConstraint(
                condition=Q(marks_available__gte=2), name="task_marks_at_least_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.level.code} task {self.number}: {self.title}"

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"{self.level.edition.code}-{self.level.code}-{self.number}"[:16]

    def get_absolute_url(self) -> str:
        return reverse(
            "frameworks:task", args=[self.level.edition.code, self.level.code, self.number]
        )


class TaskCriterion(models.Model):
    """A criterion as marked in one task: with the edition, the key of a mark (F4)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="criteria")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="marked_in")
    part = models.CharField(max_length=2, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("task", "position")
        verbose_name_plural = "task criteria"
        constraints = (
            models.UniqueConstraint(fields=("task", "criterion"), name="criterion_once_per_task"),
            models.UniqueConstraint(
                fields=("task", "position"), name="one_task_criterion_per_position"
            ),
        )

    def __str__(self) -> str:
        return str(self.criterion)

    @property
    def code(self) -> str:
        return self.criterion.code


class DocumentRequirement(models.Model):
    """A document required beside the write-up and the criteria it serves (F6).

    One that the provider added itself serves none, and is no part of the edition.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="documents")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    provider_added = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    criteria = models.ManyToManyField(TaskCriterion, related_name="documents", blank=True)

    class Meta:
        ordering = ("task", "position")
        constraints = (
            models.UniqueConstraint(fields=("task", "name"), name="one_document_per_name"),
            models.UniqueConstraint(fields=("task", "position"), name="one_document_per_position"),
            models.CheckConstraint(condition=~Q(name=""), name="document_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class TaskGuidance(models.Model):
    """What a task asks of a participant, a sentence each, in the portal's own words (F5, F7, P6 to P8)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="guidance")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("task", "position")
        verbose_name_plural = "task guidance"
        constraints = (
            models.UniqueConstraint(fields=("task", "position"), name="one_guidance_per_position"),
        )

    def __str__(self) -> str:
        return self.text


class MarkLevel(models.Model):
    """What a mark of 0, 1 or 2 means in general, in the portal's own words (F8)."""

    mark = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=60)
    description = models.TextField()

    class Meta:
        ordering = ("mark",)
        constraints = (
            models.CheckConstraint(condition=Q(mark__in=(0, 1, 2)), name="mark_level_0_1_or_2"),
        )

    def __str__(self) -> str:
        return f"{self.mark} {self.name}"


class PassMark(models.Model):
    """The total that passes a task, with where it comes from (F8).

    `is_demonstration` marks a value that stands in for one not published; it is never exported.
    """

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="pass_mark")
    value = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    is_demonstration = models.BooleanField(default=False)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty when it came with the reference data.",
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(value__gte=1), name="pass_mark_at_least_one"),
            models.CheckConstraint(condition=~Q(source=""), name="pass_mark_has_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.value}"
