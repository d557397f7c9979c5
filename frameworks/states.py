"""When an edition may be changed: the states and the one table of verbs. Nothing here knows a user or the database."""

from django.db.models import TextChoices

from core.lifecycle import Lifecycle, move


class EditionStatus(TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


EDITION = Lifecycle(
    "edition",
    EditionStatus.choices,
    move(
        "change",
        [EditionStatus.DRAFT],
        EditionStatus.DRAFT,
        says="This edition is published, so its wording is frozen.",
    ),
    move(
        "publish",
        [EditionStatus.DRAFT],
        EditionStatus.PUBLISHED,
        says="This edition is published already.",
    ),
)
