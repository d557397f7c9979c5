"""Addresses that lead nowhere."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from core.middleware import NoSuchAddress


def answered(address: str) -> HttpResponse:
    return NoSuchAddress(lambda request: HttpResponse("there"))(RequestFactory().get(address))


@pytest.mark.parametrize("address", ["/a%00b/", "/%00", "/list/?after=%00", "/list/?a=1&b=x%00"])
def test_an_address_that_no_row_can_have_is_nowhere(address):
    with pytest.raises(Http404):
        answered(address)


@pytest.mark.parametrize("address", ["/", "/list/?after=%20", "/list/?words=100%25"])
def test_any_other_is_answered(address):
    assert answered(address).content == b"there"
