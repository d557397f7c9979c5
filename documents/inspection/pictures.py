"""Looks at pictures: their dimensions, whether they are whole, whether an archive hides behind them."""

import warnings
import zipfile
from typing import BinaryIO

from PIL import Image

from documents.policies import PNG, Finding

MOST_SIDE = 12_000
MOST_PIXELS = 60_000_000


def inspect(file: BinaryIO, kind: str) -> set[Finding]:
    """The findings; the picture is not decoded before its size is known."""
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(file, formats=["PNG" if kind == PNG else "JPEG"]) as picture:
                width, height = picture.size
                if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
                    return {Finding.HUGE_PICTURE}
                picture.verify()
        except Image.DecompressionBombError:
            return {Finding.HUGE_PICTURE}
        except (OSError, SyntaxError, ValueError, EOFError):
            return {Finding.UNREADABLE}
    return set()


def hides_archive(file: BinaryIO) -> bool:
    """Whether the file can also be opened as a zip archive."""
    file.seek(0)
    return zipfile.is_zipfile(file)
