"""What invitations are for, and how their links and codes are made. No link or code is ever stored.

An upper room registers each purpose in its AppConfig.ready. Both secrets are made from SECRET_KEY and a
public reference, so that the mail's maker can make them again and the database holds hashes only.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from accounts.states import Role

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Purpose:
    """What the invited person reads before coming in: who asks for what, where it is, how long it takes."""

    title: str
    lines: tuple[str, ...] | list[str]
    url: str
    minutes: int


@dataclass(frozen=True)
class Registered:
    """A purpose as its room registered it."""

    name: str
    describe: Callable[[str], Purpose]
    role: Role
    accept: "Callable[[str, User], None] | None" = field(default=None)


_purposes: dict[str, Registered] = {}


def register_purpose(
    name: str,
    describe: Callable[[str], Purpose],
    *,
    role: Role = Role.SPONSOR,
    accept: "Callable[[str, User], None] | None" = None,
) -> None:
    """Make invitations for `name` possible.

    `describe` turns the subject's reference into words. `role` is granted at the first use. `accept` is
    called with the subject's reference and the person, in the transaction of their first use. Raises
    ValueError for a second purpose of that name.
    """
    if name in _purposes:
        raise ValueError(f"two invitation purposes named {name}")
    _purposes[name] = Registered(name, describe, role, accept)


def purpose(name: str) -> Registered:
    """The registered purpose. Raises LookupError when there is none."""
    return _purposes[name]


def _keyed(salt: str, value: str) -> bytes:
    return salted_hmac(salt, value, algorithm="sha256").digest()


def token_for(reference: str, serial: int) -> str:
    """The secret part of an invitation's link: 43 characters, always the same for these two."""
    digest = _keyed("accounts.invitation.link", f"{reference}:{serial}")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What the database keeps of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_for(reference: str) -> str:
    """The six digits of a code, always the same for its reference."""
    digest = _keyed("accounts.invitation.code", reference)
    return f"{int.from_bytes(digest, 'big') % 1_000_000:06}"


def code_hash(reference: str, code: str) -> str:
    """What the database keeps of a code: keyed, since a million codes are soon tried."""
    return _keyed("accounts.invitation.code_hash", f"{reference}:{code}").hex()


def is_code(reference: str, code: str, kept: str) -> bool:
    """Whether `code` is the one whose hash was kept; spaces and hyphens do not count."""
    plain = "".join(letter for letter in code if letter.isalnum())
    return hmac.compare_digest(code_hash(reference, plain), kept)
