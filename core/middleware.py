"""Wrapped around every request: addresses that lead nowhere, and pages that browser and proxy do not keep."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivatePages:
    """Signed-in pages are not stored by browser or proxy, so that 'back' after signing out shows nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.COOKIES and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class NoSuchAddress:
    """An address with a NUL character, which no row can hold, is nowhere instead of a fault of ours."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)
