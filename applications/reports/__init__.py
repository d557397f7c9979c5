"""The PDFs of entry, each a builder. The queue, progress and download are written once, in documents."""

from applications.reports import letters

__all__ = ["letters"]
