"""Tables of the plumbing: the audit trail, the outbox and the keys of forms already handled."""

from django.db import models

from core import clock


class AuditEntry(models.Model):
    """One fact of the append-only trail (G4): who, for whom, what, before, after, why, when.

    People and things stand by their public reference, never by name, and without foreign keys, so that
    nothing here can be changed or lost with them. A trigger refuses UPDATE and DELETE.
    """

    at = models.DateTimeField(default=clock.now)
    event = models.CharField(max_length=80)
    by = models.CharField(max_length=16, blank=True)
    for_whom = models.CharField(max_length=16, blank=True)
    object = models.CharField(max_length=16, db_index=True)
    facts = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.object}"


class OutboxMessage(models.Model):
    """An effect promised in the same transaction as its cause; Redis is only the doorbell.

    `key` names the effect, so that asking for it twice gives it once.
    """

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=160, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("due_at",),
                name="outbox_waiting",
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def reference(self) -> str:
        """What the audit trail calls it."""
        return f"OUT-{self.pk}"


class HandledForm(models.Model):
    """A form that was carried out, by its idempotency key and sender, and where it led."""

    key = models.UUIDField()
    sender = models.CharField(max_length=16)
    location = models.CharField(max_length=500)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key", "sender"), name="one_effect_per_form"),
        )

    def __str__(self) -> str:
        return f"{self.key}"
