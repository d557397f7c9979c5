"""Zip archives made by hand, so that a test says exactly what is in them."""

import io
import zipfile


def archive(parts: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """An archive of these parts, the names in `stored` uncompressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            target.writestr(name, content, compress_type=how)
    return made.getvalue()
