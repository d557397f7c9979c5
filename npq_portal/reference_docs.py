"""docs/states.md and docs/permissions.md, told by the code itself: lifecycle tables and django-rules names."""

import re
from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, get_resolver
from rules.permissions import permissions

from core.lifecycle import NEW, Lifecycle
from core.views import PageView

MADE = "Written by `make docs` from the code; a test keeps it current.\n"


def pages() -> dict[str, str]:
    """File name to text."""
    return {"states.md": states(), "permissions.md": permission_table()}


def states() -> str:
    """Every lifecycle with its states and verbs."""
    get_resolver().url_patterns  # noqa: B018  # reading the addresses imports every room
    parts = ["# States\n", MADE]
    for name in sorted(Lifecycle.registry):
        table = Lifecycle.registry[name]
        parts.append(f"## {name.capitalize()}\n")
        parts.append(
            _rows(
                ("State", "Shown as"), ((f"`{key}`", label) for key, label in table.labels.items())
            )
        )
        moves = []
        for row in table.rows:
            order = [key for key in table.labels if key in row.sources]
            sources = ", ".join(f"`{source}`" for source in order) or "(new)"
            if NEW in row.sources and order:
                sources = f"(new), {sources}"
            moves.append((f"`{row.verb}`", sources, f"`{row.target}`"))
        parts.append(_rows(("Verb", "From", "To"), moves))
    return "\n".join(parts)


def permission_table() -> str:
    """Every permission with its predicate, and every address with the permission it asks."""
    parts = [
        "# Permissions\n",
        MADE,
        "Out of scope answers 404, in scope without permission 403.\n",
    ]
    parts.append("## Who may\n")
    parts.append(
        _rows(
            ("Permission", "Held by"),
            ((f"`{name}`", _held_by(permissions[name].name)) for name in sorted(permissions)),
        )
    )
    parts.append("## Addresses\n")
    parts.append(_rows(("Address", "Name", "Asks"), _addresses(get_resolver().url_patterns)))
    return "\n".join(parts)


def _held_by(predicate: str) -> str:
    """'is_administrator and not is_applicant': without the signs that mean something else in a table."""
    for sign, word in ((" | ", " or "), (" & ", " and "), ("~", "not ")):
        predicate = predicate.replace(sign, word)
    plain = re.sub(r"[()]", "", predicate)
    only_one_kind = not (" and " in plain and " or " in plain)
    return f"`{plain if only_one_kind else predicate}`"


def _addresses(
    patterns: Iterable[URLPattern | URLResolver], before: str = "/", space: str = ""
) -> Iterable[tuple[str, str, str]]:
    for pattern in patterns:
        address = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _addresses(pattern.url_patterns, address, inner)
        else:
            yield f"`{address}`", f"`{space}{pattern.name}`", _asks(pattern.callback)


def _asks(callback: object) -> str:
    view = getattr(callback, "view_class", None)
    if not getattr(callback, "login_required", True):
        return "nothing: public"
    if view is not None and issubclass(view, PageView) and view.permission:
        return f"`{view.permission}`"
    return "signing in"


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines) + "\n"
