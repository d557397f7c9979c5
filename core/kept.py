"""What somebody typed into a form when their session had ended: kept until they have signed in again.

In their own session, for the same person and the same address only, and given back once. Files are not kept.
"""

from typing import Any

from django.http import HttpRequest, QueryDict

KEPT = "typed_while_signed_out"
MOST_CHARACTERS = 200_000
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "idempotency_key"})


def keep(request: HttpRequest, person: str) -> None:
    """Keep the fields of a form that was sent too late; a larger one is not kept."""
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in LEFT_OUT and "password" not in name
    }
    size = sum(len(value) for values in fields.values() for value in values)
    if fields and size <= MOST_CHARACTERS:
        request.session[KEPT] = {
            "path": request.get_full_path(),
            "person": person,
            "fields": fields,
        }


def take(request: HttpRequest) -> QueryDict | None:
    """The fields kept for this person and address, once; None where there are none."""
    session = getattr(request, "session", {})
    kept: dict[str, Any] | None = session.get(KEPT)
    if kept is None or kept["path"] != request.get_full_path():
        return None
    del session[KEPT]
    if kept["person"] != str(request.user.pk):
        return None
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    return fields
