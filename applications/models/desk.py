"""The administrator's desk: notes on applications and filters that somebody keeps."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application
from core import clock


class Note(models.Model):
    """What an administrator wants to remember of an application; neither applicant nor sponsor reads it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),)

    def __str__(self) -> str:
        return f"{self.application_id}"


class SavedFilter(models.Model):
    """A filter of the list of applications under a name of its owner's."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(max_length=60)
    query = models.CharField("the list's address after '?'", max_length=400)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("owner", "name"), name="one_filter_per_name"),
        )

    def __str__(self) -> str:
        return self.name
