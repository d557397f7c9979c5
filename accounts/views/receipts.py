"""Where GOV.UK Notify tells what became of a mail: a machine's door, opened by its own token only."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from accounts import services

MOST_BYTES = 20_000


@method_decorator([csrf_exempt, login_not_required], name="dispatch")
class MailReceipt(View):
    """Takes one receipt; what nobody configured does not exist, and no answer tells what mails there are."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.NOTIFY_RECEIPT_TOKEN:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not constant_time_compare(
            token.strip(), settings.NOTIFY_RECEIPT_TOKEN
        ):
            return JsonResponse({"message": "Not authorised"}, status=401)
        carrier_id, said = _read(request)
        if not services.take_receipt(carrier_id=carrier_id, said=said):
            return JsonResponse({"message": "Not found"}, status=404)
        return HttpResponse(status=204)


def _read(request: HttpRequest) -> tuple[str, str]:
    """The mail's number and what became of it; two empty words for what is no receipt."""
    try:
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            return "", ""
        data = json.loads(request.body)
        carrier_id, said = data["id"], data["status"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", ""
    if not isinstance(carrier_id, str) or not isinstance(said, str) or "\x00" in carrier_id:
        return "", ""
    return carrier_id, said
