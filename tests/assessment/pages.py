"""Reading the pages of the room: their words, their error summary, their addresses."""

from django.urls import reverse
from lxml import html


def page(response) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def words(element) -> str:
    return " ".join(element.text_content().split())


def summary(response) -> list[tuple[str, str]]:
    """The error summary's lines, each with where it leads; and that the place is on the page."""
    document = page(response)
    lines = document.xpath("//*[contains(@class, 'govuk-error-summary__list')]//li")
    found = [(words(line), "".join(line.xpath("./a/@href"))) for line in lines]
    for _, href in found:
        assert not href or document.xpath(f"//*[@id='{href[1:]}']"), href
    return found


def address(name: str, *args) -> str:
    return reverse(f"assessment:{name}", args=args)
