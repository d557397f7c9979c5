"""Public references: what stands in URLs and on letters instead of a primary key."""

import secrets
from typing import Any

from django.db import models

# No vowels and nothing that reads like something else: no words appear and none is misread aloud.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 8


def new_reference(prefix: str) -> str:
    """A fresh reference such as APP-7K3QX9PD: about 38 bits, not guessable from another."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


class ReferenceField(models.CharField):
    """A unique public reference with the model's own prefix, given when the row is made."""

    def __init__(self, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs.update(max_length=16, unique=True, editable=False, default=self.fresh)
        super().__init__(**kwargs)

    def fresh(self) -> str:
        return new_reference(self.prefix)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        for key in ("max_length", "unique", "editable", "default"):
            kwargs.pop(key, None)
        return name, path, [self.prefix], kwargs
