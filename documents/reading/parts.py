"""Opens the zip parts of a document for reading, and resolves what Word's parts say of each other."""

import posixpath
import zipfile
from typing import BinaryIO

from lxml import etree

from documents.inspection.archives import MOST_TOTAL, MOST_XML
from documents.inspection.markup import UnsafeMarkup, local, parse


class Unreadable(Exception):
    """The file cannot be read as the document it claims to be; the message is for people."""


class Parts:
    """The parts of an office document by name, with their relationships."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(
                "The file cannot be opened: it is damaged or not a document."
            ) from error
        self.names = set(self._archive.namelist())
        rows = self._archive.infolist()
        xml = sum(row.file_size for row in rows if row.filename.endswith((".xml", ".rels")))
        if xml > MOST_XML or sum(row.file_size for row in rows) > MOST_TOTAL:
            raise Unreadable("The file is too large once it is unpacked.")

    def xml(self, name: str) -> etree._Element:
        """The part's root. Raises Unreadable."""
        try:
            return parse(self._archive.read(name))
        except (KeyError, RuntimeError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise Unreadable("The file cannot be opened: parts of it are missing.") from error
        except (UnsafeMarkup, OSError, ValueError) as error:
            raise Unreadable(f"The file cannot be read. {error}") from error
        except Exception as error:  # zlib has errors of its own for a damaged part
            raise Unreadable("The file cannot be opened: it is damaged.") from error

    def bytes(self, name: str) -> bytes:
        return self._archive.read(name)

    def related(self, part: str) -> list[tuple[str, str, str]]:
        """(id, kind's last word, part's name) of each internal relationship of a part ('' for the whole)."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self.names:
            return []
        found = []
        for each in self.xml(where):
            if local(each) == "Relationship" and each.get("TargetMode") != "External":
                target = each.get("Target") or ""
                path = (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
                kind = (each.get("Type") or "").rpartition("/")[2]
                found.append((each.get("Id") or "", kind, path))
        return found
