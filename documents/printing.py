"""Makes a tagged PDF of a template. It fetches nothing from network or disk but the portal's own style sheet."""

import logging
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

# The addresses that a template may name, and the file in static/ that each stands for.
OWN_FILES = {"portal:/report.css": "css/report.css"}
NOWHERE = "portal:/"
VARIANT = "pdf/ua-1"


# The PDF maker tells each of its steps; only its complaints belong in the log.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class NotOurs(ValueError):
    """A template asked for something that is not the portal's own."""


def own_file(url: str) -> bytes:
    """The content of a style sheet of ours. Raises NotOurs for every other address."""
    if url not in OWN_FILES:
        raise NotOurs(f"not fetched: {url[:100]}")
    found = finders.find(OWN_FILES[url])
    if not found:
        raise NotOurs(f"{OWN_FILES[url]} is missing from static/")
    with open(str(found), "rb") as file:
        return file.read()


def pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as a PDF/UA-1 with title and language; raises whatever the template raises."""
    return pdf_of(render_to_string(template, context))


def pdf_of(page: str) -> bytes:
    """The HTML page as a PDF/UA-1."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            return URLFetcherResponse(url, own_file(url), {"Content-Type": "text/css"})

    html = HTML(string=page, base_url=NOWHERE, url_fetcher=OwnFilesOnly())
    return bytes(html.write_pdf(pdf_variant=VARIANT))
