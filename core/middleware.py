"""Wrapped around every request: what a signed-in person sees is not kept by browser or proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
